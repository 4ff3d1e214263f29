//! What strangers call things, wherever it is read again: nothing of it is a page, a formula, or a mark that nobody sees.

use super::{
    peers::{Console, Port, customer_hello, event},
    story::{ended, store_id},
};
use crate::tests::{Answer, Browser, hostile_texts};
use bytes::Bytes;
use calamine::{Data, Reader as _, Xlsx};
use protocol::{chat, limits, text, wire};
use serde_json::{Value, json};
use std::{collections::BTreeSet, io::Cursor};
use store::SessionId;

/// A text of a machine as it is kept.
fn kept(told: &str) -> String {
    text::line(told, limits::MACHINE_TEXT_CHARS)
}

/// Everything that a customer's side reports, with this text in each of its fields.
fn reports(told: &str) -> Vec<wire::event::Kind> {
    use wire::event::Kind;
    let own = || told.to_owned();
    vec![
        Kind::Connected(wire::Connected { relayed: false }),
        Kind::Chat(wire::Chat {
            id: Bytes::from_static(&[7; 16]),
            author: wire::chat::Author::Customer.into(),
            text: own(),
            at_ms: 1,
            name: own(),
        }),
        Kind::ToolUsed(wire::ToolUsed { tool: own(), what: own(), problem: own() }),
        Kind::Refused(wire::Refused { what: own(), count: 1 }),
        Kind::Unsupported(wire::Unsupported { what: own() }),
        Kind::FileMoved(wire::FileMoved {
            state: wire::file_moved::State::Failed.into(),
            path: own(),
            why: own(),
            ..wire::FileMoved::default()
        }),
        Kind::FileChanged(wire::FileChanged {
            what: wire::file_changed::What::Renamed.into(),
            path: own(),
            name: own(),
        }),
        Kind::PrinterChanged(wire::PrinterChanged { on: true, name: own() }),
        Kind::DocumentPrinted(wire::DocumentPrinted {
            state: wire::document_printed::State::Failed.into(),
            name: own(),
            why: own(),
            ..wire::DocumentPrinted::default()
        }),
    ]
}

/// A session of a machine of which everything is called so.
async fn session(port: &mut Port, console: &mut Console, told: &str) -> SessionId {
    let (session, code) = port.session().await;
    console.open(&session).await;
    let mut hello = customer_hello(wire::customer_hello::Kind::App, wire::customer_hello::Entry::Code(code));
    let own = || told.to_owned();
    hello.machine =
        Some(wire::Machine { os: own(), os_version: own(), host_name: own(), local_address: own() });
    hello.language = own();
    let mut customer = port.customer_of(hello).await;
    let welcome = customer.welcome().await;
    customer.operator_joined().await;
    let told_of = |body| match body {
        wire::server_to_console::Body::State(state) if state.session_id == session => {
            state.machine.filter(|machine| !machine.host_name.is_empty())
        }
        _ => None,
    };
    let machine = console.until(told_of).await;
    for shown in [machine.os, machine.os_version, machine.host_name] {
        assert_eq!(shown, kept(told), "to the console");
    }
    customer.agree().await;
    console.agreed().await;
    let mut number = 0;
    for kind in reports(told) {
        number += 1;
        customer.say(wire::customer_to_server::Body::Event(event(number, kind))).await;
    }
    customer.kept(number).await;
    customer.say(wire::customer_to_server::Body::End(wire::EndReason::CustomerStopped.into())).await;
    ended(port, &session).await;
    let token = String::from_utf8(welcome.resume_token.to_vec()).unwrap();
    let answer = json!({ "token": token, "rating": 1, "comment": told });
    let status = port.server.browser().put("/api/survey", answer).await.status.as_u16();
    let plain = told.chars().all(|letter| text::is_visible(letter) || matches!(letter, '\n' | '\r' | '\t'));
    assert_eq!(status, if plain { 204 } else { 422 }, "{told:?}");
    store_id(&session)
}

/// Every text in an answer.
fn texts_in(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts_in(value, found)),
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            found.push(name.clone());
            texts_in(value, found);
        }),
        _ => {}
    }
}

