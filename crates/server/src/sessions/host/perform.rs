//! What the machine asks for, done.

use super::{Host, Newcomer};
use crate::{
    clock::now_ms,
    secrets::{new_token, token_hash},
    sessions::{codes, error::SessionError, facts::kind_name, seal},
};
use protocol::{Permissions, limits, policy, wire};
use session::hosting::{Kind, Output, PolicyDraft, Stage};
use store::{
    connection_codes::{self, Purpose},
    records,
    sessions::{self, Customer, Joined},
};

impl Host {
    pub(super) async fn perform(&mut self, output: Output) -> Result<(), SessionError> {
        match output {
            Output::Welcome { offered, resumed } => self.welcome(offered, resumed).await?,
            Output::ToCustomer(body) => self.send_customer(body),
            Output::ToConsole(body) => {
                if let Some(console) = &self.console {
                    console.send(&self.to_console(body));
                }
            }
            Output::Offer { description, draft } => self.offer(description, draft).await?,
            Output::Renew(draft) => self.renew(draft).await?,
            Output::MakeAppCode => self.make_app_code().await?,
            Output::Record(fact) => self.record(&fact).await?,
            Output::Moved(stage) => self.moved(stage).await?,
            Output::RefuseArrival => self.refuse_arrival(),
            Output::WelcomeApp { offered } => self.welcome_app(offered)?,
            Output::ToApp(body) => {
                if let Some((app, _)) = &self.app {
                    app.outbox.send(&wire::ServerToCustomer { body: Some(body) });
                }
            }
            Output::DismissApp => {
                if let Some((app, _)) = self.app.take() {
                    app.outbox.close();
                }
            }
            Output::TakeOver => self.take_over().await?,
            Output::Close => self.close().await?,
            // The loop keeps it.
            Output::WakeAt(_) => {}
        }
        Ok(())
    }

    pub(super) fn send_customer(&self, body: wire::server_to_customer::Body) {
        if let Some(customer) = &self.customer {
            customer.outbox.send(&wire::ServerToCustomer { body: Some(body) });
        }
    }

    async fn welcome(&mut self, offered: Permissions, resumed: bool) -> Result<(), SessionError> {
        let Some(newcomer) = self.arriving.take() else { return Ok(()) };
        let token = new_token();
        self.keep_customer(&newcomer, &token_hash(&token)).await?;
        if let Some(before) = self.customer.replace(newcomer) {
            before.outbox.close();
        }
        let protocol = self.customer.as_ref().map(|customer| customer.protocol);
        let welcome = wire::Welcome { resumed, ..self.welcome_of(protocol, offered, token)? };
        self.send_customer(wire::server_to_customer::Body::Welcome(welcome));
        self.tell_kept_customer();
        Ok(())
    }

    /// What everybody is welcomed with, under the key that will sign their policies.
    fn welcome_of(
        &mut self,
        protocol: Option<u32>,
        offered: Permissions,
        token: String,
    ) -> Result<wire::Welcome, SessionError> {
        let server_time_ms = u64::try_from(now_ms()).unwrap_or_default();
        let key = self.shared.keys.policy(server_time_ms)?;
        let certificate = key.certificate.clone();
        self.policy_key = Some(key);
        Ok(wire::Welcome {
            protocol: protocol.unwrap_or(protocol::versions::HIGHEST),
            session_id: self.hosting.facts().session_id.to_bytes(),
            company: self.about.name.clone(),
            service: self.about.service_name.clone(),
            consent_after_operator: self.hosting.facts().consent_after_operator,
            offered: Some(offered.into()),
            server_time_ms,
            key: Some(certificate),
            resume_token: token.into_bytes().into(),
            resumed: false,
        })
    }

    fn refuse_arrival(&mut self) {
        let Some(newcomer) = self.arriving.take() else { return };
        let problem = wire::Problem { code: "session-ended".to_owned(), retry_after_s: 0 };
        let body = Some(wire::server_to_customer::Body::Problem(problem));
        newcomer.outbox.send(&wire::ServerToCustomer { body });
        newcomer.outbox.close();
    }

