//! The whole router on a real SQLite file, and on PostgreSQL where there is one, asked as browsers ask.

mod acme;
mod bad_input;
mod codes;
mod connections;
mod other_company;
mod pages;
mod paths;
mod postgres;
pub(crate) mod routes;
mod running;
mod samples;
mod sockets;
pub(crate) mod support;
mod texts;
pub(crate) mod walk;

pub(crate) use support::{Answer, Browser, PASSWORD, TestCompany, TestServer, fields};

/// Texts that are more than texts wherever they are not taken for texts. The pages' tests have the same ones.
pub(crate) fn hostile_texts() -> Vec<&'static str> {
    static TEXTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    let read = || serde_json::from_str(include_str!("../../../../e2e/parts/hostile-texts.json")).unwrap();
    TEXTS.get_or_init(read).iter().map(String::as_str).collect()
}
