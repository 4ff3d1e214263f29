use std::time::Duration;

use protocol::{
    Permissions, limits, policy,
    tools::{Outcome, Tool},
    wire,
};

use super::bench::{Bench, EVERYTHING, fitting, offer, signer};
use crate::customer::{Action, Channel, ConnectionNo, Input};

use wire::tool_request::Tool as Asked;

fn asks(bench: &mut Bench, id: u32, tool: Asked) {
    let request = wire::ToolRequest { id, tool: Some(tool) };
    bench.console(Channel::Control, wire::peer_message::Body::ToolRequest(request));
}

fn url(url: &str) -> Asked {
    Asked::OpenUrl(wire::OpenUrl { url: url.to_owned() })
}

fn favourite() -> Asked {
    let kind = wire::open_favourite::Kind::Program.into();
    Asked::OpenFavourite(wire::OpenFavourite { kind, target: "xterm".to_owned() })
}

fn end() -> Asked {
    Asked::EndProcess(wire::EndProcess { pid: 42, started_at_ms: 7, force: false })
}

fn stop_service() -> Asked {
    let act = wire::change_service::Act::Stop.into();
    Asked::ChangeService(wire::ChangeService { name: "cups.service".to_owned(), act })
}

fn ran(bench: &Bench) -> Vec<Tool> {
    let of =
        |action: &Action| if let Action::RunTool { tool, .. } = action { Some(tool.clone()) } else { None };
    bench.actions().into_iter().filter_map(of).collect()
}

fn answers(bench: &Bench) -> Vec<(u32, String)> {
    let of = |body| match body {
        wire::peer_message::Body::ToolAnswer(answer) => Some((answer.id, answer.problem)),
        _ => None,
    };
    bench.to_console().into_iter().filter_map(of).collect()
}

fn recorded(bench: &Bench) -> Vec<(String, String, String)> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(wire::event::Kind::ToolUsed(used)) => Some((used.tool, used.what, used.problem)),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

fn done(bench: &mut Bench, id: u32, outcome: Outcome) {
    bench.put(Input::ToolDone { connection: ConnectionNo(1), id, object: String::new(), outcome });
}

/// F-04, F-06, F-07, F-08, F-10 [Y-1]: each tool runs under its own permission, and without it is refused whatever else is allowed:
/// by the policy, or by the customer.
#[test]
fn a_tool_runs_only_under_its_own_permission() {
    let cases: [(Asked, &str, Permissions); 8] = [
        (
            Asked::CaptureScreen(wire::CaptureScreen {}),
            "screen-capture-forbidden",
            Permissions { capture_screen: false, ..EVERYTHING },
        ),
        (url("https://a.kr/"), "url-open-forbidden", Permissions { open_urls: false, ..EVERYTHING }),
        (favourite(), "favourite-open-forbidden", Permissions { open_favourites: false, ..EVERYTHING }),
        (
            Asked::DescribeSystem(wire::DescribeSystem {}),
            "system-view-forbidden",
            Permissions { see_system: false, ..EVERYTHING },
        ),
        (
            Asked::ListProcesses(wire::ListProcesses {}),
            "processes-view-forbidden",
            Permissions { see_processes: false, ..EVERYTHING },
        ),
        (end(), "process-end-forbidden", Permissions { end_processes: false, ..EVERYTHING }),
        (
            Asked::ListServices(wire::ListServices {}),
            "services-view-forbidden",
            Permissions { see_processes: false, ..EVERYTHING },
        ),
        (stop_service(), "service-change-forbidden", Permissions { end_processes: false, ..EVERYTHING }),
    ];
    for (tool, refusal, without) in cases {
        let mut allowed = Bench::sharing(EVERYTHING, EVERYTHING);
        asks(&mut allowed, 1, tool.clone());
        assert_eq!((ran(&allowed).len(), allowed.refused(refusal)), (1, 0), "{refusal}");
        for (chosen, policy) in [(EVERYTHING, without), (without, EVERYTHING)] {
            let mut refused = Bench::sharing(chosen, policy);
            asks(&mut refused, 1, tool.clone());
            assert_eq!((ran(&refused).len(), refused.refused(refusal)), (0, 1), "{refusal}");
            assert_eq!(answers(&refused), [(1, "forbidden".to_owned())], "{refusal}");
        }
    }
}

/// The console is told what is left, so that it shows no tool in vain; a switch in the bar takes what changes the machine.
#[test]
fn who_takes_control_back_takes_what_changes_the_machine_with_it() {
    let told = |bench: &Bench| {
        let of = |body| match body {
            wire::peer_message::Body::PermissionsNow(now) => {
                Some(Permissions::from(now.permissions.as_ref()))
            }
            _ => None,
        };
        bench.to_console().into_iter().filter_map(of).collect::<Vec<_>>()
    };
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    assert_eq!(told(&bench), [EVERYTHING]);
    bench.outputs.clear();
    bench.put(Input::ControlForbidden);
    assert_eq!(told(&bench), [EVERYTHING.view_only()]);
    asks(&mut bench, 1, url("https://a.kr/"));
    assert_eq!((ran(&bench).len(), bench.refused("url-open-forbidden")), (0, 1));
    bench.outputs.clear();
    bench.put(Input::ControlAllowed);
    assert_eq!(told(&bench), [EVERYTHING]);
    let narrow = Permissions { open_urls: false, ..EVERYTHING };
    bench.outputs.clear();
    bench.server(wire::server_to_customer::Body::Policy(policy::sign(&fitting(2, narrow), &signer())));
    assert_eq!(told(&bench), [narrow]);
}

