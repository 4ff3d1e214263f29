//! The statistic as a file.

use super::{
    api::{Asked, StatisticsKind},
    rows::{Before, Statistics, StatisticsRow, average_s},
};
use crate::{
    language::Language,
    problem::message,
    sheets::{Cell, Made, Sheet, SheetError, SheetKind, Turn},
};
use serde_json::{Map, json};

/// Writes every row, and the sum of all under them.
pub(super) fn write(
    turn: Turn,
    asked: &Asked,
    all: &Statistics,
    language: Language,
    kind: SheetKind,
) -> Result<Made, SheetError> {
    let says = Says { language };
    let name = says.text(&format!("server-statistics-{}", asked.kind.name()));
    let mut sheet = Sheet::new(turn, kind, &name, &says.headers(asked.kind))?;
    for row in &all.rows {
        sheet.add(&says.cells(asked.kind, row))?;
    }
    let total = StatisticsRow {
        supports: all.total.supports,
        duration_s: all.total.duration_s,
        average_s: average_s(all.total),
        share_per_mille: all.rows.iter().map(|row| row.share_per_mille).sum(),
        before: Some(Before::from(all.before)),
        ratings: (0..5).map(|at| all.rows.iter().filter_map(|row| row.ratings.get(at)).sum()).collect(),
        ..StatisticsRow::default()
    };
    let mut cells = says.cells(asked.kind, &total);
    if let Some(first) = cells.first_mut() {
        *first = Cell::Text(says.text("server-statistics-total"));
    }
    if asked.kind == StatisticsKind::Operator
        && let Some(name) = cells.get_mut(1)
    {
        *name = Cell::Empty;
    }
    sheet.add(&cells)?;
    sheet.finish()
}

/// 통계_월별_2026-01-01_2026-11-28.xlsx.
pub(super) fn file_name(asked: &Asked, language: Language, kind: SheetKind) -> String {
    let says = Says { language };
    let ending = kind.ending();
    let parts =
        [says.text("server-statistics"), says.text(&format!("server-statistics-{}", asked.kind.name()))];
    format!("{}_{}_{}.{ending}", parts.join("_").replace(' ', "-"), asked.period.from, asked.period.to)
}

/// Words of one language.
struct Says {
    language: Language,
}

impl Says {
    fn text(&self, name: &str) -> String {
        message(self.language, name, &Map::new())
    }

    fn headers(&self, kind: StatisticsKind) -> Vec<String> {
        let mut names = match kind {
            StatisticsKind::Month => vec!["month"],
            StatisticsKind::Day => vec!["day"],
            StatisticsKind::Hour => vec!["hour"],
            StatisticsKind::Operator => vec!["login", "name"],
            StatisticsKind::Duration => vec!["length"],
            StatisticsKind::System => vec!["os"],
            StatisticsKind::SupportType | StatisticsKind::Satisfaction => vec!["support-type"],
        };
        names.extend(["supports", "share", "duration", "average", "before", "difference", "change"]);
        if kind == StatisticsKind::Satisfaction {
            names.extend(["rated-5", "rated-4", "rated-3", "rated-2", "rated-1", "unrated"]);
        }
        names.into_iter().map(|name| self.text(&format!("server-statistics-column-{name}"))).collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    fn cells(&self, kind: StatisticsKind, row: &StatisticsRow) -> Vec<Cell> {
        let mut cells = vec![self.first(kind, row)];
        if kind == StatisticsKind::Operator {
            cells.push(Cell::Text(row.name.clone().unwrap_or_default()));
        }
        let before = row.before.map(|before| before.supports);
        let change = before.filter(|before| *before != 0);
        let change = change.map(|before| (row.supports - before) as f64 / before as f64);
        cells.extend([
            Cell::Number(row.supports),
            Cell::Share(row.share_per_mille as f64 / 1000.0),
            Cell::Seconds(row.duration_s),
            Cell::Seconds(row.average_s),
            before.map_or(Cell::Empty, Cell::Number),
            before.map_or(Cell::Empty, |before| Cell::Number(row.supports - before)),
            change.map_or(Cell::Empty, Cell::Share),
        ]);
        if kind == StatisticsKind::Satisfaction {
            let rated: i64 = row.ratings.iter().sum();
            cells.extend(row.ratings.iter().rev().map(|count| Cell::Number(*count)));
            cells.push(Cell::Number(row.supports - rated));
        }
        cells
    }

    /// What the row is of.
    fn first(&self, kind: StatisticsKind, row: &StatisticsRow) -> Cell {
        let none = || self.text("server-statistics-none");
        if kind == StatisticsKind::Day
            && let Ok(day) = row.key.parse()
        {
            return Cell::Day(day);
        }
        Cell::Text(match kind {
            StatisticsKind::Month | StatisticsKind::Day => row.key.clone(),
            StatisticsKind::Hour => match row.key.parse::<i64>() {
                Ok(hour) => format!("{hour:02}:00–{:02}:00", hour + 1),
                Err(_) => String::new(),
            },
            StatisticsKind::Duration => self.length(&row.key),
            StatisticsKind::System if row.key.is_empty() => none(),
            StatisticsKind::System => row.key.clone(),
            StatisticsKind::Operator => row.login.clone().unwrap_or_default(),
            StatisticsKind::SupportType | StatisticsKind::Satisfaction => {
                row.name.clone().unwrap_or_else(none)
            }
        })
    }

    /// `5-10` in words.
    fn length(&self, key: &str) -> String {
        let (name, from, to) = match key.split_once('-') {
            Some(("0", to)) => ("server-statistics-length-under", "0", to),
            Some((from, to)) => ("server-statistics-length", from, to),
            None => ("server-statistics-length-over", key, ""),
        };
        let params = json!({ "from": from, "to": to });
        message(self.language, name, params.as_object().unwrap_or(&Map::new()))
    }
}
