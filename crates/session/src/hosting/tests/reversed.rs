use std::time::Duration;

use protocol::{Nonce, Permissions, wire};
use wire::{reversed::Act, reversed_state::Stage as Told, server_to_customer::Body as Customer};

use super::{Bench, EVERYTHING, arrival, consent, offer};
use crate::hosting::{
    Arrival, Fact, Input, Kind, NotReversed, Output, ReversedEnd, ReversedFact, ReversedOrder,
};

const WITHOUT: Permissions = Permissions { control_operator: false, ..EVERYTHING };

impl Bench {
    fn reverse(&mut self) -> Result<(), NotReversed> {
        self.outputs.clear();
        let done = self.hosting.reverse(self.now);
        while let Some(output) = self.hosting.poll() {
            self.outputs.push(output);
        }
        done
    }

    fn reversed_answer(&mut self, allowed: bool) {
        let said = wire::FromReversed { allowed };
        self.put(Input::CustomerSays(wire::customer_to_server::Body::Reversed(said)));
    }

    /// A page that shares.
    fn page() -> Self {
        let mut bench = Self::new(true);
        bench.put(Input::ConsoleOpened);
        bench.put(Input::CustomerJoined(arrival(Kind::Browser)));
        bench.put(consent(EVERYTHING));
        bench.put(offer());
        bench
    }

    fn reversed_active() -> Self {
        Self::reversed_active_of(Self::active())
    }

    fn reversed_active_of(mut bench: Self) -> Self {
        bench.reverse().unwrap();
        bench.reversed_answer(true);
        bench.put(Input::ReversedStarted { host_name: "desk".to_owned() });
        bench
    }

    fn reversed_facts(&self) -> Vec<ReversedFact> {
        let of = |output: &Output| match output {
            Output::Record(Fact::Reversed(fact)) => Some(fact.clone()),
            _ => None,
        };
        self.outputs.iter().filter_map(of).collect()
    }

    fn reversed_told(&self) -> Vec<Told> {
        let of = |output: &Output| if let Output::ReversedMoved(told) = output { Some(*told) } else { None };
        self.outputs.iter().filter_map(of).collect()
    }

    fn orders(&self, wanted: ReversedOrder) -> bool {
        self.has(|output| matches!(output, Output::Reversed(order) if *order == wanted))
    }

    fn tells_app(&self, wanted: impl Fn(&Act) -> bool) -> bool {
        self.has(|output| {
            matches!(output, Output::ToCustomer(Customer::Reversed(wire::Reversed { act: Some(act) })) if wanted(act))
        })
    }
}

/// F-15: nothing is made before the customer's answer; the record says when they saw which computer, and who ended it.
#[test]
fn it_begins_with_the_customers_answer_and_ends_by_whoever_ends_it() {
    let mut bench = Bench::active();
    assert_eq!(bench.reverse(), Ok(()));
    assert!(bench.tells_app(|act| matches!(act, Act::Asked(_))));
    assert_eq!(bench.reversed_told(), [Told::Asked]);
    assert!(!bench.orders(ReversedOrder::Begin));
    assert_eq!(bench.reverse(), Err(NotReversed::Busy));
    bench.reversed_answer(true);
    assert!(bench.orders(ReversedOrder::Begin));
    assert_eq!(bench.reversed_facts(), [], "they see nothing yet");
    bench.put(Input::ReversedStarted { host_name: "desk".to_owned() });
    assert_eq!(bench.reversed_facts(), [ReversedFact::Started { host_name: "desk".to_owned() }]);
    bench.put(Input::ReversedStarted { host_name: "again".to_owned() });
    assert_eq!(bench.reversed_facts(), []);

    let check = |input: Input, end: ReversedEnd| {
        let mut bench = Bench::reversed_active();
        bench.put(input);
        assert_eq!(bench.reversed_facts(), [ReversedFact::Ended(end)]);
        assert!(bench.orders(ReversedOrder::End));
        bench.put(Input::ReversedOver(ReversedEnd::Over));
        assert_eq!(bench.reversed_facts(), [], "once");
    };
    check(Input::ReversedOver(ReversedEnd::Operator), ReversedEnd::Operator);
    check(Input::ReversedOver(ReversedEnd::Customer), ReversedEnd::Customer);
    check(Input::Options(WITHOUT), ReversedEnd::Over);
    check(consent(WITHOUT), ReversedEnd::Over);
    check(Input::ConsoleOver, ReversedEnd::Over);
    check(Input::End(wire::EndReason::OperatorEnded), ReversedEnd::Over);
    let said = wire::FromReversed { allowed: false };
    let says = Input::CustomerSays(wire::customer_to_server::Body::Reversed(said));
    check(says, ReversedEnd::Customer);
}

