//! Policies that are renewed, cut, and taken up after a restart.

use std::time::Duration;

use protocol::{Permissions, limits};

use super::{Bench, EVERYTHING, arrival};
use crate::hosting::{Input, Kind, Output, Stage};

/// "The server is killed with SIGKILL and started again."
#[test]
fn a_restored_session_goes_on() {
    let mut bench = Bench::restored();
    assert_eq!(bench.hosting.stage(), Stage::Away);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.has(|output| matches!(output, Output::Welcome { resumed: true, .. })));
    assert_eq!(bench.hosting.stage(), Stage::Active, "the peers never noticed");
    assert!(bench.renews(), "the server that signed the policy is gone, and its plan to renew with it");
    bench.put(Input::ConsoleOpened);
    assert!(bench.asks_for_offer());
}

#[test]
fn a_policy_is_renewed_at_half_of_its_life() {
    let mut bench = Bench::active();
    bench.wait(limits::POLICY_LIFETIME / 2);
    assert!(bench.renews());
    bench.put(Input::NotSigned);
    bench.wait(Duration::from_secs(59));
    assert!(!bench.renews());
    bench.wait(Duration::from_secs(1));
    assert!(bench.renews(), "a policy that could not be signed is tried again");
}

/// The customer is away at the moment of the renewal.
#[test]
fn a_policy_is_renewed_for_a_customer_who_comes_back() {
    let mut bench = Bench::active();
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.renews());
}

/// A right that is withdrawn while the session runs is gone from the next policy, which comes at once.
#[test]
fn changed_options_cut_the_running_policy_and_never_widen_it() {
    let mut bench = Bench::active();
    let control = |bench: &Bench| {
        bench.outputs.iter().find_map(|output| match output {
            Output::Renew(draft) => Some(draft.permissions.control),
            _ => None,
        })
    };
    bench.put(Input::Options(Permissions { control: false, ..EVERYTHING }));
    assert_eq!(control(&bench), Some(false));
    bench.put(Input::Options(Permissions { control: false, ..EVERYTHING }));
    assert_eq!(control(&bench), None, "nothing changed");
    bench.put(Input::Options(EVERYTHING));
    assert_eq!(control(&bench), Some(true), "what was offered");
}
