//! Every endpoint with what people and programs send that is not as it should be. Endpoints and their fields are found in the
//! contract, so that a new one cannot be forgotten.

use super::{
    samples::{Asked, operations, places},
    support::Answer,
};
use crate::{language::Language, problem::knows};
use http::Method;
use serde_json::{Map, Value, json};
use store::usage_log;
use unicode_normalization::UnicodeNormalization as _;

/// What is put into each field that takes text.
const TEXTS: [(&str, &str); 13] = [
    ("nothing", ""),
    ("spaces", " \t "),
    ("another script", "Ωμέγα عربى ไทย"),
    ("a control character", "a\u{7}b"),
    ("NUL", "a\0b"),
    ("line ends", "a\r\nb"),
    ("emoji", "👩‍💻🎉"),
    ("a mark that turns text", "a\u{202e}b"),
    ("a byte order mark", "\u{feff}a"),
    ("a page", "<script>alert(1)</script>"),
    ("SQL", "'; DROP TABLE operators; --"),
    ("a formula", "=cmd|' /C calc'!A0"),
    ("a path", "../../etc/passwd"),
];

/// Operations whose sample must be accepted, so that what is put into it is what is refused. Others are asked, too.
const ACCEPTED: [&str; 22] = [
    "activate",
    "begin_administrator_second_step",
    "begin_operator_second_step",
    "delete_operator",
    "invite_administrator",
    "update_account",
    "update_branding",
    "update_operator",
    "update_settings",
    "create_api_token",
    "create_department",
    "create_operator",
    "create_support_type",
    "rename_department",
    "rename_support_type",
    "revoke_api_token",
    "sign_in_administrator",
    "sign_in_operator",
    "update_department_options",
    "update_operator_options",
    "update_record_form",
    "list_departments",
];

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

/// A refusal is a problem at the field, or of the whole; what is accepted comes back letter for letter.
fn check(what: &str, place: &str, sent: &Value, answer: &Answer) {
    let status = answer.status.as_u16();
    assert!(status < 500, "{what}: {}", answer.text);
    if (400..500).contains(&status) {
        let kind = answer.headers.get("content-type").map(http::HeaderValue::as_bytes);
        assert_eq!(kind, Some(&b"application/problem+json"[..]), "{what}: {}", answer.text);
        assert_ne!(answer.problem().1, "", "{what}");
        if answer.problem().1 == "invalid-fields" {
            // A list is one field on some pages, and a password and its repetition differ as soon as one of them is another.
            let parts: Vec<_> =
                place.split('/').filter(|part| part.parse::<u32>().is_err()).skip(1).collect();
            let is_at_field = answer.fields().iter().any(|(named, _)| {
                let is_one_of = |part: &&str| {
                    named.starts_with(part) || (part.starts_with("password") && named.starts_with("password"))
                };
                parts.iter().any(is_one_of)
            });
            assert!(is_at_field, "{what}: {:?}", answer.fields());
        }
        return;
    }
    let (Some(sent), Some(name)) = (sent.as_str(), place.strip_prefix('/')) else { return };
    if let Some(back) = answer.body.get(name).and_then(Value::as_str) {
        let one_line: String = sent.trim().nfc().collect();
        let as_it_was: String = sent.nfc().collect();
        assert!(back == one_line || back == as_it_was, "{what}: {back:?}");
    }
}

/// Issue 4, bad input: no field of any body brings the server to fall, and what is refused changes nothing.
#[tokio::test]
async fn every_field_of_every_body_is_checked() {
    let mut accepted = Vec::new();
    for operation in operations() {
        if operation.body.is_none() {
            continue;
        }
        let asked = Asked::start().await;
        let path = asked.path(&operation).await;
        let good = asked.ask(&operation, &path, asked.body(&operation, &path).await).await;
        if good.status.is_success() {
            accepted.push(operation.id.clone());
        } else {
            assert!(good.status.as_u16() < 500, "{}: {}", operation.id, good.text);
            assert!(!ACCEPTED.contains(&operation.id.as_str()), "{}: {}", operation.id, good.text);
        }
        let mut found = Vec::new();
        places("", &asked.body(&operation, &path).await.unwrap_or_default(), &mut found);
        // Wrong passwords lock the account, so they come last.
        found.sort_by_key(|place| place.contains("password"));
        asked.lines_are_readable(&operation.id).await;
        for place in found {
            let long = "가".repeat(5_000);
            let texts = TEXTS.iter().copied().chain([("too much", long.as_str())]);
            let values = texts.map(|(name, text)| (name, json!(text)));
            let others = [
                ("null", Value::Null),
                ("a number", json!(7)),
                ("less than nothing", json!(-1)),
                ("a part", json!(0.5)),
                ("the largest number", json!(i64::MAX)),
                ("a larger number", json!(u64::MAX)),
                ("a list", json!([])),
                ("an object", json!({})),
            ];
            for (name, value) in values.chain(others) {
                let path = asked.path(&operation).await;
                let mut body = asked.body(&operation, &path).await.unwrap_or_default();
                let before = asked.lines().await;
                *body.pointer_mut(&place).unwrap() = value.clone();
                let answer = asked.ask(&operation, &path, Some(body)).await;
                let what = format!("{} {} with {name}", operation.id, field_of(&place));
                check(&what, &place, &value, &answer);
                if !answer.status.is_success() {
                    assert_eq!(asked.lines().await, before, "{what} was refused and changed something");
                }
            }
        }
    }
    let missing: Vec<_> = ACCEPTED
        .iter()
        .filter(|id| **id != "list_departments" && !accepted.iter().any(|one| one == *id))
        .collect();
    assert!(missing.is_empty(), "no body was accepted by {missing:?}");
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
