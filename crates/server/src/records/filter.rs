//! What a search asks for, as it stands in an address: the same for the list, its neighbours and the export, so
//! that one address can be kept, shared, and taken away as a file.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::api::Resolution;
use crate::{
    fields::Fields,
    problem::{Problem, code},
};
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::{
    CompanyId, DepartmentId, Reads, StoreError, SupportTypeId, company_settings, departments,
    records::Filter, support_types,
};
use utoipa::IntoParams;

/// Longest text that is looked for, in characters.
const TEXT_CHARACTERS: usize = 100;

/// All of it must hold; what is left out holds for every record.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct FilterQuery {
    /// 검색기간: the first day, `2026-11-01`, in the company's time zone, by the moment when the customer came.
    from: Option<String>,
    /// The last day, with it.
    to: Option<String>,
    /// 상담원 ID: what it begins with.
    operator_login: Option<String>,
    /// 상담원 이름: a part of it. Of this and the other texts a single letter means their beginning.
    operator_name: Option<String>,
    /// 고객 이름: a part of it.
    customer_name: Option<String>,
    /// 부서.
    #[param(value_type = Option<uuid::Uuid>)]
    department: Option<DepartmentId>,
    /// 상담유형.
    #[param(value_type = Option<uuid::Uuid>)]
    support_type: Option<SupportTypeId>,
    /// 고객 OS: the words that its name, or its name with version, begins with.
    customer_os: Option<String>,
    /// 해결 여부.
    #[param(inline)]
    resolution: Option<Resolution>,
    /// 접속 IP: of customer or operator, or the parts that it begins with, such as `192.168.`.
    address: Option<String>,
    /// A part of the memo or of 고객 이름.
    text: Option<String>,
}

/// A search that can be made.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) filter: Filter,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) zone: TimeZone,
}

impl FilterQuery {
    /// The search in the company's time zone. Errors: a day that is none, and texts that nobody can have written.
    pub(super) async fn checked(&self, company: CompanyId, on: &impl Reads) -> Result<Asked, Problem> {
        let mut fields = Fields::default();
        let mut line = |field, text: &Option<String>| {
            fields.line(field, text.as_deref().unwrap_or_default(), TEXT_CHARACTERS)
        };
        let filter = Filter {
            from_ms: None,
            until_ms: None,
            operator_login: line("operator_login", &self.operator_login),
            operator_name: line("operator_name", &self.operator_name),
            customer_name: line("customer_name", &self.customer_name),
            department: self.department,
            support_type: self.support_type,
            customer_os: line("customer_os", &self.customer_os),
            resolution: self.resolution.map(Into::into),
            address: line("address", &self.address),
            text: line("text", &self.text),
        };
        fields.finish()?;
        let zone = zone(company, on).await?;
        let (from, to) = (day(self.from.as_deref())?, day(self.to.as_deref())?);
        let from_ms = from.map(|day| start_of(day, &zone)).transpose()?;
        let until_ms = to.map(|day| end_of(day, &zone)).transpose()?;
        Ok(Asked { filter: Filter { from_ms, until_ms, ..filter }, from, to, zone })
    }
}

impl Asked {
    /// What was asked for, as the usage log tells it.
    pub(super) async fn told(
        &self,
        company: CompanyId,
        on: &impl Reads,
    ) -> Result<Map<String, Value>, StoreError> {
        let filter = &self.filter;
        let mut told = Map::new();
        let mut tell = |name: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                told.insert(name.to_owned(), json!(value));
            }
        };
        tell("from", self.from.map(|day| day.to_string()));
        tell("to", self.to.map(|day| day.to_string()));
        tell("operator_login", Some(filter.operator_login.clone()));
        tell("operator_name", Some(filter.operator_name.clone()));
        tell("customer_name", Some(filter.customer_name.clone()));
        tell("customer_os", Some(filter.customer_os.clone()));
        tell("resolution", filter.resolution.map(|chosen| chosen.name().to_owned()));
        tell("address", Some(filter.address.clone()));
        tell("text", Some(filter.text.clone()));
        if let Some(id) = filter.department {
            let found = departments::find(company, on, id).await.map(|found| found.name);
            tell("department", Some(named(found, id)?));
        }
        if let Some(id) = filter.support_type {
            let found = support_types::find(company, on, id).await.map(|found| found.name);
            tell("support_type", Some(named(found, id)?));
        }
        Ok(told)
    }
}

/// The company's time zone; where its name is not known here, UTC.
pub(super) async fn zone(company: CompanyId, on: &impl Reads) -> Result<TimeZone, StoreError> {
    let settings = company_settings::find(company, on).await?;
    Ok(TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC))
}

/// A day as `2026-11-01`. Errors: it is none.
pub(super) fn day(text: Option<&str>) -> Result<Option<Date>, Problem> {
    let parsed = text.filter(|text| !text.is_empty()).map(str::parse).transpose();
    parsed.map_err(|_| Problem::new(code::INVALID_ADDRESS))
}

/// The first moment of a day.
pub(super) fn start_of(day: Date, zone: &TimeZone) -> Result<i64, Problem> {
    // Where the clock jumps over midnight, the day begins after the jump.
    let start = zone.to_timestamp(day.at(0, 0, 0, 0)).map_err(|_| Problem::new(code::INVALID_ADDRESS))?;
    Ok(start.as_millisecond())
}

/// The first moment after a day.
pub(super) fn end_of(day: Date, zone: &TimeZone) -> Result<i64, Problem> {
    let next = day.checked_add(1.day()).map_err(|_| Problem::new(code::INVALID_ADDRESS))?;
    start_of(next, zone)
}

/// The day that a moment falls on; `None` only beyond the calendar.
pub(super) fn day_of(at_ms: i64, zone: &TimeZone) -> Option<Date> {
    Some(zone.to_datetime(Timestamp::from_millisecond(at_ms).ok()?).date())
}

fn named(found: Result<String, StoreError>, id: impl ToString) -> Result<String, StoreError> {
    match found {
        Err(StoreError::Missing) => Ok(id.to_string()),
        other => other,
    }
}
