//! What is read from session descriptions, and changed in them, beside what the core does (RFC 8866).

use std::borrow::Cow;

/// Whether a line for AV1 is in it.
pub(crate) fn offers_av1(sdp: &str) -> bool {
    sdp.lines().any(|line| line.starts_with("a=rtpmap:") && line.trim_end().ends_with(" AV1/90000"))
}

/// An offer none of whose lines would receive.
pub(crate) fn inactive(offer: &str) -> String {
    join(offer.lines().map(|line| if line == "a=recvonly" { "a=inactive" } else { line }))
}

/// The answer as a browser takes it. Where the core rejects a line, it leaves it without any format (RFC 8866, 5.14: there
/// is at least one); it gets the first that was offered. And if that line is the first, it holds the candidates of all
/// (RFC 8843, 7.2: they belong to one that was accepted); they move to the next.
pub(crate) fn complete(answer: &str, offer: &str) -> String {
    let mut offered = offer.lines().filter(|line| line.starts_with("m="));
    let mut stray: Vec<&str> = Vec::new();
    let mut rejected = false;
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    for line in answer.lines() {
        if line.starts_with("m=") {
            rejected = line.split_whitespace().nth(1) == Some("0");
            lines.push(with_format(line, offered.next()));
        } else if rejected && line.starts_with("a=candidate:") {
            stray.push(line);
        } else {
            lines.push(line.into());
            // Attributes come after the connection's address.
            if !rejected && line.starts_with("c=") {
                lines.extend(stray.drain(..).map(Cow::from));
            }
        }
    }
    join(lines.iter().map(Cow::as_ref))
}

fn with_format<'a>(line: &'a str, offered: Option<&str>) -> Cow<'a, str> {
    match offered.and_then(|like| like.split_whitespace().nth(3)) {
        Some(format) if line.split_whitespace().count() == 3 => {
            format!("{} {format}", line.trim_end()).into()
        }
        _ => line.into(),
    }
}

fn join<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.flat_map(|line| [line, "\r\n"]).collect()
}
