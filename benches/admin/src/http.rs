//! A browser of few words: one connection to a server on this machine, with its cookies.

use anyhow::{Context as _, Result, bail};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

/// The server ends a connection that says nothing for half a minute; before that another is made.
const KEPT: Duration = Duration::from_secs(15);

pub(crate) struct Browser {
    address: String,
    /// With when it was last used.
    stream: Option<(BufReader<TcpStream>, Instant)>,
    /// Values by name.
    cookies: BTreeMap<String, String>,
    /// What a request that changes something must name.
    pub(crate) csrf_token: String,
}

/// A stream of server-sent events, whose bytes wait in the connection until they are counted.
pub(crate) struct Events(BufReader<TcpStream>);

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// From the first byte asked to the last byte answered.
    pub(crate) took: Duration,
}

impl Browser {
    /// Connects with the first question.
    pub(crate) fn new(address: &str) -> Self {
        let (cookies, csrf_token) = (BTreeMap::new(), String::new());
        Self { address: address.to_owned(), stream: None, cookies, csrf_token }
    }

    /// Keeps a cookie: `NAME=VALUE`, with or without attributes.
    pub(crate) fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask("GET", path, "")
    }

    pub(crate) fn post(&mut self, path: &str, body: &str) -> Result<Answer> {
        self.ask("POST", path, body)
    }

    /// A stream of events, on a connection of its own.
    pub(crate) fn open_events(&self, path: &str) -> Result<Events> {
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\naccept: text/event-stream\r\n\r\n",
            self.address,
            self.named_cookies()
        );
        let mut stream = self.connect()?;
        stream.get_mut().write_all(head.as_bytes())?;
        let status = line(&mut stream)?;
        if status.split(' ').nth(1) != Some("200") {
            bail!("{path}: {status}");
        }
        while !line(&mut stream)?.is_empty() {}
        Ok(Events(stream))
    }

    /// A good answer as JSON, and how long it took.
    pub(crate) fn json(&mut self, path: &str) -> Result<(serde_json::Value, Duration)> {
        let answer = self.get(path)?;
        if answer.status != 200 {
            bail!("{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        Ok((serde_json::from_slice(&answer.body)?, answer.took))
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<Answer> {
        let started = Instant::now();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\nx-beside-csrf: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.named_cookies(),
            self.csrf_token,
            body.len()
        );
        let mut stream = match self.stream.take() {
            Some((stream, used)) if used.elapsed() < KEPT => stream,
            _ => self.connect()?,
        };
        stream.get_mut().write_all(head.as_bytes())?;
        let status = line(&mut stream)?.split(' ').nth(1).context("status")?.parse()?;
        let (mut length, mut is_chunked) = (0, false);
        loop {
            let line = line(&mut stream)?;
            let Some((name, value)) = line.split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse()?,
                "transfer-encoding" => is_chunked = value.contains("chunked"),
                "set-cookie" => self.keep(value),
                _ => {}
            }
        }
        let body = if is_chunked { chunks(&mut stream)? } else { bytes(&mut stream, length)? };
        self.stream = Some((stream, Instant::now()));
        Ok(Answer { status, body, took: started.elapsed() })
    }

    fn connect(&self) -> Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        Ok(BufReader::new(stream))
    }

    fn named_cookies(&self) -> String {
        let all: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        all.join("; ")
    }
}

fn chunks(stream: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length = usize::from_str_radix(line(stream)?.trim(), 16)?;
        body.extend(bytes(stream, length)?);
        line(stream)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

fn bytes(stream: &mut impl BufRead, length: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn line(stream: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        bail!("the server ended the connection");
    }
    Ok(line.trim_end().to_owned())
}

impl Events {
    /// How many events have come until now.
    pub(crate) fn events_so_far(&mut self) -> Result<usize> {
        self.0.get_mut().set_nonblocking(true)?;
        let (mut bytes, mut part) = (Vec::new(), [0; 16_384]);
        loop {
            match self.0.read(&mut part) {
                Ok(0) => bail!("the server ended a stream of events"),
                Ok(read) => bytes.extend(part.iter().take(read)),
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(String::from_utf8_lossy(&bytes).matches("data:").count())
    }
}
