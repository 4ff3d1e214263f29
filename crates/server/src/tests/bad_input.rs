//! Every endpoint with what people and programs send that is not as it should be. Endpoints and their fields are found in the
//! contract, so that a new one cannot be forgotten.

use super::{
    samples::{Asked, Operation, operations, places},
    support::Answer,
    texts::{row_of, row_of_parameter, texts},
};
use crate::{language::Language, problem::knows};
use http::Method;
use serde_json::{Map, Value, json};
use store::usage_log;
use unicode_normalization::UnicodeNormalization as _;

/// What is put into each field beside texts.
fn no_texts() -> [(&'static str, Value); 8] {
    [
        ("null", Value::Null),
        ("a number", json!(7)),
        ("less than nothing", json!(-1)),
        ("a part", json!(0.5)),
        ("the largest number", json!(i64::MAX)),
        ("a larger number", json!(u64::MAX)),
        ("a list", json!([])),
        ("an object", json!({})),
    ]
}

impl Asked {
    /// Every value of every line has a name in both languages: whoever notes a new one writes it into `usage_log.ftl`.
    async fn lines_are_readable(&self, id: &str) {
        let company = self.things.company.id;
        for line in usage_log::list_newest(company, &self.server.state.store, 1_000).await.unwrap() {
            let body: Value = serde_json::from_str(line.body.as_deref().unwrap()).unwrap();
            for name in body["detail"].as_object().into_iter().flat_map(Map::keys) {
                let key = format!("usage-field-{}", name.replace('_', "-"));
                let is_shape = matches!(name.as_str(), "from" | "to" | "changes");
                for language in [Language::Korean, Language::English] {
                    assert!(
                        is_shape || knows(language, &key),
                        "{id} notes {name}: no {key} in {}",
                        language.tag()
                    );
                }
            }
        }
    }

    async fn lines(&self) -> Vec<String> {
        let lines = usage_log::list_newest(self.things.company.id, &self.server.state.store, 1_000).await;
        // What is noted of refusals is no change.
        let refusals = [
            "access.sign-in-failed",
            "access.sign-in-locked",
            "access.password-wrong",
            "access.password-locked",
        ];
        lines
            .unwrap()
            .into_iter()
            .map(|line| line.kind)
            .filter(|kind| !refusals.contains(&kind.as_str()))
            .collect()
    }
}

/// The field of a pointer as problems name it.
fn field_of(place: &str) -> String {
    place.trim_start_matches('/').replace('/', ".")
}

/// Whether a problem names this field. A list is one field on some pages, and what is not repeated is told at the repetition.
fn is_at(named: &str, place: &str) -> bool {
    let place = field_of(place);
    let whole = format!(".{place}.");
    whole.contains(&format!(".{named}."))
        || (place.ends_with("password") && named.ends_with("password_confirm"))
}

/// Every refusal is a problem, and one of a field names a field that is there.
fn is_problem(what: &str, place: &str, answer: &Answer) {
    let status = answer.status.as_u16();
    assert!((400..500).contains(&status), "{what}: {status} {}", answer.text);
    let kind = answer.headers.get("content-type").map(http::HeaderValue::as_bytes);
    assert_eq!(kind, Some(&b"application/problem+json"[..]), "{what}: {}", answer.text);
    assert_ne!(answer.problem().1, "", "{what}");
    if answer.problem().1 == "invalid-fields" {
        let is_told = answer.fields().iter().any(|(named, _)| is_at(named, place));
        assert!(is_told, "{what}: {:?}", answer.fields());
    }
}

/// The code that is expected stands at the field, or is the whole problem's.
fn is_refused_by(what: &str, place: &str, code: &str, answer: &Answer) {
    is_problem(what, place, answer);
    let at_field = answer.fields().iter().any(|(named, told)| is_at(named, place) && told == code);
    assert!(at_field || answer.problem().1 == code, "{what} is not refused by {code}: {}", answer.text);
}

/// What is taken comes back letter for letter.
fn is_taken(what: &str, place: &str, sent: &str, answer: &Answer) {
    assert!(answer.status.is_success(), "{what} is not taken: {}", answer.text);
    let back = answer.body.pointer(place).and_then(Value::as_str);
    let is_secret = place.contains("password") || place.contains("code");
    if let Some(back) = back.filter(|_| !is_secret) {
        let one_line: String = sent.trim().nfc().collect();
        let as_it_was: String = sent.nfc().collect();
        assert!(back == one_line || back == as_it_was || sent.trim().is_empty(), "{what}: {back:?}");
    }
}

/// Issue 4, bad input: each field of each body answers each text as its kind does, nothing brings the server to fall, and what
/// is refused changes nothing. Every operation takes what is right, before and after, so that a refusal is of the text.
#[tokio::test]
async fn every_field_of_every_body_is_checked() {
    // Right for these is only a customer with the app who has agreed: `sessions/tests/second.rs`, `recordings/tests.rs`.
    let with_a_customer =
        |operation: &Operation| ["invite_operator", "end_recording"].contains(&operation.id.as_str());
    for operation in
        operations().into_iter().filter(|operation| operation.body.is_some() && !with_a_customer(operation))
    {
        let asked = Asked::start().await;
        let takes_what_is_right = async |when: &str| {
            let path = asked.path(&operation).await;
            let good = asked.ask(&operation, &path, asked.body(&operation, &path).await).await;
            assert!(good.status.is_success(), "{} {when}: {}", operation.id, good.text);
        };
        takes_what_is_right("at first").await;
        asked.lines_are_readable(&operation.id).await;
        let path = asked.path(&operation).await;
        let mut found = Vec::new();
        places("", &asked.body(&operation, &path).await.unwrap_or_default(), &mut found);
        for place in found {
            let ask = async |what: &str, value: &Value| {
                let path = asked.path(&operation).await;
                let mut body = asked.body(&operation, &path).await.unwrap_or_default();
                let was = body.pointer_mut(&place).unwrap();
                let is_text = was.is_string();
                *was = value.clone();
                let before = asked.lines().await;
                let answer = asked.ask(&operation, &path, Some(body)).await;
                let is_same = answer.status.is_success() || asked.lines().await == before;
                assert!(is_same, "{what} was refused and changed something");
                (answer, is_text)
            };
            for (position, (name, text)) in texts().into_iter().enumerate() {
                let what = format!("{} {} with {name}", operation.id, field_of(&place));
                let (answer, is_text) = ask(&what, &json!(text)).await;
                let expected = if is_text { row_of(&operation.id, &place)[position] } else { "invalid-body" };
                match expected {
                    "" => is_taken(&what, &place, &text, &answer),
                    code => is_refused_by(&what, &place, code, &answer),
                }
            }
            for (name, value) in no_texts() {
                let what = format!("{} {} with {name}", operation.id, field_of(&place));
                let (answer, _) = ask(&what, &value).await;
                if !answer.status.is_success() {
                    is_problem(&what, &place, &answer);
                }
            }
            takes_what_is_right(&format!("after {place}")).await;
        }
    }
}

/// Bodies that are no bodies.
#[tokio::test]
async fn what_is_no_body_is_refused() {
    let asked = Asked::start().await;
    for operation in operations() {
        if operation.body.is_none() {
            continue;
        }
        for body in [json!(null), json!([]), json!("x"), json!(7), json!({}), json!({ "no_such_field": "x" })]
        {
            let path = asked.path(&operation).await;
            let answer = asked.ask(&operation, &path, Some(body.clone())).await;
            let status = answer.status.as_u16();
            assert!((400..500).contains(&status), "{} with {body}: {status} {}", operation.id, answer.text);
        }
    }
}

/// No query, and no part of a path, brings the server to fall.
#[tokio::test]
async fn every_parameter_is_checked() {
    let asked = Asked::start().await;
    let long = "x".repeat(3_000);
    let values = [
        "",
        "0",
        "-1",
        "99999999999999999999",
        "%00",
        "a%00b",
        "%F0%9F%8E%89",
        "%FF",
        "'%20OR%201=1--",
        "a%0Ab",
        "%25",
        "2026-13-45",
        "NaN",
        &long,
    ];
    for operation in operations().iter().filter(|operation| operation.method == Method::GET) {
        for name in &operation.query {
            for value in values {
                let path = format!("{}?{name}={value}", asked.path(operation).await);
                let answer = asked.ask(operation, &path, None).await;
                assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text);
            }
        }
    }
    for operation in operations().iter().filter(|operation| operation.path.contains('{')) {
        for value in values.into_iter().filter(|value| !value.is_empty()) {
            let (before, after) = operation.path.split_once('{').unwrap();
            let path = format!("{before}{value}{}", after.split_once('}').unwrap().1);
            let body = asked.body(operation, &asked.path(operation).await).await;
            let answer = asked.ask(operation, &path, body).await;
            let status = answer.status.as_u16();
            assert!((400..500).contains(&status), "{} {path}: {status} {}", operation.method, answer.text);
        }
    }
}

/// Every parameter of every query answers each text as its kind does, at its field where it is one that a person fills.
#[tokio::test]
async fn every_parameter_answers_each_text_as_its_kind_does() {
    let asked = Asked::start().await;
    for operation in operations().iter().filter(|operation| operation.method == Method::GET) {
        for name in &operation.query {
            for (position, (what, text)) in texts().into_iter().enumerate() {
                let what = format!("{} by {name} with {what}", operation.id);
                let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
                // The usage log's file has no kind of its own.
                let kind =
                    if operation.id == "export_usage_log" && name != "format" { "&format=csv" } else { "" };
                let path = format!("{}?{name}={encoded}{kind}", asked.path(operation).await);
                let answer = asked.ask(operation, &path, None).await;
                match row_of_parameter(&operation.id, name)[position] {
                    "" => assert!(answer.status.is_success(), "{what} is not taken: {}", answer.text),
                    code => is_refused_by(&what, name, code, &answer),
                }
            }
        }
    }
}
