//! What a line says to people: 계정, 활동 and 비고 in the language of whoever reads it [G-3].

use super::browser;
use crate::{
    language::Language,
    problem::{knows, message},
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value};
use store::usage_log::Line;

/// Longest value of a field that is shown, in characters.
const VALUE_CHARACTERS: usize = 200;

/// What is told of nothing.
const NONE: &str = "–";

/// For whom a line is told.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    pub(super) language: Language,
    /// The company's.
    pub(super) zone: TimeZone,
}

/// A line as it is told.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// "administrator", "operator", "owner" of the server, or "server".
    pub(super) role: String,
    pub(super) login: String,
    /// The token that acted in the administrator's place.
    pub(super) token: Option<String>,
    pub(super) address: String,
    /// 활동.
    pub(super) activity: String,
    /// 비고.
    pub(super) remark: String,
    /// What was changed, as it is kept.
    pub(super) detail: Value,
}

impl Reader {
    /// What a line says.
    pub(super) fn tell(&self, line: &Line) -> Told {
        let body: Value =
            line.body.as_deref().and_then(|body| serde_json::from_str(body).ok()).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let detail = body.get("detail").cloned().unwrap_or_default();
        let mut remark = self.detail(&detail);
        if remark.is_empty() {
            remark = browser::describe(&text("browser"));
        }
        Told {
            role: text("role"),
            login: text("login"),
            token: body.get("token").and_then(Value::as_str).map(str::to_owned),
            address: text("address"),
            activity: self.activity(&line.kind),
            remark,
            detail,
        }
    }

    /// 활동 of a kind.
    pub(super) fn activity(&self, kind: &str) -> String {
        self.text(&kind_key(kind)).unwrap_or_else(|| kind.to_owned())
    }

    /// 계정: the account, and the token that acted in its place.
    pub(super) fn account(&self, told: &Told) -> String {
        if matches!(told.role.as_str(), "owner" | "server") {
            return self.text(&format!("usage-{}", told.role)).unwrap_or_default();
        }
        told.token.as_ref().map_or_else(|| told.login.clone(), |token| format!("{} ({token})", told.login))
    }

    fn detail(&self, detail: &Value) -> String {
        let Value::Object(fields) = detail else { return String::new() };
        if let Some(change) = self.change(fields) {
            return change;
        }
        let mut fields: Vec<_> = fields.iter().collect();
        fields.sort_by(|(one, _), (other, _)| place(one).cmp(&place(other)));
        let parts = fields.into_iter().filter_map(|(name, value)| self.field(name, value));
        parts.collect::<Vec<_>>().join(", ")
    }

    fn field(&self, name: &str, value: &Value) -> Option<String> {
        if let ("changes", Value::Array(changes)) = (name, value) {
            let told: Vec<_> = changes.iter().filter_map(|change| self.option(change)).collect();
            return (!told.is_empty()).then(|| told.join(", "));
        }
        let label = self.text(&field_key(name)).unwrap_or_else(|| name.to_owned());
        let told = match value {
            // What was not asked for says nothing.
            Value::Null => return None,
            Value::Object(fields) if fields.is_empty() => return None,
            Value::Object(fields) => self.change_of(name, fields).unwrap_or_else(|| self.detail(value)),
            value => self.value(name, value),
        };
        Some(format!("{label}: {told}"))
    }

    /// `{from, to}` by itself: a new name.
    fn change(&self, fields: &Map<String, Value>) -> Option<String> {
        self.change_of("name", fields)
    }

    fn change_of(&self, name: &str, fields: &Map<String, Value>) -> Option<String> {
        let (from, to) = (fields.get("from")?, fields.get("to")?);
        (fields.len() == 2).then(|| format!("{} → {}", self.value(name, from), self.value(name, to)))
    }

    /// `{key, from, to}`: an option, by its name on the page.
    fn option(&self, change: &Value) -> Option<String> {
        let key = change.get("key")?.as_str()?;
        let label = self.text(&option_key(key)).unwrap_or_else(|| key.to_owned());
        let value = |name: &str| match change.get(name) {
            Some(Value::Bool(true)) => self.text("manage-option-on"),
            Some(Value::Bool(false)) => self.text("manage-option-off"),
            _ => self.text("usage-option-default"),
        };
        let (from, to) = (value("from").unwrap_or_default(), value("to").unwrap_or_default());
        Some(format!("{label}: {from} → {to}"))
    }

    fn value(&self, name: &str, value: &Value) -> String {
        match value {
            Value::Null => NONE.to_owned(),
            Value::Bool(true) => self.text("usage-yes").unwrap_or_default(),
            Value::Bool(false) => self.text("usage-no").unwrap_or_default(),
            Value::Number(number) => self.number(name, number),
            Value::String(text) if text.is_empty() => NONE.to_owned(),
            Value::String(text) => self.word(name, text),
            Value::Array(values) if values.is_empty() => NONE.to_owned(),
            Value::Array(values) => {
                let told: Vec<_> = values.iter().map(|value| self.value(name, value)).collect();
                told.join(" · ")
            }
            Value::Object(_) => self.detail(value),
        }
    }

    /// A word that we chose has a text; what a person wrote is shown as it is, cut.
    fn word(&self, name: &str, text: &str) -> String {
        if name == "action" {
            return self.activity(text);
        }
        let is_ours = text.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-'));
        let key = format!("usage-value-{}-{text}", kebab(name)).replace('_', "-");
        let ours = if is_ours { self.text(&key) } else { None };
        ours.unwrap_or_else(|| text.chars().take(VALUE_CHARACTERS).collect())
    }

    /// A moment is told by the company's clock.
    fn number(&self, name: &str, number: &serde_json::Number) -> String {
        let moment = name.ends_with("_ms").then(|| number.as_i64()).flatten();
        let moment = moment.and_then(|at_ms| Timestamp::from_millisecond(at_ms).ok());
        moment.map_or_else(
            || number.to_string(),
            |at| at.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string(),
        )
    }

    /// The text of a message, if there is one.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        knows(self.language, key).then(|| message(self.language, key, &Map::new()))
    }
}

/// The message of a kind.
pub(super) fn kind_key(kind: &str) -> String {
    format!("usage-{}", kind.replace('.', "-"))
}

/// The message of a field.
pub(super) fn field_key(name: &str) -> String {
    format!("usage-field-{}", kebab(name))
}

/// Where a field stands among the others: by its name, and the end of a period right behind its beginning.
fn place(name: &str) -> (&str, bool) {
    match name {
        "to" => ("from", true),
        "until_day" => ("from_day", true),
        name => (name, false),
    }
}

fn option_key(key: &str) -> String {
    format!("manage-option-{}", kebab(key))
}

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}
