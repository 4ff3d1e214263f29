//! Finding lines: newest first, by what stands beside the body, one page after the other without counting those before.

use super::{Line, row};
use crate::{CompanyId, Reads, StoreError, key_of};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait as _, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait as _, Select,
    sea_query::{Alias, Expr, Query},
};
use serde_json::Value;

/// Lines are counted up to here.
pub const COUNTED: u64 = 10_000;

/// What a line is found by. It repeats what the chained body says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Searched {
    pub(crate) category: String,
    pub(crate) login_key: String,
    pub(crate) address: String,
}

impl Searched {
    /// Of a line with this kind and body. Of an erased body nothing stays.
    pub(crate) fn of(kind: &str, body: Option<&str>) -> Self {
        let body: Value = body.and_then(|body| serde_json::from_str(body).ok()).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            category: kind.split('.').next().unwrap_or_default().to_owned(),
            login_key: key_of(&text("login")),
            address: text("address"),
        }
    }

    /// The first column of a kept line that says something else.
    pub(super) fn contradicted(&self, row: &row::Model) -> Option<&'static str> {
        let columns = [
            ("category", &self.category, &row.category),
            ("login_key", &self.login_key, &row.login_key),
            ("address", &self.address, &row.address),
        ];
        columns.into_iter().find(|(_, said, kept)| said != kept).map(|(name, ..)| name)
    }
}

/// Which lines. What is `None` does not narrow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// The part of the kind before the dot.
    pub category: Option<&'a str>,
    /// The whole kind.
    pub kind: Option<&'a str>,
    /// The account, compared without case.
    pub login: Option<&'a str>,
    /// The address, as it is written.
    pub address: Option<&'a str>,
    /// Not before this time.
    pub from_ms: Option<i64>,
    /// Before this time.
    pub until_ms: Option<i64>,
}

/// Where a line stands in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When.
    pub at_ms: i64,
    /// Number in the company.
    pub seq: i64,
}

/// Which part of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// From the newest line on.
    Newest,
    /// What comes after a line: older ones.
    OlderThan(Place),
    /// What comes before a line: newer ones, those next to it.
    NewerThan(Place),
}

/// Lines of one part, newest first, at most `limit`.
pub async fn list(
    company: CompanyId,
    on: &impl Reads,
    filter: Filter<'_>,
    part: Part,
    limit: u64,
) -> Result<Vec<Line>, StoreError> {
    let rows = select(company, filter, part).limit(limit).all(on.connection()).await?;
    let mut lines: Vec<Line> = rows.into_iter().map(Line::from).collect();
    if matches!(part, Part::NewerThan(_)) {
        lines.reverse();
    }
    Ok(lines)
}

/// How many lines there are, counted up to one above [`COUNTED`].
pub async fn count(company: CompanyId, on: &impl Reads, filter: Filter<'_>) -> Result<u64, StoreError> {
    let some = row::Entity::find()
        .select_only()
        .column(row::Column::Seq)
        .filter(condition(company, filter))
        .limit(COUNTED + 1)
        .into_query();
    let counted = Query::select()
        .expr_as(Expr::cust("COUNT(*)"), Alias::new("lines"))
        .from_subquery(some, Alias::new("found"))
        .to_owned();
    let found = on.connection().query_one(&counted).await?;
    let lines: i64 = match found {
        Some(row) => row.try_get("", "lines")?,
        None => 0,
    };
    Ok(u64::try_from(lines).unwrap_or_default())
}

/// Lines in the order of the way there: newest first, or oldest first on the way back.
pub(crate) fn select(company: CompanyId, filter: Filter<'_>, part: Part) -> Select<row::Entity> {
    let (order, beyond) = match part {
        Part::Newest => (Order::Desc, None),
        Part::OlderThan(place) => (Order::Desc, Some(older(place))),
        Part::NewerThan(place) => (Order::Asc, Some(newer(place))),
    };
    row::Entity::find()
        .filter(condition(company, filter).add_option(beyond))
        .order_by(row::Column::AtMs, order.clone())
        .order_by(row::Column::Seq, order)
}

fn condition(company: CompanyId, filter: Filter<'_>) -> Condition {
    let Filter { category, kind, login, address, from_ms, until_ms } = filter;
    // A kind is of one category, and every index knows that.
    let category = category.or_else(|| kind?.split('.').next());
    Condition::all()
        .add(row::Column::CompanyId.eq(company.uuid()))
        .add_option(category.map(|category| row::Column::Category.eq(category)))
        .add_option(kind.map(|kind| row::Column::Kind.eq(kind)))
        .add_option(login.map(|login| row::Column::LoginKey.eq(key_of(login))))
        .add_option(address.map(|address| row::Column::Address.eq(address)))
        .add_option(from_ms.map(|from_ms| row::Column::AtMs.gte(from_ms)))
        .add_option(until_ms.map(|until_ms| row::Column::AtMs.lt(until_ms)))
}

/// The first bound alone lets the index be entered at the right place; the second is exact.
fn older(Place { at_ms, seq }: Place) -> Condition {
    Condition::all()
        .add(row::Column::AtMs.lte(at_ms))
        .add(Condition::any().add(row::Column::AtMs.lt(at_ms)).add(row::Column::Seq.lt(seq)))
}

fn newer(Place { at_ms, seq }: Place) -> Condition {
    Condition::all()
        .add(row::Column::AtMs.gte(at_ms))
        .add(Condition::any().add(row::Column::AtMs.gt(at_ms)).add(row::Column::Seq.gt(seq)))
}

impl From<row::Model> for Line {
    fn from(row: row::Model) -> Self {
        Self { seq: row.seq, kind: row.kind, at_ms: row.at_ms, body: row.body }
    }
}
