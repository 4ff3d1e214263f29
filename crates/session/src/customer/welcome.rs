//! The server's Welcome: who it is, and what the session offers.

use protocol::{IdentityHash, Permissions, SessionId, policy::TrustedKey, versions, wire};

use super::{
    Action, Customer, Ending, Host, Trust,
    link::Link,
    part::Parts,
    recording::Recording,
    server::bounded,
    state::{Member, State},
};
use crate::Timestamp;

/// How wrong the clock of the customer's machine may be: a wrong time zone, or a day.
const CLOCK_TOLERANCE_MS: u64 = 24 * 60 * 60 * 1000;

impl Customer {
    pub(super) fn welcome(&mut self, now: Timestamp, welcome: wire::Welcome) {
        if !matches!(self.out.link, Link::Greeting { .. }) {
            return self.out.refuse("server-out-of-order");
        }
        self.out.set_clock(now, welcome.server_time_ms);
        let known = (versions::LOWEST..=versions::HIGHEST).contains(&welcome.protocol);
        let session_id = SessionId::try_from(&welcome.session_id);
        let (true, Ok(session_id)) = (known, session_id) else {
            return self.fail(now, Ending::WrongServer);
        };
        let Some(key) = self.trusted_key(&welcome) else {
            return self.fail(now, Ending::WrongServer);
        };
        if !key.is_plausible_at(self.out.own_clock_ms, CLOCK_TOLERANCE_MS) {
            return self.fail(now, Ending::WrongClock);
        }
        if self.state.member_mut().is_some_and(|member| member.session_id != session_id) {
            return self.fail(now, Ending::WrongServer);
        }
        self.out.link = Link::up(now);
        self.out.failures = 0;
        self.out.resume_token = Some(welcome.resume_token.clone());
        match std::mem::replace(&mut self.state, State::Joining) {
            State::Joining => {
                self.out.act(Action::KeepResumeToken(welcome.resume_token.clone()));
                let member = member(session_id, &welcome, key, self.out.options.not_in_effect);
                self.first_welcome(now, &welcome, member);
            }
            State::Ended(ending) => {
                self.state = State::Ended(ending);
            }
            state => {
                self.state = state;
                self.out.act(Action::KeepResumeToken(welcome.resume_token));
                self.welcome_back(key);
            }
        }
    }

    fn first_welcome(&mut self, now: Timestamp, welcome: &wire::Welcome, member: Member) {
        self.recording = Recording::default();
        if let Some(consent) = self.come_back(now, welcome, &member) {
            self.state = State::Agreed(member, consent);
            return self.tell_consent(consent);
        }
        self.part = Parts::at_start(member.chooses_part);
        // S-02 off: company and rights can be shown now, and the press upon that waits for nobody.
        self.state =
            if member.consent_after_operator { State::Waiting(member) } else { State::Asking(member) };
    }

    fn welcome_back(&mut self, key: TrustedKey) {
        if let Some(member) = self.state.member_mut() {
            member.key = key;
        }
        let consent = match &self.state {
            State::Agreed(_, consent) => Some(*consent),
            State::Connecting(connecting) => Some(connecting.consent),
            State::Sharing(sharing) => Some(sharing.consent),
            _ => None,
        };
        if let Some(consent) = consent {
            self.tell_consent(consent);
        }
    }

    fn trusted_key(&mut self, welcome: &wire::Welcome) -> Option<TrustedKey> {
        let certificate = welcome.key.as_ref()?;
        let met = IdentityHash::of(&certificate.identity_key);
        let identities = match &self.out.options.trust {
            Trust::Known(identities) => identities.clone(),
            Trust::FirstUse => vec![met],
        };
        let key = TrustedKey::verify_certificate(certificate, &identities, welcome.server_time_ms).ok()?;
        if self.out.options.trust == Trust::FirstUse {
            self.out.options.trust = Trust::Known(vec![met]);
            self.out.act(Action::PinIdentity(met));
        }
        Some(key)
    }
}

fn member(session_id: SessionId, welcome: &wire::Welcome, key: TrustedKey, unknown: &[&str]) -> Member {
    let asks = |key: &str| welcome.options.iter().any(|option| option == key);
    Member {
        session_id,
        host: Host {
            company: bounded(&welcome.company),
            service: bounded(&welcome.service),
            reversed: welcome.reversed,
        },
        consent_after_operator: welcome.consent_after_operator,
        chooses_part: welcome.chooses_part,
        recording_required: welcome.recording_required,
        recording_copies: welcome.recording_copies,
        reboots_by_hand: asks("manual_reboot"),
        not_in_effect: unknown.iter().filter(|key| asks(key)).map(|&key| key.to_owned()).collect(),
        said_not_in_effect: false,
        second_unasked: welcome.second_unasked,
        capture: super::capture_mode::Capture::at_start(welcome.plain_capture),
        offered: Permissions::from(welcome.offered.as_ref()),
        key,
        operator: None,
        revision: 0,
        company_id: None,
    }
}
