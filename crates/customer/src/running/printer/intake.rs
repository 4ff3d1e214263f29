//! One document on its way in: made a PDF, and put down.

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use printing::{DocumentError, Intake, Taken, ToPdf};
use protocol::limits;
use session::customer::{DocumentNo, PrinterInput};
use tokio::sync::mpsc;

use super::spool::{Spool, Writing};
use super::stand::Board;
use super::tell;

/// So much is made of at a time, so that others have their turn between.
const STEP_BYTES: usize = 4 * 1024;
/// The session hears of the document after so many bytes.
const TELL_BYTES: u64 = 256 * 1024;
/// Whoever prints and says nothing for so long has gone.
const SILENCE: std::time::Duration = std::time::Duration::from_secs(120);

/// Why a document is not taken in: as the session hears it, and as whoever prints does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Why(&'static str, Taken);

impl From<DocumentError> for Why {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::Malformed => Self("print-malformed", Taken::Malformed),
            DocumentError::Format => Self("print-format", Taken::Format),
            DocumentError::TooLarge => Self("print-too-many-pages", Taken::TooLarge),
        }
    }
}

impl From<std::io::Error> for Why {
    fn from(error: std::io::Error) -> Self {
        tracing::warn!(%error, "Printed document not kept");
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Self("print-disk-full", Taken::Failed)
            }
            _ => Self("print-failed", Taken::Failed),
        }
    }
}

/// A document that comes. Dropped before it is whole, it is gone, and the session hears so.
struct Coming<'a> {
    no: DocumentNo,
    spool: &'a Spool,
    news: &'a mpsc::Sender<PrinterInput>,
    writing: Writing,
    told_bytes: u64,
    why: Option<&'static str>,
}

impl Drop for Coming<'_> {
    fn drop(&mut self) {
        if let Some(why) = self.why {
            self.spool.forget(self.no);
            tell(self.news, PrinterInput::Gone(self.no, why));
        }
    }
}

/// Takes a document in: what has come of it, and what follows.
pub(super) async fn take_in(board: &Board, intake: &Intake, first: &[u8], rest: &mut Incoming) -> Taken {
    let (no, writing) = match board.spool.create() {
        Ok(created) => created,
        Err(error) => return Why::from(error).1,
    };
    board.begin(intake.job, no);
    let name = intake.name.clone();
    tell(&board.news, PrinterInput::Arriving { document: no, name, size_bytes: 0 });
    let (spool, news) = (board.spool.as_ref(), &board.news);
    let mut coming = Coming { no, spool, news, writing, told_bytes: 0, why: Some("print-cancelled") };
    let taken = match read(board, intake, first, rest, &mut coming).await {
        Ok(pages) => {
            coming.why = None;
            let size_bytes = coming.writing.size_bytes;
            tell(news, PrinterInput::Arrived { document: no, pages, size_bytes });
            Taken::Whole { size_bytes, pages }
        }
        Err(Why(why, taken)) => {
            coming.why = Some(why);
            taken
        }
    };
    board.end(no);
    taken
}

async fn read(
    board: &Board,
    intake: &Intake,
    first: &[u8],
    rest: &mut Incoming,
    coming: &mut Coming<'_>,
) -> Result<u32, Why> {
    const CANCELLED: Why = Why("print-cancelled", Taken::Failed);
    let mut converter = ToPdf::new(intake.format, intake.pages.clone(), intake.paper, limits::PRINT_PAGES);
    let mut out = Vec::new();
    let mut chunk = bytes::Bytes::copy_from_slice(first);
    loop {
        for step in chunk.chunks(STEP_BYTES) {
            if board.is_cancelled(intake.job) {
                return Err(CANCELLED);
            }
            converter.push(step, &mut out)?;
            put(coming, &mut out)?;
            tokio::task::yield_now().await;
        }
        let frame = tokio::time::timeout(SILENCE, rest.frame()).await;
        chunk = match frame.map_err(|_| CANCELLED)? {
            None => break,
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
            // The connection broke: whoever printed has gone.
            Some(Err(_)) => return Err(CANCELLED),
        };
    }
    let finished = converter.finish(&mut out)?;
    put(coming, &mut out)?;
    Ok(finished.pages)
}

fn put(coming: &mut Coming<'_>, out: &mut Vec<u8>) -> Result<(), Why> {
    let size_bytes = coming.writing.size_bytes.saturating_add(out.len() as u64);
    if limits::PRINT_BYTES < size_bytes {
        return Err(Why("print-too-large", Taken::TooLarge));
    }
    coming.writing.write(out)?;
    out.clear();
    if coming.told_bytes.saturating_add(TELL_BYTES) <= size_bytes {
        coming.told_bytes = size_bytes;
        let name = String::new();
        tell(coming.news, PrinterInput::Arriving { document: coming.no, name, size_bytes });
    }
    Ok(())
}
