//! Customers who come in: by a code, which is used up in the same write that lets them in, or back by a token.

use super::{
    Host,
    patience::{self, Patience},
};
use crate::{
    clock::now_ms,
    secrets::token_hash,
    sessions::{
        codes::{self, Issued},
        error::SessionError,
        facts::kind_name,
        outbox::Outbox,
    },
};
use protocol::{Permissions, wire};
use session::hosting::{Arrival, Input, Stage};
use std::net::IpAddr;
use store::{
    StoreError, Write,
    connection_codes::{self, Purpose, Redeemed},
    operators::{self, Operator},
    records,
    sessions::{self, Customer, Joined},
};

/// A customer at the door.
#[derive(Debug)]
pub(in crate::sessions) struct Newcomer {
    pub(in crate::sessions) outbox: Outbox,
    pub(in crate::sessions) address: IpAddr,
    pub(in crate::sessions) arrival: Arrival,
    pub(in crate::sessions) protocol: u32,
    pub(in crate::sessions) language: String,
    pub(in crate::sessions) features: Vec<String>,
    pub(in crate::sessions) key: DoorKey,
    /// What this one may come back with; told in the Welcome.
    pub(in crate::sessions) token: String,
}

/// What lets a customer in, by its hash.
#[derive(Clone, Debug)]
pub(in crate::sessions) enum DoorKey {
    /// A code, and when it was seen to be good.
    Code { hash: String, seen_at_ms: i64 },
    /// The token of the Welcome before.
    Token { hash: String },
}

impl Newcomer {
    /// Says why there is no place here, and closes the socket.
    pub(in crate::sessions) fn refuse(&self, code: &str) {
        let problem = wire::Problem { code: code.to_owned(), retry_after_s: 0 };
        let body = Some(wire::server_to_customer::Body::Problem(problem));
        self.outbox.send(&wire::ServerToCustomer { body });
        self.outbox.close();
    }

    fn about(&self) -> Customer {
        let machine = &self.arrival.machine;
        Customer {
            kind: kind_name(self.arrival.kind).to_owned(),
            os: machine.os.clone(),
            os_version: machine.os_version.clone(),
            host_name: machine.host_name.clone(),
            address_public: self.address.to_string(),
            address_private: Some(machine.local_address.clone()).filter(|address| !address.is_empty()),
            language: self.language.clone(),
            features: self.features.clone(),
        }
    }
}

impl Host {
    /// Whether the code of a newcomer is still good. The session's codes are used up here alone, so that of two
    /// customers who type the same one, the second is told so.
    pub(super) async fn admit(&self, newcomer: &mut Newcomer) -> bool {
        let DoorKey::Code { hash, seen_at_ms } = &mut newcomer.key else { return true };
        let now_ms = now_ms();
        let problem = match connection_codes::find(&self.shared.store, hash, now_ms).await {
            Ok(Redeemed::Session { session, .. }) if session == self.live.id => {
                *seen_at_ms = now_ms;
                return true;
            }
            Ok(Redeemed::Used) => "code-used",
            // Taken back a moment ago: to who types it, it is as good as expired.
            Ok(Redeemed::Session { .. } | Redeemed::Expired | Redeemed::Unknown) => "code-expired",
            Err(error) => {
                tracing::error!(session.id = %self.live.id, error = %error, "Customer not let in");
                "internal"
            }
        };
        newcomer.refuse(problem);
        false
    }

    /// Another code of a session that waits for its customer.
    pub(super) async fn new_code(&mut self) -> Result<Issued, SessionError> {
        if self.hosting.stage() != Stage::Waiting {
            return Err(SessionError::NotWaiting);
        }
        let issued = self.replace_code(Purpose::Join).await?;
        {
            let mut state = self.live.state();
            state.code.clone_from(&issued.digits);
            state.code_expires_at_ms = u64::try_from(issued.expires_at_ms).unwrap_or_default();
        }
        self.handle(Input::CodeMade(issued.valid));
        self.shared.tell_consoles(&self.live);
        Ok(issued)
    }

    /// A code of this session, in place of those that were out.
    pub(super) async fn replace_code(&self, purpose: Purpose) -> Result<Issued, SessionError> {
        let (id, shared) = (self.live.id, &self.shared);
        let write = shared.store.write(self.live.company).await?;
        connection_codes::expire_of_session(&write, id, now_ms()).await?;
        let issued = codes::issue(&write, &shared.pepper, id, purpose).await?;
        write.commit().await?;
        Ok(issued)
    }

