//! From a file's bytes to rows of text: CSV in UTF-8 or, as Korean Excel writes it, in CP949; or `.xlsx`.

use super::super::columns::Column;
use calamine::{Data, DataRef, Reader as _, Xlsx};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

/// Rows of one file.
pub(super) const MOST_ROWS: usize = 1_000;
/// A file that unpacks to more is no table of operators.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// Columns that are looked at.
const MOST_COLUMNS: usize = 64;
/// Longer than any field may be.
const CELL_CHARACTERS: usize = 1_000;
/// How a ZIP archive begins (APPNOTE.TXT §4.3.7), which `.xlsx` is.
const ZIP: [u8; 4] = *b"PK\x03\x04";

/// One row: its line in the file, from 1, and what stands in each known column.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<(Column, String)>,
}

/// Why a file is no table of operators.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum FileError {
    /// It is neither CSV nor `.xlsx`, or broken.
    #[error("file is not readable")]
    Unreadable,
    /// No column for the ID.
    #[error("file has no column for the ID")]
    NoLogin,
    /// Only headings, or nothing.
    #[error("file has no rows")]
    Empty,
    /// More than [`MOST_ROWS`], or unpacked too large.
    #[error("file is too large")]
    TooLarge,
}

/// The rows of a file that are not empty.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Row>, FileError> {
    let lines = if bytes.starts_with(&ZIP) { excel(bytes)? } else { text(bytes)? };
    let mut lines = lines.into_iter();
    let (_, headings) = lines.next().ok_or(FileError::Empty)?;
    let columns: Vec<_> = headings.iter().map(|heading| Column::of_heading(heading)).collect();
    if !columns.contains(&Some(Column::Login)) {
        return Err(FileError::NoLogin);
    }
    let row = |(line, values): (usize, Vec<String>)| {
        let cells = columns.iter().zip(values).filter_map(|(column, value)| Some(((*column)?, value)));
        Row { line, cells: cells.collect() }
    };
    let rows: Vec<_> =
        lines.filter(|(_, values)| values.iter().any(|value| !value.is_empty())).map(row).collect();
    match rows.len() {
        0 => Err(FileError::Empty),
        count if count <= MOST_ROWS => Ok(rows),
        _ => Err(FileError::TooLarge),
    }
}

type Lines = Vec<(usize, Vec<String>)>;

/// What the library gives up on in the midst of it (calamine 0.38, for one, where a sheet's dimension runs backwards) is no
/// table either.
fn excel(bytes: &[u8]) -> Result<Lines, FileError> {
    refuse_bombs(bytes)?;
    std::panic::catch_unwind(|| cells(bytes)).unwrap_or(Err(FileError::Unreadable))
}

/// Cell by cell: a sheet says by itself how large it is, and one with two cells may say a thousand million.
fn cells(bytes: &[u8]) -> Result<Lines, FileError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| FileError::Unreadable)?;
    let name = book.sheet_names().first().cloned().ok_or(FileError::Empty)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| FileError::Unreadable)?;
    let mut lines: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(|_| FileError::Unreadable)? {
        let (row, column) = cell.get_position();
        let (Ok(row), Ok(column)) = (usize::try_from(row), usize::try_from(column)) else { continue };
        let text = text_of(cell.get_value());
        // What stands further to the right is no column of ours.
        if text.is_empty() || MOST_COLUMNS <= column {
            continue;
        }
        let line = lines.entry(row + 1).or_default();
        line.resize(line.len().max(column + 1), String::new());
        if let Some(place) = line.get_mut(column) {
            *place = text;
        }
        if MOST_ROWS + 1 < lines.len() {
            return Err(FileError::TooLarge);
        }
    }
    Ok(lines.into_iter().collect())
}

/// What a person sees in the cell. A telephone number that Excel took for a number has lost nothing but its zero.
fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::SharedString(text) => limited(text),
        other => limited(&Data::from(other.clone()).to_string()),
    }
}

/// A cell's words, as many as tell that they are too many.
fn limited(text: &str) -> String {
    text.trim().chars().take(CELL_CHARACTERS).collect()
}

/// Unpacks everything once, and throws it away: what an archive says of its own size is not to be believed.
fn refuse_bombs(bytes: &[u8]) -> Result<(), FileError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Unreadable)?;
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| FileError::Unreadable)?;
        let unpacked = std::io::copy(&mut entry.take(left), &mut std::io::sink());
        left -= unpacked.map_err(|_| FileError::Unreadable)?;
        if left == 0 {
            return Err(FileError::TooLarge);
        }
    }
    Ok(())
}

fn text(bytes: &[u8]) -> Result<Lines, FileError> {
    let decoded = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').into(),
        Err(_) => {
            let (text, _, has_errors) = encoding_rs::EUC_KR.decode(bytes);
            if has_errors {
                return Err(FileError::Unreadable);
            }
            text
        }
    };
    if decoded.contains('\0') {
        return Err(FileError::Unreadable);
    }
    let head = decoded.lines().next().unwrap_or_default();
    let delimiter = [b'\t', b';', b','].into_iter().find(|byte| head.contains(char::from(*byte)));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(decoded.as_bytes());
    let mut lines = Vec::new();
    let (mut line, mut rest) = (1, decoded.as_ref());
    for record in reader.records().take(MOST_ROWS + 2) {
        let record = record.map_err(|_| FileError::Unreadable)?;
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or_default();
        // What the reader counts stands before the end of the line before, and before empty lines.
        let from_start = decoded.get(start..).unwrap_or_default().trim_start_matches(LINE_ENDS);
        let passed = rest.len().saturating_sub(from_start.len());
        line += line_ends(rest.get(..passed).unwrap_or_default());
        rest = from_start;
        let values = record.iter().map(|value| limited(unquoted(value.trim()))).collect();
        lines.push((line, values));
    }
    Ok(lines)
}

const LINE_ENDS: [char; 2] = ['\r', '\n'];

/// As an editor counts them: CR and LF together are one.
fn line_ends(text: &str) -> usize {
    text.matches(LINE_ENDS).count() - text.matches("\r\n").count()
}

/// Without the apostrophe that our own export puts before what looks like a formula.
fn unquoted(value: &str) -> &str {
    let rest = value.strip_prefix('\'');
    rest.filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(value)
}