    /// Nothing of it is kept yet: the page is still the customer.
    fn welcome_app(&mut self, offered: Permissions) -> Result<(), SessionError> {
        let Some(newcomer) = self.arriving.take() else { return Ok(()) };
        let token = new_token();
        let hash = token_hash(&token);
        let welcome = self.welcome_of(Some(newcomer.protocol), offered, token)?;
        let body = Some(wire::server_to_customer::Body::Welcome(welcome));
        newcomer.outbox.send(&wire::ServerToCustomer { body });
        self.app = Some((newcomer, hash));
        Ok(())
    }

    async fn take_over(&mut self) -> Result<(), SessionError> {
        let Some((app, hash)) = self.app.take() else { return Ok(()) };
        self.send_customer(wire::server_to_customer::Body::Replaced(wire::Replaced {}));
        if let Some(before) = self.customer.take() {
            before.outbox.close();
        }
        let kept = self.keep_customer(&app, &hash).await;
        self.customer = Some(app);
        self.tell_kept_customer();
        kept
    }

    async fn keep_customer(&mut self, newcomer: &Newcomer, resume_hash: &str) -> Result<(), SessionError> {
        let (id, at_ms) = (self.live.id, now_ms());
        let customer = customer_of(newcomer);
        let nonce = newcomer.arrival.nonce.map(|nonce| nonce.0.to_vec()).unwrap_or_default();
        let fingerprint = newcomer.arrival.fingerprint.map(|one| one.0.to_vec()).unwrap_or_default();
        let write = self.shared.store.write(self.live.company).await?;
        if let Some(before) = &newcomer.token_hash {
            sessions::set_resumed(&write, id, &nonce, &fingerprint, before, resume_hash).await?;
            self.shared.keep_previous_token(before.clone(), id);
        } else {
            let joined =
                Joined { at_ms, customer: &customer, nonce: &nonce, fingerprint: &fingerprint, resume_hash };
            sessions::set_joined(&write, id, joined).await?;
            connection_codes::expire_of_session(&write, id, at_ms).await?;
            let new = records::NewRecord {
                session: id,
                operator: &self.operator,
                operator_address_public: &self.operator_address,
                customer: &customer,
                started_at_ms: at_ms,
            };
            if !records::create(&write, new).await? {
                records::set_customer(&write, id, &customer).await?;
            }
        }
        write.commit().await?;
        self.has_record = true;
        let mut state = self.live.state();
        state.machine = Some(newcomer.arrival.machine.clone());
        state.customer_kind = kind_to_wire(newcomer.arrival.kind).into();
        state.code.clear();
        Ok(())
    }

    async fn offer(
        &mut self,
        description: wire::SessionDescription,
        draft: Option<PolicyDraft>,
    ) -> Result<(), SessionError> {
        let policy = match draft {
            Some(draft) => Some(self.sign(draft).await?),
            None => None,
        };
        let offer = wire::Offer { description: Some(description), policy, ice_servers: Vec::new() };
        self.send_customer(wire::server_to_customer::Body::Offer(offer));
        Ok(())
    }

    /// A policy that cannot be signed now is tried again.
    async fn renew(&mut self, draft: PolicyDraft) -> Result<(), SessionError> {
        match self.sign(draft).await {
            Ok(policy) => {
                self.send_customer(wire::server_to_customer::Body::Policy(policy));
                Ok(())
            }
            Err(error) => {
                self.handle(session::hosting::Input::NotSigned);
                Err(error)
            }
        }
    }

