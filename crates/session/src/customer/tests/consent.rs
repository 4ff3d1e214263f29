use std::time::Duration;

use protocol::{Permissions, policy, wire};

use super::bench::{Bench, EVERYTHING, fitting, key, known, offer, signer, welcome};
use crate::customer::{Action, Channel, ConnectionNo, ConsentPress, Ending, Error, Input, Trust, View};

/// S-02: nothing is captured, answered or parsed before the press, whatever arrives, and no timer replaces it.
#[test]
fn nothing_happens_before_consent() {
    let mut bench = Bench::asking(EVERYTHING);
    bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    bench.server(wire::server_to_customer::Body::Candidate(wire::Candidate::default()));
    bench.put(Input::PeerConnected { connection: ConnectionNo(1), relayed: false });
    bench.put(Input::ChannelOpened { connection: ConnectionNo(1), channel: Channel::Control });
    bench.put(Input::ChannelOpened { connection: ConnectionNo(1), channel: Channel::Screen });
    bench.console(Channel::Control, key(1, "KeyA"));
    for _ in 0..1000 {
        bench.wait(Duration::from_secs(5));
        bench.server(wire::server_to_customer::Body::Pong(wire::Pong::default()));
    }
    assert!(bench.is_untouched());
    assert!(matches!(bench.view(), View::Question { .. }));
    let is_event =
        |body: &wire::customer_to_server::Body| matches!(body, wire::customer_to_server::Body::Event(_));
    assert!(!bench.to_server().iter().any(is_event), "the server takes no reports yet");
    bench.put(Input::Agreed(EVERYTHING));
    assert_eq!(bench.refused("offer-before-consent"), 1);
    assert_eq!(bench.refused("candidate-before-consent"), 1);
    assert_eq!(bench.refused("message-out-of-order"), 1);
}

/// S-02 on: the operator first, by name.
#[test]
fn the_question_names_the_operator_and_waits_for_them() {
    let mut bench = Bench::greeting(known());
    bench.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
    assert!(matches!(bench.view(), View::WaitingForOperator { .. }));
    assert_eq!(bench.try_put(Input::Agreed(EVERYTHING)), Err(Error::OutOfTurn));
    bench.operator();
    let View::Question { host, operator, offered, press, .. } = bench.view() else {
        panic!("{:?}", bench.view())
    };
    assert_eq!((host.company.as_str(), operator.as_deref()), ("회사", Some("이상담")));
    assert_eq!((offered, press), (EVERYTHING, ConsentPress::Agree));
    bench.server(wire::server_to_customer::Body::OperatorLeft(wire::OperatorLeft {}));
    assert!(matches!(bench.view(), View::WaitingForOperator { .. }));
}

