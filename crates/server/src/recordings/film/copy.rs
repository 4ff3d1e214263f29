//! 녹화 사본 [F-13]: the customer of a session that has ended asks for what was recorded of it, by the token of the last Welcome, and gets a
//! link of its own. Whoever has the link sees how far the files are and fetches them, without an account, for a week. A token
//! stands in no address that a server sees: the link has it behind the #, requests have it in their body.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::{Film, FilmState, serve};
use crate::{
    body::{Json, Path, Query},
    client::Client,
    clock::now_ms,
    problem::{Problem, code},
    roles::Administrator,
    secrets::{hex, new_token, token_hash},
    state::AppState,
    usage_log::note,
};
use axum::{extract::State, response::Response};
use hmac::{Hmac, Mac as _};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::Arc;
use store::{
    CompanyId, Reads, SessionId, StoreError, Write, companies, company_settings,
    recording_copies::{self, Copy},
    recording_films, recordings, records,
    session_events::{self, Source},
    surveys,
};
use subtle::ConstantTimeEq as _;
use utoipa::{IntoParams, ToSchema};

/// How long a link leads anywhere, in milliseconds.
const LINK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How long the address of a file does, in milliseconds: the page is given new ones.
const TICKET_MS: i64 = 60 * 60 * 1000;
/// Within so many milliseconds fetching a file again is no other time.
const SAME_MS: i64 = 10 * 60 * 1000;
/// When to try again where too many fetch, in seconds.
const BUSY_S: u64 = 60;
/// The entry of the record.
const FETCHED: &str = "recording-copy-fetched";

/// Who asks.
#[derive(Deserialize, ToSchema)]
pub(in crate::recordings) struct CopyToken {
    /// The resume token of the last Welcome.
    token: String,
}

/// The customer's link.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::recordings) struct CopyLink {
    /// Of a page: how far the files are, and to fetch them.
    link: String,
    /// Until when.
    until_ms: i64,
}

/// Who has the link.
#[derive(Deserialize, ToSchema)]
pub(in crate::recordings) struct LinkToken {
    /// What stands behind the link's #.
    token: String,
}

/// Which of the files.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::recordings) struct FileQuery {
    /// As the link's page was told.
    ticket: String,
}

/// What a link leads to.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::recordings) struct RecordingCopy {
    company: String,
    service: String,
    until_ms: i64,
    recordings: Vec<CopiedRecording>,
}

/// One of the session's recordings.
#[derive(Debug, Serialize, ToSchema)]
struct CopiedRecording {
    no: i64,
    began_at_ms: i64,
    #[schema(value_type = i64)]
    length_ms: u32,
    film: Film,
    /// Where the file is for the next minutes; null until it is made.
    #[schema(required)]
    file: Option<String>,
}

/// Whether the customer of an ended session can have a copy: something was recorded, and the company gives it.
pub(crate) async fn is_offered(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<bool, StoreError> {
    if !company_settings::find(company, on).await?.recording_copies {
        return Ok(false);
    }
    Ok(recordings::list(company, on, session).await?.iter().any(|recording| 0 < recording.pieces))
}

/// Gives the customer a link to what was recorded; one that was given before leads nowhere from then on.
#[utoipa::path(post, path = "/api/recording-copies", request_body = CopyToken,
    responses((status = 201, body = CopyLink)))]
pub(in crate::recordings) async fn create_recording_copy(
    State(state): State<AppState>,
    client: Client,
    Json(given): Json<CopyToken>,
) -> Result<(StatusCode, Json<CopyLink>), Problem> {
    state.copies.count(client.address)?;
    let found = surveys::find_by_hash(&state.store, &token_hash(&given.token)).await?;
    let at_ms = now_ms();
    let found =
        found.filter(|found| at_ms < found.until_ms).ok_or(Problem::new(code::RECORDING_COPY_NONE))?;
    let write = state.store.write(found.company).await?;
    if !is_offered(found.company, &write, found.session).await? {
        return Err(Problem::new(code::RECORDING_COPY_NONE));
    }
    let link = CopyLink::give(&state, &write, found.session, at_ms).await?;
    let body = json!({ "until_ms": link.until_ms });
    state.sessions.add_entry(&write, found.session, at_ms, "recording-copy-asked", &body).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(link)))
}

