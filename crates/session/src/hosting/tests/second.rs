use std::time::Duration;

use protocol::{Fingerprint, Nonce, OperatorId, Permissions, sdp, wire};
use wire::{second_operator::Act, server_to_customer::Body as Customer};

use super::{Bench, EVERYTHING, arrival, consent, offer};
use crate::hosting::{Arrival, Fact, Input, Invited, Kind, NotInvited, Output, SecondFact};

const FIRST: OperatorId = OperatorId([4; 16]);
const SECOND: OperatorId = OperatorId([9; 16]);

fn invited(role: wire::SecondRole) -> Invited {
    Invited {
        operator_id: SECOND,
        name: "박두번".to_owned(),
        department: "2팀".to_owned(),
        permissions: EVERYTHING,
        role,
        reason: String::new(),
        now_ms: 0,
    }
}

impl Bench {
    fn invite(&mut self, role: wire::SecondRole) -> Result<(), NotInvited> {
        self.outputs.clear();
        let done = self.hosting.invite(self.now, invited(role));
        while let Some(output) = self.hosting.poll() {
            self.outputs.push(output);
        }
        done
    }

    fn answers(&mut self, act: wire::from_second::Act) {
        let told = wire::FromSecond { operator_id: SECOND.to_bytes(), act: Some(act) };
        self.put(Input::CustomerSays(wire::customer_to_server::Body::Second(told)));
    }

    /// Invited, accepted, and let in by the customer.
    fn joined(role: wire::SecondRole) -> Self {
        let mut bench = Self::active();
        bench.invite(role).unwrap();
        bench.put(Input::SecondAccepts(SECOND));
        bench.answers(wire::from_second::Act::Allowed(true));
        bench
    }

    fn facts(&self) -> Vec<SecondFact> {
        let of = |output: &Output| match output {
            Output::Record(Fact::Second { fact, .. }) => Some(*fact),
            _ => None,
        };
        self.outputs.iter().filter_map(of).collect()
    }

    fn tells_customer(&self, wanted: impl Fn(&Act) -> bool) -> bool {
        self.has(|output| {
            matches!(output, Output::ToCustomer(Customer::Second(wire::SecondOperator { act: Some(act), .. })) if wanted(act))
        })
    }

    fn second_offers(&mut self) {
        let sdp = format!("a=fingerprint:{}\r\n", sdp::write(Fingerprint([11; 32])));
        let offer = wire::console_to_server::Body::Offer(wire::SessionDescription { sdp });
        self.put(Input::SecondSays(offer));
    }

    fn second_policy(&self) -> Option<(OperatorId, Permissions)> {
        self.outputs.iter().find_map(|output| match output {
            Output::SecondOffer { draft: Some(draft), .. } => Some((draft.operator_id, draft.permissions)),
            _ => None,
        })
    }
}

/// F-18, S-10: in this order, each a line in the record.
#[test]
fn an_operator_is_invited_accepts_and_is_let_in() {
    let mut bench = Bench::active();
    assert_eq!(bench.invite(wire::SecondRole::View), Ok(()));
    assert_eq!(bench.facts(), [SecondFact::Invited]);
    assert!(
        !bench.tells_customer(|_| true),
        "the customer hears of whoever comes, and not of who was thought of"
    );
    assert_eq!(bench.invite(wire::SecondRole::View), Err(NotInvited::Busy));

    bench.second_offers();
    assert_eq!(bench.second_policy(), None, "not before the customer's answer");
    bench.put(Input::SecondAccepts(SECOND));
    assert_eq!(bench.facts(), [SecondFact::Accepted]);
    assert!(bench.tells_customer(|act| matches!(act, Act::Asked(_))));
    bench.second_offers();
    assert_eq!(bench.second_policy(), None);

    bench.answers(wire::from_second::Act::Allowed(true));
    assert_eq!(bench.facts(), [SecondFact::Joined]);
    bench.put(Input::SecondOpened);
    bench.second_offers();
    let (who, permissions) = bench.second_policy().unwrap();
    assert_eq!(who, SECOND);
    let looks = Permissions { view: true, chat: true, ..Permissions::default() };
    assert_eq!(permissions, looks, "to look and to talk");
    bench.answers(wire::from_second::Act::Answer(wire::SessionDescription::default()));
    let answer =
        |output: &Output| matches!(output, Output::ToSecond(wire::server_to_console::Body::Answer(_)));
    assert!(bench.has(answer));
    bench.answers(wire::from_second::Act::Answer(wire::SessionDescription::default()));
    assert!(!bench.has(answer), "each offer is answered once");
}

