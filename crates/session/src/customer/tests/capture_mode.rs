use protocol::{policy, wire};
use wire::{CaptureReason as Reason, CaptureWay as Told};

use super::bench::{Bench, EVERYTHING, fitting, known, offer, signer, welcome};
use crate::customer::{
    Action, CaptureLack, CaptureNow, CaptureWay, Channel, ConnectionNo, Input, PictureWish,
};

const FAST: CaptureNow = CaptureNow { way: CaptureWay::Fast, lack: None };
const PLAIN: CaptureNow = CaptureNow { way: CaptureWay::Plain, lack: None };

/// Sharing, where the option S-04 is on or off.
fn sharing(option: bool) -> Bench {
    let mut bench = Bench::greeting(known());
    let welcome = wire::Welcome { plain_capture: !option, ..welcome(true, EVERYTHING) };
    bench.server(wire::server_to_customer::Body::Welcome(welcome));
    bench.operator();
    bench.put(Input::Agreed(EVERYTHING));
    connect(&mut bench, 1);
    bench
}

fn connect(bench: &mut Bench, no: u64) {
    bench.server(offer(policy::sign(&fitting(no, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(no));
    bench.connect(ConnectionNo(no));
}

fn started(bench: &Bench) -> Option<CaptureWay> {
    let of = |action: &Action| match action {
        Action::StartSharing(grant) => Some(grant.capture()),
        _ => None,
    };
    bench.actions().into_iter().filter_map(of).next_back()
}

fn asks(bench: &mut Bench, way: Told) {
    let settings = wire::PictureSettings { capture: way.into(), ..wire::PictureSettings::default() };
    bench.console(Channel::Control, wire::peer_message::Body::PictureSettings(settings));
}

fn told(bench: &Bench) -> Vec<(Told, Reason)> {
    let of = |body| match body {
        wire::peer_message::Body::CaptureMode(mode) => Some((mode.way(), mode.reason())),
        _ => None,
    };
    bench.to_console().into_iter().filter_map(of).collect()
}

fn recorded(bench: &Bench) -> Vec<(Told, Reason)> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(wire::event::Kind::CaptureModeChanged(changed)) => Some((changed.way(), changed.reason())),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

/// S-04: it begins as the option says, which the record needs no line for.
#[test]
fn capture_begins_as_the_option_says() {
    for (option, way, now, said) in
        [(true, CaptureWay::Fast, FAST, Told::Fast), (false, CaptureWay::Plain, PLAIN, Told::Plain)]
    {
        let mut bench = sharing(option);
        assert_eq!(started(&bench), Some(way));
        bench.put(Input::Captured(now));
        assert_eq!(told(&bench), [(said, Reason::Option)]);
        assert_eq!(recorded(&bench), []);
    }
}

/// S-04 is a default: the operator switches it, and what was chosen outlives a lost connection.
#[test]
fn the_operator_switches_and_it_stays_so_on_the_next_connection() {
    let mut bench = sharing(true);
    bench.put(Input::Captured(FAST));
    asks(&mut bench, Told::Plain);
    let passed = |action: &Action| match action {
        Action::Picture(PictureWish::Settings(settings)) => {
            CaptureWay::asked(settings) == Some(CaptureWay::Plain)
        }
        _ => false,
    };
    assert!(bench.has(passed));
    bench.put(Input::Captured(PLAIN));
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    connect(&mut bench, 2);
    assert_eq!(started(&bench), Some(CaptureWay::Plain));
    bench.put(Input::Captured(PLAIN));
    let now = (Told::Plain, Reason::Operator);
    assert_eq!(told(&bench), [(Told::Fast, Reason::Option), now, now]);
    assert_eq!(recorded(&bench), [now]);
}

/// Settings about something else leave it as it is.
#[test]
fn settings_without_a_way_change_nothing() {
    let mut bench = sharing(false);
    asks(&mut bench, Told::Unspecified);
    bench.put(Input::Captured(PLAIN));
    assert_eq!(told(&bench), [(Told::Plain, Reason::Option)]);
}

/// What the display lacks is told and recorded: once, however often it is asked for.
#[test]
fn what_the_fast_way_lacks_is_told() {
    let lacks = [
        (CaptureWay::Plain, CaptureLack::Damage, (Told::Plain, Reason::NoDamage)),
        (CaptureWay::Fast, CaptureLack::SharedMemory, (Told::Fast, Reason::NoSharedMemory)),
    ];
    for (way, lack, said) in lacks {
        let mut bench = sharing(true);
        let now = CaptureNow { way, lack: Some(lack) };
        bench.put(Input::Captured(now));
        asks(&mut bench, Told::Fast);
        bench.put(Input::Captured(now));
        assert_eq!(told(&bench), [said, said]);
        assert_eq!(recorded(&bench), [said]);
    }
}
