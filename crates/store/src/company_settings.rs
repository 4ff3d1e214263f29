//! How a company is set [G-2]. A company that has set nothing has [`CompanySettings::default`], and so has every
//! value that is added later.

use crate::{CompanyId, Reads, StoreError, Write, entities::company_settings as row, favourites::Favourite};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde::{Deserialize, Serialize};

/// A company's settings. Kept as JSON: they are read and written whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CompanySettings {
    /// 관리자 허용 IP: patterns as they were typed; empty: every address.
    pub administrator_addresses: Vec<String>,
    /// 상담원 허용 IP.
    pub operator_addresses: Vec<String>,
    /// 로그인 실패 허용 횟수: failures in a row that lock.
    pub sign_in_failures: u8,
    /// 로그인 차단 시간(초).
    pub sign_in_lock_s: u32,
    /// 자동 로그아웃 시간(초).
    pub idle_s: u32,
    /// 시간대: an IANA name. Days and hours of statistics are this zone's.
    pub time_zone: String,
    /// 접속번호 유효 시간(분), 1–60.
    pub code_valid_min: u32,
    /// 기록 보존 기간 in days; `None`: for ever.
    pub record_retention_days: Option<u32>,
    /// 녹화 보존 기간 in days; `None`: for ever.
    pub recording_retention_days: Option<u32>,
    /// 녹화 저장 한도(GB); `None`: no limit.
    pub recording_limit_gb: Option<u32>,
    /// 녹화 거부 시 지원 계속 여부.
    pub continue_without_recording: bool,
    /// 고객에게 녹화 사본 제공 [F-13]: customers who ask get a copy of their session's recordings.
    pub recording_copies: bool,
    /// 회사 즐겨찾기 [F-10].
    pub favourites: Vec<Favourite>,
}

impl Default for CompanySettings {
    fn default() -> Self {
        Self {
            administrator_addresses: Vec::new(),
            operator_addresses: Vec::new(),
            sign_in_failures: 5,
            sign_in_lock_s: 30,
            idle_s: 1800,
            time_zone: "Asia/Seoul".to_owned(),
            code_valid_min: 10,
            record_retention_days: None,
            recording_retention_days: None,
            recording_limit_gb: None,
            continue_without_recording: true,
            recording_copies: true,
            favourites: Vec::new(),
        }
    }
}

/// How the company is set. Errors: [`StoreError::Unreadable`].
pub async fn find(company: CompanyId, on: &impl Reads) -> Result<CompanySettings, StoreError> {
    Ok(find_changed(company, on).await?.0)
}

/// How the company is set, and when that was changed; 0: never. The time is later with each change.
/// Errors: [`StoreError::Unreadable`].
pub async fn find_changed(company: CompanyId, on: &impl Reads) -> Result<(CompanySettings, i64), StoreError> {
    let Some(found) = row::Entity::find_by_id(company.uuid()).one(on.connection()).await? else {
        return Ok((CompanySettings::default(), 0));
    };
    let settings = serde_json::from_str(&found.value)
        .map_err(|_| StoreError::Unreadable { column: "company_settings.value" })?;
    Ok((settings, found.changed_at_ms))
}

/// Keeps all of a company's settings.
pub async fn replace(write: &Write, settings: &CompanySettings, at_ms: i64) -> Result<(), StoreError> {
    let value = serde_json::to_string(settings)
        .map_err(|_| StoreError::Unreadable { column: "company_settings.value" })?;
    row::Entity::insert(row::ActiveModel {
        company_id: Set(write.company().uuid()),
        value: Set(value),
        changed_at_ms: Set(at_ms),
    })
    .on_conflict(
        OnConflict::column(row::Column::CompanyId)
            .update_columns([row::Column::Value, row::Column::ChangedAtMs])
            .to_owned(),
    )
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}
