//! What the machine asks for, done.

use super::Host;
use crate::{
    clock::now_ms,
    sessions::{error::SessionError, keys::CertifiedKey},
};
use protocol::{Permissions, limits, policy, wire};
use session::hosting::{Facts, Output, PolicyDraft, Stage};
use store::{connection_codes::Purpose, sessions};

impl Host {
    pub(super) async fn perform(&mut self, output: Output) -> Result<(), SessionError> {
        match output {
            Output::Welcome { offered, resumed } => self.welcome(offered, resumed)?,
            Output::ToCustomer(body) => self.send_customer(body),
            Output::ToConsole(body) => {
                if let Some(console) = &self.console {
                    console.send(&self.to_console(body));
                }
            }
            Output::ToSecond(body) => self.send_second(body),
            Output::SecondOffer { description, draft, operator_id, name, permissions } => {
                let who = wire::SecondOperator {
                    operator_id: operator_id.to_bytes(),
                    name,
                    // Whoever gets a policy reads it there.
                    may: draft.is_none().then(|| permissions.into()),
                    act: None,
                };
                self.second_offer(description, draft, who).await?;
            }
            Output::SecondRenew { draft, name } => self.second_renew(draft, name).await?,
            Output::SecondMoved(state) => self.second_moved(state),
            Output::Reversed(order) => self.reversed_order(order).await?,
            Output::ReversedMoved(stage) => self.reversed_moved(stage),
            Output::Offer { description, draft } => self.offer(description, draft).await?,
            Output::Renew(draft) => self.renew(draft).await?,
            Output::MakeAppCode => self.make_app_code().await?,
            Output::Moved(stage) => self.moved(stage).await?,
            Output::RefuseArrival => {
                if let Some(newcomer) = self.arriving.take() {
                    newcomer.refuse("session-ended");
                }
            }
            Output::WelcomeApp { offered } => self.welcome_app(offered).await?,
            Output::ToApp(body) => {
                if let Some(app) = &self.app {
                    app.outbox.send(&wire::ServerToCustomer { body: Some(body) });
                }
            }
            Output::DismissApp => {
                if let Some(app) = self.app.take() {
                    app.outbox.close();
                }
            }
            Output::TakeOver => self.take_over(),
            Output::Close => self.close(),
            // The loop keeps them.
            Output::Record(_) | Output::WakeAt(_) => {}
        }
        Ok(())
    }

    pub(super) fn send_customer(&self, body: wire::server_to_customer::Body) {
        if let Some(customer) = &self.customer {
            customer.outbox.send(&wire::ServerToCustomer { body: Some(body) });
        }
    }

    fn welcome(&mut self, offered: Permissions, resumed: bool) -> Result<(), SessionError> {
        let Some(newcomer) = self.arriving.take() else { return Ok(()) };
        let (protocol, token) = (newcomer.protocol, newcomer.token.clone());
        if let Some(before) = self.customer.replace(newcomer) {
            before.outbox.close();
        }
        let welcome = wire::Welcome { resumed, ..self.welcome_of(Some(protocol), offered, token)? };
        self.send_customer(wire::server_to_customer::Body::Welcome(welcome));
        self.tell_kept_customer();
        Ok(())
    }

    /// What everybody is welcomed with, under the key that will sign their policies.
    pub(super) fn welcome_of(
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
            chooses_part: self.hosting.facts().chooses_part,
            recording_required: self.hosting.facts().recording_required,
            recording_copies: self.recording_copies,
            options: self.hosting.facts().options.clone(),
            second_unasked: self.hosting.facts().second_unasked,
            plain_capture: self.hosting.facts().plain_capture,
            offered: Some(offered.into()),
            server_time_ms,
            key: Some(certificate),
            resume_token: token.into_bytes().into(),
            resumed: false,
            offered_to_app: Some(self.hosting.facts().offered.into()),
            reversed: false,
        })
    }

    fn take_over(&mut self) {
        let Some(app) = self.app.take() else { return };
        self.send_customer(wire::server_to_customer::Body::Replaced(wire::Replaced {}));
        if let Some(before) = self.customer.replace(app) {
            before.outbox.close();
        }
        self.tell_kept_customer();
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
    pub(super) async fn sign(&mut self, draft: PolicyDraft) -> Result<wire::SignedPolicy, SessionError> {
        let write = self.shared.store.write(self.live.company).await?;
        let revision = sessions::next_policy_revision(&write, self.live.id).await?;
        write.commit().await?;
        let key = match &self.policy_key {
            Some(key) => std::sync::Arc::clone(key),
            None => self.shared.keys.policy(u64::try_from(now_ms()).unwrap_or_default())?,
        };
        Ok(signed(self.hosting.facts(), draft, u64::try_from(revision).unwrap_or_default(), &key))
    }

    async fn make_app_code(&mut self) -> Result<(), SessionError> {
        let issued = self.replace_code(Purpose::App).await?;
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
            // Written with the record's last line.
            Stage::Ended(_) => return Ok(()),
        };
        let write = self.shared.store.write(self.live.company).await?;
        sessions::set_stage(&write, self.live.id, stage).await?;
        Ok(write.commit().await?)
    }

    fn close(&mut self) {
        self.is_over = true;
        self.shared.forget(self.live.id);
        for gone in self.customer.take().into_iter().chain(self.app.take()) {
            gone.outbox.close();
        }
    }
}

/// A policy of a session, from now on.
pub(in crate::sessions) fn signed(
    facts: &Facts,
    draft: PolicyDraft,
    revision: u64,
    key: &CertifiedKey,
) -> wire::SignedPolicy {
    let lifetime_ms = u64::try_from(limits::POLICY_LIFETIME.as_millis()).unwrap_or(u64::MAX);
    let signed_at_ms = u64::try_from(now_ms()).unwrap_or_default();
    let policy = policy::Policy {
        session_id: facts.session_id,
        operator_id: draft.operator_id,
        company_id: facts.company_id,
        nonce: draft.nonce,
        customer_fingerprint: draft.customer_fingerprint,
        console_fingerprint: draft.console_fingerprint,
        revision,
        expires_at_ms: signed_at_ms.saturating_add(lifetime_ms),
        required_features: Vec::new(),
        permissions: draft.permissions,
    };
    policy::sign(&policy, &key.key)
}
