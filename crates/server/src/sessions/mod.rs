//! Sessions (X-1 …, S-02, R-5): codes, the two WebSockets, the signed policy, and the record as it
//! happens. What may follow what is decided by the machine in the `session` crate; here are its sockets, its
//! database and its keys.
//!
//! A session is one task with a mailbox (`host`). It outlives sockets, and the server: what a restart must know
//! is in the database before anybody is told.

mod api;
mod codes;
mod console_socket;
mod customer_socket;
mod ended;
mod error;
mod facts;
mod frames;
mod guesses;
mod host;
mod invitations;
mod keys;
mod next;
mod outbox;
pub(crate) mod own;
mod pace;
mod record_form;
mod registry;
mod reversed;
mod seal;
mod second;
mod service;
mod signed;
mod survey;

pub(crate) use error::SessionError;
pub(crate) use invitations::{InvitationWay, Invitations};
pub(crate) use keys::{CertifiedKey, KeyError, Keys};
pub(crate) use seal::Seal;
pub(crate) use service::Sessions;
pub(crate) use signed::{SignatureFault, Signed};

use crate::{router::Plain, state::AppState};
use axum::routing::get;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(api::list_sessions, api::create_session))
        .routes(routes!(ended::list_ended_sessions))
        .routes(routes!(api::delete_session))
        .routes(routes!(api::create_session_code))
        .routes(routes!(invitations::create_invitation))
        .routes(routes!(second::list_present_operators))
        .routes(routes!(second::invite_operator, second::end_invitation))
        .routes(routes!(second::accept_invitation))
        .routes(routes!(reversed::reverse_session, reversed::end_reversed))
        .routes(routes!(record_form::find_record_form, record_form::update_record_form))
}

/// The feature's sockets.
pub(crate) fn sockets() -> [Plain; 3] {
    [
        ("/ws/console", get(console_socket::open)),
        ("/ws/customer", get(customer_socket::open)),
        ("/ws/viewer", get(reversed::open)),
    ]
}

#[cfg(test)]
mod tests;
