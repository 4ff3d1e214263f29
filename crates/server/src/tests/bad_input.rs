//! Every endpoint with what people and programs send that is not as it should be. Endpoints and their fields are found in the
//! contract, so that a new one cannot be forgotten.

use super::{Browser, PASSWORD, TestServer, support::Answer, walk::Things};
use crate::{language::Language, problem::knows, router, secrets::token_hash};
use http::Method;
use serde_json::{Map, Value, json};
use std::{cell::Cell, net::SocketAddr};
use store::{activations, usage_log};
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

/// An operation as the contract has it.
struct Operation {
    id: String,
    method: Method,
    path: String,
    /// The schema of its body, whole.
    body: Option<Value>,
    /// Names of its query's parameters.
    query: Vec<String>,
}

fn operations() -> Vec<Operation> {
    let contract = serde_json::to_value(router::api().1).unwrap();
    let mut all = Vec::new();
    for (path, item) in contract["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
            let query = parameters.iter().filter(|parameter| parameter["in"] == "query");
            all.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                body: schema.is_object().then(|| resolved(&contract, schema)),
                query: query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect(),
            });
        }
    }
    all
}

/// A schema with every reference replaced by what it refers to.
fn resolved(contract: &Value, schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => match fields.get("$ref").and_then(Value::as_str) {
            Some(name) => resolved(contract, contract.pointer(name.trim_start_matches('#')).unwrap()),
            None => fields.iter().map(|(name, value)| (name.clone(), resolved(contract, value))).collect(),
        },
        Value::Array(values) => values.iter().map(|value| resolved(contract, value)).collect(),
        value => value.clone(),
    }
}

/// A company with its people, asked again and again.
struct Asked {
    server: TestServer,
    things: Things,
    administrator: Browser,
    operator: Browser,
    count: Cell<u32>,
}

/// The fields of a body, those of its parts with them.
fn properties(schema: &Value) -> Vec<(&String, &Value)> {
    let own = schema["properties"].as_object().into_iter().flatten();
    let parts = schema["allOf"].as_array().into_iter().flatten();
    own.chain(parts.flat_map(properties)).collect()
}

impl Asked {
    async fn start() -> Self {
        let server = TestServer::start().await;
        let things = super::walk::things(&server, "beta").await;
        let administrator = server.administrator(&things.company).await;
        let operator = server.operator(&things.company).await;
        Self { server, things, administrator, operator, count: Cell::new(0) }
    }

    /// A number that no sample has had yet.
    fn next(&self) -> u32 {
        self.count.set(self.count.get() + 1);
        self.count.get()
    }

    /// Asks from an address of its own, so that no limit of one address answers in the endpoint's place.
    async fn ask(&self, operation: &Operation, path: &str, body: Option<Value>) -> Answer {
        let is_console = operation.path.starts_with("/api/console/");
        let mut browser = if is_console { self.operator.clone() } else { self.administrator.clone() };
        let [_, _, high, low] = self.next().to_be_bytes();
        browser.peer = SocketAddr::from(([10, 9, high, low], 1));
        browser.ask(operation.method.clone(), path, body).await
    }

    /// The path with this company's own things, and with a link that nobody has used yet.
    async fn path(&self, operation: &Operation) -> String {
        if !operation.path.contains("/activation/") {
            return self.things.fill(&operation.path);
        }
        let token = format!("link{}", self.next());
        let write = self.server.state.store.write(self.things.company.id).await.unwrap();
        activations::create(&write, &token_hash(&token), 1, i64::MAX).await.unwrap();
        write.commit().await.unwrap();
        operation.path.replace("{token}", &token)
    }

    /// A value that a field takes, by its name, else by its type.
    fn sample(&self, name: &str, schema: &Value) -> Value {
        match name {
            "name" | "customer_name" | "company_name" | "memo" => json!(format!("이름 {}", self.next())),
            "login" => json!(format!("op_{}", self.next())),
            "password" | "password_confirm" | "administrator_password" => json!(PASSWORD),
            "email" => json!("a@b.kr"),
            "phone" => json!("02-123-4567"),
            "department_id" => json!(self.things.company.department.to_string()),
            "support_type_id" => Value::Null,
            "resolution" => json!("resolved"),
            "company" => json!("beta"),
            "key" => json!("text_chat"),
            "scopes" => json!(["records:read"]),
            "administrator_addresses" | "operator_addresses" => json!([]),
            "time_zone" => json!("Asia/Seoul"),
            "sign_in_lock_s" => json!(30),
            "idle_s" => json!(1800),
            // A new company has no mobile places.
            "is_mobile" => json!(false),
            "target" => json!("https://support.example"),
            _ => self.sample_of_type(schema),
        }
    }

    fn sample_of_type(&self, schema: &Value) -> Value {
        let first = |name: &str| schema[name].as_array().and_then(|all| all.first()).cloned();
        if let Some(value) = first("enum") {
            return value;
        }
        if let Some(either) = first("oneOf").or_else(|| first("anyOf")) {
            return self.sample_of_type(&either);
        }
        if schema.get("allOf").is_some() {
            return self.sample_body(schema);
        }
        let kind = first("type").unwrap_or_else(|| schema["type"].clone());
        match kind.as_str() {
            Some("object") => self.sample_body(schema),
            Some("array") => json!([self.sample("", &schema["items"])]),
            Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
            Some("boolean") => json!(true),
            Some("null") => Value::Null,
            _ if schema["format"] == "uuid" => json!(uuid::Uuid::now_v7().to_string()),
            _ => json!("값"),
        }
    }

    fn sample_body(&self, schema: &Value) -> Value {
        let fields = properties(schema);
        let fields = fields.into_iter().map(|(name, schema)| (name.clone(), self.sample(name, schema)));
        Value::Object(fields.collect::<Map<_, _>>())
    }

    /// A body that the operation takes. What a change names of what was read is read first.
    async fn body(&self, operation: &Operation, path: &str) -> Option<Value> {
        let mut body = self.sample_body(operation.body.as_ref()?);
        let mut browser = self.administrator.clone();
        let stands = match operation.method {
            Method::PUT => browser.get(path).await.body,
            _ => Value::Null,
        };
        for (name, value) in body.as_object_mut().into_iter().flatten() {
            match (name.as_str(), &mut *value) {
                ("settings" | "changed_at_ms" | "revision", _) if !stands[name].is_null() => {
                    *value = stands[name].clone();
                    if let Some(addresses) = value.pointer_mut("/operator_addresses") {
                        *addresses = json!(["192.0.2.1", "198.51.100.0/24"]);
                    }
                }
                ("read", Value::Object(read)) => {
                    read.iter_mut().for_each(|(name, value)| *value = stands[name].clone());
                }
                ("read", read) => *read = stands["text"].clone(),
                _ => {}
            }
        }
        // Who signs in is there already.
        match operation.id.as_str() {
            "sign_in_administrator" => body["id"] = json!("admin"),
            "sign_in_operator" => body["id"] = json!("kim_01"),
            _ => {}
        }
        Some(body)
    }

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

/// Where text and numbers stand in a body: JSON pointers.
fn places(at: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| places(&format!("{at}/{name}"), value, found))
        }
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(n, value)| places(&format!("{at}/{n}"), value, found));
        }
        Value::String(_) | Value::Number(_) => found.push(at.to_owned()),
        _ => {}
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
                let before = asked.lines().await;
                let path = asked.path(&operation).await;
                let mut body = asked.body(&operation, &path).await.unwrap_or_default();
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
