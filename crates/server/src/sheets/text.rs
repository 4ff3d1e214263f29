//! CSV (RFC 4180).

use super::{Cell, SheetError};
use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

/// Tells Excel that UTF-8 follows.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub(crate) struct Text {
    writer: csv::Writer<BufWriter<File>>,
}

impl Text {
    pub(super) fn new(folder: &Path, headers: &[String]) -> Result<Self, SheetError> {
        let mut file = BufWriter::new(tempfile::tempfile_in(folder)?);
        file.write_all(BYTE_ORDER_MARK.as_bytes())?;
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(file);
        writer.write_record(headers)?;
        Ok(Self { writer })
    }

    pub(super) fn add(&mut self, row: &[Cell]) -> Result<(), SheetError> {
        self.writer.write_record(row.iter().map(text))?;
        Ok(())
    }

    pub(super) fn finish(self) -> Result<File, SheetError> {
        let buffered = self.writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
        Ok(buffered.into_inner().map_err(std::io::IntoInnerError::into_error)?)
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if is_computed(text) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Share(share) => format!("{share:.4}"),
        Cell::Moment(at) => at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Seconds(seconds) => seconds.to_string(),
    }
}

/// Whether a reader may compute it (OWASP, *CSV Injection*): by its first letter, or by the first that can be seen, for some
/// readers pass over blanks and marks, and take the wide signs of Korean and Japanese keyboards for the plain ones.
fn is_computed(text: &str) -> bool {
    let is_passed_over = |letter: char| letter.is_whitespace() || !protocol::text::is_visible(letter);
    let begin = text.trim_start_matches(is_passed_over);
    text.starts_with(['\t', '\r', '\n']) || begin.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}
