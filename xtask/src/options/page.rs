//! `docs/options.md`: where each option works.

use super::titles::is_id;

/// Where it stands.
pub(super) const PAGE: &str = "docs/options.md";

/// An option, with a cell for each platform.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) cells: Vec<Cell>,
}

/// What the page says of an option on a platform.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Tests show it in both directions.
    Works,
    /// It never will there, and why.
    Unsupported(String),
    /// Not yet.
    Open,
    /// Nothing is said, or nothing that has a meaning.
    Empty,
}

/// The rows of all tables of the page.
pub(super) fn rows(text: &str) -> Vec<Row> {
    text.lines().filter_map(row).collect()
}

fn row(line: &str) -> Option<Row> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = inner.split('|').map(str::trim);
    let id = cells.next().filter(|id| is_id(id))?;
    Some(Row { id: id.to_owned(), cells: cells.map(cell).collect() })
}

fn cell(text: &str) -> Cell {
    match text.split_once(": ") {
        _ if text == "works" => Cell::Works,
        _ if text == "open" => Cell::Open,
        Some(("unsupported", why)) if !why.is_empty() => Cell::Unsupported(why.to_owned()),
        _ => Cell::Empty,
    }
}
