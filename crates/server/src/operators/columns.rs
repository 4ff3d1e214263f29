//! The columns of the file in which operators leave and come back [D-8], under their names in both languages.

use crate::{language::Language, problem::message};
use serde_json::Map;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Login,
    Name,
    Password,
    CompanyName,
    Department,
    Phone,
    Email,
    Mobile,
}

impl Column {
    /// In the order of the file.
    pub(super) const ALL: [Self; 8] = [
        Self::Login,
        Self::Name,
        Self::Password,
        Self::CompanyName,
        Self::Department,
        Self::Phone,
        Self::Email,
        Self::Mobile,
    ];

    /// Its Fluent message.
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Login => "sheet-operator-login",
            Self::Name => "sheet-operator-name",
            Self::Password => "sheet-operator-password",
            Self::CompanyName => "sheet-operator-company-name",
            Self::Department => "sheet-operator-department",
            Self::Phone => "sheet-operator-phone",
            Self::Email => "sheet-operator-email",
            Self::Mobile => "sheet-operator-mobile",
        }
    }

    /// Its heading.
    pub(super) fn heading(self, language: Language) -> String {
        message(language, self.message(), &Map::new())
    }

    /// The column of a heading in either language, without case.
    pub(super) fn of_heading(heading: &str) -> Option<Self> {
        let wanted = store::key_of(heading.trim());
        let languages = [Language::Korean, Language::English];
        Self::ALL.into_iter().find(|column| {
            languages.iter().any(|language| store::key_of(&column.heading(*language)) == wanted)
        })
    }
}
