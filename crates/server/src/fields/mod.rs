//! The rules of fields, held on the server whatever the page has checked before. Each gives the value as it is
//! kept, and notes what is wrong at its field.

use crate::problem::{FieldProblem, Problem, field_code};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use utoipa::ToSchema;

/// Longest name of anything, in characters.
pub(crate) const NAME_CHARACTERS: usize = 60;
/// An ID [D-1], in characters.
const LOGIN_CHARACTERS: std::ops::RangeInclusive<usize> = 4..=12;
/// A password, in characters.
const PASSWORD_CHARACTERS: std::ops::RangeInclusive<usize> = 8..=128;
/// Longest e-mail address (RFC 5321 §4.5.3.1.3), in characters.
const EMAIL_CHARACTERS: usize = 254;
/// Longest telephone number, in characters.
const PHONE_CHARACTERS: usize = 30;

/// Collects what is wrong with the fields of one request, so that all of it is told at once.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    errors: Vec<FieldProblem>,
}

/// A new name.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NameBody)]
pub(crate) struct NameBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

impl NameBody {
    /// The name as it is kept. Errors: what is wrong with it.
    pub(crate) fn checked(&self) -> Result<String, Problem> {
        let mut fields = Fields::default();
        let name = fields.name("name", &self.name);
        fields.finish()?;
        Ok(name)
    }
}

impl Fields {
    /// Notes what is wrong with a field.
    pub(crate) fn refuse(&mut self, error: FieldProblem) {
        self.errors.push(error);
    }

    /// Notes what is wrong within a part of the request, under that part's name.
    pub(crate) fn refuse_within(&mut self, part: &str, within: Self) {
        self.errors.extend(within.errors.into_iter().map(|error| error.within(part)));
    }

    /// One line that must not be empty: a name.
    pub(crate) fn name(&mut self, field: &'static str, value: &str) -> String {
        let text = self.line(field, value, NAME_CHARACTERS);
        // What is far too long comes back empty, too, and was refused for that.
        if value.trim().is_empty() {
            self.refuse(FieldProblem::new(field, field_code::REQUIRED));
        }
        text
    }

    /// One line, perhaps empty, trimmed and composed.
    pub(crate) fn line(&mut self, field: &'static str, value: &str, max: usize) -> String {
        self.text(field, value.trim(), max, is_allowed_in_line)
    }

    /// Several lines, perhaps none.
    pub(crate) fn lines(&mut self, field: &'static str, value: &str, max: usize) -> String {
        let allowed = |letter| matches!(letter, '\n' | '\r' | '\t') || is_allowed_in_line(letter);
        self.text(field, value, max, allowed)
    }

    fn text(&mut self, field: &'static str, value: &str, max: usize, allowed: fn(char) -> bool) -> String {
        // Composition never more than doubles what a person typed; what is far too long is not even composed.
        if max * 4 < value.chars().count() {
            self.refuse(FieldProblem::new(field, field_code::TOO_LONG).with("max", max));
            return String::new();
        }
        let text: String = value.nfc().collect();
        if max < text.chars().count() {
            self.refuse(FieldProblem::new(field, field_code::TOO_LONG).with("max", max));
        }
        if !text.chars().all(allowed) {
            self.refuse(FieldProblem::new(field, field_code::CHARACTERS));
        }
        text
    }

    /// An ID [D-1]: 4–12 of A–Z a–z 0–9 - _.
    pub(crate) fn login(&mut self, field: &'static str, value: &str) -> String {
        let text = value.trim();
        let length = text.chars().count();
        if text.is_empty() {
            self.refuse(FieldProblem::new(field, field_code::REQUIRED));
        } else if length < *LOGIN_CHARACTERS.start() {
            self.refuse(
                FieldProblem::new(field, field_code::TOO_SHORT).with("min", *LOGIN_CHARACTERS.start()),
            );
        } else if *LOGIN_CHARACTERS.end() < length {
            self.refuse(FieldProblem::new(field, field_code::TOO_LONG).with("max", *LOGIN_CHARACTERS.end()));
        }
        if !text.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_')) {
            self.refuse(FieldProblem::new(field, field_code::LOGIN_CHARACTERS));
        }
        text.to_owned()
    }

    /// A new password and its repetition.
    pub(crate) fn new_password(&mut self, password: &str, confirm: &str) {
        let field = "password";
        let length = password.chars().count();
        if password.is_empty() {
            self.refuse(FieldProblem::new(field, field_code::REQUIRED));
        } else if length < *PASSWORD_CHARACTERS.start() {
            self.refuse(
                FieldProblem::new(field, field_code::TOO_SHORT).with("min", *PASSWORD_CHARACTERS.start()),
            );
        } else if *PASSWORD_CHARACTERS.end() < length {
            self.refuse(
                FieldProblem::new(field, field_code::TOO_LONG).with("max", *PASSWORD_CHARACTERS.end()),
            );
        } else if !password.chars().any(char::is_lowercase) {
            self.refuse(FieldProblem::new(field, field_code::PASSWORD_LOWER));
        } else if !password.chars().any(char::is_uppercase) {
            self.refuse(FieldProblem::new(field, field_code::PASSWORD_UPPER));
        } else if !password.chars().any(|letter| letter.is_ascii_digit()) {
            self.refuse(FieldProblem::new(field, field_code::PASSWORD_DIGIT));
        }
        if confirm != password {
            self.refuse(FieldProblem::new("password_confirm", field_code::PASSWORD_CONFIRM));
        }
    }

    /// An e-mail address that must be given.
    pub(crate) fn required_email(&mut self, field: &'static str, value: &str) -> String {
        if value.trim().is_empty() {
            self.refuse(FieldProblem::new(field, field_code::REQUIRED));
        }
        self.email(field, value)
    }

    /// An e-mail address, perhaps none. Whether it takes mail is not for us to say: a part on each side of the
    /// `@`, a domain with a dot or `localhost`, no spaces.
    pub(crate) fn email(&mut self, field: &'static str, value: &str) -> String {
        let text = self.line(field, value, EMAIL_CHARACTERS);
        let plausible = text.rsplit_once('@').is_some_and(|(person, domain)| {
            !person.is_empty() && !person.contains('@') && domain.split('.').all(|label| !label.is_empty())
        });
        let spaced =
            text.chars().any(|letter| letter.is_whitespace() || matches!(letter, '<' | '>' | ',' | ';'));
        if !text.is_empty() && (!plausible || spaced) {
            self.refuse(FieldProblem::new(field, field_code::EMAIL));
        }
        text
    }

    /// A telephone number, perhaps none: digits, spaces and `+ - ( ) .`.
    pub(crate) fn phone(&mut self, field: &'static str, value: &str) -> String {
        let text = self.line(field, value, PHONE_CHARACTERS);
        let allowed = |letter: char| letter.is_ascii_digit() || " +-().".contains(letter);
        let has_digit = text.chars().any(|letter| letter.is_ascii_digit());
        let is_number = has_digit && text.chars().all(allowed);
        if !text.is_empty() && !is_number {
            self.refuse(FieldProblem::new(field, field_code::PHONE));
        }
        text
    }

    /// Everything that was noted.
    pub(crate) fn into_errors(self) -> Vec<FieldProblem> {
        self.errors
    }

    /// The end of the check. Errors: everything that was noted.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() { Ok(()) } else { Err(Problem::of_fields(self.errors)) }
    }
}

/// What can be seen, and no sign in the place of something else.
fn is_allowed_in_line(letter: char) -> bool {
    protocol::text::is_visible(letter) && !matches!(letter, '\u{fffc}' | '\u{fffd}')
}

#[cfg(test)]
mod tests;