    /// No code of this session works any more.
    pub(super) async fn expire_codes(&self) -> Result<(), SessionError> {
        let write = self.shared.store.write(self.live.company).await?;
        connection_codes::expire_of_session(&write, self.live.id, now_ms()).await?;
        Ok(write.commit().await?)
    }

    /// Uses the newcomer's code or token up, and keeps who it is.
    pub(super) async fn keep_customer(&self, write: &Write, newcomer: &Newcomer) -> Result<(), SessionError> {
        let (id, at_ms) = (self.live.id, now_ms());
        let customer = newcomer.about();
        let nonce = newcomer.arrival.nonce.map(|nonce| nonce.0.to_vec()).unwrap_or_default();
        let fingerprint = newcomer.arrival.fingerprint.map(|one| one.0.to_vec()).unwrap_or_default();
        let resume_hash = token_hash(&newcomer.token);
        let resume_hash = resume_hash.as_str();
        if let DoorKey::Token { hash } = &newcomer.key {
            sessions::set_resumed(write, id, &nonce, &fingerprint, hash, resume_hash).await?;
            return Ok(());
        }
        // The app's code was used up when the app came to the door.
        let is_at_door = self.app.as_ref().is_some_and(|app| app.outbox.number() == newcomer.outbox.number());
        if !is_at_door {
            self.use_up(write, newcomer).await?;
        }
        let joined =
            Joined { at_ms, customer: &customer, nonce: &nonce, fingerprint: &fingerprint, resume_hash };
        sessions::set_joined(write, id, joined).await?;
        connection_codes::expire_of_session(write, id, at_ms).await?;
        let operator = self.operator_now(write).await?;
        let new = records::NewRecord {
            session: id,
            operator: &operator,
            operator_address_public: self.address_of(&operator),
            customer: &customer,
            started_at_ms: at_ms,
        };
        if !records::create(write, new).await? {
            records::set_customer(write, id, &customer).await?;
        }
        Ok(())
    }

    /// The operator as it is in this write: since the session was made, its browser may have told its address on its own network, or
    /// it has signed in elsewhere, where that address is another one.
    async fn operator_now(&self, write: &Write) -> Result<Operator, StoreError> {
        match operators::find(self.live.company, write, self.operator.id).await {
            // Deleted a moment ago: the session ends, and its record says whose it was.
            Err(StoreError::Missing) => Ok(self.operator.clone()),
            found => found,
        }
    }

    /// Where the operator is: at the console that was seen last, unless it has signed in after that.
    fn address_of<'a>(&'a self, operator: &'a Operator) -> &'a str {
        match (&operator.last_address, operator.last_sign_in_ms) {
            (Some(address), Some(at_ms)) if self.seen.at_ms < at_ms => address,
            _ => &self.seen.address,
        }
    }

    /// After [`Host::keep_customer`] was committed.
    pub(super) fn show_customer(&self, newcomer: &Newcomer) {
        if let DoorKey::Token { hash } = &newcomer.key {
            self.shared.keep_previous_token(hash.clone(), self.live.id);
        }
        let mut state = self.live.state();
        state.machine = Some(newcomer.arrival.machine.clone());
        state.customer_kind = newcomer.arrival.kind.to_wire().into();
        state.code.clear();
    }

    /// The app comes to the door: its code is used up, and nothing else of it is kept. The page is still the customer.
    pub(super) async fn welcome_app(&mut self, offered: Permissions) -> Result<(), SessionError> {
        let Some(newcomer) = self.arriving.take() else { return Ok(()) };
        let mut patience = Patience::in_session();
        while let Err(error) = self.use_up_alone(&newcomer).await {
            if patience.after(&error, &self.shared.shutdown).await != patience::Verdict::Again {
                newcomer.refuse("internal");
                self.handle(Input::AppGone);
                return Err(error);
            }
        }
        let welcome = self.welcome_of(Some(newcomer.protocol), offered, newcomer.token.clone())?;
        let body = Some(wire::server_to_customer::Body::Welcome(welcome));
        newcomer.outbox.send(&wire::ServerToCustomer { body });
        self.app = Some(newcomer);
        Ok(())
    }

    async fn use_up_alone(&self, newcomer: &Newcomer) -> Result<(), SessionError> {
        let write = self.shared.store.write(self.live.company).await?;
        self.use_up(&write, newcomer).await?;
        Ok(write.commit().await?)
    }

    async fn use_up(&self, write: &Write, newcomer: &Newcomer) -> Result<(), StoreError> {
        let DoorKey::Code { hash, seen_at_ms } = &newcomer.key else { return Ok(()) };
        if connection_codes::use_up(write, self.live.id, hash, *seen_at_ms).await? {
            Ok(())
        } else {
            Err(StoreError::Missing)
        }
    }
}
