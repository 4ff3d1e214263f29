//! One certificate, from the account to the chain (RFC 8555 §7.1).

use super::{
    certificates::{Certificates, Challenge},
    error::AcmeError,
    https::Https,
    kept::{Kept, KeptAccount},
};
use crate::tls::TlsError;
use instant_acme::{
    Account, AuthorizationStatus, ChallengeType, Error, Identifier, KeyAuthorization, NewAccount, NewOrder,
    Order, OrderStatus, Problem, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, DistinguishedName, KeyPair};
use rustls::{crypto::ring::sign::any_ecdsa_type, pki_types::PrivateKeyDer, sign::CertifiedKey};
use std::time::Duration;
use zeroize::Zeroizing;

/// How the authority is asked whether it has decided: after a quarter of a second, then a quarter later each time, so that
/// the last question comes shortly before the time is over.
const POLLS: RetryPolicy = RetryPolicy::new().backoff(1.25).timeout(DECISION_TIMEOUT);
/// How long it may take to decide.
const DECISION_TIMEOUT: Duration = Duration::from_secs(90);

/// An authority, and what is known of it.
pub(super) struct Authority {
    pub(super) directory: String,
    /// `mailto:…`.
    pub(super) contact: Option<String>,
    pub(super) https: Https,
    pub(super) kept: Kept,
}

/// A certificate as it came, and as it is kept: its key and the chain, PEM.
pub(super) struct Obtained {
    pub(super) pair: CertifiedKey,
    pub(super) pem: Zeroizing<String>,
}

impl Authority {
    /// Gets a certificate for `name` with a new key.
    pub(super) async fn order(&self, name: &str, certificates: &Certificates) -> Result<Obtained, AcmeError> {
        let failed = |error| AcmeError::from_answer(error, &self.directory);
        let account = self.account().await?;
        let identifiers = [Identifier::Dns(name.to_owned())];
        let order = account.new_order(&NewOrder::new(&identifiers)).await;
        let mut order = order.map_err(|error| failed(error).of_account())?;
        self.prove(&mut order, name, certificates).await?;
        let key = KeyPair::generate().map_err(TlsError::from)?;
        let mut params = CertificateParams::new([name.to_owned()]).map_err(TlsError::from)?;
        params.distinguished_name = DistinguishedName::new();
        let request = params.serialize_request(&key).map_err(TlsError::from)?;
        order.finalize_csr(request.der()).await.map_err(failed)?;
        let chain = order.poll_certificate(&POLLS).await.map_err(failed)?;
        let pem = Zeroizing::new(format!("{}{chain}", *Zeroizing::new(key.serialize_pem())));
        Ok(Obtained { pair: self.kept.read_certificate(name, pem.as_bytes())?, pem })
    }

    /// The account that is kept, or a new one (RFC 8555 §7.3).
    async fn account(&self) -> Result<Account, AcmeError> {
        let failed = |error| AcmeError::from_answer(error, &self.directory);
        let builder = Account::builder_with_http(Box::new(self.https.clone()));
        let contact: Vec<&str> = self.contact.iter().map(String::as_str).collect();
        let Some(KeptAccount { contact: told, credentials }) = self.kept.account()? else {
            self.kept.make_folder()?;
            let new =
                NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
            let (account, credentials) =
                builder.create(&new, self.directory.clone(), None).await.map_err(failed)?;
            self.kept.keep_account(&KeptAccount { contact: self.contact.clone(), credentials })?;
            return Ok(account);
        };
        let account = builder.from_credentials(credentials).await.map_err(failed)?;
        if told != self.contact {
            // Without a contact that the authority likes there are certificates all the same.
            if let Err(error) = account.update_contacts(&contact).await.map_err(failed) {
                if error.is_lost_account() {
                    return Err(error);
                }
                tracing::warn!(reason = %error, "The authority does not take acme_contact");
                return Ok(account);
            }
            if let Some(kept) = self.kept.account()? {
                self.kept.keep_account(&KeptAccount { contact: self.contact.clone(), ..kept })?;
            }
        }
        Ok(account)
    }

    /// Answers the challenge, and waits until the authority is convinced that the name leads here (RFC 8555 §7.5.1).
    async fn prove(
        &self,
        order: &mut Order,
        name: &str,
        certificates: &Certificates,
    ) -> Result<(), AcmeError> {
        let failed = |error| AcmeError::from_answer(error, &self.directory);
        let mut challenges: Vec<Challenge<'_>> = Vec::new();
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization.map_err(failed)?;
            match authorization.status {
                AuthorizationStatus::Pending => {}
                // Proved a short while ago.
                AuthorizationStatus::Valid => continue,
                other => return Err(AcmeError::Authorization(other)),
            }
            let mut challenge =
                authorization.challenge(ChallengeType::TlsAlpn01).ok_or(AcmeError::NoChallenge)?;
            let answer = challenge_certificate(name, &challenge.key_authorization())?;
            challenges.push(certificates.challenge(name, answer));
            challenge.set_ready().await.map_err(failed)?;
        }
        match order.poll_ready(&POLLS).await {
            Ok(OrderStatus::Invalid) | Err(Error::Api(_)) => Err(self.refusal(order).await?),
            Ok(_) => Ok(()),
            Err(Error::Timeout(_)) => Err(AcmeError::Undecided(DECISION_TIMEOUT.as_secs())),
            Err(error) => Err(failed(error)),
        }
    }

    /// Why an order is invalid: what befell its challenge says more than the order does.
    async fn refusal(&self, order: &mut Order) -> Result<AcmeError, AcmeError> {
        let failed = |error| AcmeError::from_answer(error, &self.directory);
        let mut said: Option<Problem> = order.state().error.clone();
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization.map_err(failed)?;
            let state = authorization.refresh().await.map_err(failed)?;
            said = state.challenges.iter().find_map(|challenge| challenge.error.clone()).or(said);
        }
        Ok(said.map_or(AcmeError::Authorization(AuthorizationStatus::Invalid), AcmeError::Refused))
    }
}

/// A certificate signed by itself that holds the SHA-256 of the key authorization (RFC 8737 §3).
fn challenge_certificate(name: &str, proof: &KeyAuthorization) -> Result<CertifiedKey, TlsError> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new([name.to_owned()])?;
    params.custom_extensions = vec![CustomExtension::new_acme_identifier(proof.digest().as_ref())];
    let certificate = params.self_signed(&key)?;
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    // rustls would compare certificate and key, and webpki reads no certificate with an extension that only the authority knows.
    Ok(CertifiedKey::new(vec![certificate.der().clone()], any_ecdsa_type(&key)?))
}