/// Y-1: their own options count, and no more than the session's operator has.
#[test]
fn the_second_policy_is_their_own() {
    let check = |permissions: Permissions, expected: bool| {
        let mut bench = Bench::joined(wire::SecondRole::Control);
        bench.put(Input::SecondOptions(permissions));
        bench.put(Input::SecondOpened);
        bench.second_offers();
        assert_eq!(bench.second_policy().unwrap().1.control, expected);
    };
    check(EVERYTHING, true);
    check(EVERYTHING.view_only(), false);
    let mut bench = Bench::joined(wire::SecondRole::Control);
    bench.put(Input::Options(EVERYTHING.view_only()));
    bench.put(Input::SecondOpened);
    bench.second_offers();
    assert!(!bench.second_policy().unwrap().1.control);
}

/// Options, customer, page: nobody is invited.
#[test]
fn nobody_is_invited_where_it_is_not_allowed() {
    let mut bench = Bench::new(true);
    assert_eq!(bench.invite(wire::SecondRole::View), Err(NotInvited::NoCustomer));
    let mut bench = Bench::active();
    bench.put(Input::Options(Permissions { invite: false, ..EVERYTHING }));
    assert_eq!(bench.invite(wire::SecondRole::View), Err(NotInvited::Forbidden));
    let mut bench = Bench::active();
    bench.put(consent(Permissions { invite: false, ..EVERYTHING }));
    assert_eq!(bench.invite(wire::SecondRole::View), Err(NotInvited::Forbidden));
    let mut bench = Bench::active();
    bench.put(Input::CustomerGone);
    assert_eq!(bench.invite(wire::SecondRole::View), Err(NotInvited::NoCustomer));
}

/// F-18: a page gets no policy. It is told what the second operator may, and that is never more than to look and to talk.
#[test]
fn a_page_is_told_what_a_second_operator_may_and_what_the_options_leave() {
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::Browser)));
    bench.put(consent(EVERYTHING));
    assert_eq!(bench.invite(wire::SecondRole::View), Ok(()));
    bench.put(Input::SecondAccepts(SECOND));
    bench.answers(wire::from_second::Act::Allowed(true));
    bench.put(Input::SecondOpened);
    let is_page = |output: &Output| {
        matches!(output, Output::ToSecond(wire::server_to_console::Body::Agreed(agreed))
            if agreed.customer_kind() == wire::customer_hello::Kind::Browser)
    };
    assert!(bench.has(is_page));
    bench.second_offers();
    let looks = Permissions { view: true, chat: true, ..Permissions::default() };
    let offered = |output: &Output| matches!(output, Output::SecondOffer { draft: None, operator_id: SECOND, permissions, .. } if *permissions == looks);
    assert!(bench.has(offered));
    assert!(!bench.has(|output| matches!(output, Output::Record(Fact::SecondPolicySigned { .. }))));

    bench.put(Input::SecondOptions(Permissions { chat: false, ..EVERYTHING }));
    let view = Permissions { view: true, ..Permissions::default() };
    let told = |output: &Output| {
        matches!(output, Output::ToCustomer(Customer::Second(wire::SecondOperator { may: Some(may), act: None, .. }))
            if Permissions::from(may) == view)
    };
    assert!(bench.has(told));

    bench.put(Input::Options(Permissions { talk: false, ..EVERYTHING }));
    let allowed = |output: &Output| matches!(output, Output::ToCustomer(Customer::Allowed(allowed)) if !allowed.may_talk && allowed.may_chat);
    assert!(bench.has(allowed));

    // Also where the page comes back, is loaded anew, and where they were cut before its press.
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::Browser)));
    assert!(bench.has(allowed));
    bench.put(Input::CustomerGone);
    let anew = Arrival { nonce: Some(Nonce([8; 32])), ..arrival(Kind::Browser) };
    bench.put(Input::CustomerResumed(anew));
    bench.put(consent(EVERYTHING));
    assert!(bench.has(allowed));
    let mut early = Bench::new(true);
    early.put(Input::ConsoleOpened);
    early.put(Input::CustomerJoined(arrival(Kind::Browser)));
    early.put(Input::Options(Permissions { talk: false, ..EVERYTHING }));
    early.put(consent(EVERYTHING));
    assert!(early.has(allowed));
}