/// Gives whoever keeps the record the customer's link, to be passed on: a customer may ask for a copy while the session runs. One that was
/// given before leads nowhere from then on.
#[utoipa::path(post, path = "/api/manage/records/{id}/recording-copy", params(("id" = uuid::Uuid, Path)),
    responses((status = 201, body = CopyLink)))]
pub(in crate::recordings) async fn create_record_recording_copy(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<SessionId>,
) -> Result<(StatusCode, Json<CopyLink>), Problem> {
    let record = records::find(who.company, &state.store, id).await?;
    if record.ended_at_ms.is_none() {
        return Err(Problem::new(code::RECORD_RUNNING));
    }
    let (write, at_ms) = (state.store.write(who.company).await?, now_ms());
    if !is_offered(who.company, &write, id).await? {
        return Err(Problem::new(code::RECORDING_COPY_NONE));
    }
    let link = CopyLink::give(&state, &write, id, at_ms).await?;
    let body = json!({ "until_ms": link.until_ms, "by": who.account.login });
    state.sessions.add_entry(&write, id, at_ms, "recording-copy-given", &body).await?;
    note(&write, &who, "records.recording-copy", json!({ "no": record.no })).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(link)))
}

impl CopyLink {
    async fn give(
        state: &AppState,
        write: &Write,
        session: SessionId,
        at_ms: i64,
    ) -> Result<Self, StoreError> {
        let (token, until_ms) = (new_token(), at_ms + LINK_MS);
        recording_copies::forget_old(write, at_ms).await?;
        recording_copies::create(write, session, &token_hash(&token), until_ms).await?;
        Ok(Self { link: format!("{}/copy#{token}", state.address.origin()), until_ms })
    }
}

/// What a link leads to, and how far it is.
#[utoipa::path(post, path = "/api/recording-copies/find", request_body = LinkToken,
    responses((status = 200, body = RecordingCopy)))]
pub(in crate::recordings) async fn find_recording_copy(
    State(state): State<AppState>,
    client: Client,
    Json(given): Json<LinkToken>,
) -> Result<Json<RecordingCopy>, Problem> {
    state.copies.count(client.address)?;
    let copy = led_to(&state, &given.token).await?;
    let about = companies::find(copy.company, &state.store).await?;
    let mut films = recording_films::list(copy.company, &state.store, copy.session).await?;
    let listed = recordings::list(copy.company, &state.store, copy.session).await?;
    let listed = listed.into_iter().filter(|recording| 0 < recording.pieces);
    let until_ms = now_ms() + TICKET_MS;
    let recordings = listed.map(|recording| {
        let film: Film = films.remove(&recording.id).unwrap_or_default().into();
        let ticket = Ticket {
            company: copy.company,
            session: copy.session,
            no: recording.no,
            link_until_ms: copy.until_ms,
            until_ms,
        };
        let is_ready = film.state == FilmState::Ready;
        let (no, began_at_ms, length_ms) = (recording.no, recording.began_at_ms, recording.length_ms);
        let file = is_ready.then(|| format!("/api/recording-copies/file?ticket={}", ticket.write(&state)));
        CopiedRecording { no, began_at_ms, length_ms, film, file }
    });
    Ok(Json(RecordingCopy {
        company: about.name,
        service: about.service_name,
        until_ms: copy.until_ms,
        recordings: recordings.collect(),
    }))
}

/// One of the files, by an address that the link's page was given, or the rest of it (`Range`). That it is fetched is an entry of the record.
#[utoipa::path(get, path = "/api/recording-copies/file", params(FileQuery),
    responses((status = 200, body = Vec<u8>, content_type = "video/webm")))]