/// The texts of an answer that no browser takes for anything but data; each can be seen.
async fn asked(browser: &mut Browser, path: &str) -> (Answer, Vec<String>) {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/json", "{path}");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
    let mut found = Vec::new();
    texts_in(&answer.body, &mut found);
    for text in &found {
        let is_seen = |letter: char| text::is_visible(letter) || matches!(letter, '\n' | '\r' | '\t');
        assert!(text.chars().all(is_seen), "{path}: {text:?}");
    }
    (answer, found)
}

/// The texts in the cells of a file of Excel, which has no formula.
async fn excel(browser: &mut Browser, path: &str) -> BTreeSet<String> {
    let answer = browser.get(path).await;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(answer.bytes)).unwrap();
    let mut cells = BTreeSet::new();
    for name in book.sheet_names() {
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{path}");
        for cell in book.worksheet_range(&name).unwrap().rows().flatten() {
            if let Data::String(text) = cell {
                cells.insert(text.clone());
            }
        }
    }
    cells
}

/// The cells of a file of CSV, none of which a reader computes.
async fn csv(browser: &mut Browser, path: &str) -> BTreeSet<String> {
    let answer = browser.get(path).await;
    let text = answer.text.trim_start_matches('\u{feff}').to_owned();
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(Cursor::new(text));
    let cells: BTreeSet<String> = reader
        .records()
        .flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    for cell in &cells {
        let begin = cell.trim_start().chars().next();
        let is_number = cell.parse::<f64>().is_ok();
        assert!(
            is_number || !begin.is_some_and(|letter| "=+-@＝＋－＠".contains(letter)),
            "{path}: {cell:?}"
        );
    }
    cells
}

/// MeshCentral: what an agent said of its system was a piece of the administrator's page, and so of the whole fleet.
#[tokio::test]
async fn ghsa_c7hr_448w_65px_what_a_machine_calls_itself_is_text_wherever_it_is_read() {
    let mut port = Port::open().await;
    let mut console = port.console().await;
    let mut sessions = Vec::new();
    for told in hostile_texts() {
        sessions.push((told, session(&mut port, &mut console, told).await));
    }
    let mut administrator = port.server.administrator(&port.company).await;
    for (told, id) in &sessions {
        let (answer, _) = asked(&mut administrator, &format!("/api/manage/records/{id}")).await;
        for name in ["customer_os", "customer_os_version", "customer_host_name"] {
            assert_eq!(answer.body[name], kept(told), "{told:?}");
        }
        let chat: Vec<&str> =
            answer.body["chat"].as_array().unwrap().iter().filter_map(|line| line["text"].as_str()).collect();
        assert_eq!(chat, chat::clean(told).iter().map(String::as_str).collect::<Vec<_>>());
        let detail = |kind: &str| {
            let lines = answer.body["timeline"].as_array().unwrap();
            lines.iter().find(|line| line["kind"] == kind).map(|line| line["detail"].clone()).unwrap()
        };
        assert_eq!(detail("tool-used")["what"], text::line(told, limits::TOOL_TARGET_CHARS));
        assert_eq!(detail("file-renamed")["name"], text::shown(told));
    }
    let period = "page=1&page_size=100";
    asked(&mut administrator, &format!("/api/manage/records?{period}")).await;
    asked(&mut administrator, "/api/manage/usage-log").await;
    let (_, systems) = asked(&mut administrator, "/api/manage/statistics/by-os").await;
    let known: BTreeSet<String> =
        hostile_texts().into_iter().map(kept).filter(|text| !text.is_empty()).collect();
    for text in &known {
        assert!(systems.contains(text), "{text:?} of {systems:?}");
    }
    for (name, has_systems) in [("records", true), ("statistics/by-os", true), ("usage-log", false)] {
        let path = format!("/api/manage/{name}/export");
        let cells = excel(&mut administrator, &format!("{path}?format=xlsx")).await;
        assert!(!has_systems || known.is_subset(&cells), "{name}: {:?}", known.difference(&cells));
        let cells = csv(&mut administrator, &format!("{path}?format=csv")).await;
        let plain: BTreeSet<String> =
            cells.iter().map(|cell| cell.strip_prefix('\'').unwrap_or(cell).to_owned()).collect();
        let quoted: BTreeSet<String> =
            known.iter().map(|text| text.strip_prefix('\'').unwrap_or(text).to_owned()).collect();
        assert!(!has_systems || quoted.is_subset(&plain), "{name}: {:?}", quoted.difference(&plain));
    }
}
