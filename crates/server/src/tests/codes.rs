//! Codes are stable and said in both languages.

use crate::{
    language::Language,
    problem::{ALL_CODES, ALL_FIELD_CODES, knows},
};
use std::fmt::Write as _;

/// A code is stable once released: whoever changes this list changes the contract.
#[test]
fn codes_are_those_that_were_released() {
    let mut list = String::new();
    for code in ALL_CODES {
        writeln!(list, "{} {}", code.status, code.name).unwrap();
    }
    for code in ALL_FIELD_CODES {
        writeln!(list, "field {}", code.name).unwrap();
    }
    insta::assert_snapshot!("problem_codes", list);
}

#[test]
fn every_code_has_a_text_in_both_languages() {
    let names = ALL_CODES.iter().map(|code| code.name).chain(ALL_FIELD_CODES.iter().map(|code| code.name));
    for name in names {
        for language in [Language::Korean, Language::English] {
            assert!(knows(language, name), "{name} in {}", language.tag());
        }
    }
}

#[test]
fn every_page_and_file_of_the_server_has_its_texts() {
    let names = [
        "server-web-missing-title",
        "server-web-missing",
        "server-not-found-title",
        "server-not-found",
        "server-ca-title",
        "server-ca",
        "server-ca-download",
        "server-ca-fingerprint",
        "server-ca-windows",
        "server-ca-macos",
        "server-ca-linux",
        "server-ca-chrome-linux",
        "server-ca-firefox",
        "server-ca-none-title",
        "server-ca-none",
        "server-invitation-subject",
        "server-invitation-letter",
        "server-invitation-short",
        "sheet-on",
        "sheet-off",
        "sheet-operators",
        "sheet-operator-login",
        "sheet-operator-name",
        "sheet-operator-password",
        "sheet-operator-company-name",
        "sheet-operator-department",
        "sheet-operator-phone",
        "sheet-operator-email",
        "sheet-operator-mobile",
    ];
    for name in names {
        assert!(knows(Language::Korean, name) && knows(Language::English, name), "{name}");
    }
}
