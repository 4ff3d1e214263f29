//! Both sides of a session over links that lose and delay, seeded: server's machine and customer's machine with a
//! console between them that numbers its input as the real one does. Absorbed from quinn
//! `quinn-proto/src/tests/util.rs`: time is moved from event to event, and nothing sleeps.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use prost::Message;
use protocol::{
    CompanyId, Fingerprint, IdentityHash, Nonce, OperatorId, Permissions, SessionId, decode, limits,
    policy::{self, Policy, Purpose},
    sdp, wire,
};

use crate::{
    Timestamp,
    customer::{self, Action, Channel, ConnectionNo, Customer, Entry, Options, Trust, View},
    hosting::{self, Arrival, Facts, Hosting, Kind, Waits},
};

const SERVER_MS: u64 = 1_000_000;
const CONSOLE: Fingerprint = Fingerprint([8; 32]);
const APP: Fingerprint = Fingerprint([7; 32]);
const EVERYTHING: Permissions = Permissions::ALL;

/// What is on its way to the customer's machine.
#[derive(Clone)]
enum Parcel {
    FromServer(Bytes),
    FromConsole(Channel, Bytes),
}

struct Pair {
    hosting: Hosting,
    customer: Customer,
    now: Timestamp,
    seed: u64,
    sent: u64,
    parcels: BTreeMap<(Timestamp, u64), Parcel>,
    reliable_until: Timestamp,
    applied: Vec<String>,
    kept: HashSet<u64>,
    revision: u64,
    link: bool,
    sharing: bool,
    view: Option<View>,
    number: u64,
    connection: ConnectionNo,
}

fn signer() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

impl Pair {
    fn new(seed: u64) -> Self {
        let identity = SigningKey::from_bytes(&[1; 32]);
        let facts = Facts {
            session_id: SessionId([3; 16]),
            company_id: CompanyId([5; 16]),
            operator_id: OperatorId([4; 16]),
            operator_name: "이상담".to_owned(),
            offered: EVERYTHING,
            consent_after_operator: true,
            chooses_part: false,
            plain_capture: false,
            defaults: wire::SessionDefaults::default(),
            recording_required: false,
            options: Vec::new(),
            second_unasked: false,
            created_at_ms: 0,
        };
        let options = Options {
            trust: Trust::Known(vec![IdentityHash::of(identity.verifying_key().as_bytes())]),
            entry: Entry::Code("123456".to_owned()),
            nonce: Nonce([6; 32]),
            fingerprint: APP,
            machine: wire::Machine::default(),
            language: "ko".to_owned(),
            program: "0.0.0".to_owned(),
            returning: None,
            not_in_effect: &[],
        };
        let now = Timestamp::default();
        let hosting = Hosting::new(now, facts, Waits::with_code(limits::CODE_LIFETIME));
        let mut pair = Self {
            hosting,
            customer: Customer::new(options),
            now,
            seed,
            sent: 0,
            parcels: BTreeMap::new(),
            reliable_until: now,
            applied: Vec::new(),
            kept: HashSet::new(),
            revision: 0,
            link: false,
            sharing: false,
            view: None,
            number: 0,
            connection: ConnectionNo(0),
        };
        pair.hosting.handle(now, hosting::Input::ConsoleOpened);
        pair.drive();
        pair
    }