/// The line of the end is the last one: it seals the record.
#[test]
fn its_end_is_written_before_the_sessions_own() {
    let mut bench = Bench::reversed_active();
    bench.put(Input::End(wire::EndReason::OperatorEnded));
    let lines: Vec<&Fact> = bench
        .outputs
        .iter()
        .filter_map(|output| if let Output::Record(fact) = output { Some(fact) } else { None })
        .collect();
    let over = Fact::Reversed(ReversedFact::Ended(ReversedEnd::Over));
    assert_eq!(lines, [&over, &Fact::Ended(wire::EndReason::OperatorEnded)]);
}

/// Options, customer: nobody is asked.
#[test]
fn nobody_is_asked_where_it_is_not_allowed() {
    let mut bench = Bench::new(true);
    assert_eq!(bench.reverse(), Err(NotReversed::NoCustomer));
    let mut bench = Bench::active();
    bench.put(Input::Options(WITHOUT));
    assert_eq!(bench.reverse(), Err(NotReversed::Forbidden));
    let mut bench = Bench::active();
    bench.put(consent(WITHOUT));
    assert_eq!(bench.reverse(), Err(NotReversed::Forbidden));
    let mut bench = Bench::active();
    bench.put(Input::CustomerGone);
    assert_eq!(bench.reverse(), Err(NotReversed::NoCustomer));
}

/// A page asks as the app does: it is told what the options leave, and its customer's word counts as any other's.
#[test]
fn a_page_is_asked_and_begins_and_is_not_asked_where_it_is_not_allowed() {
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::Browser)));
    let is_offered = |output: &Output| matches!(output, Output::Welcome { offered, .. } if offered.control_operator && !offered.control);
    assert!(bench.has(is_offered));
    let mut bench = Bench::page();
    assert_eq!(bench.reverse(), Ok(()));
    assert!(bench.tells_app(|act| matches!(act, Act::Asked(_))));
    assert!(!bench.orders(ReversedOrder::Begin));
    bench.reversed_answer(true);
    assert!(bench.orders(ReversedOrder::Begin));

    let ended_by = |input: Input, end: ReversedEnd| {
        let mut bench = Bench::reversed_active_of(Bench::page());
        bench.put(input);
        assert_eq!(bench.reversed_facts(), [ReversedFact::Ended(end)]);
        assert!(bench.orders(ReversedOrder::End));
        assert!(bench.tells_app(|act| matches!(act, Act::Over(_))));
    };
    let said = wire::FromReversed { allowed: false };
    let says = Input::CustomerSays(wire::customer_to_server::Body::Reversed(said));
    ended_by(says, ReversedEnd::Customer);
    ended_by(consent(WITHOUT), ReversedEnd::Over);
    ended_by(Input::Options(WITHOUT), ReversedEnd::Over);

    let mut bench = Bench::page();
    bench.reverse().unwrap();
    bench.reversed_answer(false);
    assert_eq!(bench.reversed_told(), [Told::Refused]);
    let mut bench = Bench::page();
    bench.put(consent(WITHOUT));
    assert_eq!(bench.reverse(), Err(NotReversed::Forbidden));
    let mut bench = Bench::page();
    bench.put(Input::Options(WITHOUT));
    let allowed = |output: &Output| matches!(output, Output::ToCustomer(Customer::Allowed(allowed)) if !allowed.may_control_operator && allowed.may_talk);
    assert!(bench.has(allowed));
    assert_eq!(bench.reverse(), Err(NotReversed::Forbidden));
    bench.reversed_answer(true);
    assert!(!bench.orders(ReversedOrder::Begin));
}

