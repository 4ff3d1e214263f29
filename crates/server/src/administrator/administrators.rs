//! 관리자 초대 [G-4]: the company's administrators, those who are invited, and how one is removed.

use super::error::AdministratorError;
use crate::{
    body::{Json, Path},
    clock::now_ms,
    confirmation,
    fields::Fields,
    problem::Problem,
    roles::Administrator,
    secrets::{new_token, token_hash},
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    AdministratorId, activations, administrators, second_steps,
    web_sessions::{self, Account},
};
use utoipa::ToSchema;

/// How long an invitation works.
const INVITATION_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// An administrator of the company.
#[derive(Debug, Serialize, ToSchema)]
struct AdministratorEntry {
    #[schema(value_type = uuid::Uuid)]
    id: AdministratorId,
    login: String,
    name: String,
    email: String,
    #[schema(required)]
    last_sign_in_ms: Option<i64>,
    /// It is the one that asks.
    is_self: bool,
}

/// An invitation that was not taken up yet.
#[derive(Debug, Serialize, ToSchema)]
struct InvitationEntry {
    /// Names the invitation and opens nothing.
    id: String,
    name: String,
    /// The ID of the administrator who invited.
    invited_by: String,
    created_at_ms: i64,
    expires_at_ms: i64,
}

/// The company's administrators, and those who are invited.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Administrators {
    administrators: Vec<AdministratorEntry>,
    invitations: Vec<InvitationEntry>,
}

/// Who is invited.
#[derive(Deserialize, ToSchema)]
pub(super) struct Invite {
    /// Of the person, for the list alone.
    name: String,
    administrator_password: String,
}

/// A link that makes one administrator once; it is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InvitationLink {
    url: String,
    expires_at_ms: i64,
}

/// 관리자 Password before an administrator is removed.
#[derive(Deserialize, ToSchema)]
pub(super) struct RemoveAdministrator {
    administrator_password: String,
}

/// Lists the company's administrators and the invitations that still work.
#[utoipa::path(get, path = "/api/manage/administrators", responses((status = 200, body = Administrators)))]
pub(super) async fn list_administrators(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<Administrators>, Problem> {
    let all = administrators::list(who.company, &state.store).await?;
    let invited = activations::list_invitations(who.company, &state.store, now_ms()).await?;
    let entry = |one: administrators::Administrator| AdministratorEntry {
        is_self: one.id == who.id,
        id: one.id,
        login: one.login,
        name: one.name,
        email: one.email,
        last_sign_in_ms: one.last_sign_in_ms,
    };
    let invitation = |one: activations::Invitation| InvitationEntry {
        id: one.token_hash,
        name: one.name,
        invited_by: one.invited_by,
        created_at_ms: one.created_at_ms,
        expires_at_ms: one.expires_at_ms,
    };
    Ok(Json(Administrators {
        administrators: all.into_iter().map(entry).collect(),
        invitations: invited.into_iter().map(invitation).collect(),
    }))
}

/// Invites somebody to be an administrator: a link for one use within seven days.
#[utoipa::path(post, path = "/api/manage/administrators/invitations", request_body = Invite,
    responses((status = 201, body = InvitationLink)))]
pub(super) async fn invite_administrator(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<Invite>,
) -> Result<(StatusCode, Json<InvitationLink>), Problem> {
    let mut fields = Fields::default();
    let name = fields.name("name", &body.name);
    fields.finish()?;
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let token = new_token();
    let created_at_ms = now_ms();
    let invitation = activations::Invitation {
        token_hash: token_hash(&token),
        name,
        invited_by: who.account.login.clone(),
        created_at_ms,
        expires_at_ms: created_at_ms + INVITATION_MS,
    };
    let write = state.store.write(who.company).await?;
    activations::invite(&write, &invitation).await?;
    note(&write, &who, "access.invite", json!({ "name": invitation.name })).await?;
    write.commit().await?;
    // The token stands behind "#", so that it reaches no log of any server or proxy.
    let url = format!("{}/activate#{token}", state.address.origin());
    let link = InvitationLink { url, expires_at_ms: invitation.expires_at_ms };
    Ok((StatusCode::CREATED, Json(link)))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/api/manage/administrators/invitations/{id}", params(("id" = String, Path)),
    responses((status = 204)))]
pub(super) async fn withdraw_invitation(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let write = state.store.write(who.company).await?;
    let invited = activations::list_invitations(who.company, &write, now_ms()).await?;
    activations::withdraw(&write, &id).await?;
    let name = invited.into_iter().find(|one| one.token_hash == id).map(|one| one.name);
    note(&write, &who, "access.invite-withdraw", json!({ "name": name })).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes another administrator, who is signed out at once.
#[utoipa::path(post, path = "/api/manage/administrators/{id}/remove", params(("id" = uuid::Uuid, Path)),
    request_body = RemoveAdministrator, responses((status = 204)))]
pub(super) async fn remove_administrator(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<AdministratorId>,
    Json(body): Json<RemoveAdministrator>,
) -> Result<StatusCode, Problem> {
    // Another company's administrator is missing before any password is looked at.
    administrators::find(who.company, &state.store, id).await?;
    if id == who.id {
        return Err(AdministratorError::OneSelf.into());
    }
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let write = state.store.write(who.company).await?;
    // Of two who remove each other at once, one is gone by now.
    let all = administrators::list(who.company, &write).await?;
    if all.len() <= 1 || !all.iter().any(|one| one.id == who.id) {
        return Err(AdministratorError::Last.into());
    }
    let removed = administrators::find(who.company, &write, id).await?.administrator;
    let account = Account::Administrator(id);
    web_sessions::delete_of(&write, account, None).await?;
    second_steps::delete(&write, account).await?;
    administrators::delete(&write, id).await?;
    // Else a link of their own would bring them back.
    activations::withdraw_of(&write, Some(&removed.login)).await?;
    let detail = json!({ "login": removed.login, "name": removed.name });
    note(&write, &who, "access.administrator-remove", detail).await?;
    write.commit().await?;
    state.rechecks.call(account);
    Ok(StatusCode::NO_CONTENT)
}