    /// Signs with the key that this customer's Welcome certified.
    async fn sign(&mut self, draft: PolicyDraft) -> Result<wire::SignedPolicy, SessionError> {
        let write = self.shared.store.write(self.live.company).await?;
        let revision = sessions::next_policy_revision(&write, self.live.id).await?;
        write.commit().await?;
        let signed_at_ms = u64::try_from(now_ms()).unwrap_or_default();
        let key = match &self.policy_key {
            Some(key) => std::sync::Arc::clone(key),
            None => self.shared.keys.policy(signed_at_ms)?,
        };
        let lifetime_ms = u64::try_from(limits::POLICY_LIFETIME.as_millis()).unwrap_or(u64::MAX);
        let facts = self.hosting.facts();
        let policy = policy::Policy {
            session_id: facts.session_id,
            operator_id: facts.operator_id,
            company_id: facts.company_id,
            nonce: draft.nonce,
            customer_fingerprint: draft.customer_fingerprint,
            console_fingerprint: draft.console_fingerprint,
            revision: u64::try_from(revision).unwrap_or_default(),
            expires_at_ms: signed_at_ms.saturating_add(lifetime_ms),
            required_features: Vec::new(),
            permissions: draft.permissions,
        };
        Ok(policy::sign(&policy, &key.key))
    }

    async fn make_app_code(&mut self) -> Result<(), SessionError> {
        let write = self.shared.store.write(self.live.company).await?;
        let id = self.live.id;
        connection_codes::expire_of_session(&write, id, now_ms()).await?;
        let issued = codes::issue(&write, &self.shared.pepper, id, Purpose::App).await?;
        write.commit().await?;
        let code = wire::AppCode {
            code: issued.digits,
            expires_at_ms: u64::try_from(issued.expires_at_ms).unwrap_or_default(),
        };
        self.send_customer(wire::server_to_customer::Body::AppCode(code));
        Ok(())
    }

    async fn moved(&mut self, stage: Stage) -> Result<(), SessionError> {
        {
            let mut state = self.live.state();
            state.stage = stage.to_wire().into();
            if let Stage::Ended(reason) = stage {
                state.end_reason = reason.into();
                state.code.clear();
            } else {
                state.permissions = Some(self.hosting.permissions().into());
            }
        }
        self.shared.tell_consoles(&self.live);
        let stage = match stage {
            Stage::Waiting => sessions::Stage::Waiting,
            Stage::Joined => sessions::Stage::Joined,
            Stage::Connecting => sessions::Stage::Connecting,
            Stage::Active => sessions::Stage::Active,
            Stage::Away => sessions::Stage::Away,
            // Written by `close`, in one piece with the seal.
            Stage::Ended(_) => return Ok(()),
        };
        let write = self.shared.store.write(self.live.company).await?;
        sessions::set_stage(&write, self.live.id, stage).await?;
        Ok(write.commit().await?)
    }

    async fn close(&mut self) -> Result<(), SessionError> {
        self.is_over = true;
        self.shared.forget(self.live.id);
        if let Some(customer) = self.customer.take() {
            customer.outbox.close();
        }
        if let Some((app, _)) = self.app.take() {
            app.outbox.close();
        }
        let Stage::Ended(reason) = self.hosting.stage() else { return Ok(()) };
        let (id, at_ms, reason) = (self.live.id, now_ms(), crate::sessions::facts::reason_name(reason));
        let write = self.shared.store.write(self.live.company).await?;
        sessions::set_ended(&write, id, reason, at_ms).await?;
        connection_codes::expire_of_session(&write, id, at_ms).await?;
        if self.has_record {
            records::set_ended(&write, id, reason, at_ms).await?;
        }
        seal::seal(&write, &self.shared.keys, id).await?;
        write.commit().await?;
        tracing::info!(session.id = %id, reason, "Session ended");
        Ok(())
    }
}

pub(super) fn kind_to_wire(kind: Kind) -> wire::customer_hello::Kind {
    match kind {
        Kind::App => wire::customer_hello::Kind::App,
        Kind::Browser => wire::customer_hello::Kind::Browser,
    }
}

fn customer_of(newcomer: &Newcomer) -> Customer {
    let machine = &newcomer.arrival.machine;
    Customer {
        kind: kind_name(newcomer.arrival.kind).to_owned(),
        os: machine.os.clone(),
        os_version: machine.os_version.clone(),
        host_name: machine.host_name.clone(),
        address_public: newcomer.address.to_string(),
        address_private: Some(machine.local_address.clone()).filter(|address| !address.is_empty()),
        language: newcomer.language.clone(),
        features: newcomer.features.clone(),
    }
}