/// The consents that the server was told.
fn consents(bench: &Bench) -> Vec<wire::Consent> {
    let of = |body| {
        if let wire::customer_to_server::Body::Consent(consent) = body { Some(consent) } else { None }
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

/// S-02 off: Connect is pressed with company and rights in view. It waits for no operator, and nothing comes before it.
#[test]
fn without_s02_the_press_of_connect_is_the_consent() {
    let mut bench = Bench::greeting(known());
    bench.server(wire::server_to_customer::Body::Welcome(welcome(false, EVERYTHING)));
    bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    bench.wait(Duration::from_secs(3));
    let View::Question { host, operator, offered, press, .. } = bench.view() else {
        panic!("{:?}", bench.view())
    };
    assert_eq!((host.company.as_str(), operator), ("회사", None));
    assert_eq!((offered, press), (EVERYTHING, ConsentPress::Connect));
    assert!(consents(&bench).is_empty(), "{:?}", consents(&bench));
    assert!(bench.is_untouched());
    let chosen = Permissions { control: false, control_at_start: false, ..EVERYTHING };
    bench.put(Input::Agreed(chosen));
    assert_eq!(
        consents(&bench),
        [wire::Consent { agreed: true, permissions: Some(EVERYTHING.view_only().into()) }]
    );
    assert!(matches!(bench.view(), View::Connecting { .. }));
    bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    assert!(bench.has(|action| matches!(action, Action::AnswerOffer { .. })));
}

/// S-02 off: an operator who comes is named, and one who goes takes nothing away.
#[test]
fn without_s02_the_question_stands_whether_an_operator_is_there_or_not() {
    let mut bench = Bench::greeting(known());
    bench.server(wire::server_to_customer::Body::Welcome(welcome(false, EVERYTHING)));
    bench.operator();
    assert!(matches!(bench.view(), View::Question { operator: Some(_), .. }));
    bench.server(wire::server_to_customer::Body::OperatorLeft(wire::OperatorLeft {}));
    assert!(matches!(bench.view(), View::Question { .. }));
    bench.put(Input::Declined);
    assert_eq!(bench.view(), View::Ended(Ending::Reason(wire::EndReason::CustomerDeclined)));
    assert!(bench.is_untouched());
}

/// A press that the server could not take is told again, not lost.
#[test]
fn consent_is_told_again_to_the_operator_who_comes_back() {
    let mut bench = Bench::agreed(EVERYTHING, EVERYTHING);
    bench.outputs.clear();
    bench.server(wire::server_to_customer::Body::OperatorLeft(wire::OperatorLeft {}));
    bench.operator();
    let is_consent = |body: &wire::customer_to_server::Body| matches!(body, wire::customer_to_server::Body::Consent(consent) if consent.agreed);
    assert_eq!(bench.to_server().iter().filter(|body| is_consent(body)).count(), 1);
}

#[test]
fn declining_ends_the_session() {
    let mut bench = Bench::asking(EVERYTHING);
    bench.put(Input::Declined);
    assert_eq!(bench.view(), View::Ended(Ending::Reason(wire::EndReason::CustomerDeclined)));
    assert!(bench.is_untouched());
}

/// Y-1: what the customer switched off stays off under any policy.
#[test]
fn a_policy_never_exceeds_the_consent() {
    let chosen = Permissions { control: false, ..EVERYTHING };
    let mut bench = Bench::sharing(chosen, EVERYTHING);
    bench.key("KeyA");
    assert!(bench.applied().is_empty());
    assert_eq!(bench.refused("input-view-only"), 1);
    let wider = policy::sign(&fitting(2, EVERYTHING), &signer());
    bench.server(wire::server_to_customer::Body::Policy(wider));
    bench.key("KeyB");
    assert!(bench.applied().is_empty());
}

#[test]
fn sharing_starts_once_after_consent_policy_and_channels() {
    let bench = Bench::sharing(EVERYTHING, EVERYTHING);
    let starts = bench.actions().into_iter().filter(|action| matches!(action, Action::StartSharing(_)));
    assert_eq!(starts.count(), 1);
    assert!(matches!(bench.view(), View::Sharing { .. }));
}

#[test]
fn the_first_picture_is_prepared_once_with_the_answer_and_dropped_with_its_connection() {
    let mut bench = Bench::agreed(EVERYTHING, EVERYTHING);
    let is_prepared = |action: &Action| matches!(action, Action::PrepareSharing(_));
    assert!(!bench.has(is_prepared), "consent alone captures nothing");
    bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(1));
    bench.answer(ConnectionNo(1));
    assert_eq!(bench.actions().into_iter().filter(|action| is_prepared(action)).count(), 1);
    assert!(!bench.has(|action| matches!(action, Action::StartSharing(_))), "nothing leaves yet");
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    assert!(bench.has(|action| *action == Action::StopSharing));
}

#[test]
fn stop_ends_also_what_is_only_prepared() {
    let mut bench = Bench::agreed(EVERYTHING, EVERYTHING);
    bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(1));
    bench.put(Input::Stopped);
    assert!(bench.has(|action| *action == Action::StopSharing));
}

/// Y-1: a policy alone opens no screen that the customer keeps closed.
#[test]
fn nothing_is_captured_without_the_customers_own_yes_to_be_seen() {
    let bench = Bench::sharing(Permissions { view: false, ..EVERYTHING }, EVERYTHING);
    let captures = |action: &Action| matches!(action, Action::PrepareSharing(_) | Action::StartSharing(_));
    assert!(!bench.has(captures));
    assert!(bench.has(|action| *action == Action::ClosePeer { connection: ConnectionNo(1) }));
    assert_eq!(bench.refused("view-forbidden"), 1);
}

/// one press, and nothing leaves any more.
#[test]
fn stop_ends_everything_at_once() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::Stopped);
    assert!(bench.has(|action| *action == Action::StopSharing));
    assert!(bench.has(|action| *action == Action::ReleaseInput));
    assert_eq!(bench.view(), View::Ended(Ending::Reason(wire::EndReason::CustomerStopped)));
    let told = wire::customer_to_server::Body::End(wire::EndReason::CustomerStopped.into());
    assert!(bench.to_server().contains(&told));
    bench.key("KeyA");
    assert!(bench.applied().is_empty());
}

/// §4b: a server that is not the prepared one.
#[test]
fn another_identity_is_no_server_of_ours() {
    let mut bench = Bench::greeting(Trust::Known(vec![protocol::IdentityHash([0; 32])]));
    bench.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
    assert_eq!(bench.view(), View::Ended(Ending::WrongServer));
}

#[test]
fn an_unprepared_app_pins_the_first_identity() {
    let mut bench = Bench::greeting(Trust::FirstUse);
    bench.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
    assert!(bench.has(|action| matches!(action, Action::PinIdentity(_))));
}

#[test]
fn a_wrong_code_is_told_with_its_problem() {
    for code in ["code-unknown", "code-expired", "code-used", "rate-limited", "protocol-too-old"] {
        let mut bench = Bench::greeting(known());
        let problem = wire::Problem { code: code.to_owned(), retry_after_s: 9 };
        bench.server(wire::server_to_customer::Body::Problem(problem));
        assert_eq!(bench.view(), View::Ended(Ending::Problem { code: code.to_owned(), retry_after_s: 9 }));
    }
}
