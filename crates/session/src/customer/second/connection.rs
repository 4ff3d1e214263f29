//! The second operator's connection: made under a policy of their own, by whom the customer let in.

use bytes::Bytes;
use protocol::{
    Fingerprint, OperatorId, Permissions, limits,
    policy::{self, Expectation, VerifiedPolicy},
    sdp, wire,
};

use super::{Coming, Stage, There};
use crate::{
    Timestamp,
    customer::{
        Action, Channel, ConnectionNo, Customer, input_order::InputOrder, peer::EARLY_MESSAGES, state::State,
    },
};

impl Customer {
    pub(super) fn second_offers(&mut self, now: Timestamp, id: OperatorId, offer: wire::Offer) {
        let who = match self.second.who() {
            Some(who) if who.id == id && !matches!(self.second.stage, Stage::Asked(..)) => who.clone(),
            _ => return self.out.refuse("second-not-agreed"),
        };
        let sdp = offer.description.map(|description| description.sdp).unwrap_or_default();
        let console =
            Some(&sdp).filter(|sdp| sdp.len() <= limits::SDP_BYTES).and_then(|sdp| sdp::fingerprint(sdp));
        let Some(console) = console else {
            return self.out.refuse("offer-malformed");
        };
        let signed = offer.policy.unwrap_or_default();
        let Some(policy) = self.second_verified(now, id, &signed, console) else { return };
        // They may have reloaded their page.
        self.second_connection_ends();
        let connection = self.out.next_connection();
        let mut ice_servers = offer.ice_servers;
        ice_servers.truncate(limits::ICE_SERVERS);
        self.second.stage = Stage::Coming(Box::new(Coming {
            who,
            policy,
            connection,
            console,
            since: now,
            relayed: None,
            control_open: false,
            screen_open: false,
            early: Vec::new(),
        }));
        self.out.act(Action::AnswerOffer { connection, sdp, peer: console, ice_servers, voice: false });
    }

    pub(super) fn second_policy(&mut self, now: Timestamp, id: OperatorId, signed: &wire::SignedPolicy) {
        let console = match &self.second.stage {
            Stage::Coming(coming) if coming.who.id == id => coming.console,
            Stage::There(there) if there.who.id == id => there.console,
            // Their connection has just ended, which the server will hear.
            _ => return,
        };
        let Some(policy) = self.second_verified(now, id, signed, console) else { return };
        match &mut self.second.stage {
            Stage::Coming(coming) => coming.policy = policy,
            Stage::There(there) => there.policy = policy,
            _ => {}
        }
    }

    /// The policy, if it is one for this app, session, operator and peer. One that is not is refused and reported, and the
    /// session goes on without.
    fn second_verified(
        &mut self,
        now: Timestamp,
        id: OperatorId,
        signed: &wire::SignedPolicy,
        console: Fingerprint,
    ) -> Option<VerifiedPolicy> {
        let now_ms = self.out.server_ms(now);
        let (nonce, customer_fingerprint) = (self.out.options.nonce, self.out.options.fingerprint);
        let revision = self.second.revision;
        let member = self.state.member_mut()?;
        let expected = Expectation {
            session_id: member.session_id,
            operator_id: Some(id),
            company_id: member.company_id,
            nonce,
            customer_fingerprint,
            console_fingerprint: console,
            revision,
            now_ms,
            features: &policy::KNOWN_FEATURES,
        };
        match policy::verify(signed, &member.key, &expected) {
            Ok(policy) => {
                self.second.revision = policy.policy().revision;
                Some(policy)
            }
            Err(error) => {
                self.out.refuse(error.what());
                None
            }
        }
    }

    pub(super) fn second_candidate(&mut self, id: OperatorId, candidate: wire::Candidate) {
        let connection =
            self.second.connection().filter(|_| self.second.who().is_some_and(|who| who.id == id));
        let Some(connection) = connection else {
            return self.out.refuse("second-not-agreed");
        };
        if limits::CANDIDATE_BYTES < candidate.candidate.len() + candidate.mid.len() {
            return self.out.refuse("candidate-too-long");
        }
        self.out.act(Action::AddCandidate { connection, candidate });
    }

    pub(in crate::customer) fn second_local_answer(&mut self, sdp: String) {
        let Some(who) = self.second.who() else { return };
        let answer = wire::from_second::Act::Answer(wire::SessionDescription { sdp });
        self.tell_of_second(who.id.to_bytes(), answer);
    }

    pub(in crate::customer) fn second_local_candidate(&mut self, candidate: wire::Candidate) {
        let Some(who) = self.second.who() else { return };
        self.tell_of_second(who.id.to_bytes(), wire::from_second::Act::Candidate(candidate));
    }

    pub(in crate::customer) fn second_connected(&mut self, now: Timestamp, relayed: bool) {
        if let Stage::Coming(coming) = &mut self.second.stage {
            coming.relayed = Some(relayed);
            self.second_starts(now);
        }
    }

