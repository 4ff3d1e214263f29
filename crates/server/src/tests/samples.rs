//! Requests that every operation of the contract takes, made from its schemas, so that a new operation cannot be forgotten.

use super::{
    Browser, PASSWORD, TestServer,
    support::Answer,
    walk::{self, Things},
};
use crate::{clock::now_ms, configuration::SmsSettings, router, secrets::token_hash};
use http::Method;
use serde_json::{Map, Value, json};
use std::{cell::Cell, net::SocketAddr};
use store::{
    SessionId, activations, api_tokens, recording_copies, records, second_steps,
    surveys::{self, NewSurvey},
    web_sessions::Account,
};
use totp_rs::{Builder, Secret};

/// An operation as the contract has it.
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: Method,
    pub(super) path: String,
    /// The schema of its body, whole.
    pub(super) body: Option<Value>,
    /// Names of its query's parameters.
    pub(super) query: Vec<String>,
}

pub(super) fn operations() -> Vec<Operation> {
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
pub(super) struct Asked {
    pub(super) server: TestServer,
    pub(super) things: Things,
    pub(super) administrator: Browser,
    pub(super) operator: Browser,
    count: Cell<u32>,
}

/// The fields of a body, those of its parts with them.
pub(super) fn properties(schema: &Value) -> Vec<(&String, &Value)> {
    let own = schema["properties"].as_object().into_iter().flatten();
    let parts = schema["allOf"].as_array().into_iter().flatten();
    own.chain(parts.flat_map(properties)).collect()
}

impl Asked {
    pub(super) async fn start() -> Self {
        let server = TestServer::start_with(|set| {
            let secret_file = set.data.join("sms-secret");
            std::fs::write(&secret_file, "a secret of sixteen or more").unwrap();
            // Nobody is there: what is sent fails later.
            set.sms = Some(SmsSettings { url: "http://127.0.0.1:9/".to_owned(), secret_file, root: None });
        });
        Self::of(server.await, "beta").await
    }

    /// A company of a server on which there may be others.
    pub(super) async fn of(server: TestServer, short_name: &str) -> Self {
        let things = walk::things(&server, short_name).await;
        // Passwords are told to be wrong as often as they are, and nobody is locked out in between.
        server.set(&things.company, |settings| settings.sign_in_failures = 20).await;
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
    pub(super) async fn ask(&self, operation: &Operation, path: &str, body: Option<Value>) -> Answer {
        let is_console = operation.path.starts_with("/api/console/");
        let mut browser = if is_console { self.operator.clone() } else { self.administrator.clone() };
        let [_, _, high, low] = self.next().to_be_bytes();
        browser.peer = SocketAddr::from(([10, 9, high, low], 1));
        browser.ask(operation.method.clone(), path, body).await
    }

    /// The path with this company's own things; what an operation makes an end of is made anew for each.
    pub(super) async fn path(&self, operation: &Operation) -> String {
        let number = self.next();
        if operation.id == "create_invitation" {
            return operation.path.replace("{id}", &self.waiting_session().await);
        }
        let write = self.server.state.store.write(self.things.company.id).await.unwrap();
        let own = match operation.id.as_str() {
            "find_activation" | "activate" => {
                let token = format!("link{number}");
                activations::create(&write, &token_hash(&token), 1, i64::MAX).await.unwrap();
                operation.path.replace("{token}", &token)
            }
            "remove_administrator" => {
                let made = walk::administrator(&write, &format!("ad_{number}")).await;
                operation.path.replace("{id}", &made.to_string())
            }
            "delete_operator" => {
                let department = self.things.company.department;
                let made = walk::operator(&write, department, &format!("go_{number}"), "").await;
                operation.path.replace("{id}", &made.to_string())
            }
            "delete_record" => {
                let made = walk::session(&write, self.things.company.operator).await;
                records::set_ended(&write, made, "customer-ended", 2).await.unwrap();
                operation.path.replace("{id}", &made.to_string())
            }
            "create_api_token" => {
                // There may be so many.
                for token in api_tokens::list(write.company(), &write, self.things.company.administrator)
                    .await
                    .unwrap()
                {
                    api_tokens::revoke(&write, token.id, 2).await.unwrap();
                }
                operation.path.clone()
            }
            _ => self.things.fill(&operation.path),
        };
        write.commit().await.unwrap();
        own
    }

    /// A session that waits for its customer; those before it have ended.
    async fn waiting_session(&self) -> String {
        let company = &self.things.company;
        self.server.state.sessions.end_all(company.id, company.operator).await;
        let mut browser = self.operator.clone();
        let made = browser.post("/api/console/sessions", Value::Null).await;
        made.body["id"].as_str().unwrap().to_owned()
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
            "support_type_id" => json!(self.things.support_type.to_string()),
            // Of a row that is brought in, by their names.
            "department" => json!("기본부서"),
            "mobile" => json!("사용안함"),
            "address" => json!("192.168.0.7"),
            // A customer's.
            "to" => json!("010-1234-5678"),
            "way" => json!("sms"),
            "resolution" => json!("resolved"),
            "company" => json!(self.things.company.short_name),
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
    pub(super) async fn body(&self, operation: &Operation, path: &str) -> Option<Value> {
        let mut body = self.sample_body(operation.body.as_ref()?);
        let mut browser = walk::asking(path, &self.administrator, &self.operator);
        let stands = match operation.method {
            Method::PUT => browser.get(path).await.body,
            _ => Value::Null,
        };
        for (name, value) in body.as_object_mut().into_iter().flatten() {
            match (name.as_str(), &mut *value) {
                ("settings" | "changed_at_ms" | "revision", _) if !stands[name].is_null() => {
                    *value = stands[name].clone();
                    if name == "settings" {
                        self.fill_settings(value);
                    }
                }
                ("read", Value::Object(read)) => {
                    read.iter_mut().for_each(|(name, value)| *value = stands[name].clone());
                }
                ("read", read) => *read = stands["text"].clone(),
                _ => {}
            }
        }
        match operation.id.as_str() {
            // Who signs in is there already.
            "sign_in_administrator" => body["id"] = json!("admin"),
            "sign_in_operator" => body["id"] = json!("kim_01"),
            // Each row is of an operator that is not there yet.
            "import_operators" => body["rows"][0]["found"] = Value::Null,
            "reorder_support_types" => body["ids"] = json!([self.things.support_type]),
            "confirm_administrator_second_step" | "turn_administrator_second_step_off" => {
                let account = Account::Administrator(self.things.company.administrator);
                body["code"] = json!(self.second_step(operation, account).await);
            }
            "confirm_operator_second_step" | "turn_operator_second_step_off" => {
                let account = Account::Operator(self.things.company.operator);
                body["code"] = json!(self.second_step(operation, account).await);
            }
            "answer_survey" => body["token"] = json!(self.survey().await),
            "create_recording_copy" => body["token"] = json!(self.recorded().await),
            "find_recording_copy" => body["token"] = json!(self.copied().await),
            "turn_second_step_of_operator_off" => {
                self.second_step(operation, Account::Operator(self.things.company.operator)).await;
            }
            _ => {}
        }
        Some(body)
    }

    /// The token of a customer who is asked.
    async fn survey(&self) -> String {
        let write = self.server.state.store.write(self.things.company.id).await.unwrap();
        let session = walk::session(&write, self.things.company.operator).await;
        write.commit().await.unwrap();
        self.survey_of(session).await
    }

    /// The token of a customer who was recorded.
    async fn recorded(&self) -> String {
        let write = self.server.state.store.write(self.things.company.id).await.unwrap();
        let session = walk::session(&write, self.things.company.operator).await;
        walk::recording(&write, session).await;
        write.commit().await.unwrap();
        self.survey_of(session).await
    }

    /// What stands behind the # of a customer's link.
    async fn copied(&self) -> String {
        let token = format!("copy{}", self.next());
        let write = self.server.state.store.write(self.things.company.id).await.unwrap();
        recording_copies::create(&write, self.things.session, &token_hash(&token), i64::MAX).await.unwrap();
        write.commit().await.unwrap();
        token
    }

    async fn survey_of(&self, session: SessionId) -> String {
        let token = format!("survey{}", self.next());
        let write = self.server.state.store.write(self.things.company.id).await.unwrap();
        let token_hash = &token_hash(&token);
        let new =
            NewSurvey { session, token_hash, previous_token_hash: None, until_ms: i64::MAX, is_asked: true };
        surveys::create(&write, new).await.unwrap();
        write.commit().await.unwrap();
        token
    }

    /// What a company that was just made has none of, and another address each time, so that every save changes something.
    fn fill_settings(&self, settings: &mut Value) {
        let [.., low] = self.next().to_be_bytes();
        let favourite = json!({ "name": "안내", "kind": "url", "target": "https://support.example" });
        let filled = json!({
            "administrator_addresses": ["10.0.0.0/8", "192.0.2.0/24"],
            "operator_addresses": [format!("203.0.113.{low}"), "0.0.0.0/0"],
            "sign_in_failures": 20,
            "record_retention_days": 30,
            "favourites": [favourite],
        });
        for (name, value) in filled.as_object().into_iter().flatten() {
            settings[name] = value.clone();
        }
    }

    /// A second step of the account, on or yet to be confirmed, and the code that the operation takes next. What was guessed
    /// before is forgotten: a right code makes an end of it.
    async fn second_step(&self, operation: &Operation, account: Account) -> String {
        let (mut asking, area) = match account {
            Account::Administrator(_) => (self.administrator.clone(), "manage"),
            Account::Operator(_) => (self.operator.clone(), "console"),
        };
        let path = format!("/api/{area}/own/second-step");
        self.forget_second_step(account).await;
        let begun = asking.post(&path, json!({ "password": PASSWORD })).await;
        let confirmed = asking.put(&path, json!({ "code": code(&begun.body, 0) })).await;
        assert_eq!(confirmed.status, 200, "{}", confirmed.text);
        if operation.path.ends_with("/off") {
            // The one of now is used up.
            return code(&begun.body, 30);
        }
        self.forget_second_step(account).await;
        code(&asking.post(&path, json!({ "password": PASSWORD })).await.body, 0)
    }

    async fn forget_second_step(&self, account: Account) {
        let write = self.server.state.store.write(self.things.company.id).await.unwrap();
        second_steps::delete(&write, account).await.unwrap();
        write.commit().await.unwrap();
    }
}

/// What an authenticator app shows, now or later.
fn code(begun: &Value, later_s: i64) -> String {
    let secret = Secret::try_from_base32(begun["secret"].as_str().unwrap()).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(now_ms() / 1000 + later_s).unwrap()).to_string()
}

/// Where text and numbers stand in a body: JSON pointers.
pub(super) fn places(at: &str, value: &Value, found: &mut Vec<String>) {
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
