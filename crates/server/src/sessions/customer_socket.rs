//! `/ws/customer`: apps and pages. No cookie; the code, or the token of a Welcome, is all that lets anybody in.

use super::{
    codes,
    frames::{self, BAD_MESSAGES, Frames},
    host::{DoorKey, Mail, Newcomer},
    outbox::{Ending, Outbox},
    pace::Weight,
    registry::Live,
    service::Sessions,
};
use crate::{
    client::Client,
    clock::now_ms,
    origin,
    problem::{Problem, code},
    secrets::{new_token, token_hash},
    state::AppState,
};
use axum::{
    extract::{
        State,
        ws::{WebSocket, WebSocketUpgrade},
    },
    response::{IntoResponse, Response},
};
use futures_util::StreamExt as _;
use http::HeaderMap;
use protocol::{
    Fingerprint, Nonce, decode, limits, versions,
    wire::{self, customer_hello::Entry},
};
use session::hosting::{Arrival, Kind, Side};
use std::{net::IpAddr, sync::Arc, time::Duration};
use store::connection_codes::{Purpose, Redeemed};

/// A refused code is answered after this time, whatever the reason was.
const REFUSAL_WAIT: Duration = Duration::from_millis(250);

/// Opens the socket.
pub(super) async fn open(
    State(state): State<AppState>,
    client: Client,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !origin::is_allowed(&state, &headers) {
        return Problem::new(code::ORIGIN).into_response();
    }
    let sessions = state.sessions.clone();
    frames::limited(upgrade).on_upgrade(move |socket| Box::pin(serve(sessions, socket, client.address)))
}

async fn serve(sessions: Sessions, socket: WebSocket, address: IpAddr) {
    let (sink, stream) = socket.split();
    let mut frames = Frames::new(stream);
    let (outbox, outgoing) = Outbox::new(&sessions.0.shutdown);
    let talk = async {
        if let Some(live) = greet(&sessions, &mut frames, &outbox, address).await {
            listen(&live, &mut frames, &outbox).await;
            live.put(Mail::CustomerGone(outbox.number())).await;
        }
        outbox.close();
    };
    tokio::join!(talk, outgoing.run(sink));
}

/// Hello, version, code or token; `None`: refused, and said so.
async fn greet(
    sessions: &Sessions,
    frames: &mut Frames,
    outbox: &Outbox,
    address: IpAddr,
) -> Option<Arc<Live>> {
    let first = match frames.first(outbox).await {
        Ok(first) => first,
        Err(none) => {
            none.tell(outbox, |outbox, code| say(outbox, problem(code)));
            return None;
        }
    };
    let hello = match decode::<wire::CustomerToServer>(&first, limits::HELLO_BYTES) {
        Ok(wire::CustomerToServer { body: Some(wire::customer_to_server::Body::Hello(hello)) }) => hello,
        _ => return refuse_message(outbox),
    };
    let protocol = match versions::choose(hello.versions.as_ref()) {
        Ok(protocol) => protocol,
        Err(error) => return refuse(outbox, error.code()),
    };
    let Some(arrival) = arrival_of(&hello) else { return refuse_message(outbox) };
    let found = match hello.entry.as_ref() {
        None => return refuse_message(outbox),
        Some(Entry::Code(typed)) => by_code(sessions, typed, arrival.kind, address).await,
        Some(Entry::ResumeToken(token)) => by_token(sessions, token).await,
    };
    let (live, key) = match found {
        Ok(found) => found,
        Err(refusal) => {
            if refusal.retry_after_s == 0 {
                tokio::time::sleep(REFUSAL_WAIT).await;
            }
            say(outbox, refusal);
            return None;
        }
    };
    let returned = matches!(key, DoorKey::Token { .. });
    if returned {
        live.in_pace(Side::Customer, Weight::Act, outbox).await;
    }
    let newcomer = Box::new(Newcomer {
        outbox: outbox.clone(),
        address,
        arrival,
        protocol,
        language: protocol::text::line(&hello.language, 8),
        features: hello
            .features
            .iter()
            .take(limits::FEATURES)
            .map(|one| protocol::text::line(one, limits::FEATURE_CHARS))
            .collect(),
        key,
        token: new_token(),
    });
    let mail = if returned { Mail::Returned(newcomer) } else { Mail::Joined(newcomer) };
    let too_late = if returned { "session-ended" } else { "code-expired" };
    if live.put(mail).await { Some(live) } else { refuse(outbox, too_late) }
}

