//! What is read from session descriptions, and changed in them, beside what the core does (RFC 8866).

/// Whether a line for AV1 is in it.
pub(crate) fn offers_av1(sdp: &str) -> bool {
    sdp.lines().any(|line| line.starts_with("a=rtpmap:") && line.trim_end().ends_with(" AV1/90000"))
}

/// An offer none of whose lines would receive.
pub(crate) fn inactive(offer: &str) -> String {
    join(offer.lines().map(|line| if line == "a=recvonly" { "a=inactive" } else { line }))
}

/// The answer as the grammar wants it: the core leaves a line that it rejects without any format (RFC 8866, 5.14: there is
/// at least one); it gets the first that was offered.
pub(crate) fn complete(answer: &str, offer: &str) -> String {
    let mut offered = offer.lines().filter(|line| line.starts_with("m="));
    let lines: Vec<String> = answer
        .lines()
        .map(|line| match line.starts_with("m=").then(|| offered.next()).flatten() {
            Some(like) if line.split_whitespace().count() == 3 => {
                format!("{} {}", line.trim_end(), like.split_whitespace().nth(3).unwrap_or("0"))
            }
            _ => line.to_owned(),
        })
        .collect();
    join(lines.iter().map(String::as_str))
}

fn join<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.flat_map(|line| [line, "\r\n"]).collect()
}
