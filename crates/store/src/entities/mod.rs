//! The rows as SeaORM sees them, one file per table. Nothing of this leaves the crate.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::wildcard_imports,
    reason = "the derive wants public items and the library's prelude; columns are documented in the migrations"
)]

pub(crate) mod activation;
pub(crate) mod administrator;
pub(crate) mod api_token;
pub(crate) mod branding;
pub(crate) mod capture;
pub(crate) mod company;
pub(crate) mod company_settings;
pub(crate) mod connection_code;
pub(crate) mod department;
pub(crate) mod department_option;
pub(crate) mod licence;
pub(crate) mod operator;
pub(crate) mod operator_favourites;
pub(crate) mod operator_option;
pub(crate) mod record;
pub(crate) mod record_seal;
pub(crate) mod recording;
pub(crate) mod recording_copy;
pub(crate) mod recording_film;
pub(crate) mod recording_piece;
pub(crate) mod recovery_code;
pub(crate) mod second_step;
pub(crate) mod session;
pub(crate) mod session_event;
pub(crate) mod sign_in_failure;
pub(crate) mod support_type;
pub(crate) mod survey;
pub(crate) mod usage_head;
pub(crate) mod usage_line;
pub(crate) mod usage_seal;
pub(crate) mod web_session;
