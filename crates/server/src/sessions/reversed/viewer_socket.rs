//! `/ws/viewer`: the page in the customer's browser on which they see the operator's computer. No cookie and no account: the ticket in
//! its first frame is all that lets it in, and it reaches the one session that the ticket is for.

use crate::{
    client::Client,
    clock::now_ms,
    origin,
    problem::{Problem, code},
    sessions::{
        customer_socket::pong,
        frames::{self, BAD_MESSAGES, Frames},
        host::Mail,
        outbox::{Ending, Outbox},
        pace::Weight,
        registry::Live,
        service::Sessions,
    },
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
use std::{net::IpAddr, sync::Arc, time::Duration};
use store::OperatorId;
use wire::{console_to_server::Body as Says, server_to_console::Body as Tells};

/// A refused ticket is answered after this time, whatever the reason was.
const REFUSAL_WAIT: Duration = Duration::from_millis(250);

/// Opens the socket.
pub(in crate::sessions) async fn open(
    State(state): State<AppState>,
    client: Client,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !origin::is_allowed(&state, &headers) {
        return Problem::new(code::ORIGIN).into_response();
    }
    if let Err(problem) = state.viewers.count(client.address) {
        return problem.into_response();
    }
    let sessions = state.sessions.clone();
    frames::limited(upgrade).on_upgrade(move |socket| Box::pin(serve(sessions, socket, client.address)))
}

async fn serve(sessions: Sessions, socket: WebSocket, address: IpAddr) {
    let (sink, stream) = socket.split();
    let mut frames = Frames::new(stream);
    let (outbox, outgoing) = Outbox::new(&sessions.0.shutdown);
    let talk = async {
        if let Some((live, ticket)) = greet(&sessions, &mut frames, &outbox).await {
            let heard = || sessions.0.reversals.keep_only_ticket(live.id, &ticket);
            listen(&live, &mut frames, &outbox, address, heard).await;
            live.put(Mail::ConsoleGone(outbox.number())).await;
        }
        outbox.close();
    };
    tokio::join!(talk, outgoing.run(sink));
}

/// The first frame: versions and the ticket. Gives the session, and the ticket that the page was told in its place.
async fn greet(sessions: &Sessions, frames: &mut Frames, outbox: &Outbox) -> Option<(Arc<Live>, String)> {
    let first = match frames.first(outbox).await {
        Ok(first) => first,
        Err(none) => {
            none.tell(outbox, say);
            return None;
        }
    };
    let hello = match decode::<wire::ConsoleToServer>(&first, limits::HELLO_BYTES) {
        Ok(wire::ConsoleToServer { body: Some(Says::Hello(hello)), .. }) => hello,
        _ => {
            say(outbox, "bad-message");
            outbox.close_with(Ending::NotOurs);
            return None;
        }
    };
    let protocol = match versions::choose(hello.versions.as_ref()) {
        Ok(protocol) => protocol,
        Err(error) => {
            say(outbox, error.code());
            return None;
        }
    };
    let Some((live, ticket)) = sessions.0.reversals.redeem(&hello.ticket) else {
        tokio::time::sleep(REFUSAL_WAIT).await;
        say(outbox, "ticket-unknown");
        return None;
    };
    let welcome = wire::ConsoleWelcome {
        protocol,
        server_time_ms: u64::try_from(now_ms()).unwrap_or_default(),
        sessions: vec![live.state().clone()],
        ticket: ticket.clone(),
    };
    send(outbox, Bytes::new(), Tells::Welcome(welcome));
    Some((live, ticket))
}

/// `heard`: the page has read its Welcome.
async fn listen(live: &Live, frames: &mut Frames, outbox: &Outbox, address: IpAddr, heard: impl Fn()) {
    let mut bad = 0;
    loop {
        let frame = match frames.next(outbox).await {
            Ok(frame) => frame,
            Err(none) => return none.tell(outbox, say),
        };
        let body = match decode::<wire::ConsoleToServer>(&frame, limits::FRAME_BYTES) {
            // Whatever session it names: there is one for this socket.
            Ok(message) => message.body,
            Err(_) => {
                bad += 1;
                say(outbox, "bad-message");
                if BAD_MESSAGES < bad {
                    return outbox.close_with(Ending::NotOurs);
                }
                continue;
            }
        };
        let mail = match body {
            // Of a later version: skipped.
            None => continue,
            Some(Says::Ping(ping)) => {
                send(outbox, Bytes::new(), Tells::Pong(pong(&ping)));
                continue;
            }
            Some(body) => {
                live.in_pace(Side::Operator, Weight::of_console(&body), outbox).await;
                match body {
                    // Nobody's account and sign-in: that session looks at neither.
                    Says::Open(_) => {
                        heard();
                        Mail::Opened(OperatorId::from_bytes([0; 16]), outbox.clone(), address, String::new())
                    }
                    body => Mail::ConsoleSays(outbox.number(), body),
                }
            }
        };
        if !live.put(mail).await {
            return say(outbox, "session-ended");
        }
    }
}

fn say(outbox: &Outbox, code: &str) {
    send(outbox, Bytes::new(), Tells::Problem(wire::Problem { code: code.to_owned(), retry_after_s: 0 }));
}

fn send(outbox: &Outbox, session_id: Bytes, body: Tells) {
    outbox.send(&wire::ServerToConsole { session_id, body: Some(body) });
}
