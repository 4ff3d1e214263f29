//! Bodies and handlers.

use crate::{
    body::Json,
    client::Client,
    clock::now_ms,
    fields::Fields,
    problem::{FieldProblem, Problem, code, field_code},
    recordings,
    secrets::{hex, token_hash},
    sessions::{Seal, SessionError},
    state::AppState,
};
use axum::extract::State;
use http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::RangeInclusive;
use store::{
    SessionId, StoreError, Write, companies, record_seals, records,
    session_events::{self, NewEvent, Source},
    surveys::{self, Survey},
};
use utoipa::ToSchema;

/// From 매우 불만족 to 매우 만족.
const RATINGS: RangeInclusive<u8> = 1..=5;
/// Longest comment, in characters.
const COMMENT_CHARACTERS: usize = 1_000;

/// Who asks.
#[derive(Deserialize, ToSchema)]
pub(super) struct SurveyToken {
    /// The resume token of the last Welcome.
    token: String,
}

/// Whether a customer is asked.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SurveyStage {
    /// The session has not ended, so nobody knows yet: to be asked again in a moment.
    Running,
    /// The customer is asked, and may answer.
    Asked,
    /// There is nothing to answer.
    NotAsked,
}

/// What there is to answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SurveyQuestion {
    #[schema(inline)]
    stage: SurveyStage,
    /// What the customer can keep; null: there is none (yet).
    #[schema(required)]
    receipt: Option<Receipt>,
    /// Whether the customer can have a copy of what was recorded [F-13].
    recording_copy: bool,
}

/// What shows later that a record is the one of this session, and whole until its end [Y-2].
#[derive(Debug, Serialize, ToSchema)]
struct Receipt {
    #[schema(value_type = uuid::Uuid)]
    session: SessionId,
    company: String,
    service: String,
    /// RFC 3339, UTC.
    ended_at: String,
    /// Of the record's last entry, in hexadecimal.
    hash: String,
    /// Fingerprint of the server's key, in hexadecimal.
    key: String,
}

/// What the customer says.
#[derive(Deserialize, ToSchema)]
pub(super) struct SurveyAnswer {
    /// The resume token of the last Welcome.
    token: String,
    /// 1: very dissatisfied, 5: very satisfied.
    #[schema(minimum = 1, maximum = 5, required)]
    rating: Option<i64>,
    #[schema(max_length = 1000)]
    comment: String,
}

/// Whether the customer with this token is asked [S-03]. A token stands in no address and no log, so it comes in a body.
#[utoipa::path(post, path = "/api/survey", request_body = SurveyToken,
    responses((status = 200, body = SurveyQuestion)))]
pub(super) async fn find_survey(
    State(state): State<AppState>,
    client: Client,
    Json(body): Json<SurveyToken>,
) -> Result<Json<SurveyQuestion>, Problem> {
    state.surveys.count(client.address)?;
    let stage = match surveys::find_by_hash(&state.store, &token_hash(&body.token)).await? {
        Some(found) => {
            let is_open = found.is_asked && found.answered_at_ms.is_none() && now_ms() < found.until_ms;
            let stage = if is_open { SurveyStage::Asked } else { SurveyStage::NotAsked };
            let receipt = receipt_of(&state, &found).await?;
            let in_time = now_ms() < found.until_ms;
            let recording_copy =
                in_time && recordings::is_offered(found.company, &state.store, found.session).await?;
            return Ok(Json(SurveyQuestion { stage, receipt, recording_copy }));
        }
        None if state.sessions.is_resumed_by(&body.token).await? => SurveyStage::Running,
        None => SurveyStage::NotAsked,
    };
    Ok(Json(SurveyQuestion { stage, receipt: None, recording_copy: false }))
}

/// Of the first seal: what comes later changes no receipt.
async fn receipt_of(state: &AppState, found: &Survey) -> Result<Option<Receipt>, Problem> {
    let seal = record_seals::find_first(found.company, &state.store, found.session).await?;
    let Some(seal) = seal.and_then(|kept| serde_json::from_str::<Seal>(&kept.seal).ok()) else {
        return Ok(None);
    };
    let about = companies::find(found.company, &state.store).await?;
    Ok(Some(Receipt {
        session: found.session,
        company: about.name,
        service: about.service_name,
        ended_at: Timestamp::from_millisecond(seal.at_ms).unwrap_or_default().to_string(),
        hash: seal.head,
        key: hex(&state.sessions.identity_hash().0),
    }))
}

/// Takes the customer's answer, once [S-03].
#[utoipa::path(put, path = "/api/survey", request_body = SurveyAnswer, responses((status = 204)))]
pub(super) async fn answer_survey(
    State(state): State<AppState>,
    client: Client,
    Json(body): Json<SurveyAnswer>,
) -> Result<StatusCode, Problem> {
    state.surveys.count(client.address)?;
    let found = surveys::find_by_hash(&state.store, &token_hash(&body.token)).await?;
    let found = found.filter(|found| found.is_asked).ok_or(Problem::new(code::SURVEY_UNKNOWN))?;
    if found.until_ms <= now_ms() {
        return Err(Problem::new(code::SURVEY_OVER));
    }
    let mut fields = Fields::default();
    let rating = rating_of(&mut fields, body.rating);
    let comment = fields.lines("comment", body.comment.trim(), COMMENT_CHARACTERS);
    fields.finish()?;
    let write = state.store.write(found.company).await?;
    if !surveys::set_answered(&write, found.session, now_ms()).await? {
        return Err(Problem::new(code::SURVEY_ANSWERED));
    }
    keep(&state, &write, found.session, rating, &comment).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn rating_of(fields: &mut Fields, given: Option<i64>) -> u8 {
    let Some(given) = given else {
        fields.refuse(FieldProblem::new("rating", field_code::REQUIRED));
        return 0;
    };
    match u8::try_from(given) {
        Ok(rating) if RATINGS.contains(&rating) => rating,
        _ => {
            let range = FieldProblem::new("rating", field_code::RANGE);
            fields.refuse(range.with("min", *RATINGS.start()).with("max", *RATINGS.end()));
            0
        }
    }
}

/// Into the record, and as an entry of its own behind the seal of the chain, which is sealed again over it.
async fn keep(
    state: &AppState,
    write: &Write,
    session: SessionId,
    rating: u8,
    comment: &str,
) -> Result<(), SessionError> {
    match records::set_rating(write, session, Some(rating)).await {
        // Deleted a moment ago: nothing is kept of the session any more.
        Err(StoreError::Missing) => return Ok(()),
        other => other?,
    }
    let body = json!({ "rating": rating, "comment": comment }).to_string();
    let (source, kind, at_ms) = (Source::Server, "survey-answered", now_ms());
    session_events::append(write, session, NewEvent { source, source_seq: None, at_ms, kind, body: &body })
        .await?;
    state.sessions.seal_again(write, session).await
}
