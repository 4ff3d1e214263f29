//! A customer's machine up to each of its states, with a server and a console whose messages fit.

use std::sync::OnceLock;

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use prost::Message as _;
use protocol::{
    CompanyId, Fingerprint, IdentityHash, Nonce, OperatorId, Permissions, SessionId,
    policy::{self, Expectation, KNOWN_FEATURES, Policy, Purpose, TrustedKey},
    sdp, wire,
};
use session::{
    Timestamp,
    customer::{Channel, ConnectionNo, Customer, Entry, Input, Options, Trust},
};

pub(crate) const SERVER_MS: u64 = 1_000_000;
const CONSOLE: Fingerprint = Fingerprint([8; 32]);
const APP: Fingerprint = Fingerprint([7; 32]);
const NONCE: Nonce = Nonce([6; 32]);

pub(crate) fn signer() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

fn identity() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

pub(crate) fn identity_hash() -> IdentityHash {
    IdentityHash::of(identity().verifying_key().as_bytes())
}

/// The key as Welcome certifies it.
pub(crate) fn certificate() -> wire::KeyCertificate {
    static MADE: OnceLock<wire::KeyCertificate> = OnceLock::new();
    let make = || policy::certify(&identity(), &signer().verifying_key(), Purpose::Policy, 0, u64::MAX);
    MADE.get_or_init(make).clone()
}

pub(crate) fn trusted_key() -> TrustedKey {
    TrustedKey::verify_certificate(&certificate(), &[identity_hash()], SERVER_MS).expect("our own key")
}

pub(crate) fn expectation() -> Expectation<'static> {
    Expectation {
        session_id: SessionId([3; 16]),
        operator_id: Some(OperatorId([4; 16])),
        company_id: Some(CompanyId([5; 16])),
        nonce: NONCE,
        customer_fingerprint: APP,
        console_fingerprint: CONSOLE,
        revision: 1,
        now_ms: SERVER_MS,
        features: &KNOWN_FEATURES,
    }
}

/// A policy of the session, before it is signed.
pub(crate) fn fitting(revision: u64, permissions: Permissions) -> Policy {
    Policy {
        session_id: SessionId([3; 16]),
        operator_id: OperatorId([4; 16]),
        company_id: CompanyId([5; 16]),
        nonce: NONCE,
        customer_fingerprint: APP,
        console_fingerprint: CONSOLE,
        revision,
        expires_at_ms: SERVER_MS + 3_600_000,
        required_features: vec!["control".to_owned()],
        permissions,
    }
}

pub(crate) fn description() -> wire::SessionDescription {
    wire::SessionDescription { sdp: format!("v=0\r\na=fingerprint:{}\r\n", sdp::write(CONSOLE)) }
}

pub(crate) fn offer(revision: u64, permissions: Permissions) -> wire::server_to_customer::Body {
    wire::server_to_customer::Body::Offer(wire::Offer {
        description: Some(description()),
        policy: Some(policy::sign(&fitting(revision, permissions), &signer())),
        ice_servers: Vec::new(),
    })
}

pub(crate) fn welcome() -> wire::server_to_customer::Body {
    wire::server_to_customer::Body::Welcome(wire::Welcome {
        protocol: 1,
        session_id: SessionId([3; 16]).to_bytes(),
        company: "회사".to_owned(),
        service: "Help".to_owned(),
        consent_after_operator: true,
        offered: Some(Permissions::ALL.into()),
        server_time_ms: SERVER_MS,
        key: Some(certificate()),
        resume_token: Bytes::from_static(b"token"),
        ..wire::Welcome::default()
    })
}

pub(crate) fn joined() -> wire::server_to_customer::Body {
    let operator_id = OperatorId([4; 16]).to_bytes();
    wire::server_to_customer::Body::OperatorJoined(wire::OperatorJoined {
        operator_id,
        name: "이상담".to_owned(),
    })
}

pub(crate) fn server(body: wire::server_to_customer::Body) -> Bytes {
    wire::ServerToCustomer { body: Some(body) }.encode_to_vec().into()
}

/// A machine that has come as far as `stage` says, and whether its customer has agreed: greeting, welcomed, asked, agreed,
/// connecting, shown only, everything allowed with a connection for files.
pub(crate) fn customer(stage: u8) -> (Customer, bool) {
    let mut customer = Customer::new(Options {
        trust: Trust::Known(vec![identity_hash()]),
        entry: Entry::Code("123456".to_owned()),
        nonce: NONCE,
        fingerprint: APP,
        machine: wire::Machine::default(),
        language: "ko".to_owned(),
        program: "0.0.0".to_owned(),
        returning: None,
        not_in_effect: &[],
    });
    static WAYS: OnceLock<Vec<Vec<Input>>> = OnceLock::new();
    let ways = WAYS.get_or_init(|| (0..=6).map(way).collect());
    for input in ways.get(usize::from(stage)).cloned().unwrap_or_default() {
        customer.handle(Timestamp::default(), input).expect("the way there");
        while customer.poll().is_some() {}
    }
    (customer, 3 <= stage)
}

fn way(stage: u8) -> Vec<Input> {
    let only_view = Permissions { view: true, ..Permissions::default() };
    let policy = if stage == 5 { only_view } else { Permissions::ALL };
    let (first, files) = (ConnectionNo(1), ConnectionNo(2));
    let opened = |connection, channel| Input::ChannelOpened { connection, channel };
    let answered = |connection| Input::LocalAnswer { connection, sdp: "v=0\r\n".to_owned() };
    let files_offer = wire::PeerMessage { body: Some(wire::peer_message::Body::FilesOffer(description())) };
    let stages: [Vec<Input>; 7] = [
        vec![Input::SignallingOpened { clock_ms: SERVER_MS }],
        vec![Input::ServerMessage(server(welcome()))],
        vec![Input::ServerMessage(server(joined()))],
        vec![Input::Agreed(Permissions::ALL)],
        vec![Input::ServerMessage(server(offer(1, policy))), answered(first)],
        vec![
            Input::PeerConnected { connection: first, relayed: false },
            opened(first, Channel::Control),
            opened(first, Channel::Screen),
            Input::DesktopTakesInput,
        ],
        vec![
            Input::PeerMessage {
                connection: first,
                channel: Channel::Control,
                bytes: files_offer.encode_to_vec().into(),
            },
            answered(files),
            opened(files, Channel::Files),
        ],
    ];
    stages.into_iter().take(usize::from(stage) + 1).flatten().collect()
}