/// Each of the ways in which it comes to nothing, or to its end.
#[test]
fn an_invitation_ends_by_whoever_ends_it() {
    let mut bench = Bench::active();
    bench.invite(wire::SecondRole::View).unwrap();
    bench.put(Input::SecondGoes(OperatorId([77; 16])));
    assert_eq!(bench.facts(), [], "a stranger has no say");
    bench.put(Input::SecondGoes(SECOND));
    assert_eq!(bench.facts(), [SecondFact::Declined]);
    bench.put(Input::SecondAccepts(SECOND));
    assert_eq!(bench.facts(), [], "what was declined is over");

    bench.invite(wire::SecondRole::View).unwrap();
    bench.put(Input::SecondGoes(FIRST));
    assert_eq!(bench.facts(), [SecondFact::Withdrawn]);
    bench.invite(wire::SecondRole::View).unwrap();
    bench.wait(Duration::from_secs(120));
    assert_eq!(bench.facts(), [SecondFact::Expired]);

    bench.invite(wire::SecondRole::View).unwrap();
    bench.put(Input::SecondAccepts(SECOND));
    bench.answers(wire::from_second::Act::Allowed(false));
    assert_eq!((bench.hosting.second(), bench.facts()), (None, Vec::new()));

    for (by, fact) in [(SECOND, SecondFact::Left), (FIRST, SecondFact::Removed)] {
        let mut bench = Bench::joined(wire::SecondRole::View);
        bench.put(Input::SecondGoes(by));
        assert_eq!(bench.facts(), [fact]);
        assert!(bench.tells_customer(|act| matches!(act, Act::Left(_))));
    }
    let mut bench = Bench::joined(wire::SecondRole::View);
    bench.put(Input::SecondOver);
    assert_eq!(bench.facts(), [SecondFact::Left], "signed out");
    let mut bench = Bench::joined(wire::SecondRole::View);
    bench.put(Input::ConsoleSays(wire::console_to_server::Body::End(0)));
    let ended = |output: &Output| matches!(output, Output::ToSecond(wire::server_to_console::Body::Ended(_)));
    assert!(bench.has(ended), "the session's end is theirs");
}

/// F-18: the session is theirs; who had it has no say any more.
#[test]
fn a_session_is_handed_over() {
    let mut bench = Bench::active();
    bench.invite(wire::SecondRole::HandOver).unwrap();
    bench.put(Input::SecondAccepts(SECOND));
    bench.answers(wire::from_second::Act::Allowed(true));
    assert_eq!(bench.facts(), [SecondFact::HandedOver]);
    assert!(bench.tells_customer(|act| matches!(act, Act::HandedOver(_))));
    assert_eq!(bench.hosting.facts().operator_id, SECOND);
    assert!(bench.has(|output| matches!(output, Output::ToConsole(wire::server_to_console::Body::Ended(_)))));
    bench.put(offer());
    assert!(!bench.has(|output| matches!(output, Output::Offer { .. })), "no console has it open");

    bench.put(Input::ConsoleOpened);
    assert!(bench.asks_for_offer());
    bench.put(offer());
    let of_second = |output: &Output| matches!(output, Output::Offer { draft: Some(draft), .. } if draft.operator_id == SECOND && draft.permissions.control);
    assert!(bench.has(of_second), "with what their own options allow");
    // The app may have missed it.
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.tells_customer(|act| matches!(act, Act::HandedOver(_))));
}

/// The answer may be lost with the customer's link: asked again, and answered again.
#[test]
fn a_question_outlives_the_customers_link() {
    let mut bench = Bench::active();
    bench.invite(wire::SecondRole::View).unwrap();
    bench.put(Input::SecondAccepts(SECOND));
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.tells_customer(|act| matches!(act, Act::Asked(_))));
    // A server that was started again knows of nobody, and says so.
    let mut bench = Bench::restored();
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.tells_customer(|act| matches!(act, Act::Left(_))));
}