/// The record has what was done and what was not, and each look once.
#[test]
fn what_a_tool_did_is_recorded_with_its_outcome() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    asks(&mut bench, 1, url("https://a.kr/"));
    assert_eq!(recorded(&bench), [], "nothing was done yet");
    done(&mut bench, 1, Outcome::Done);
    asks(&mut bench, 2, end());
    bench.put(Input::ToolDone {
        connection: ConnectionNo(1),
        id: 2,
        object: "notepad (42)".to_owned(),
        outcome: Outcome::refused("not-allowed"),
    });
    asks(&mut bench, 3, Asked::ListProcesses(wire::ListProcesses {}));
    done(&mut bench, 3, Outcome::Unsupported("processes-no-platform"));
    for id in 4..6 {
        asks(&mut bench, id, Asked::ListProcesses(wire::ListProcesses {}));
        done(&mut bench, id, Outcome::Processes(Vec::new()));
    }
    let line = |tool: &str, what: &str, problem: &str| (tool.to_owned(), what.to_owned(), problem.to_owned());
    assert_eq!(
        recorded(&bench),
        [
            line("url-open", "https://a.kr/", ""),
            line("process-end", "notepad (42)", "not-allowed"),
            line("processes-view", "", "unsupported"),
            line("processes-view", "", ""),
        ]
    );
    let expected: Vec<(u32, String)> = [(1, ""), (2, "not-allowed"), (3, "unsupported"), (4, ""), (5, "")]
        .map(|(id, what)| (id, what.to_owned()))
        .into();
    assert_eq!(answers(&bench), expected);
}

#[test]
fn an_outcome_that_nobody_asked_for_is_nothing() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    done(&mut bench, 1, Outcome::Done);
    asks(&mut bench, 1, url("https://a.kr/"));
    done(&mut bench, 1, Outcome::Done);
    done(&mut bench, 1, Outcome::Done);
    assert_eq!((answers(&bench).len(), recorded(&bench).len()), (1, 1));
}

/// What was begun is recorded though the console has gone; another console hears nothing of it.
#[test]
fn a_tool_that_outlives_its_connection_is_recorded_and_answers_nobody_else() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    asks(&mut bench, 1, url("https://a.kr/"));
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    let line = |problem: &str| ("url-open".to_owned(), "https://a.kr/".to_owned(), problem.to_owned());
    assert_eq!(recorded(&bench), [line("unfinished")]);
    done(&mut bench, 1, Outcome::Done);
    assert_eq!(answers(&bench), []);
    assert_eq!(recorded(&bench), [line("unfinished"), line("")]);
}

/// A flood is bounded, slowed and told.
#[test]
fn more_requests_than_anybody_presses_are_refused() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for id in 0..100 {
        asks(&mut bench, id, url("https://a.kr/"));
    }
    assert_eq!(ran(&bench).len(), 3);
    assert_eq!(answers(&bench).len(), 97);
    for id in 100..110 {
        bench.wait(Duration::from_secs(1));
        asks(&mut bench, id, url("https://a.kr/"));
    }
    assert_eq!(ran(&bench).len(), limits::TOOLS_RUNNING);
    bench.wait(Duration::from_secs(2));
    assert!(0 < bench.refused("tool-too-fast") && 0 < bench.refused("tool-too-many"));
    done(&mut bench, 0, Outcome::Done);
    asks(&mut bench, 0, url("https://a.kr/"));
    assert_eq!(ran(&bench).len(), limits::TOOLS_RUNNING + 1);
    for id in 200..205 {
        bench.wait(Duration::from_secs(1));
        done(&mut bench, if id == 200 { 0 } else { id - 1 }, Outcome::Done);
        asks(&mut bench, id, Asked::DescribeSystem(wire::DescribeSystem {}));
        asks(&mut bench, id + 100, Asked::DescribeSystem(wire::DescribeSystem {}));
    }
    let looks = ran(&bench).into_iter().filter(|tool| *tool == Tool::DescribeSystem).count();
    assert_eq!(looks, 5, "never two at once");
}

#[test]
fn a_request_that_is_none_is_refused_and_answered() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    asks(&mut bench, 1, url("javascript:alert(1)"));
    let nothing = wire::ToolRequest { id: 2, tool: None };
    bench.console(Channel::Control, wire::peer_message::Body::ToolRequest(nothing.clone()));
    bench.console(Channel::Pointer, wire::peer_message::Body::ToolRequest(nothing));
    bench.wait(Duration::from_secs(2));
    assert_eq!(ran(&bench), []);
    assert_eq!(answers(&bench), [1, 2].map(|id| (id, "malformed".to_owned())));
    assert_eq!((bench.refused("tool-malformed"), bench.refused("message-out-of-place")), (2, 1));
}
