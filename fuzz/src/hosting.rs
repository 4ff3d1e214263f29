//! Any steps at the server's machine of one session, from both sides: no console's offer passes before the customer's Yes, none
//! of it is more than was offered, and what is over stays so. The first byte says whether consent waits for the
//! operator, and whether the customer chooses what to share.

use std::time::Duration;

use bytes::Bytes;
use protocol::{CompanyId, Fingerprint, Nonce, OperatorId, Permissions, SessionId, decode, limits, wire};
use session::{
    Timestamp,
    hosting::{Arrival, Fact, Facts, Hosting, Input, Kind, Output, Side, Stage, Waits},
};

use crate::steps::{Step, steps};

pub(crate) fn run(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let facts = Facts {
        recording_required: true,
        session_id: SessionId([3; 16]),
        company_id: CompanyId([5; 16]),
        operator_id: OperatorId([4; 16]),
        operator_name: "이상담".to_owned(),
        offered: Permissions { end_processes: false, ..Permissions::ALL },
        consent_after_operator: first.is_multiple_of(2),
        second_unasked: false,
        chooses_part: first.is_multiple_of(3),
        plain_capture: first.is_multiple_of(5),
        options: Vec::new(),
        defaults: wire::SessionDefaults::default(),
        created_at_ms: 0,
    };
    let now = Timestamp::default();
    let hosting = Hosting::new(now, facts, Waits::with_code(limits::CODE_LIFETIME));
    let mut watched = Watched { hosting, now, agreed: false };
    for step in steps(rest) {
        watched.take(step);
    }
}

struct Watched {
    hosting: Hosting,
    now: Timestamp,
    agreed: bool,
}

impl Watched {
    fn take(&mut self, step: Step<'_>) {
        let before = self.hosting.stage();
        let Some(input) = self.input(step) else { return };
        self.hosting.handle(self.now, input);
        while let Some(output) = self.hosting.poll() {
            self.watch(&output);
        }
        let offered = self.hosting.facts().offered;
        assert!(self.hosting.permissions().within(offered), "no more than was offered");
        if let Stage::Ended(_) = before {
            assert_eq!(self.hosting.stage(), before, "what is over stays so");
        }
    }

    fn watch(&mut self, output: &Output) {
        let offered = self.hosting.facts().offered;
        match output {
            Output::Record(Fact::Consented(chosen)) => {
                assert!(chosen.within(offered), "{chosen:?}");
                self.agreed = true;
            }
            Output::Offer { draft, .. } => {
                assert!(self.agreed, "before the Yes");
                assert!(draft.as_ref().is_none_or(|draft| draft.permissions.within(offered)), "{draft:?}");
            }
            Output::Renew(draft) => assert!(self.agreed && draft.permissions.within(offered), "{draft:?}"),
            _ => {}
        }
    }

    fn input(&mut self, step: Step<'_>) -> Option<Input> {
        let bytes = Bytes::copy_from_slice(step.bytes);
        let of_customer = || {
            decode::<wire::CustomerToServer>(&bytes, limits::FRAME_BYTES)
                .ok()
                .and_then(|message| message.body)
        };
        let of_console = || {
            decode::<wire::ConsoleToServer>(&bytes, limits::FRAME_BYTES).ok().and_then(|message| message.body)
        };
        Some(match step.kind % 14 {
            0 => Input::CustomerSays(of_customer()?),
            1 => Input::ConsoleSays(of_console()?),
            2 => Input::AppSays(of_customer()?),
            3 => Input::CustomerJoined(arrival(step)),
            4 => Input::CustomerResumed(arrival(step)),
            5 => Input::CustomerGone,
            6 => Input::ConsoleOpened,
            7 => Input::ConsoleGone,
            8 => Input::ConsoleOver,
            9 => Input::AppGone,
            10 => {
                Input::Options(Permissions::of_names(|name| name.len() % 8 != usize::from(step.byte(0) % 8)))
            }
            11 => {
                let side = if step.byte(0).is_multiple_of(2) { Side::Customer } else { Side::Operator };
                Input::EventKept { side, bytes: u64::from(step.byte(1)) << (step.byte(2) % 64) }
            }
            12 => {
                let ticks = u16::from_be_bytes([step.byte(0), step.byte(1)]);
                self.now = self.now + Duration::from_millis(u64::from(ticks) * 20);
                Input::Tick
            }
            _ => match step.byte(0) % 3 {
                0 => Input::NotKept,
                1 => Input::NotSigned,
                _ => Input::CodeMade(limits::CODE_LIFETIME),
            },
        })
    }
}

fn arrival(step: Step<'_>) -> Arrival {
    let is_app = step.byte(0).is_multiple_of(2);
    Arrival {
        kind: if is_app { Kind::App } else { Kind::Browser },
        machine: wire::Machine { host_name: step.text(256), ..wire::Machine::default() },
        nonce: is_app.then_some(Nonce([step.byte(1); 32])),
        fingerprint: is_app.then_some(Fingerprint([7; 32])),
    }
}
