//! Tables that people take away: `.xlsx` and CSV, row by row, without holding them in memory.
//!
//! What is written here comes from outside, so no cell is ever a formula: Excel gets typed cells, and CSV, whose readers
//! guess, gets an apostrophe before what they would compute (OWASP, *CSV Injection*).

mod api;
mod excel;
mod text;
mod turns;

#[cfg(test)]
mod tests;

pub(crate) use api::{FormatQuery, TicketQuery};
#[cfg(test)]
pub(crate) use turns::any_turn;
pub(crate) use turns::{Place, Turn, Turns};

use crate::state::AppState;
use axum::{body::Body, response::Response};
use futures_util::{Stream, TryStreamExt as _, stream};
use http::{HeaderValue, header};
use std::{
    future::Future,
    io::{Read as _, Seek as _},
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of all exports.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(api::reserve_export))
}

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

    fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
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
pub(crate) struct Sheet {
    writer: Writer,
    turn: Turn,
}

/// By kind.
enum Writer {
    /// `.xlsx`.
    Excel(Box<excel::Excel>),
    /// CSV.
    Text(Box<text::Text>),
}

/// A file that is ready to be sent.
pub(crate) struct Made {
    file: std::fs::File,
    place: Place,
}

#[cfg(test)]
impl Made {
    /// What would be sent.
    pub(crate) fn into_file(self) -> std::fs::File {
        self.file
    }
}

/// Bytes sent at once.
const CHUNK: usize = 64 * 1024;

impl Sheet {
    /// Begins a file. `name`: of the sheet. `headers`: the first row.
    pub(crate) fn new(
        turn: Turn,
        kind: SheetKind,
        name: &str,
        headers: &[String],
    ) -> Result<Self, SheetError> {
        let folder = turn.folder();
        let writer = match kind {
            SheetKind::Xlsx => Writer::Excel(Box::new(excel::Excel::new(folder, name, headers)?)),
            SheetKind::Csv => Writer::Text(Box::new(text::Text::new(folder, headers)?)),
        };
        Ok(Self { writer, turn })
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: &[Cell]) -> Result<(), SheetError> {
        match &mut self.writer {
            Writer::Excel(excel) => excel.add(row),
            Writer::Text(text) => text.add(row),
        }
    }

    /// [`Self::add`] for many rows, away from the threads that answer requests. Dropped, it still ends with these.
    pub(crate) async fn with<R: AsRef<[Cell]>>(
        mut self,
        rows: impl IntoIterator<Item = R> + Send + 'static,
    ) -> Result<Self, SheetError> {
        let adding = move || rows.into_iter().try_for_each(|row| self.add(row.as_ref())).map(|()| self);
        tokio::task::spawn_blocking(adding).await?
    }

    /// [`Self::finish`], away from the threads that answer requests.
    pub(crate) async fn made(self) -> Result<Made, SheetError> {
        tokio::task::spawn_blocking(move || self.finish()).await?
    }

    /// The file, from its beginning.
    pub(crate) fn finish(self) -> Result<Made, SheetError> {
        let mut file = match self.writer {
            Writer::Excel(excel) => excel.finish(self.turn.folder())?,
            Writer::Text(text) => text.finish()?,
        };
        file.rewind()?;
        Ok(Made { file, place: self.turn.end() })
    }
}

/// The answer that a browser keeps as a file. `name`: with its ending; any script.
pub(crate) fn download(made: Made, kind: SheetKind, name: &str) -> Result<Response, SheetError> {
    let length = made.file.metadata()?.len();
    let mut response = attachment(Body::from_stream(chunks(made)), kind.media_type(), name);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}

/// [`download`] of a sheet that has all its rows, under its title.
pub(crate) async fn finished(sheet: Sheet, kind: SheetKind, title: &str) -> Result<Response, SheetError> {
    download(sheet.made().await?, kind, &format!("{title}.{}", kind.ending()))
}

/// As [`download`] of a file that is yet to be made: the browser has its answer at once, and the bytes when they are
/// there. Whoever gives up waiting ends the making.
pub(crate) fn download_when_made<M>(
    place: Place,
    kind: SheetKind,
    name: &str,
    make: impl FnOnce(Turn) -> M + Send + 'static,
) -> Response
where
    M: Future<Output = Result<Made, SheetError>> + Send + 'static,
{
    let made = async move {
        let making = async move { make(place.turn().await?).await };
        // The answer has begun, so that the browser sees a broken download and no more.
        making.await.map(chunks).map_err(|error| std::io::Error::other(note(&error)))
    };
    let bytes = stream::once(made).try_flatten();
    attachment(Body::from_stream(bytes), kind.media_type(), name)
}

/// The bytes of the file, whose place is given back after the last one.
fn chunks(made: Made) -> impl Stream<Item = std::io::Result<Vec<u8>>> {
    stream::try_unfold(made, |Made { mut file, place }| async move {
        let read = tokio::task::spawn_blocking(move || {
            let mut chunk = vec![0; CHUNK];
            let length = file.read(&mut chunk)?;
            chunk.truncate(length);
            Ok::<_, std::io::Error>((chunk, file))
        });
        let (chunk, file) = read.await.map_err(std::io::Error::other)??;
        Ok::<_, std::io::Error>((!chunk.is_empty()).then_some((chunk, Made { file, place })))
    })
}

/// A file that the browser saves under `name`.
pub(crate) fn attachment(body: Body, media_type: &'static str, name: &str) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
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
        Self::new(crate::problem::code::INTERNAL).with("incident", note(&error))
    }
}

/// Logs why there is no file. Gives the name that the line is found by.
fn note(error: &SheetError) -> String {
    let incident = uuid::Uuid::now_v7().simple().to_string();
    tracing::error!(incident, error = %error, "File not made");
    incident
}
