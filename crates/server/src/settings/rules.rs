//! What a setting may be, and what was changed.

use super::api::Settings;
use crate::{
    addresses::{Allowed, Pattern},
    favourites,
    fields::Fields,
    problem::{FieldProblem, Problem, field_code},
};
use serde_json::{Map, Value, json};
use std::{net::IpAddr, ops::RangeInclusive};
use store::company_settings::CompanySettings;

/// Longest list of patterns.
const PATTERNS: usize = 100;
/// 로그인 실패 허용 횟수.
const FAILURES: RangeInclusive<i64> = 1..=20;
/// 로그인 차단 시간(초).
const LOCK_S: RangeInclusive<i64> = 10..=86_400;
/// 자동 로그아웃 시간(초): a minute is what the warning before takes.
const IDLE_S: RangeInclusive<i64> = 60..=86_400;
/// 접속번호 유효 시간(분).
const CODE_MIN: RangeInclusive<i64> = 1..=60;
/// Retention, in days.
const DAYS: RangeInclusive<i64> = 1..=36_500;
/// 녹화 저장 한도(GB).
const GB: RangeInclusive<i64> = 1..=1_000_000;

/// The settings as they are kept. `from`: the address of the administrator who saves them, who must not be locked out.
pub(super) fn checked(given: &Settings, from: IpAddr) -> Result<CompanySettings, Problem> {
    let mut fields = Fields::default();
    let administrator_addresses =
        patterns(&mut fields, "administrator_addresses", &given.administrator_addresses);
    if !Allowed::new(&administrator_addresses).allows(from) {
        let locked = FieldProblem::new("administrator_addresses", field_code::LOCKS_OUT);
        fields.refuse(locked.with("address", from.to_string()));
    }
    let settings = CompanySettings {
        administrator_addresses,
        operator_addresses: patterns(&mut fields, "operator_addresses", &given.operator_addresses),
        sign_in_failures: number(&mut fields, "sign_in_failures", given.sign_in_failures, FAILURES),
        sign_in_lock_s: number(&mut fields, "sign_in_lock_s", given.sign_in_lock_s, LOCK_S),
        idle_s: number(&mut fields, "idle_s", given.idle_s, IDLE_S),
        time_zone: time_zone(&mut fields, &given.time_zone),
        code_valid_min: number(&mut fields, "code_valid_min", given.code_valid_min, CODE_MIN),
        record_retention_days: given
            .record_retention_days
            .map(|days| number(&mut fields, "record_retention_days", days, DAYS)),
        recording_retention_days: given
            .recording_retention_days
            .map(|days| number(&mut fields, "recording_retention_days", days, DAYS)),
        recording_limit_gb: given
            .recording_limit_gb
            .map(|limit| number(&mut fields, "recording_limit_gb", limit, GB)),
        continue_without_recording: given.continue_without_recording,
        recording_copies: given.recording_copies,
        favourites: favourites::checked(&mut fields, &given.favourites),
    };
    fields.finish()?;
    Ok(settings)
}

/// Old and new value of everything that differs, for the usage log.
pub(super) fn changes(from: &CompanySettings, to: &CompanySettings) -> Value {
    let (from, to) = (json!(from), json!(to));
    let (Some(from), Some(to)) = (from.as_object(), to.as_object()) else { return json!({}) };
    let mut changes = Map::new();
    for (name, new) in to {
        let old = from.get(name).unwrap_or(&Value::Null);
        if old != new {
            changes.insert(name.clone(), json!({ "from": old, "to": new }));
        }
    }
    Value::Object(changes)
}

/// A list as typed, without blanks around and without twins.
fn patterns(fields: &mut Fields, field: &'static str, given: &[String]) -> Vec<String> {
    if PATTERNS < given.len() {
        fields.refuse(FieldProblem::new(field, field_code::TOO_MANY).with("max", PATTERNS));
        return Vec::new();
    }
    let mut kept: Vec<String> = Vec::new();
    for (position, typed) in given.iter().enumerate() {
        let typed = typed.trim().to_ascii_lowercase();
        if Pattern::parse(&typed).is_none() {
            fields.refuse(FieldProblem::new(format!("{field}.{position}"), field_code::ADDRESS_PATTERN));
        } else if !kept.contains(&typed) {
            kept.push(typed);
        }
    }
    kept
}

fn number<N: TryFrom<i64> + Default>(
    fields: &mut Fields,
    field: &'static str,
    given: i64,
    range: RangeInclusive<i64>,
) -> N {
    if !range.contains(&given) {
        let outside = FieldProblem::new(field, field_code::RANGE);
        fields.refuse(outside.with("min", *range.start()).with("max", *range.end()));
    }
    N::try_from(given).unwrap_or_default()
}

/// An IANA name, spelled as the time zone database has it.
fn time_zone(fields: &mut Fields, given: &str) -> String {
    let found = jiff::tz::TimeZone::get(given.trim()).ok();
    let name = found.as_ref().and_then(|zone| zone.iana_name()).unwrap_or_default();
    if name.is_empty() {
        fields.refuse(FieldProblem::new("time_zone", field_code::UNKNOWN));
    }
    name.to_owned()
}
