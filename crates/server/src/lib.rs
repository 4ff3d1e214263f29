//! The server: HTTP, WebSocket, features by folder, and the command line of `beside-server`.
//!
//! What it is *not*: it holds no SQL (that is `store`) and no rules of a session's messages (those are
//! `protocol` and `session`), and it is not in the live picture's path.
//!
//! Two halves:
//! - features, each a folder with its routes, rules, errors and tests, which do not know each other;
//! - the rim around them: who is asking ([`roles`]), what goes wrong ([`problem`]), how it is said
//!   ([`language`]), how a connection comes in ([`tls`], [`serve`]) and how all of it is set ([`configuration`]).
//!
//! A request's company comes from the role extractors and nowhere else.

// Features.
mod administrator;
mod api_tokens;
mod branding;
mod captures;
mod departments;
mod downloads;
mod favourites;
mod licence;
mod operators;
mod options;
mod recordings;
mod records;
mod satisfaction_survey;
mod sessions;
mod settings;
mod sign_in;
mod site;
mod support_types;
mod usage_log;

// The rim.
mod address;
mod addresses;
mod admission;
mod body;
mod cli;
mod client;
mod clock;
mod configuration;
mod confirmation;
mod contract;
mod door;
mod fields;
mod headers;
mod language;
mod locks;
mod logs;
mod origin;
mod pages;
mod passwords;
mod presence;
mod problem;
mod roles;
mod router;
mod sealed;
mod second_step;
mod secrets;
mod serve;
mod sheets;
mod state;
mod statistics;
mod throttle;
mod tls;
mod tokens;
mod whole_file;

pub use cli::run;

#[cfg(test)]
mod tests;
