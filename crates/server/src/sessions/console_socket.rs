//! `/ws/console`: one socket per open console page, for all sessions of its operator. The cookie says who, the
//! Origin header and the page's token in the first frame say that it is our page that asks (cross-site WebSocket
//! hijacking, GHSA-cp68-qrhr-g9h8).

use super::{
    customer_socket::pong,
    frames::{self, BAD_MESSAGES, Frames},
    host::Mail,
    outbox::{Ending, Outbox},
    pace::Weight,
    registry::Live,
    service::Sessions,
};
use crate::{
    admission,
    clock::now_ms,
    origin,
    problem::{Problem, code},
    roles::Operator,
    state::AppState,
};
use axum::{
    extract::{
        State,
        ws::{WebSocket, WebSocketUpgrade},
    },
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::StreamExt as _;
use http::HeaderMap;
use protocol::{decode, limits, versions, wire};
use session::hosting::Side;
use store::SessionId;

/// Opens the socket.
pub(super) async fn open(
    State(state): State<AppState>,
    operator: Operator,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !origin::is_allowed(&state, &headers) {
        return Problem::new(code::ORIGIN).into_response();
    }
    frames::limited(upgrade).on_upgrade(move |socket| Box::pin(serve(state, operator, socket)))
}

async fn serve(state: AppState, operator: Operator, socket: WebSocket) {
    let sessions = state.sessions.clone();
    let (sink, stream) = socket.split();
    let mut frames = Frames::new(stream);
    let (outbox, outgoing) = Outbox::new(&sessions.0.shutdown);
    let talk = async {
        if let Some(protocol) = greet(&operator, &mut frames, &outbox).await {
            let present = state.presence.enter(operator.company, operator.id, &operator.session.token_hash);
            welcome(&sessions, &operator, &outbox, protocol);
            tokio::select! {
                () = listen(&sessions, &operator, &mut frames, &outbox) => {}
                () = signed_out(&state, &operator) => {
                    say(&outbox, Bytes::new(), "not-signed-in");
                }
            }
            sessions.0.leave_console(operator.company, operator.id, outbox.number()).await;
            drop(present);
        }
        outbox.close();
    };
    tokio::join!(talk, outgoing.run(sink));
}

/// The first frame: versions and the page's token.
async fn greet(operator: &Operator, frames: &mut Frames, outbox: &Outbox) -> Option<u32> {
    let first = match frames.first(outbox).await {
        Ok(first) => first,
        Err(none) => {
            none.tell(outbox, |outbox, code| say(outbox, Bytes::new(), code));
            return None;
        }
    };
    let hello = match decode::<wire::ConsoleToServer>(&first, limits::HELLO_BYTES) {
        Ok(wire::ConsoleToServer { body: Some(wire::console_to_server::Body::Hello(hello)), .. }) => hello,
        _ => {
            say(outbox, Bytes::new(), "bad-message");
            outbox.close_with(Ending::NotOurs);
            return None;
        }
    };
    if !operator.session.is_csrf_token(&hello.csrf_token) {
        say(outbox, Bytes::new(), "not-signed-in");
        return None;
    }
    match versions::choose(hello.versions.as_ref()) {
        Ok(protocol) => Some(protocol),
        Err(error) => {
            say(outbox, Bytes::new(), error.code());
            None
        }
    }
}

fn welcome(sessions: &Sessions, operator: &Operator, outbox: &Outbox, protocol: u32) {
    // Entered first: what changes from here on is told after the list.
    sessions.0.enter_console(operator.id, outbox.clone());
    let listed = sessions.0.list_all(operator.company, operator.id);
    let welcome = wire::ConsoleWelcome {
        protocol,
        server_time_ms: u64::try_from(now_ms()).unwrap_or_default(),
        sessions: listed.iter().map(|live| live.state_for(operator.id)).collect(),
        ticket: String::new(),
    };
    send(outbox, Bytes::new(), wire::server_to_console::Body::Welcome(welcome));
}

async fn listen(sessions: &Sessions, operator: &Operator, frames: &mut Frames, outbox: &Outbox) {
    let mut bad = 0;
    loop {
        let frame = match frames.next(outbox).await {
            Ok(frame) => frame,
            Err(none) => return none.tell(outbox, |outbox, code| say(outbox, Bytes::new(), code)),
        };
        let Ok(message) = decode::<wire::ConsoleToServer>(&frame, limits::FRAME_BYTES) else {
            bad += 1;
            say(outbox, Bytes::new(), "bad-message");
            if BAD_MESSAGES < bad {
                return outbox.close_with(Ending::NotOurs);
            }
            continue;
        };
        match message.body {
            // Of a later version: skipped.
            None => {}
            Some(wire::console_to_server::Body::Ping(ping)) => {
                send(outbox, message.session_id, wire::server_to_console::Body::Pong(pong(&ping)));
            }
            Some(body) => {
                pass(sessions, operator, outbox, message.session_id, body).await;
            }
        }
    }
}

/// Passes a message on to the session that it is for, which must be a live one of this operator.
async fn pass(
    sessions: &Sessions,
    operator: &Operator,
    outbox: &Outbox,
    session_id: Bytes,
    body: wire::console_to_server::Body,
) {
    let id = protocol::SessionId::try_from(&session_id).map(|id| SessionId::from_bytes(id.0));
    let Ok(id) = id else { return say(outbox, session_id, "bad-message") };
    let found = sessions.0.find_any(id).filter(|live| live.company == operator.company);
    let is_second = |live: &Live| live.second() == Some(operator.id) && live.is_joined_by_second();
    let found = found.filter(|live| live.operator() == operator.id || is_second(live));
    let Some(live) = found else {
        return say(outbox, session_id, "session-ended");
    };
    live.in_pace(Side::Operator, Weight::of_console(&body), outbox).await;
    let mail = match body {
        wire::console_to_server::Body::Open(_) => Mail::Opened(
            operator.id,
            outbox.clone(),
            operator.client.address,
            operator.session.token_hash.clone(),
        ),
        wire::console_to_server::Body::End(_) if live.operator() != operator.id => {
            Mail::SecondGoes(operator.id)
        }
        // From a console that shows the list alone, too.
        wire::console_to_server::Body::End(_) => Mail::End(wire::EndReason::OperatorEnded),
        body => Mail::ConsoleSays(outbox.number(), body),
    };
    if !live.put(mail).await {
        say(outbox, session_id, "session-ended");
    }
}

/// Ends when the sign-in does. A customer's session is no idleness.
async fn signed_out(state: &AppState, operator: &Operator) {
    let is_busy = || has_customer(state, operator);
    admission::until_over(state, &operator.session, &operator.client, is_busy).await;
}

fn has_customer(state: &AppState, operator: &Operator) -> bool {
    let waiting = wire::session_state::Stage::Waiting;
    let listed = state.sessions.0.list_all(operator.company, operator.id);
    listed.iter().any(|live| live.state().stage() != waiting)
}

fn say(outbox: &Outbox, session_id: Bytes, code: &str) {
    let problem = wire::Problem { code: code.to_owned(), retry_after_s: 0 };
    send(outbox, session_id, wire::server_to_console::Body::Problem(problem));
}

fn send(outbox: &Outbox, session_id: Bytes, body: wire::server_to_console::Body) {
    outbox.send(&wire::ServerToConsole { session_id, body: Some(body) });
}
