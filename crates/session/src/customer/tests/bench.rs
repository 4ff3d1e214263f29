//! A customer's machine with a hand-made server and console around it.

use std::time::Duration;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use prost::Message;
use protocol::{
    CompanyId, Fingerprint, IdentityHash, Nonce, OperatorId, Permissions, SessionId,
    policy::{self, Policy, Purpose},
    sdp, wire,
};

use crate::{
    Timestamp,
    customer::{Action, Channel, ConnectionNo, Customer, Entry, Error, Input, Options, Output, Trust, View},
};

pub(super) const EVERYTHING: Permissions = Permissions::ALL;
pub(super) const SERVER_MS: u64 = 1_000_000;
pub(super) const CONSOLE: Fingerprint = Fingerprint([8; 32]);
const APP: Fingerprint = Fingerprint([7; 32]);
const NONCE: Nonce = Nonce([6; 32]);
const OPERATOR: OperatorId = OperatorId([4; 16]);

pub(super) struct Bench {
    pub(super) customer: Customer,
    pub(super) now: Timestamp,
    pub(super) outputs: Vec<Output>,
    input_number: u64,
}

pub(super) fn identity() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

pub(super) fn signer() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

pub(super) fn known() -> Trust {
    Trust::Known(vec![IdentityHash::of(identity().verifying_key().as_bytes())])
}

/// A policy that fits, for tests to spoil.
pub(super) fn fitting(revision: u64, permissions: Permissions) -> Policy {
    Policy {
        session_id: SessionId([3; 16]),
        operator_id: OPERATOR,
        company_id: CompanyId([5; 16]),
        nonce: NONCE,
        customer_fingerprint: APP,
        console_fingerprint: CONSOLE,
        revision,
        expires_at_ms: SERVER_MS + 3_600_000,
        required_features: Vec::new(),
        permissions,
    }
}

pub(super) fn offer(signed: wire::SignedPolicy) -> wire::server_to_customer::Body {
    let sdp = format!("v=0\r\na=fingerprint:{}\r\n", sdp::write(CONSOLE));
    wire::server_to_customer::Body::Offer(wire::Offer {
        description: Some(wire::SessionDescription { sdp }),
        policy: Some(signed),
        ice_servers: Vec::new(),
    })
}

pub(super) fn welcome(after_operator: bool, offered: Permissions) -> wire::Welcome {
    wire::Welcome {
        protocol: 1,
        session_id: SessionId([3; 16]).to_bytes(),
        company: "회사".to_owned(),
        service: "Help".to_owned(),
        consent_after_operator: after_operator,
        offered: Some(offered.into()),
        server_time_ms: SERVER_MS,
        key: Some(policy::certify(&identity(), &signer().verifying_key(), Purpose::Policy, 0, u64::MAX)),
        resume_token: Bytes::from_static(b"token"),
        resumed: false,
        offered_to_app: None,
        chooses_part: false,
        plain_capture: false,
        recording_required: false,
        recording_copies: true,
        options: Vec::new(),
        second_unasked: false,
        reversed: false,
    }
}

impl Bench {
    /// An app whose link is open and whose Hello is sent.
    pub(super) fn greeting(trust: Trust) -> Self {
        let mut bench = Self::opening(trust);
        bench.put(Input::SignallingOpened { clock_ms: SERVER_MS });
        bench
    }

    /// An app that has just begun.
    pub(super) fn opening(trust: Trust) -> Self {
        let options = Options {
            trust,
            entry: Entry::Code("123456".to_owned()),
            nonce: NONCE,
            fingerprint: APP,
            machine: wire::Machine::default(),
            language: "ko".to_owned(),
            program: "0.0.0".to_owned(),
            returning: None,
            not_in_effect: &[],
        };
        let now = Timestamp::default();
        Self { customer: Customer::new(options), now, outputs: Vec::new(), input_number: 0 }
    }

    pub(super) fn asking(offered: Permissions) -> Self {
        let mut bench = Self::greeting(known());
        bench.server(wire::server_to_customer::Body::Welcome(welcome(true, offered)));
        bench.operator();
        bench
    }

    pub(super) fn agreed(offered: Permissions, chosen: Permissions) -> Self {
        let mut bench = Self::asking(offered);
        bench.put(Input::Agreed(chosen));
        bench
    }

    /// Everything up to the picture, under a policy of these permissions, on a desktop that takes input.
    pub(super) fn sharing(chosen: Permissions, permissions: Permissions) -> Self {
        let mut bench = Self::untried(chosen, permissions);
        bench.put(Input::DesktopTakesInput);
        bench
    }

    /// The picture is shared; whether the desktop takes input is not known yet.
    pub(super) fn untried(chosen: Permissions, permissions: Permissions) -> Self {
        let mut bench = Self::agreed(EVERYTHING, chosen);
        bench.server(offer(policy::sign(&fitting(1, permissions), &signer())));
        bench.answer(ConnectionNo(1));
        bench.connect(ConnectionNo(1));
        bench
    }

    /// The shell has made the answer to an offer.
    pub(super) fn answer(&mut self, connection: ConnectionNo) {
        self.put(Input::LocalAnswer { connection, sdp: "v=0".to_owned() });
    }

