use std::time::{Duration, Instant};

use super::pulse::Pulse;

#[test]
fn only_a_connection_without_data_looks_at_the_clock_seldom() {
    let start = Instant::now();
    let after = |ms| start + Duration::from_millis(ms);
    let mut pulse = Pulse::new(start);
    assert_eq!(pulse.wake(after(910), after(900)), after(910));
    assert_eq!(pulse.wake(after(1_010), after(1_000)), after(1_250));
    assert_eq!(pulse.wake(after(5_000), after(1_000)), after(5_000));
    let (stun, rtcp, dtls) = ([0, 1], [0x80, 200], [23, 254]);
    pulse.sent(&stun, after(1_000));
    pulse.sent(&rtcp, after(1_000));
    assert_eq!(pulse.wake(after(1_010), after(1_000)), after(1_250));
    pulse.sent(&dtls, after(1_000));
    assert_eq!(pulse.wake(after(1_010), after(1_000)), after(1_010));
}