/// The session that a code leads to. The try is counted before the code is looked up.
async fn by_code(
    sessions: &Sessions,
    typed: &str,
    kind: Kind,
    address: IpAddr,
) -> Result<(Arc<Live>, DoorKey), wire::Problem> {
    let shared = &sessions.0;
    let attempt = shared
        .guesses
        .begin(address)
        .map_err(|retry_after_s| wire::Problem { code: "rate-limited".to_owned(), retry_after_s })?;
    let (found, hash) = match codes::find(&shared.store, &shared.pepper, typed, kind).await {
        Ok(found) => found,
        Err(error) => {
            // Whatever was typed, the fault is ours.
            attempt.give_back();
            return Err(internal(&error));
        }
    };
    let session = match found {
        Redeemed::Session { session, purpose, .. } => (session, purpose),
        Redeemed::Unknown => return Err(problem("code-unknown")),
        Redeemed::Expired => return Err(problem("code-expired")),
        Redeemed::Used => return Err(problem("code-used")),
    };
    attempt.give_back();
    // A session that was taken back a moment ago may still have its code in the store: to who types it, it is as good
    // as expired.
    let found = match session {
        (session, Purpose::Reversed) => shared.reversals.of_parent(session),
        (session, _) => shared.find_any(session),
    };
    let live = found.ok_or_else(|| problem("code-expired"))?;
    Ok((live, DoorKey::Code { hash, seen_at_ms: now_ms() }))
}

/// The session that a resume token leads to, with the key that it is. Nobody guesses 256 bits, so that wrong codes of
/// others never keep a customer from coming back.
async fn by_token(sessions: &Sessions, token: &[u8]) -> Result<(Arc<Live>, DoorKey), wire::Problem> {
    let shared = &sessions.0;
    let token = std::str::from_utf8(token).map_err(|_| problem("session-ended"))?;
    let key = DoorKey::Token { hash: token_hash(token) };
    if let Some(live) = shared.reversals.by_token(token) {
        return Ok((live, key));
    }
    let session = shared.find_by_token(token).await.map_err(|error| internal(&error))?;
    let live =
        session.and_then(|session| shared.find_any(session)).ok_or_else(|| problem("session-ended"))?;
    Ok((live, key))
}

fn internal(error: &store::StoreError) -> wire::Problem {
    tracing::error!(error = %error, "Customer not let in");
    problem("internal")
}

async fn listen(live: &Live, frames: &mut Frames, outbox: &Outbox) {
    let mut bad = 0;
    loop {
        let frame = match frames.next(outbox).await {
            Ok(frame) => frame,
            Err(none) => return none.tell(outbox, |outbox, code| say(outbox, problem(code))),
        };
        let body = match decode::<wire::CustomerToServer>(&frame, limits::FRAME_BYTES) {
            Ok(message) => message.body,
            Err(_) => {
                bad += 1;
                say(outbox, problem("bad-message"));
                if BAD_MESSAGES < bad {
                    return outbox.close_with(Ending::NotOurs);
                }
                continue;
            }
        };
        match body {
            // Of a later version: skipped.
            None => {}
            Some(wire::customer_to_server::Body::Ping(ping)) => {
                let body = wire::server_to_customer::Body::Pong(pong(&ping));
                outbox.send(&wire::ServerToCustomer { body: Some(body) });
                // It also proves that the Welcome was read.
                live.put(Mail::CustomerSays(outbox.number(), wire::customer_to_server::Body::Ping(ping)))
                    .await;
            }
            Some(body) => {
                live.in_pace(Side::Customer, Weight::of_customer(&body), outbox).await;
                let is_live = live.put(Mail::CustomerSays(outbox.number(), body)).await;
                if !is_live {
                    return;
                }
            }
        }
    }
}

pub(super) fn pong(ping: &wire::Ping) -> wire::Pong {
    wire::Pong { at_ms: ping.at_ms, server_time_ms: u64::try_from(now_ms()).unwrap_or_default() }
}

fn arrival_of(hello: &wire::CustomerHello) -> Option<Arrival> {
    let nonce = Nonce::try_from(&hello.nonce).ok();
    let fingerprint = Fingerprint::try_from(&hello.dtls_fingerprint).ok();
    let kind = match hello.kind() {
        wire::customer_hello::Kind::App => Kind::App,
        wire::customer_hello::Kind::Browser => Kind::Browser,
        wire::customer_hello::Kind::Unspecified => return None,
    };
    // A policy binds an app's run and certificate; an app without them could be given none.
    if kind == Kind::App && (nonce.is_none() || fingerprint.is_none()) {
        return None;
    }
    let machine = hello.machine.clone().unwrap_or_default();
    let text = |text: &str| protocol::text::line(text, limits::MACHINE_TEXT_CHARS);
    let machine = wire::Machine {
        os: text(&machine.os),
        os_version: text(&machine.os_version),
        host_name: text(&machine.host_name),
        local_address: text(&machine.local_address),
    };
    let is_app = kind == Kind::App;
    Some(Arrival { kind, machine, nonce, fingerprint: fingerprint.filter(|_| is_app) })
}

/// For what is no message of ours, or not in its place.
fn refuse_message<T>(outbox: &Outbox) -> Option<T> {
    say(outbox, problem("bad-message"));
    outbox.close_with(Ending::NotOurs);
    None
}

fn refuse<T>(outbox: &Outbox, code: &str) -> Option<T> {
    say(outbox, problem(code));
    None
}

fn problem(code: &str) -> wire::Problem {
    wire::Problem { code: code.to_owned(), retry_after_s: 0 }
}

fn say(outbox: &Outbox, problem: wire::Problem) {
    outbox.send(&wire::ServerToCustomer { body: Some(wire::server_to_customer::Body::Problem(problem)) });
}
