//! Whether LibreOffice opens a file and finds in it what the records hold: texts letter by letter, and moments as dates.

use crate::naive::Exported;
use anyhow::{Context as _, Result, ensure};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    process::Command,
};

/// Rows above the records.
const HEADS: usize = 1;
/// Columns of the file, from 0.
const OPERATOR_NAME: usize = 2;
const DEPARTMENT_NAME: usize = 3;
const CUSTOMER_NAME: usize = 4;
const STARTED: usize = 5;
const MEMO: usize = 19;

/// A cell as LibreOffice understood it.
#[derive(Clone, Debug, Default)]
struct Cell {
    /// "string", "float", "date" …; empty: nothing stands in it.
    kind: String,
    date: String,
    text: String,
}

/// Compares every row. Where LibreOffice is not installed, that is said and nothing is compared.
pub(super) fn opens(file: &[u8], expected: &[Exported]) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("beside-office-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("records.xlsx"), file)?;
    let converted = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "fods", "--outdir"])
        .args([&folder, &folder.join("records.xlsx")])
        .output();
    let compared = match converted {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("LibreOffice is not installed: nothing opened the file (`cargo xtask setup`)");
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(output) => File::open(folder.join("records.fods"))
            .with_context(|| format!("soffice: {}", String::from_utf8_lossy(&output.stderr)))
            .and_then(|found| compare_all(BufReader::new(found), expected)),
    };
    std::fs::remove_dir_all(&folder)?;
    compared
}

/// Row by row: the document of a million records is some gigabytes.
fn compare_all(document: impl BufRead, expected: &[Exported]) -> Result<()> {
    let mut rows = 0_usize;
    for row in Rows(document) {
        let row = cells(&row?);
        if row.is_empty() {
            continue;
        }
        if let Some(at) = rows.checked_sub(HEADS) {
            compare(
                &row,
                expected.get(at).with_context(|| format!("more than {} records", expected.len()))?,
            )?;
        }
        rows += 1;
    }
    ensure!(rows == HEADS + expected.len(), "{rows} rows of {}", HEADS + expected.len());
    eprintln!("LibreOffice finds {} records as they are kept, their moments as dates", expected.len());
    Ok(())
}

fn compare(row: &[Cell], record: &Exported) -> Result<()> {
    let cell = |at: usize| row.get(at).cloned().unwrap_or_default();
    for (at, text) in [
        (OPERATOR_NAME, &record.operator_name),
        (DEPARTMENT_NAME, &record.department_name),
        (CUSTOMER_NAME, &record.customer_name),
        (MEMO, &record.memo),
    ] {
        ensure!(cell(at).text == *text, "{:?} is {text:?}", cell(at));
    }
    let started = cell(STARTED);
    let Some(expected) = record.started_at else {
        ensure!(
            started.text.is_empty() && started.date.is_empty(),
            "{started:?} of a record without consent"
        );
        return Ok(());
    };
    ensure!(started.kind == "date", "{started:?} is no date");
    let found: jiff::civil::DateTime = started.date.parse()?;
    let apart_s = found.duration_since(expected).as_secs_f64().abs();
    ensure!(apart_s < 1.0, "{started:?} is {expected}");
    Ok(())
}

/// The rows of a flat OpenDocument table, as their texts.
struct Rows<R>(R);

impl<R: BufRead> Iterator for Rows<R> {
    type Item = std::io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = String::new();
        loop {
            match self.0.read_line(&mut row) {
                Ok(0) => return None,
                Ok(_) if row.trim_end().ends_with("</table:table-row>") => return Some(Ok(row)),
                Ok(_) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn cells(row: &str) -> Vec<Cell> {
    // Above the first row stand the styles of the document.
    let row = row.rsplit_once("<table:table-row").map_or("", |(_, row)| row);
    let mut cells = Vec::new();
    for cell in row.split("<table:table-cell").skip(1) {
        let head = cell.split('>').next().unwrap_or_default();
        let times = attribute(head, "table:number-columns-repeated").parse().unwrap_or(1_usize);
        let read = Cell {
            kind: attribute(head, "office:value-type"),
            date: attribute(head, "office:date-value"),
            text: plain(cell.split_once("<text:p>").map_or("", |(_, text)| text)),
        };
        // What is repeated to the end of the sheet is empty.
        cells.extend(std::iter::repeat_n(read, times.min(32)));
    }
    let last = cells.iter().rposition(|cell| !cell.kind.is_empty()).map_or(0, |at| at + 1);
    cells.truncate(last);
    cells
}

fn attribute(head: &str, name: &str) -> String {
    let value = head.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}

fn plain(rest: &str) -> String {
    let text = rest.split("</text:p>").next().unwrap_or_default();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