pub(in crate::recordings) async fn export_recording_copy(
    State(state): State<AppState>,
    client: Client,
    Query(given): Query<FileQuery>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    state.copy_files.count(client.address)?;
    let ticket = Ticket::read(&state, &given.ticket).ok_or(Problem::new(code::RECORDING_COPY_NONE))?;
    let busy = |_| Problem::new(code::RATE_LIMITED).with("retry_after_s", BUSY_S);
    let turn = Arc::clone(&state.copy_turns).try_acquire_owned().map_err(busy)?;
    let write = state.store.write(ticket.company).await?;
    let copy = recording_copies::find(&write, ticket.session).await?;
    copied(&write, copy.filter(|copy| copy.until_ms == ticket.link_until_ms)).await?;
    let listed = recordings::list(ticket.company, &write, ticket.session).await?;
    let recording = listed.into_iter().find(|recording| recording.no == ticket.no);
    let recording = recording.ok_or(Problem::new(code::RECORDING_COPY_NONE))?;
    let film = recording_films::find(&write, &recording).await?;
    let is_ready = matches!(film, recording_films::Film::Ready { .. });
    if is_ready && !is_fetched_lately(&write, ticket.session, recording.no).await? {
        let body = json!({ "no": recording.no });
        state.sessions.add_entry(&write, ticket.session, now_ms(), FETCHED, &body).await?;
    }
    write.commit().await?;
    serve(state, &recording, film, &asked, turn).await
}

/// A download that is begun again a moment later is the same one, and a record has no room for ten thousand of them.
async fn is_fetched_lately(write: &Write, session: SessionId, no: i64) -> Result<bool, StoreError> {
    let company = write.company();
    let fetched = (Source::Server, FETCHED);
    let lately = session_events::list_since(company, write, session, fetched, now_ms() - SAME_MS).await?;
    Ok(lately.iter().any(|event| {
        let body: Value = serde_json::from_str(event.body.as_deref().unwrap_or_default()).unwrap_or_default();
        body.get("no") == Some(&json!(no))
    }))
}

/// What leads to one file for a few minutes: browsers write what has an address straight to the disk, and the link itself must not stand
/// in one.
struct Ticket {
    company: CompanyId,
    session: SessionId,
    no: i64,
    /// When the link ends that it is of: another link that is asked for ends all of this one.
    link_until_ms: i64,
    until_ms: i64,
}

impl Ticket {
    /// Whom, what, until when, and what shows that we have said so.
    fn write(&self, state: &AppState) -> String {
        let said =
            format!("{}.{}.{}.{}.{}", self.company, self.session, self.no, self.link_until_ms, self.until_ms);
        format!("{said}.{}", digest_of(state, &said))
    }

    fn read(state: &AppState, text: &str) -> Option<Self> {
        let (said, shown) = text.rsplit_once('.')?;
        let is_ours: bool = digest_of(state, said).as_bytes().ct_eq(shown.as_bytes()).into();
        let mut parts = said.split('.');
        let company = parts.next()?.parse().ok().filter(|_| is_ours)?;
        let (session, no) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let link_until_ms = parts.next()?.parse().ok()?;
        let until_ms = parts.next()?.parse().ok().filter(|until_ms| now_ms() < *until_ms)?;
        Some(Self { company, session, no, link_until_ms, until_ms })
    }
}

fn digest_of(state: &AppState, said: &str) -> String {
    let secret = state.sessions.secret("recording-copies");
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&secret).unwrap_or_else(|_| unreachable!("any length is one"));
    mac.update(said.as_bytes());
    hex(&mac.finalize().into_bytes())
}

async fn led_to(state: &AppState, token: &str) -> Result<Copy, Problem> {
    let found = recording_copies::find_by_hash(&state.store, &token_hash(token)).await?;
    copied(&state.store, found).await
}

/// The company may have taken it back since, or the week is over.
async fn copied(on: &impl Reads, found: Option<Copy>) -> Result<Copy, Problem> {
    let copy =
        found.filter(|copy| now_ms() < copy.until_ms).ok_or(Problem::new(code::RECORDING_COPY_NONE))?;
    if is_offered(copy.company, on, copy.session).await? {
        Ok(copy)
    } else {
        Err(Problem::new(code::RECORDING_COPY_NONE))
    }
}