    /// xorshift64*: enough to lose and delay by, and the same on every machine.
    fn random(&mut self, below: u64) -> u64 {
        self.seed ^= self.seed >> 12;
        self.seed ^= self.seed << 25;
        self.seed ^= self.seed >> 27;
        (self.seed.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % below
    }

    fn post(&mut self, at: Timestamp, parcel: Parcel) {
        self.sent += 1;
        self.parcels.insert((at, self.sent), parcel);
    }

    /// Ordered and whole, as TCP and a reliable channel are; a loss costs half a second.
    fn post_reliably(&mut self, parcel: Parcel) {
        let lost = self.random(100) < 10;
        let delay = Duration::from_millis(25 + self.random(20) + if lost { 500 } else { 0 });
        self.reliable_until = self.reliable_until.max(self.now + delay);
        self.post(self.reliable_until, parcel);
    }

    /// Lost, doubled or late, as an unordered channel without retransmission is.
    fn post_once(&mut self, parcel: Parcel) {
        for _ in 0..=u64::from(self.random(100) < 5) {
            if self.random(100) < 30 {
                continue;
            }
            let delay = Duration::from_millis(25 + self.random(60));
            self.post(self.now + delay, parcel.clone());
        }
    }

    /// One key as the real console sends it: on "control", and on "pointer" at once and once more.
    fn key(&mut self) {
        self.number += 1;
        let code = format!("Key{}", self.number);
        let event = wire::input::Event::Key(wire::Key { code, pressed: true });
        let input = wire::Input { number: self.number, move_number: 0, event: Some(event) };
        let body = wire::peer_message::Body::Input(input);
        let bytes = Bytes::from(wire::PeerMessage { body: Some(body) }.encode_to_vec());
        self.post_reliably(Parcel::FromConsole(Channel::Control, bytes.clone()));
        self.post_once(Parcel::FromConsole(Channel::Pointer, bytes.clone()));
        self.post_once(Parcel::FromConsole(Channel::Pointer, bytes));
    }

    /// Moves time to the next parcel, or by `at_most`.
    fn step(&mut self, at_most: Duration) {
        let until = self.now + at_most;
        match self.parcels.first_key_value() {
            Some(((at, _), _)) if *at <= until => {
                let ((at, _), parcel) = self.parcels.pop_first().unwrap();
                self.now = self.now.max(at);
                self.deliver(parcel);
            }
            _ => self.now = until,
        }
        self.put(customer::Input::Tick);
        self.hosting.handle(self.now, hosting::Input::Tick);
        self.drive();
    }

    fn run(&mut self, time: Duration) {
        let until = self.now + time;
        while self.now < until {
            self.step(Duration::from_millis(50));
        }
    }

    fn deliver(&mut self, parcel: Parcel) {
        match parcel {
            Parcel::FromServer(bytes) if self.link => self.put(customer::Input::ServerMessage(bytes)),
            Parcel::FromServer(_) => {}
            Parcel::FromConsole(channel, bytes) => {
                self.put(customer::Input::PeerMessage { connection: self.connection, channel, bytes });
            }
        }
        self.drive();
    }

    fn put(&mut self, input: customer::Input) {
        self.customer.handle(self.now, input).unwrap();
    }

    fn drive(&mut self) {
        loop {
            if let Some(output) = self.customer.poll() {
                self.do_customer(output);
            } else if let Some(output) = self.hosting.poll() {
                self.do_hosting(output);
            } else {
                return;
            }
        }
    }

    fn do_customer(&mut self, output: customer::Output) {
        match output {
            customer::Output::ToServer(bytes) => self.server_hears(&bytes),
            customer::Output::Do(Action::OpenSignalling) => {
                self.link = true;
                self.put(customer::Input::SignallingOpened { clock_ms: SERVER_MS });
            }
            customer::Output::Do(Action::Show(view)) => {
                if matches!(*view, View::Question { .. }) {
                    self.put(customer::Input::Agreed(EVERYTHING));
                }
                self.view = Some(*view);
            }
            customer::Output::Do(Action::AnswerOffer { connection, .. }) => {
                self.connection = connection;
                self.put(customer::Input::LocalAnswer { connection, sdp: "v=0".to_owned() });
                self.put(customer::Input::PeerConnected { connection, relayed: false });
                for channel in [Channel::Control, Channel::Screen] {
                    self.put(customer::Input::ChannelOpened { connection, channel });
                }
            }
            customer::Output::Do(Action::StartSharing(_)) => {
                self.sharing = true;
                self.put(customer::Input::DesktopTakesInput);
            }
            customer::Output::Do(Action::StopSharing) => self.sharing = false,
            customer::Output::Do(Action::ApplyInput(event)) => {
                assert!(self.sharing, "nothing is applied outside of sharing");
                if let protocol::input::InputEvent::Key { code, .. } = event {
                    self.applied.push(code.as_str().to_owned());
                }
            }
            _ => {}
        }
    }

    fn server_hears(&mut self, bytes: &Bytes) {
        if !self.link {
            return;
        }
        let message: wire::CustomerToServer = decode(bytes, limits::FRAME_BYTES).unwrap();
        let arrival = || Arrival {
            kind: Kind::App,
            machine: wire::Machine::default(),
            nonce: Some(Nonce([6; 32])),
            fingerprint: Some(APP),
        };
        let input = match message.body.unwrap() {
            wire::customer_to_server::Body::Hello(hello) => match hello.entry.unwrap() {
                wire::customer_hello::Entry::Code(_) => hosting::Input::CustomerJoined(arrival()),
                wire::customer_hello::Entry::ResumeToken(_) => hosting::Input::CustomerResumed(arrival()),
            },
            wire::customer_to_server::Body::Ping(_) => {
                let pong = wire::server_to_customer::Body::Pong(wire::Pong::default());
                return self.server_says(pong);
            }
            body => hosting::Input::CustomerSays(body),
        };
        self.hosting.handle(self.now, input);
    }

    fn server_says(&mut self, body: wire::server_to_customer::Body) {
        let message = wire::ServerToCustomer { body: Some(body) };
        self.post_reliably(Parcel::FromServer(message.encode_to_vec().into()));
    }

    fn do_hosting(&mut self, output: hosting::Output) {
        match output {
            hosting::Output::Welcome { offered, resumed } => {
                let welcome = self.welcome(offered, resumed);
                self.server_says(wire::server_to_customer::Body::Welcome(welcome));
            }
            hosting::Output::ToCustomer(body) => self.server_says(body),
            hosting::Output::ToConsole(wire::server_to_console::Body::Agreed(_)) => {
                let sdp = format!("a=fingerprint:{}\r\n", sdp::write(CONSOLE));
                let offer = wire::console_to_server::Body::Offer(wire::SessionDescription { sdp });
                self.hosting.handle(self.now, hosting::Input::ConsoleSays(offer));
            }
            hosting::Output::Offer { description, draft } => {
                let policy = draft.map(|draft| self.sign(&draft));
                let offer = wire::Offer { description: Some(description), policy, ice_servers: Vec::new() };
                self.server_says(wire::server_to_customer::Body::Offer(offer));
            }
            hosting::Output::Record(hosting::Fact::FromCustomer(event)) => {
                self.kept.insert(event.source_seq);
                let source_seq = (1..).take_while(|seq| self.kept.contains(seq)).last().unwrap_or(0);
                let kept = wire::EventsKept { source_seq };
                self.server_says(wire::server_to_customer::Body::EventsKept(kept));
            }
            _ => {}
        }
    }

    fn welcome(&self, offered: Permissions, resumed: bool) -> wire::Welcome {
        let identity = SigningKey::from_bytes(&[1; 32]);
        let now_ms = SERVER_MS + u64::try_from(self.now.since_start().as_millis()).unwrap();
        wire::Welcome {
            protocol: 1,
            session_id: SessionId([3; 16]).to_bytes(),
            consent_after_operator: true,
            chooses_part: false,
            plain_capture: false,
            second_unasked: false,
            offered: Some(offered.into()),
            server_time_ms: now_ms,
            key: Some(policy::certify(&identity, &signer().verifying_key(), Purpose::Policy, 0, u64::MAX)),
            resume_token: Bytes::from_static(b"token"),
            resumed,
            ..wire::Welcome::default()
        }
    }

    fn sign(&mut self, draft: &hosting::PolicyDraft) -> wire::SignedPolicy {
        self.revision += 1;
        let facts = self.hosting.facts();
        let policy = Policy {
            session_id: facts.session_id,
            operator_id: draft.operator_id,
            company_id: facts.company_id,
            nonce: draft.nonce,
            customer_fingerprint: draft.customer_fingerprint,
            console_fingerprint: draft.console_fingerprint,
            revision: self.revision,
            expires_at_ms: u64::MAX,
            required_features: Vec::new(),
            permissions: draft.permissions,
        };
        policy::sign(&policy, &signer())
    }

    fn lose_link(&mut self) {
        self.link = false;
        self.parcels.retain(|_, parcel| !matches!(parcel, Parcel::FromServer(_)));
        self.put(customer::Input::SignallingClosed);
        self.hosting.handle(self.now, hosting::Input::CustomerGone);
        self.drive();
    }
}

/// Every key once and in order, whatever is lost, doubled or late.
#[test]
fn input_over_a_lossy_link_is_applied_once_and_in_order() {
    for seed in 1..=16 {
        let mut pair = Pair::new(seed);
        pair.run(Duration::from_secs(5));
        assert!(pair.sharing, "seed {seed}");
        for _ in 0..100 {
            pair.key();
            pair.step(Duration::from_millis(83));
        }
        pair.run(Duration::from_secs(60));
        let expected: Vec<String> = (1..=100).map(|number| format!("Key{number}")).collect();
        assert_eq!(pair.applied, expected, "seed {seed}");
    }
}

/// the link to the server goes away again and again; the picture stays, and no event is missing afterwards.
#[test]
fn a_session_outlives_a_link_that_breaks_again_and_again() {
    for seed in 1..=16 {
        let mut pair = Pair::new(seed);
        pair.run(Duration::from_secs(5));
        for round in 0..10_u8 {
            let id = [round + 1; 16];
            pair.put(customer::Input::Chat { id, text: format!("{round}") });
            pair.drive();
            let wait = Duration::from_millis(pair.random(3_000));
            pair.run(wait);
            pair.lose_link();
            let wait = Duration::from_millis(pair.random(10_000));
            pair.run(wait);
        }
        pair.run(Duration::from_secs(20));
        assert!(pair.sharing, "seed {seed}");
        assert_eq!(pair.hosting.stage(), hosting::Stage::Active, "seed {seed}");
        let newest = pair.kept.iter().max().copied().unwrap();
        assert_eq!(pair.kept.len() as u64, newest, "seed {seed}: no gap");
        assert!(10 <= newest, "seed {seed}: every line is there");
        assert!(matches!(pair.view, Some(View::Sharing { signalling: true, .. })), "seed {seed}");
    }
}

/// S-01: the operator signs in elsewhere, and the links break as ever. The console so far has nothing of the customer soon
/// after the customer's side is reached again, and the next one goes on.
#[test]
fn a_console_that_is_over_is_left_whatever_the_link_does() {
    for seed in 1..=16 {
        let mut pair = Pair::new(seed);
        pair.run(Duration::from_secs(5));
        assert!(pair.sharing, "seed {seed}");
        let old = pair.connection;
        let is_down = seed % 2 == 0;
        if is_down {
            pair.lose_link();
        }
        pair.hosting.handle(pair.now, hosting::Input::ConsoleOver);
        pair.drive();
        if !is_down {
            // What was just sent may be lost with the link.
            pair.lose_link();
        }
        pair.run(Duration::from_secs(10));
        assert!(!pair.sharing, "seed {seed}");
        pair.hosting.handle(pair.now, hosting::Input::ConsoleOpened);
        pair.drive();
        pair.run(Duration::from_secs(10));
        assert!(pair.sharing && pair.connection != old, "seed {seed}");
        pair.lose_link();
        pair.run(Duration::from_secs(10));
        assert!(pair.sharing, "seed {seed}: the next console is not left");
    }
}
