//! `POST /api/console/sessions/{id}/invitations`.

use super::{InvitationWay, OF_SESSION, delivery::Delivery, recipient::Recipient, words::Invitation};
use crate::{
    body::{Json, Path},
    clock::now_ms,
    fields::Fields,
    language::Language,
    problem::{Problem, code},
    roles::Operator,
    sessions::api::find_own,
    state::AppState,
};
use axum::extract::State;
use governor::{
    DefaultKeyedRateLimiter,
    clock::{Clock as _, DefaultClock},
};
use http::StatusCode;
use protocol::wire;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{SessionId, companies};
use utoipa::ToSchema;
use uuid::Uuid;

/// So many accounts are remembered before those at rest are forgotten.
const ACCOUNTS: usize = 10_000;

/// What the customer speaks.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum InvitationLanguage {
    Ko,
    En,
}

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
pub(in crate::sessions) struct NewInvitation {
    #[schema(inline)]
    way: InvitationWay,
    /// An e-mail address, or a telephone number.
    to: String,
    #[schema(inline)]
    language: InvitationLanguage,
}

/// An invitation that is on its way; what becomes of it comes over the console's socket.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::sessions) struct QueuedInvitation {
    id: Uuid,
    /// With most of it hidden, as it stands in the record.
    to: String,
}

/// Invites the customer of a session that waits for one, with its code and link.
#[utoipa::path(post, path = "/api/console/sessions/{id}/invitations", params(("id" = uuid::Uuid, Path)),
    request_body = NewInvitation, responses((status = 202, body = QueuedInvitation)))]
pub(in crate::sessions) async fn create_invitation(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
    Json(body): Json<NewInvitation>,
) -> Result<(StatusCode, Json<QueuedInvitation>), Problem> {
    let live = find_own(&state, &who, id).await?;
    if !state.invitations.ways().contains(&body.way) {
        return Err(Problem::new(code::INVITATIONS_NOT_SET));
    }
    let mut fields = Fields::default();
    let to = Recipient::read(&mut fields, body.way, &body.to);
    fields.finish()?;
    let to = to.ok_or(Problem::new(code::INVALID_BODY))?;
    let about = companies::find(who.company, &state.store).await?;
    count(&state.invitations.operators, Uuid::from_bytes(*who.id.as_bytes()))?;
    count(&state.invitations.companies, Uuid::from_bytes(*who.company.as_bytes()))?;
    let place = Arc::clone(&state.invitations.on_their_way).try_acquire_owned();
    let place = place.map_err(|_| Problem::new(code::RATE_LIMITED).with("retry_after_s", 30))?;
    let queued = QueuedInvitation { id: Uuid::now_v7(), to: to.masked() };
    let (digits, code_expires_at_ms) = {
        let mut shown = live.state();
        if shown.code.is_empty() {
            return Err(Problem::new(code::SESSION_NOT_WAITING));
        }
        if OF_SESSION <= shown.invitations.len() {
            return Err(Problem::new(code::INVITATIONS_FULL).with("max", OF_SESSION));
        }
        shown.invitations.push(wire::Invitation {
            id: bytes::Bytes::copy_from_slice(queued.id.as_bytes()),
            way: wire::invitation::Way::from(body.way).into(),
            to: queued.to.clone(),
            state: wire::invitation::State::Queued.into(),
            problem: String::new(),
        });
        (shown.code.clone(), i64::try_from(shown.code_expires_at_ms).unwrap_or(i64::MAX))
    };
    state.sessions.0.tell_consoles(&live);
    let delivery = Delivery {
        id: queued.id,
        to,
        invitation: Invitation {
            language: body.language.into(),
            company: about.name,
            service: about.service_name,
            link: format!("{}/#{digits}", state.address.origin()),
            code: digits,
            minutes: (code_expires_at_ms.saturating_sub(now_ms()) / 60_000).max(1),
        },
        company: about.short_name,
        code_expires_at_ms,
        place,
    };
    state.tasks.spawn(delivery.run(state.clone(), live));
    Ok((StatusCode::ACCEPTED, Json(queued)))
}

/// Counts one invitation. Errors: the problem that says how long to wait.
fn count(limiter: &DefaultKeyedRateLimiter<Uuid>, account: Uuid) -> Result<(), Problem> {
    if ACCOUNTS < limiter.len() {
        limiter.retain_recent();
    }
    limiter.check_key(&account).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now());
        Problem::new(code::RATE_LIMITED).with("retry_after_s", wait.as_secs().saturating_add(1))
    })
}

impl From<InvitationLanguage> for Language {
    fn from(given: InvitationLanguage) -> Self {
        match given {
            InvitationLanguage::Ko => Self::Korean,
            InvitationLanguage::En => Self::English,
        }
    }
}

impl From<InvitationWay> for wire::invitation::Way {
    fn from(way: InvitationWay) -> Self {
        match way {
            InvitationWay::Email => Self::Email,
            InvitationWay::Sms => Self::Sms,
        }
    }
}