/// A page that is loaded anew asks for consent anew, and what its customer had before is over.
#[test]
fn a_page_that_is_loaded_anew_ends_it() {
    let mut bench = Bench::reversed_active_of(Bench::page());
    bench.put(Input::CustomerGone);
    assert_eq!(bench.reversed_facts(), [], "a page that is away for a moment changes nothing");
    let anew = Arrival { nonce: Some(Nonce([8; 32])), ..arrival(Kind::Browser) };
    bench.put(Input::CustomerResumed(anew));
    assert_eq!(bench.reversed_facts(), [ReversedFact::Ended(ReversedEnd::Over)]);
    assert!(bench.orders(ReversedOrder::End));
}

/// An answer to no question, and one that comes after the right is gone, begin nothing.
#[test]
fn an_answer_out_of_place_begins_nothing() {
    let mut bench = Bench::active();
    bench.reversed_answer(true);
    assert!(!bench.orders(ReversedOrder::Begin));
    assert_eq!(bench.hosting.refused(), 1);
    bench.reverse().unwrap();
    bench.put(Input::Options(WITHOUT));
    assert_eq!(bench.reversed_told(), [Told::Ended]);
    bench.reversed_answer(true);
    assert!(!bench.orders(ReversedOrder::Begin));
    assert_eq!(bench.hosting.refused(), 2);
    // That it is over, said once more, is no offence: the end was not heard there.
    bench.reversed_answer(false);
    assert_eq!(bench.hosting.refused(), 2);
    bench.put(Input::ReversedStarted { host_name: String::new() });
    assert_eq!(bench.reversed_facts(), []);
}

/// The question stands for a while, and again where the customer's link was lost in the middle of it.
#[test]
fn a_question_without_an_answer_ends_and_is_asked_again_after_a_lost_link() {
    let mut bench = Bench::active();
    bench.reverse().unwrap();
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.tells_app(|act| matches!(act, Act::Asked(_))));
    bench.wait(Duration::from_secs(2 * 60));
    assert_eq!(bench.reversed_told(), [Told::Expired]);
    assert!(bench.tells_app(|act| matches!(act, Act::Over(_))));
    assert_eq!(bench.reverse(), Ok(()));
    bench.reversed_answer(false);
    assert_eq!(bench.reversed_told(), [Told::Refused]);
    assert!(!bench.orders(ReversedOrder::Begin));
}

/// What ended while nobody listened is heard on coming back; nobody hears of what was never wished.
#[test]
fn an_end_that_was_lost_with_the_link_is_told_again() {
    let is_over = |act: &Act| matches!(act, Act::Over(_));
    let mut bench = Bench::active();
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(!bench.tells_app(is_over));
    bench.reverse().unwrap();
    bench.put(Input::CustomerGone);
    bench.put(Input::ReversedOver(ReversedEnd::Operator));
    assert!(!bench.tells_app(is_over));
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.tells_app(is_over));
    // While it goes on nothing is said.
    let mut bench = Bench::reversed_active();
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(!bench.tells_app(|_| true));
}

/// What cannot be written down does not go on.
#[test]
fn it_ends_where_the_record_cannot_be_kept() {
    let mut bench = Bench::reversed_active();
    bench.put(Input::NotKept);
    assert!(bench.orders(ReversedOrder::End));
    // Also where what cannot be written is its own end, or the session's.
    let mut bench = Bench::reversed_active();
    let now = bench.now;
    bench.hosting.handle(now, Input::End(wire::EndReason::OperatorEnded));
    bench.put(Input::NotKept);
    assert!(bench.orders(ReversedOrder::End));
}
