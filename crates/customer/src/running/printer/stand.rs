//! The printer's port on loopback, and HTTP to it (RFC 8010 §4). Its path has 128 random bits: a web page that guesses ports finds
//! nothing there.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode, header};
use hyper_util::rt::{TokioIo, TokioTimer};
use printing::{About, Answer, Clock, Decoded, HEAD_BYTES, JobNo, Message, News, Printer};
use session::customer::{DocumentNo, PrinterInput};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::intake::take_in;
use super::spool::Spool;

/// Connections at a time: a printing system has one or two.
const CONNECTIONS: usize = 16;
const HEADERS_WITHIN: Duration = Duration::from_secs(30);
const MESSAGE_WITHIN: Duration = Duration::from_secs(30);
const IPP: &str = "application/ipp";
/// What stands on the printer's page.
const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Beside</title><p>Remote printer of Beside. \
    What is printed here goes to the operator who is connected.</p>";

const ICONS: [(&str, &[u8]); 3] = [
    ("icon-48.png", include_bytes!("icons/48.png")),
    ("icon-128.png", include_bytes!("icons/128.png")),
    ("icon-512.png", include_bytes!("icons/512.png")),
];

/// What all connections share.
pub(super) struct Board {
    printer: Mutex<Printer>,
    began: Instant,
    pub(super) spool: Arc<Spool>,
    pub(super) news: mpsc::Sender<PrinterInput>,
    /// Documents that come, with their jobs.
    coming: Mutex<Vec<(DocumentNo, JobNo)>>,
    ipp_path: String,
    web_path: String,
}

/// A printer that listens; dropping it closes its port and gives up what comes.
pub(super) struct Stand {
    board: Arc<Board>,
    uri: String,
    _listener: JoinSet<()>,
}

