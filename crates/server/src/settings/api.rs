//! Bodies and handlers.

use super::rules::{changes, checked};
use crate::{
    body::Json,
    clock::now_ms,
    confirmation,
    favourites::Favourite,
    problem::{Problem, code},
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::company_settings::{self, CompanySettings};
use utoipa::ToSchema;

/// How a company is set.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Settings {
    /// 관리자 허용 IP; none: every address.
    pub(super) administrator_addresses: Vec<String>,
    /// 상담원 허용 IP; none: every address.
    pub(super) operator_addresses: Vec<String>,
    /// 로그인 실패 허용 횟수, 1–20.
    pub(super) sign_in_failures: i64,
    /// 로그인 차단 시간(초), 10–86,400.
    pub(super) sign_in_lock_s: i64,
    /// 자동 로그아웃 시간(초), 60–86,400.
    pub(super) idle_s: i64,
    /// 시간대: an IANA name.
    pub(super) time_zone: String,
    /// 접속번호 유효 시간(분), 1–60.
    pub(super) code_valid_min: i64,
    /// 기록 보존 기간 in days; null: for ever.
    #[schema(required)]
    pub(super) record_retention_days: Option<i64>,
    /// 녹화 보존 기간 in days; null: for ever.
    #[schema(required)]
    pub(super) recording_retention_days: Option<i64>,
    /// 녹화 저장 한도(GB); null: no limit.
    #[schema(required)]
    pub(super) recording_limit_gb: Option<i64>,
    /// 녹화 거부 시 지원 계속 여부.
    pub(super) continue_without_recording: bool,
    /// 고객에게 녹화 사본 제공: customers who ask get a copy of their recordings.
    pub(super) recording_copies: bool,
    /// 회사 즐겨찾기.
    pub(super) favourites: Vec<Favourite>,
}

/// How a company is set, and what its page must know besides.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FoundSettings {
    settings: Settings,
    /// When they were changed; named again when they are saved.
    changed_at_ms: i64,
    /// Where the administrator who asks comes from.
    own_address: String,
}

/// New settings.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewSettings {
    settings: Settings,
    /// As it was read with the settings that were changed.
    changed_at_ms: i64,
    /// 관리자 Password; needed where allowed addresses, the time zone or favourites are changed, lock-out or automatic sign-out
    /// become weaker, or something is kept for a shorter time.
    administrator_password: Option<String>,
}

/// How the company is set [G-2].
#[utoipa::path(get, path = "/api/manage/settings", responses((status = 200, body = FoundSettings)))]
pub(super) async fn find_settings(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<FoundSettings>, Problem> {
    let (settings, changed_at_ms) = company_settings::find_changed(who.company, &state.store).await?;
    Ok(Json(FoundSettings::new(settings, changed_at_ms, &who)))
}

/// Changes how the company is set. Refused where another administrator has changed it meanwhile.
#[utoipa::path(put, path = "/api/manage/settings", request_body = NewSettings,
    responses((status = 200, body = FoundSettings)))]
pub(super) async fn update_settings(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<NewSettings>,
) -> Result<Json<FoundSettings>, Problem> {
    let new = checked(&body.settings, who.client.address)?;
    let (before, changed_at_ms) = company_settings::find_changed(who.company, &state.store).await?;
    refuse_stale(body.changed_at_ms, changed_at_ms)?;
    if needs_password(&before, &new) {
        let password = body.administrator_password.as_deref().unwrap_or_default();
        confirmation::check(&state, &who, password).await?;
    }
    let write = state.store.write(who.company).await?;
    // Looked at anew within the write: two who save at once come one after the other.
    let (before, changed_at_ms) = company_settings::find_changed(who.company, &write).await?;
    refuse_stale(body.changed_at_ms, changed_at_ms)?;
    if before == new {
        return Ok(Json(FoundSettings::new(before, changed_at_ms, &who)));
    }
    let at_ms = now_ms().max(changed_at_ms + 1);
    company_settings::replace(&write, &new, at_ms).await?;
    note(&write, &who, "access.settings", changes(&before, &new)).await?;
    write.commit().await?;
    if before.time_zone != new.time_zone {
        state.zone_changes.call();
    }
    state.rechecks.call_all();
    Ok(Json(FoundSettings::new(new, at_ms, &who)))
}

/// What a session that was left open must not do by itself: open the doors, delete what is kept, or put a program into every
/// operator's list. The page asks by the same rule.
fn needs_password(before: &CompanySettings, new: &CompanySettings) -> bool {
    let is_shorter = |before: Option<u32>, new: Option<u32>| match (before, new) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(before), Some(new)) => new < before,
    };
    before.administrator_addresses != new.administrator_addresses
        || before.operator_addresses != new.operator_addresses
        || before.sign_in_failures < new.sign_in_failures
        || new.sign_in_lock_s < before.sign_in_lock_s
        || before.idle_s < new.idle_s
        || before.time_zone != new.time_zone
        || is_shorter(before.record_retention_days, new.record_retention_days)
        || is_shorter(before.recording_retention_days, new.recording_retention_days)
        || before.favourites != new.favourites
}

fn refuse_stale(read_ms: i64, changed_at_ms: i64) -> Result<(), Problem> {
    if read_ms == changed_at_ms { Ok(()) } else { Err(Problem::new(code::CHANGED_MEANWHILE)) }
}

impl FoundSettings {
    fn new(settings: CompanySettings, changed_at_ms: i64, who: &Administrator) -> Self {
        Self { settings: settings.into(), changed_at_ms, own_address: who.client.address.to_string() }
    }
}

impl From<CompanySettings> for Settings {
    fn from(kept: CompanySettings) -> Self {
        Self {
            administrator_addresses: kept.administrator_addresses,
            operator_addresses: kept.operator_addresses,
            sign_in_failures: kept.sign_in_failures.into(),
            sign_in_lock_s: kept.sign_in_lock_s.into(),
            idle_s: kept.idle_s.into(),
            time_zone: kept.time_zone,
            code_valid_min: kept.code_valid_min.into(),
            record_retention_days: kept.record_retention_days.map(i64::from),
            recording_retention_days: kept.recording_retention_days.map(i64::from),
            recording_limit_gb: kept.recording_limit_gb.map(i64::from),
            continue_without_recording: kept.continue_without_recording,
            recording_copies: kept.recording_copies,
            favourites: kept.favourites.into_iter().map(Favourite::from).collect(),
        }
    }
}