    pub(super) fn connect(&mut self, connection: ConnectionNo) {
        self.put(Input::PeerConnected { connection, relayed: false });
        self.put(Input::ChannelOpened { connection, channel: Channel::Control });
        self.put(Input::ChannelOpened { connection, channel: Channel::Screen });
    }

    pub(super) fn operator(&mut self) {
        let joined = wire::OperatorJoined { operator_id: OPERATOR.to_bytes(), name: "이상담".to_owned() };
        self.server(wire::server_to_customer::Body::OperatorJoined(joined));
    }

    pub(super) fn put(&mut self, input: Input) {
        assert_eq!(self.try_put(input), Ok(()));
    }

    pub(super) fn try_put(&mut self, input: Input) -> Result<(), Error> {
        let done = self.customer.handle(self.now, input);
        while let Some(output) = self.customer.poll() {
            self.outputs.push(output);
        }
        done
    }

    pub(super) fn wait(&mut self, time: Duration) {
        self.now = self.now + time;
        self.put(Input::Tick);
    }

    pub(super) fn server(&mut self, body: wire::server_to_customer::Body) {
        let message = wire::ServerToCustomer { body: Some(body) };
        self.put(Input::ServerMessage(message.encode_to_vec().into()));
    }

    pub(super) fn console(&mut self, channel: Channel, body: wire::peer_message::Body) {
        let bytes = wire::PeerMessage { body: Some(body) }.encode_to_vec().into();
        self.put(Input::PeerMessage { connection: ConnectionNo(1), channel, bytes });
    }

    pub(super) fn key(&mut self, code: &str) {
        self.input_number += 1;
        let number = self.input_number;
        self.console(Channel::Control, key(number, code));
    }

    pub(super) fn actions(&self) -> Vec<&Action> {
        fn of(output: &Output) -> Option<&Action> {
            if let Output::Do(action) = output { Some(action) } else { None }
        }
        self.outputs.iter().filter_map(of).collect()
    }

    pub(super) fn has(&self, wanted: impl Fn(&Action) -> bool) -> bool {
        self.actions().into_iter().any(wanted)
    }

    /// What was applied, as key codes.
    pub(super) fn applied(&self) -> Vec<String> {
        use protocol::input::InputEvent;
        let name = |event: &InputEvent| match event {
            InputEvent::Key { code, .. } => code.as_str().to_owned(),
            InputEvent::Move { x, .. } => format!("move {x}"),
            other => format!("{other:?}"),
        };
        let of =
            |action: &Action| if let Action::ApplyInput(event) = action { Some(name(event)) } else { None };
        self.actions().into_iter().filter_map(of).collect()
    }

    pub(super) fn view(&self) -> View {
        let of = |action: &Action| if let Action::Show(view) = action { Some(*view.clone()) } else { None };
        self.actions().into_iter().filter_map(of).next_back().unwrap()
    }

    pub(super) fn to_server(&self) -> Vec<wire::customer_to_server::Body> {
        let of = |output: &Output| match output {
            Output::ToServer(bytes) => wire::CustomerToServer::decode(bytes.clone()).unwrap().body,
            _ => None,
        };
        self.outputs.iter().filter_map(of).collect()
    }

    pub(super) fn to_console(&self) -> Vec<wire::peer_message::Body> {
        let of = |output: &Output| match output {
            Output::ToPeer { bytes, .. } => wire::PeerMessage::decode(bytes.clone()).unwrap().body,
            _ => None,
        };
        self.outputs.iter().filter_map(of).collect()
    }

    /// The same on "control" alone: the channel for files has messages of its own.
    pub(super) fn to_console_on_control(&self) -> Vec<wire::peer_message::Body> {
        let of = |output: &Output| match output {
            Output::ToPeer { channel: Channel::Control, bytes, .. } => {
                wire::PeerMessage::decode(bytes.clone()).unwrap().body
            }
            _ => None,
        };
        self.outputs.iter().filter_map(of).collect()
    }

    /// Refusals that the record got, with their counts added up.
    pub(super) fn refused(&self, what: &str) -> u32 {
        let of = |body| match body {
            wire::customer_to_server::Body::Event(event) => match event.kind {
                Some(wire::event::Kind::Refused(refused)) if refused.what == what => Some(refused.count),
                _ => None,
            },
            _ => None,
        };
        self.to_server().into_iter().filter_map(of).sum()
    }

    /// Capture, peer connection, SDP: nothing of it has happened.
    pub(super) fn is_untouched(&self) -> bool {
        let peer = |action: &Action| {
            matches!(
                action,
                Action::PrepareSharing(_)
                    | Action::StartSharing(_)
                    | Action::AnswerOffer { .. }
                    | Action::AddCandidate { .. }
            )
        };
        !self.has(peer) && self.to_console().is_empty() && self.applied().is_empty()
    }
}

pub(super) fn key(number: u64, code: &str) -> wire::peer_message::Body {
    let event = wire::input::Event::Key(wire::Key { code: code.to_owned(), pressed: true });
    wire::peer_message::Body::Input(wire::Input { number, move_number: 0, event: Some(event) })
}

pub(super) fn pointer(number: u64, move_number: u64, x: i32) -> wire::peer_message::Body {
    let event = wire::input::Event::Move(wire::PointerMove { x, y: 0 });
    wire::peer_message::Body::Input(wire::Input { number, move_number, event: Some(event) })
}