impl Stand {
    pub(super) async fn open(
        name: &str,
        info: &str,
        spool: Arc<Spool>,
        news: mpsc::Sender<PrinterInput>,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let port = listener.local_addr()?.port();
        let secret = format!("{:032x}", rand::random::<u128>());
        let ipp_path = format!("/ipp/print/{secret}");
        let web_path = format!("/{secret}/");
        let uri = format!("ipp://127.0.0.1:{port}{ipp_path}");
        let about = About {
            uri: uri.clone(),
            web: format!("http://127.0.0.1:{port}{web_path}"),
            name: name.to_owned(),
            info: info.to_owned(),
            uuid: uuid(),
        };
        let board = Arc::new(Board {
            printer: Mutex::new(Printer::new(about)),
            began: Instant::now(),
            spool,
            news,
            coming: Mutex::default(),
            ipp_path,
            web_path,
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(listen(listener, Arc::clone(&board)));
        Ok(Self { board, uri, _listener: tasks })
    }

    pub(super) fn uri(&self) -> &str {
        &self.uri
    }

    pub(super) fn set_room(&self, has_room: bool) {
        self.board.printer().set_room(has_room);
    }

    /// Whoever prints this document is told that it is cancelled.
    pub(super) fn cancel(&self, document: DocumentNo) {
        let job = self.board.coming().iter().find(|(each, _)| *each == document).map(|(_, job)| *job);
        if let Some(job) = job {
            self.board.printer().give_up(self.board.clock(), job);
        }
    }
}

impl Board {
    fn printer(&self) -> std::sync::MutexGuard<'_, Printer> {
        self.printer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn coming(&self) -> std::sync::MutexGuard<'_, Vec<(DocumentNo, JobNo)>> {
        self.coming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn begin(&self, job: JobNo, document: DocumentNo) {
        self.coming().push((document, job));
    }

    pub(super) fn end(&self, document: DocumentNo) {
        self.coming().retain(|(each, _)| *each != document);
    }

    /// By whoever prints, or since the session does not want it.
    pub(super) fn is_cancelled(&self, job: JobNo) -> bool {
        self.printer().is_cancelled(job)
    }

    fn clock(&self) -> Clock {
        let up_s = i32::try_from(self.began.elapsed().as_secs()).unwrap_or(i32::MAX).saturating_add(1);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Clock { up_s, epoch_s: i64::try_from(now.as_secs()).unwrap_or(0) }
    }

    async fn answer(&self, mut request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        let path = request.uri().path().to_owned();
        if request.method() == Method::GET {
            return Ok(self.page(&path));
        }
        let is_ours =
            path.strip_prefix(&self.ipp_path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let kind = request.headers().get(header::CONTENT_TYPE).map(header::HeaderValue::as_bytes);
        if request.method() != Method::POST || !is_ours || kind != Some(IPP.as_bytes()) {
            return Ok(status(StatusCode::NOT_FOUND));
        }
        let body = request.body_mut();
        let head = tokio::time::timeout(MESSAGE_WITHIN, head(body)).await;
        let Ok(Some((message, first))) = head else { return Ok(ipp(&Printer::malformed())) };
        let answer = self.printer().ask(self.clock(), &message);
        let told = match answer {
            Answer::Reply(told) => told,
            Answer::Document(intake) => {
                let taken = take_in(self, &intake, &first, body).await;
                self.printer().taken(self.clock(), &intake, taken)
            }
        };
        self.tell_news();
        // A client that still sends would hear nothing before it is through.
        while let Some(Ok(_)) = body.frame().await {}
        Ok(ipp(&told))
    }

    fn tell_news(&self) {
        while let Some(news) = self.printer().poll() {
            match news {
                News::Identify => super::tell(&self.news, PrinterInput::Identify),
                // Its document notices by itself.
                News::Cancelled(job) => tracing::debug!(job = job.0, "Print job cancelled"),
            }
        }
    }

    fn page(&self, path: &str) -> Response<Full<Bytes>> {
        let Some(name) = path.strip_prefix(&self.web_path) else { return status(StatusCode::NOT_FOUND) };
        let icon = ICONS.iter().find(|(icon, _)| *icon == name);
        let (kind, bytes) = match icon {
            Some((_, bytes)) => ("image/png", *bytes),
            None if name.is_empty() => ("text/html; charset=utf-8", PAGE.as_bytes()),
            None => return status(StatusCode::NOT_FOUND),
        };
        with_type(kind, Bytes::from_static(bytes))
    }
}

async fn listen(listener: TcpListener, board: Arc<Board>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        while connections.try_join_next().is_some() {}
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::debug!(%error, "Printer's connection not taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let board = Arc::clone(&board);
        connections.spawn(async move {
            let service = hyper::service::service_fn(|request| board.answer(request));
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
            if let Err(error) = http.serve_connection(TokioIo::new(stream), service).await {
                tracing::debug!(%error, "Printer's connection broke");
            }
            drop(place);
        });
    }
}

/// Reads a message, and what came of its document beside it. Nothing: there is none.
async fn head(body: &mut Incoming) -> Option<(Message, BytesMut)> {
    let mut read = BytesMut::new();
    // What is not whole is looked at again when there is twice as much of it.
    let mut next = 0;
    loop {
        let frame = body.frame().await;
        let is_last = frame.is_none();
        if let Some(frame) = frame {
            read.extend_from_slice(&frame.ok()?.into_data().unwrap_or_default());
        }
        if read.len() < next && !is_last {
            continue;
        }
        match Message::decode(&read) {
            Ok(Decoded::Whole(message, length)) => {
                let document = read.split_off(length.min(read.len()));
                return Some((message, document));
            }
            Ok(Decoded::Incomplete) if !is_last && read.len() < HEAD_BYTES => {
                next = (read.len() * 2).min(HEAD_BYTES);
            }
            _ => return None,
        }
    }
}

fn ipp(message: &Message) -> Response<Full<Bytes>> {
    with_type(IPP, Bytes::from(message.encode()))
}

fn with_type(kind: &'static str, bytes: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(bytes));
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}

fn status(code: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = code;
    response
}

/// RFC 9562 §5.4: random, version 4.
fn uuid() -> String {
    let random = rand::random::<u128>();
    let bits = (random & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let digits = format!("{bits:032x}");
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}