    pub(in crate::customer) fn second_channel_opened(&mut self, now: Timestamp, channel: Channel) {
        if let Stage::Coming(coming) = &mut self.second.stage {
            match channel {
                Channel::Control => coming.control_open = true,
                Channel::Screen => coming.screen_open = true,
                Channel::Pointer | Channel::Repeat | Channel::Files | Channel::OperatorScreen => {}
            }
            self.second_starts(now);
        }
    }

    fn second_starts(&mut self, now: Timestamp) {
        let Stage::Coming(coming) = &self.second.stage else { return };
        if !coming.control_open || !coming.screen_open || coming.relayed.is_none() {
            return;
        }
        let Stage::Coming(coming) = std::mem::take(&mut self.second.stage) else { return };
        let Coming { who, policy, connection, console, early, .. } = *coming;
        let there = There {
            who,
            policy,
            connection,
            console,
            input: InputOrder::new(),
            holds: false,
            asks: false,
            sees: false,
        };
        self.second.stage = Stage::There(Box::new(there));
        let hello = wire::PeerHello {
            program: self.out.options.program.clone(),
            features: policy::KNOWN_FEATURES.map(str::to_owned).to_vec(),
        };
        self.out.send_peer(connection, wire::peer_message::Body::Hello(hello));
        self.tell_second_permissions();
        self.tell_second_earlier();
        if let Some(told) = self.part.told_now() {
            self.out.send_peer(connection, wire::peer_message::Body::SharedPart(told));
        }
        for bytes in early {
            self.second_message(now, connection, Channel::Control, &bytes);
        }
    }

    /// The connection is gone; whoever it was may come again, as they were let in.
    pub(in crate::customer) fn second_lost(&mut self, now: Timestamp) {
        let holds = matches!(&self.second.stage, Stage::There(there) if there.holds);
        self.second_connection_ends();
        if holds {
            self.out.act(Action::ReleaseInput);
            self.out.report(now, super::control_changed(false));
        }
    }

    fn second_connection_ends(&mut self) {
        let (who, connection) = match std::mem::take(&mut self.second.stage) {
            Stage::Coming(coming) => (coming.who, coming.connection),
            Stage::There(there) => {
                if there.sees {
                    self.out.act(Action::Second(super::SecondOrder::Stop(there.connection)));
                }
                (there.who, there.connection)
            }
            stage => {
                self.second.stage = stage;
                return;
            }
        };
        self.out.act(Action::ClosePeer { connection });
        self.second.stage = Stage::Allowed(who);
    }

    pub(in crate::customer) fn second_tick(&mut self, now: Timestamp) {
        let now_ms = self.out.server_ms(now);
        match &self.second.stage {
            Stage::Coming(coming) if coming.since + limits::PEER_CONNECT <= now => self.second_lost(now),
            Stage::There(there) if there.policy.policy().expires_at_ms <= now_ms => {
                self.second_leaves(now, wire::EndReason::Expired, true);
            }
            _ => {}
        }
    }

    pub(in crate::customer) fn second_message(
        &mut self,
        now: Timestamp,
        connection: ConnectionNo,
        channel: Channel,
        bytes: &Bytes,
    ) {
        match &mut self.second.stage {
            Stage::Coming(coming) if coming.connection == connection => {
                let fits = coming.early.len() < EARLY_MESSAGES && bytes.len() <= limits::PEER_MESSAGE_BYTES;
                if channel == Channel::Control && fits {
                    coming.early.push(bytes.clone());
                }
            }
            Stage::There(there) if there.connection == connection => {
                match protocol::decode::<wire::PeerMessage>(bytes, limits::PEER_MESSAGE_BYTES) {
                    Ok(message) => self.second_console_says(now, channel, message),
                    Err(protocol::DecodeError::TooLong { .. }) => self.out.refuse("message-too-long"),
                    Err(protocol::DecodeError::Malformed) => self.out.refuse("message-malformed"),
                }
            }
            _ => self.out.refuse("message-out-of-order"),
        }
    }

    /// Sends to the second operator's console, while it is there.
    pub(in crate::customer) fn tell_second(&mut self, body: wire::peer_message::Body) {
        if let Stage::There(there) = &self.second.stage {
            self.out.send_peer(there.connection, body);
        }
    }

    pub(super) fn tell_second_permissions(&mut self) {
        let (State::Sharing(sharing), Stage::There(there)) = (&self.state, &self.second.stage) else {
            return;
        };
        let policy = there.policy.policy().permissions;
        let now = (there.connection, policy.intersect(sharing.consent.rights));
        if self.second.permissions_told != Some(now) {
            self.second.permissions_told = Some(now);
            let permissions = Some(now.1.into());
            let could = Some(Permissions::default().into());
            self.tell_second(wire::peer_message::Body::PermissionsNow(wire::PermissionsNow {
                permissions,
                could,
            }));
            let on = match &self.state {
                State::Sharing(sharing) => sharing.consent.is_paused(),
                _ => false,
            };
            if on {
                self.tell_second(wire::peer_message::Body::Paused(wire::Paused { on }));
            }
        }
    }
}
