//! One request to cupsd and its answer, over its socket.

use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use printing::{Decoded, Message};

use crate::printing::PrintError;

/// Where the daemon listens, as distributions set it up (`CUPS_DEFAULT_DOMAINSOCKET`).
const SOCKETS: [&str; 2] = ["/run/cups/cups.sock", "/var/run/cups/cups.sock"];
const WAIT: Duration = Duration::from_secs(10);
/// Headers and answer.
const ANSWER_BYTES: u64 = 128 * 1024;

pub(super) struct Socket {
    path: Option<PathBuf>,
}

impl Socket {
    pub(super) fn at(path: &Path) -> Self {
        Self { path: Some(path.to_owned()) }
    }

    /// As `CUPS_SERVER` says (cups(1)), else where it usually is. A daemon on another machine would print on a printer of that one.
    pub(super) fn of_system() -> Self {
        let path = match std::env::var("CUPS_SERVER") {
            Ok(said) if said.starts_with('/') => Some(PathBuf::from(said)),
            Ok(said) if !said.is_empty() && !is_here(&said) => None,
            _ => SOCKETS.iter().map(PathBuf::from).find(|path| path.exists()),
        };
        Self { path }
    }

    /// Asks, as this user. HTTP/1.0, so that the answer ends with the connection and has no other form.
    pub(super) fn ask(&self, request: &[u8], user: &str) -> Result<Message, PrintError> {
        let path = self.path.as_ref().ok_or(PrintError::NoSystem)?;
        let mut stream = UnixStream::connect(path).map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied => PrintError::NotAllowed,
            _ => PrintError::NoSystem,
        })?;
        let answer = self.exchange(&mut stream, request, user).map_err(|error| failed(&error.to_string()))?;
        read(&answer)
    }

    fn exchange(&self, stream: &mut UnixStream, request: &[u8], user: &str) -> std::io::Result<Vec<u8>> {
        stream.set_read_timeout(Some(WAIT))?;
        stream.set_write_timeout(Some(WAIT))?;
        let user: String = user.chars().filter(|letter| letter.is_ascii_graphic()).collect();
        let head = format!(
            "POST / HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/ipp\r\nAuthorization: PeerCred {user}\r\nContent-Length: {}\r\n\r\n",
            request.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(request)?;
        let mut answer = Vec::new();
        stream.take(ANSWER_BYTES).read_to_end(&mut answer)?;
        Ok(answer)
    }
}

fn is_here(said: &str) -> bool {
    let host = said.rsplit_once(':').map_or(said, |(host, _)| host);
    ["localhost", "127.0.0.1", "[::1]", "::1"].contains(&host)
}

/// The message in an answer of HTTP: a line that begins with the version and the status, headers, an empty line, the message.
fn read(answer: &[u8]) -> Result<Message, PrintError> {
    let status = answer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default();
    match status {
        "200" => {}
        "401" | "403" => return Err(PrintError::NotAllowed),
        _ => return Err(failed(&format!("HTTP status {status:?}"))),
    }
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(|| failed("no answer"))?;
    match Message::decode(answer.get(end + 4..).unwrap_or_default()) {
        Ok(Decoded::Whole(message, _)) => Ok(message),
        Ok(Decoded::Incomplete) => Err(failed("answer is cut off")),
        Err(error) => Err(failed(&error.to_string())),
    }
}

fn failed(what: &str) -> PrintError {
    PrintError::Failed { what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{PrintError, is_here, read};

    #[test]
    fn an_answer_is_read_or_says_why_not() {
        let ok =
            b"HTTP/1.0 200 OK\r\nContent-Type: application/ipp\r\n\r\n\x02\x00\x00\x00\x00\x00\x00\x01\x03";
        assert_eq!(read(ok).map(|message| message.code), Ok(0));
        assert_eq!(read(b"HTTP/1.0 403 Forbidden\r\n\r\n"), Err(PrintError::NotAllowed));
        for bytes in [&b""[..], b"HTTP/1.0 200 OK\r\n", &ok[..ok.len() - 1], b"nonsense nonsense"] {
            assert!(matches!(read(bytes), Err(PrintError::Failed { .. })));
        }
        assert!(is_here("localhost:631") && is_here("127.0.0.1") && !is_here("printers.example:631"));
    }
}
