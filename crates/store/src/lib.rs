//! Everything that is kept: companies, accounts, options, sessions, records and logs, in SQLite or
//! PostgreSQL.
//!
//! What it is: entities, migrations and queries, one file per thing. What it is *not*: it knows no HTTP, no
//! roles and no rules of the product beyond what must hold in the data (unique names, serial writes, chains).
//!
//! - A company's data is reached through its [`CompanyId`], the first argument of every read. Writes go
//!   through [`Store::write`], whose [`Write`] is bound to one company and is serial with every other write of
//!   that company, on both databases. What is not written by [`Write::commit`] never happened.
//! - Times are epoch milliseconds (`i64`, names ending in `_ms`), ids are UUIDv7.
//! - Text that is unique or sorted has a `*_key` column, made by [`key_of`].
//! - The few reads without a company are those that find out which company it is: a short name, a
//!   connection code, a cookie, an activation link, a customer's token.

pub mod activations;
pub mod administrators;
pub mod api_tokens;
pub mod brandings;
pub mod captures;
pub mod chain;
pub mod companies;
pub mod company_settings;
pub mod connection_codes;
pub mod departments;
pub mod favourites;
pub mod licences;
pub mod operators;
pub mod option_values;
pub mod record_seals;
pub mod recording_copies;
pub mod recording_films;
pub mod recordings;
pub mod records;
pub mod second_steps;
pub mod session_events;
pub mod sessions;
pub mod sign_in_failures;
pub mod statistics;
pub mod support_types;
pub mod surveys;
pub mod usage_log;
pub mod web_sessions;

mod entities;
mod error;
mod ids;
mod keys;
mod migrations;
mod open;
mod write;

pub use error::StoreError;
pub use ids::{
    AdministratorId, ApiTokenId, CaptureId, CompanyId, DepartmentId, OperatorId, RecordingId, SessionId,
    SupportTypeId,
};
pub use keys::key_of;
pub use open::Store;
pub use write::{Reads, Write};

#[cfg(test)]
mod tests;
