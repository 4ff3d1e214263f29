//! A server's answer to one request of HTTP/1.1, taken apart.

/// A server's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    /// The status.
    pub(crate) status: u16,
    /// The JSON object of the body; empty where there is none.
    pub(crate) json: String,
}

/// The text is no answer of HTTP/1.1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoAnswer;

/// Takes an answer apart; a chunked one carries its sizes around the JSON.
pub(crate) fn answered(text: &str) -> Result<Answered, NoAnswer> {
    let (head, body) = text.split_once("\r\n\r\n").ok_or(NoAnswer)?;
    let status = head.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).ok_or(NoAnswer)?;
    let status = status.parse().map_err(|_| NoAnswer)?;
    let object = body.find('{').zip(body.rfind('}')).and_then(|(start, end)| body.get(start..=end));
    Ok(Answered { status, json: object.unwrap_or_default().to_owned() })
}
