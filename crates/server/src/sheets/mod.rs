//! Tables that people take away: `.xlsx` and CSV, row by row, without holding them in memory.
//!
//! What is written here comes from outside, so no cell is ever a formula: Excel gets typed cells, and CSV, whose readers
//! guess, gets an apostrophe before what they would compute (OWASP, *CSV Injection*).

mod excel;
mod text;
mod turns;

#[cfg(test)]
mod tests;

pub(crate) use turns::{Place, Turns};

use axum::{body::Body, response::Response};
use futures_util::{Stream, TryStreamExt as _, stream};
use http::{HeaderValue, header};
use std::{
    future::Future,
    io::{Read as _, Seek as _},
};

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Words; longer ones than Excel takes (32,767 characters) are cut there.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A share, 0 to 1, shown as per cent.
    Share(f64),
    /// A moment: the date and time that a clock of the company showed.
    Moment(jiff::civil::DateTime),
    /// A day of the calendar.
    Day(jiff::civil::Date),
    /// A length in seconds, shown as h:mm:ss.
    Seconds(i64),
}

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SheetKind {
    /// Excel.
    Xlsx,
    /// Comma-separated values, UTF-8 with a byte order mark, by which Excel knows Korean.
    Csv,
}

impl SheetKind {
    /// How the file's name ends, without the dot.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// Why no file was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SheetError {
    /// The temporary file.
    #[error("sheet: {0}")]
    Io(#[from] std::io::Error),
    /// The library's limits.
    #[error("sheet: {0}")]
    Excel(#[from] rust_xlsxwriter::XlsxError),
    /// CSV.
    #[error("sheet: {0}")]
    Csv(#[from] csv::Error),
    /// What it is made of could not be read.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The writing did not come to its end.
    #[error("sheet: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// A file that is being written; rows go to the disk.
pub(crate) enum Sheet {
    /// `.xlsx`.
    Excel(Box<excel::Excel>),
    /// CSV.
    Text(Box<text::Text>),
}

/// Bytes sent at once.
const CHUNK: usize = 64 * 1024;

impl Sheet {
    /// Begins a file. `name`: of the sheet. `headers`: the first row.
    pub(crate) fn new(kind: SheetKind, name: &str, headers: &[String]) -> Result<Self, SheetError> {
        Ok(match kind {
            SheetKind::Xlsx => Self::Excel(Box::new(excel::Excel::new(name, headers)?)),
            SheetKind::Csv => Self::Text(Box::new(text::Text::new(headers)?)),
        })
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: &[Cell]) -> Result<(), SheetError> {
        match self {
            Self::Excel(excel) => excel.add(row),
            Self::Text(text) => text.add(row),
        }
    }

    /// The file, from its beginning.
    pub(crate) fn finish(self) -> Result<std::fs::File, SheetError> {
        let mut file = match self {
            Self::Excel(excel) => excel.finish()?,
            Self::Text(text) => text.finish()?,
        };
        file.rewind()?;
        Ok(file)
    }
}

/// The answer that a browser keeps as a file. `name`: with its ending; any script.
pub(crate) fn download(file: std::fs::File, kind: SheetKind, name: &str) -> Result<Response, SheetError> {
    let length = file.metadata()?.len();
    let mut response = attachment(Body::from_stream(chunks(file, None)), kind, name);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}

/// As [`download`] of a file that is yet to be made: the browser has its answer at once, and the bytes when they are
/// there. Whoever gives up waiting ends the making. `place`: kept until the last byte is sent.
pub(crate) fn download_when_made(
    place: Place,
    making: impl Future<Output = Result<std::fs::File, SheetError>> + Send + 'static,
    kind: SheetKind,
    name: &str,
) -> Response {
    let made = async move {
        let turn = place.turn().await?;
        let file = making.await.map_err(std::io::Error::other)?;
        drop(turn);
        Ok::<_, std::io::Error>(chunks(file, Some(place)))
    };
    let bytes = stream::once(made).try_flatten();
    attachment(Body::from_stream(bytes), kind, name)
}

/// The bytes of the file, whose place is given back after the last one.
fn chunks(file: std::fs::File, place: Option<Place>) -> impl Stream<Item = std::io::Result<Vec<u8>>> {
    stream::try_unfold((file, place), |(mut file, place)| async move {
        let read = tokio::task::spawn_blocking(move || {
            let mut chunk = vec![0; CHUNK];
            let length = file.read(&mut chunk)?;
            chunk.truncate(length);
            Ok::<_, std::io::Error>((chunk, file))
        });
        let (chunk, file) = read.await.map_err(std::io::Error::other)??;
        Ok::<_, std::io::Error>((!chunk.is_empty()).then_some((chunk, (file, place))))
    })
}

fn attachment(body: Body, kind: SheetKind, name: &str) -> Response {
    let mut response = Response::new(body);
    let kind = match kind {
        SheetKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        SheetKind::Csv => "text/csv; charset=utf-8",
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&disposition(name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// RFC 6266 §4.3, with the name as RFC 8187 has it.
fn disposition(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}

impl From<SheetError> for crate::problem::Problem {
    fn from(error: SheetError) -> Self {
        let incident = uuid::Uuid::now_v7().simple().to_string();
        tracing::error!(incident, error = %error, "File not made");
        Self::new(crate::problem::code::INTERNAL).with("incident", incident)
    }
}
