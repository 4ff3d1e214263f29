//! `.xlsx` in the library's constant-memory mode: rows go to temporary files, and 1,048,575 of them to a sheet.

use super::{Cell, SheetError};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::path::Path;

/// Rows of a sheet, its header with them (ECMA-376 is silent; Excel's own limit).
const SHEET_ROWS: u32 = 1_048_576;
/// A sheet goes on in the next one at this size, in bytes as [`written`] counts them: in a file above 4 GiB, before it is packed,
/// the archive would need ZIP64, and LibreOffice opens none that does.
const SHEET_BYTES: usize = 3 << 30;
/// Characters of a cell, counted as UTF-16 does; Excel's own limit.
const CELL_CHARACTERS: usize = 32_767;
/// Widths are set before the rows come: wide enough for a moment.
const COLUMN_WIDTH: f64 = 19.0;

pub(crate) struct Excel {
    book: Workbook,
    name: String,
    headers: Vec<String>,
    /// The next row of the sheet that is written.
    row: u32,
    /// What the rows of that sheet take.
    size: usize,
    sheets: usize,
    limit: u32,
    most: usize,
    formats: Formats,
}

struct Formats {
    header: Format,
    moment: Format,
    day: Format,
    share: Format,
    length: Format,
    number: Format,
}

impl Excel {
    /// `folder`: for the rows until the book is whole.
    pub(super) fn new(folder: &Path, name: &str, headers: &[String]) -> Result<Self, SheetError> {
        Self::with_limits(folder, name, headers, SHEET_ROWS, SHEET_BYTES)
    }

    /// `limit`: rows of a sheet. `most`: its bytes.
    pub(super) fn with_limits(
        folder: &Path,
        name: &str,
        headers: &[String],
        limit: u32,
        most: usize,
    ) -> Result<Self, SheetError> {
        let formats = Formats {
            header: Format::new().set_bold(),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            share: Format::new().set_num_format("0.0%"),
            length: Format::new().set_num_format("[h]:mm:ss"),
            number: Format::new().set_num_format("#,##0"),
        };
        let (name, headers) = (name.to_owned(), headers.to_vec());
        let mut book = Workbook::new();
        book.set_tempdir(folder)?;
        let mut excel = Self { book, size: 0, name, headers, row: 0, sheets: 0, limit, most, formats };
        excel.open()?;
        Ok(excel)
    }

    /// Begins the next sheet.
    fn open(&mut self) -> Result<(), SheetError> {
        self.sheets += 1;
        let name =
            if self.sheets == 1 { self.name.clone() } else { format!("{} {}", self.name, self.sheets) };
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (column, header) in (0_u16..).zip(&self.headers) {
            sheet.set_column_width(column, COLUMN_WIDTH)?;
            sheet.write_string_with_format(0, column, header, &self.formats.header)?;
        }
        (self.row, self.size) = (1, 0);
        Ok(())
    }

    pub(super) fn add(&mut self, row: &[Cell]) -> Result<(), SheetError> {
        if self.row == self.limit || self.most <= self.size {
            self.open()?;
        }
        let sheet = self.book.worksheet_from_index(self.sheets - 1)?;
        for (column, cell) in (0_u16..).zip(row) {
            write(sheet, self.row, column, cell, &self.formats)?;
        }
        self.row += 1;
        self.size += row.iter().map(written).sum::<usize>();
        Ok(())
    }

    pub(super) fn finish(mut self, folder: &Path) -> Result<std::fs::File, SheetError> {
        let file = tempfile::tempfile_in(folder)?;
        self.book.save_to_writer(file.try_clone()?)?;
        Ok(file)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a cell's number is a double; ours stay far below 2^53")]
fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), SheetError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, cut(text))?;
        }
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &formats.number)?;
        }
        Cell::Share(share) => {
            sheet.write_number_with_format(row, column, *share, &formats.share)?;
        }
        Cell::Moment(at) => {
            sheet.write_number_with_format(row, column, serial(*at), &formats.moment)?;
        }
        Cell::Day(day) => {
            sheet.write_number_with_format(row, column, serial(day.at(0, 0, 0, 0)), &formats.day)?;
        }
        Cell::Seconds(seconds) => {
            let days = *seconds as f64 / 86_400.0;
            sheet.write_number_with_format(row, column, days, &formats.length)?;
        }
    }
    Ok(())
}

/// About how many bytes a cell takes; markup becomes entities of up to six.
fn written(cell: &Cell) -> usize {
    let markup = |text: &String| text.bytes().filter(|byte| b"&<>\"'".contains(byte)).count();
    64 + if let Cell::Text(text) = cell { text.len() + 5 * markup(text) } else { 0 }
}

/// As much of a text as a cell takes, and no half of a character.
fn cut(text: &str) -> &str {
    let mut units = 0;
    let too_much = text.char_indices().find(|(_, each)| {
        units += each.len_utf16();
        CELL_CHARACTERS < units
    });
    too_much.map_or(text, |(at, _)| text.split_at(at).0)
}

/// Days since the last day of 1899 (ECMA-376 part 1 §18.17.4.1; from March 1900 on, which all of ours are).
fn serial(at: jiff::civil::DateTime) -> f64 {
    let epoch = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
    at.duration_since(epoch).as_secs_f64() / 86_400.0
}
