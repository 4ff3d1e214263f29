//! Whether LibreOffice opens a file and finds in it what the records hold: texts letter by letter, and moments as dates.

use crate::naive::Exported;
use anyhow::{Context as _, Result, ensure};
use std::process::Command;

/// Rows above the records.
const HEADS: usize = 1;
/// Columns of the file, from 0.
const OPERATOR_NAME: usize = 2;
const DEPARTMENT_NAME: usize = 3;
const CUSTOMER_NAME: usize = 4;
const STARTED: usize = 5;
const MEMO: usize = 17;

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
    let found = match converted {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("LibreOffice is not installed: nothing opened the file (`cargo xtask setup`)");
            Ok(None)
        }
        Err(error) => Err(error.into()),
        Ok(output) => std::fs::read_to_string(folder.join("records.fods"))
            .with_context(|| format!("soffice: {}", String::from_utf8_lossy(&output.stderr)))
            .map(Some),
    };
    std::fs::remove_dir_all(&folder)?;
    let Some(found) = found? else { return Ok(()) };
    let rows = rows(&found);
    ensure!(rows.len() == HEADS + expected.len(), "{} rows of {}", rows.len(), HEADS + expected.len());
    for (row, record) in rows.iter().skip(HEADS).zip(expected) {
        compare(row, record)?;
    }
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

/// The rows of a flat OpenDocument table that hold anything.
fn rows(document: &str) -> Vec<Vec<Cell>> {
    let body = document.split_once("<office:spreadsheet").map_or("", |(_, body)| body);
    body.split("<table:table-row").skip(1).map(cells).filter(|row| !row.is_empty()).collect()
}

fn cells(row: &str) -> Vec<Cell> {
    let row = row.split("</table:table-row>").next().unwrap_or_default();
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
