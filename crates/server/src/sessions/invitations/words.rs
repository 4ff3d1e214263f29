//! What an invitation says.

use crate::{language::Language, problem::message};
use serde_json::{Map, Value, json};

/// What it is made of.
#[derive(Clone, Debug)]
pub(super) struct Invitation {
    pub(super) language: Language,
    /// As the company is set: for customers.
    pub(super) company: String,
    pub(super) service: String,
    /// Six digits.
    pub(super) code: String,
    pub(super) link: String,
    /// How long the code is good.
    pub(super) minutes: i64,
}

impl Invitation {
    /// Of an e-mail.
    pub(super) fn subject(&self) -> String {
        self.say("server-invitation-subject")
    }

    /// Of an e-mail.
    pub(super) fn letter(&self) -> String {
        self.say("server-invitation-letter")
    }

    /// A text message: short.
    pub(super) fn short(&self) -> String {
        self.say("server-invitation-short")
    }

    fn say(&self, name: &str) -> String {
        let values = json!({
            "company": line(&self.company),
            "service": line(&self.service),
            // Three and three, as they are read aloud.
            "code": self.code.split_at_checked(3).map_or(self.code.clone(), |(a, b)| format!("{a} {b}")),
            "link": self.link,
            "minutes": self.minutes,
        });
        let values = values.as_object().cloned().unwrap_or_else(Map::<String, Value>::new);
        // The marks that Fluent puts around values tear links apart in some mail programs.
        message(self.language, name, &values).replace(['\u{2068}', '\u{2069}'], "")
    }
}

/// A name stays on its line, whatever it holds.
fn line(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
