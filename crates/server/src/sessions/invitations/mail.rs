//! E-mail by the company's mail server (RFC 5321), with TLS that is verified.

use super::{delivery::Undelivered, words::Invitation};
use crate::configuration::{ConfigurationError, MailSettings, MailTls, read_secret};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use std::time::Duration;
use uuid::Uuid;

/// One command is answered within this time.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(20);

/// Sends e-mail. A connection for each: invitations are few.
pub(super) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Mailer {
    pub(super) fn open(settings: &MailSettings) -> Result<Self, ConfigurationError> {
        let unfit = |key, what| ConfigurationError::Rule { key, what };
        let from: Mailbox = settings.from.parse().map_err(|_| unfit("mail.from", "an address"))?;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .timeout(Some(COMMAND_TIMEOUT))
            .hello_name(ClientId::Domain(from.email.domain().to_owned()));
        let (tls, port) = match settings.tls {
            MailTls::Off => (Tls::None, 25),
            MailTls::Starttls => (Tls::Required(parameters(settings)?), 587),
            MailTls::Tls => (Tls::Wrapper(parameters(settings)?), 465),
        };
        builder = builder.tls(tls).port(settings.port.unwrap_or(port));
        if let (Some(user), Some(file)) = (&settings.user, &settings.password_file) {
            let password = read_secret(file, "mail.password_file")?;
            builder = builder.credentials(Credentials::new(user.clone(), password.text().to_owned()));
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// Hands one letter over. `id`: the same for every try, so that a mail program shows it once.
    pub(super) async fn send(
        &self,
        id: Uuid,
        to: &Address,
        invitation: &Invitation,
    ) -> Result<(), Undelivered> {
        let letter = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(invitation.subject())
            .message_id(Some(format!("<{}@{}>", id.simple(), self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(invitation.letter())
            .map_err(|_| Undelivered::lasting("mail-refused"))?;
        match self.transport.send(letter).await {
            Ok(_) => Ok(()),
            Err(error) => {
                // Without the address, which stands in the server's answer.
                let status = error.status().map(|code| code.to_string());
                tracing::warn!(
                    status,
                    tls = error.is_tls(),
                    timeout = error.is_timeout(),
                    "E-mail not taken"
                );
                Err(undelivered(&error))
            }
        }
    }
}

fn undelivered(error: &lettre::transport::smtp::Error) -> Undelivered {
    if error.is_tls() || is_untrusted(error) {
        return Undelivered::lasting("mail-tls");
    }
    match error.status().map(u16::from) {
        Some(530 | 534 | 535) => Undelivered::lasting("mail-sign-in"),
        Some(550..=553) => Undelivered::lasting("mail-recipient"),
        _ if error.is_permanent() => Undelivered::lasting("mail-refused"),
        Some(_) => Undelivered::passing("mail-busy"),
        None => Undelivered::passing("mail-unreachable"),
    }
}

/// A certificate that does not hold comes as a connection that could not be made, whose cause says more.
fn is_untrusted(error: &lettre::transport::smtp::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(found) = cause {
        let is_tls = found.downcast_ref::<std::io::Error>().is_some_and(|error| {
            error.kind() == std::io::ErrorKind::InvalidData
                || error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>())
        });
        if is_tls || found.is::<rustls::Error>() {
            return true;
        }
        cause = found.source();
    }
    false
}

fn parameters(settings: &MailSettings) -> Result<TlsParameters, ConfigurationError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.root {
        let key = "mail.root";
        let pem = std::fs::read(path).map_err(|error| ConfigurationError::File {
            key,
            path: path.clone(),
            error,
        })?;
        let root = Certificate::from_pem(&pem)
            .map_err(|_| ConfigurationError::Rule { key, what: "a certificate in PEM" })?;
        builder = builder.add_root_certificate(root);
    }
    builder.build_rustls().map_err(|_| ConfigurationError::Rule {
        key: "mail.tls",
        what: "usable roots of the operating system",
    })
}
