use std::time::Duration;

use protocol::{
    Fingerprint, OperatorId, Permissions,
    policy::{self, Policy},
    wire,
};

use super::bench::{Bench, EVERYTHING, SERVER_MS, fitting, identity, offer, signer};
use crate::customer::{Action, ConnectionNo, Ending, View};

/// A first policy that does not fit ends the session, with nothing shared and a line in the record.
fn check_first(signed: wire::SignedPolicy, what: &'static str) {
    let mut bench = Bench::agreed(EVERYTHING, EVERYTHING);
    bench.server(offer(signed));
    assert!(bench.is_untouched(), "{what}");
    assert_eq!(bench.refused(what), 1, "{what}");
    assert_eq!(bench.view(), View::Ended(Ending::PolicyRefused { what }));
}

/// A later one changes nothing in a running session, and leaves a line in the record.
fn check_later(signed: wire::SignedPolicy, what: &'static str) {
    let narrow = Permissions { control: false, control_at_start: false, ..EVERYTHING };
    let mut bench = Bench::sharing(EVERYTHING, narrow);
    bench.server(wire::server_to_customer::Body::Policy(signed));
    bench.key("KeyA");
    assert!(bench.applied().is_empty(), "{what}");
    assert_eq!(bench.refused(what), 1, "{what}");
    assert!(matches!(bench.view(), View::Sharing { .. }), "{what}");
}

/// Y-1.
#[test]
fn a_cut_policy_is_refused() {
    let mut signed = policy::sign(&fitting(2, EVERYTHING), &signer());
    signed.payload.truncate(40);
    check_first(signed.clone(), "policy-forged");
    check_later(signed, "policy-forged");
}

/// Y-1.
#[test]
fn a_forged_policy_is_refused() {
    let mut signed = policy::sign(&fitting(2, EVERYTHING), &identity());
    signed.key_id = policy::sign(&fitting(2, EVERYTHING), &signer()).key_id;
    check_first(signed.clone(), "policy-forged");
    check_later(signed, "policy-forged");
}

/// Y-1.
#[test]
fn a_replayed_policy_is_refused() {
    check_later(policy::sign(&fitting(1, EVERYTHING), &signer()), "policy-replayed");
}

/// Y-1: an older one that comes late.
#[test]
fn a_reordered_policy_is_refused() {
    let narrow = Permissions { control: false, control_at_start: false, ..EVERYTHING };
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for (revision, permissions) in [(3, narrow), (2, EVERYTHING)] {
        let signed = policy::sign(&fitting(revision, permissions), &signer());
        bench.server(wire::server_to_customer::Body::Policy(signed));
    }
    bench.key("KeyA");
    assert!(bench.applied().is_empty());
    assert_eq!(bench.refused("policy-replayed"), 1);
}

/// Y-1.
#[test]
fn an_expired_policy_is_refused() {
    let old = Policy { expires_at_ms: SERVER_MS, ..fitting(2, EVERYTHING) };
    check_first(policy::sign(&old, &signer()), "policy-expired");
    check_later(policy::sign(&old, &signer()), "policy-expired");
}

/// Y-1: bytes with more rights under the signature of fewer.
#[test]
fn a_widened_policy_is_refused() {
    let narrow = Permissions { control: false, ..EVERYTHING };
    let mut signed = policy::sign(&fitting(2, narrow), &signer());
    signed.payload = policy::sign(&fitting(2, EVERYTHING), &signer()).payload;
    check_first(signed.clone(), "policy-forged");
    check_later(signed, "policy-forged");
}

#[test]
fn a_policy_for_another_operator_or_peer_is_refused() {
    let other = Policy { operator_id: OperatorId([9; 16]), ..fitting(2, EVERYTHING) };
    check_later(policy::sign(&other, &signer()), "policy-other");
    let peer = Policy { console_fingerprint: Fingerprint([9; 32]), ..fitting(2, EVERYTHING) };
    check_first(policy::sign(&peer, &signer()), "policy-peer");
}

#[test]
fn an_unknown_required_feature_refuses_the_session_even_late() {
    let newer = Policy { required_features: vec!["telepathy".to_owned()], ..fitting(2, EVERYTHING) };
    let signed = policy::sign(&newer, &signer());
    check_first(signed.clone(), "policy-feature");
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.server(wire::server_to_customer::Body::Policy(signed));
    assert!(bench.has(|action| *action == Action::StopSharing));
    assert_eq!(bench.view(), View::Ended(Ending::PolicyRefused { what: "policy-feature" }));
}

#[test]
fn a_policy_that_runs_out_ends_the_session() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.wait(Duration::from_secs(3601));
    assert_eq!(bench.view(), View::Ended(Ending::Reason(wire::EndReason::Expired)));
}

/// a console that comes back gets a new connection under the same consent.
#[test]
fn a_new_offer_with_a_higher_revision_replaces_the_connection() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    assert!(bench.has(|action| *action == Action::ClosePeer { connection: ConnectionNo(1) }));
    bench.connect(ConnectionNo(2));
    let View::Sharing { permissions, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert_eq!(permissions, EVERYTHING);
    bench.key("KeyA");
    assert!(bench.applied().is_empty(), "the closed connection has no say");
}
