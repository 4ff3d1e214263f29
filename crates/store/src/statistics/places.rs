//! The places that operators have on packed pages [`super::operators`]: each operator of a department one, given for good when it is
//! first counted. `statistics_places` is to write by, `statistics_people` to read by.

use super::{names::parameters, statement};
use crate::{CompanyId, StoreError};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use std::collections::{BTreeSet, HashMap, hash_map::Entry};
use uuid::Uuid;

/// Operators of one row.
pub(super) const PAGE: i64 = 64;
/// Operators of one statement.
const OPERATORS: usize = 500;

/// A page, and the place on it.
pub(super) type Place = (i64, u8);

/// The places of operators of departments; who has none is given one.
pub(super) async fn of(
    on: &impl ConnectionTrait,
    company: CompanyId,
    people: BTreeSet<(Uuid, Uuid)>,
) -> Result<HashMap<(Uuid, Uuid), Place>, StoreError> {
    let operators: BTreeSet<Uuid> = people.iter().map(|(operator, _)| *operator).collect();
    let operators: Vec<Uuid> = operators.into_iter().collect();
    let mut places = HashMap::new();
    for part in operators.chunks(OPERATORS) {
        let sql = format!(
            "SELECT operator_id, department_id, place FROM statistics_places \
             WHERE company_id = $1 AND operator_id IN ({})",
            parameters(2, part.len())
        );
        let mut values: Vec<Value> = vec![company.uuid().into()];
        values.extend(part.iter().map(|id| Value::from(*id)));
        for row in on.query_all_raw(statement(on, sql, values)).await? {
            let person = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            places.insert(person, split(row.try_get_by_index(2)?));
        }
    }
    for person in people {
        if let Entry::Vacant(none) = places.entry(person) {
            none.insert(give_next(on, company, person).await?);
        }
    }
    Ok(places)
}

/// Gives the place after the last one.
async fn give_next(
    on: &impl ConnectionTrait,
    company: CompanyId,
    person: (Uuid, Uuid),
) -> Result<Place, StoreError> {
    let sql = "SELECT COALESCE(MAX(place), -1) + 1 FROM statistics_places WHERE company_id = $1";
    let row = on.query_one_raw(statement(on, sql, [company.uuid().into()])).await?;
    give(on, company, person, row.ok_or(StoreError::Missing)?.try_get_by_index(0)?).await
}

/// Gives a place, of which those before are given. Counted over all pages, from 0.
pub(super) async fn give(
    on: &impl ConnectionTrait,
    company: CompanyId,
    (operator, department): (Uuid, Uuid),
    place: i64,
) -> Result<Place, StoreError> {
    let sql = "INSERT INTO statistics_places (company_id, operator_id, department_id, place) \
               VALUES ($1, $2, $3, $4)";
    let values = [company.uuid().into(), operator.into(), department.into(), place.into()];
    on.execute_raw(statement(on, sql, values)).await?;
    let (page, slot) = split(place);
    let key = [company.uuid().into(), page.into()];
    let sql = "SELECT page, people FROM statistics_people WHERE company_id = $1 AND page = $2";
    let row = on.query_one_raw(statement(on, sql, key)).await?;
    let mut people: Vec<u8> = row.map(|row| row.try_get_by_index(1)).transpose()?.unwrap_or_default();
    people.extend(operator.into_bytes());
    people.extend(department.into_bytes());
    let sql = "INSERT INTO statistics_people (company_id, page, people) VALUES ($1, $2, $3) \
               ON CONFLICT (company_id, page) DO UPDATE SET people = excluded.people";
    on.execute_raw(statement(on, sql, [company.uuid().into(), page.into(), people.into()])).await?;
    Ok((page, slot))
}

fn split(place: i64) -> Place {
    (place.div_euclid(PAGE), u8::try_from(place.rem_euclid(PAGE)).unwrap_or_default())
}

/// Operators and their departments, in the order of their places, of a row of `statistics_people` after its page.
pub(super) fn people(row: &QueryResult) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let kept: Vec<u8> = row.try_get_by_index(1)?;
    let person = |bytes: &[u8]| {
        let (operator, department) = bytes.split_at_checked(16)?;
        Some((Uuid::from_slice(operator).ok()?, Uuid::from_slice(department).ok()?))
    };
    Ok(kept.chunks_exact(32).filter_map(person).collect())
}
