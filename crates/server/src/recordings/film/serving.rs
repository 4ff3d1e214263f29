//! The file on its way to whoever saves it: whole, or from where a download broke off (RFC 9110 §14).

use crate::{
    problem::{Problem, code},
    recordings::vault::{Place, VaultError},
    secrets::hex,
    state::AppState,
};
use axum::{
    body::{Body, Bytes},
    response::{IntoResponse as _, Response},
};
use futures_util::stream;
use http::{HeaderMap, StatusCode, header};
use http_range_header::{RangeUnsatisfiableError, parse_range_header};
use std::ops::RangeInclusive;
use store::{recording_films::Film, recordings::Recording};
use uuid::Uuid;

/// Answers with the film of a recording, or the part of it that is asked for: one range, while the file is still the one that the
/// asker has the beginning of (`If-Range`). Several ranges at once, and what is no range at all, get everything.
///
/// `turn` is given back when the last part has left, or the reader has. Errors: there is no film.
pub(in crate::recordings) async fn serve<T: Send + 'static>(
    state: AppState,
    recording: &Recording,
    film: Film,
    asked: &HeaderMap,
    turn: T,
) -> Result<Response, Problem> {
    let Film::Ready { parts, maker, size_bytes, sha256 } = film else {
        return Err(Problem::new(code::RECORDING_FILM_NOT_READY));
    };
    let Recording { company, session, id: recording, no, .. } = *recording;
    let place = Place { company, session, recording };
    // Strong: every byte is the same.
    let tag = format!("\"{}\"", hex(&sha256));
    let same = [(header::ACCEPT_RANGES, "bytes".to_owned()), (header::ETAG, tag.clone())];
    let range = match range_of(asked, &tag, size_bytes) {
        Asked::Whole => 0..=size_bytes.saturating_sub(1),
        Asked::Part(range) => range,
        Asked::Beyond => {
            let size = [(header::CONTENT_RANGE, format!("bytes */{size_bytes}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, same, size).into_response());
        }
    };
    let (first, last) = (*range.start(), *range.end());
    let left = (last + 1).saturating_sub(first);
    let headers = [
        (header::CONTENT_TYPE, "video/webm".to_owned()),
        (header::CONTENT_LENGTH, left.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"recording-{no}.webm\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    let unreadable = |error| {
        tracing::error!(session.id = %session, error = %error, "A video file is not readable");
        Problem::new(code::INTERNAL)
    };
    let (no, skip) = state.recordings.find_in_film(place, maker, parts, first).await.map_err(unreadable)?;
    let body = body(Rest { state, place, maker, no, skip, left, _turn: turn });
    if left == size_bytes {
        return Ok((same, headers, body).into_response());
    }
    let part = [(header::CONTENT_RANGE, format!("bytes {first}-{last}/{size_bytes}"))];
    Ok((StatusCode::PARTIAL_CONTENT, same, headers, part, body).into_response())
}

/// What of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(RangeInclusive<u64>),
    /// Nothing that there is.
    Beyond,
}

fn range_of(asked: &HeaderMap, tag: &str, size_bytes: u64) -> Asked {
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    // A date is no sign of ours: the file may be another one.
    if text(header::IF_RANGE).is_some_and(|wanted| wanted != tag) {
        return Asked::Whole;
    }
    let Some(Ok(ranges)) = text(header::RANGE).map(parse_range_header) else { return Asked::Whole };
    match ranges.validate(size_bytes).as_deref() {
        Ok([range]) => Asked::Part(range.clone()),
        Ok(_) | Err(RangeUnsatisfiableError::OverlappingRanges) => Asked::Whole,
        // More than there is from the end is all of it (RFC 9110 §14.1.2).
        Err(RangeUnsatisfiableError::FileSuffixOutOfBounds) => Asked::Whole,
        Err(_) => Asked::Beyond,
    }
}

/// What is still to be sent.
struct Rest<T> {
    state: AppState,
    place: Place,
    maker: Uuid,
    /// The next part.
    no: u32,
    /// Bytes of it that are not.
    skip: u64,
    left: u64,
    _turn: T,
}

/// One part at a time: a film is larger than memory.
fn body<T: Send + 'static>(rest: Rest<T>) -> Body {
    Body::from_stream(stream::try_unfold(rest, |mut rest| async move {
        if rest.left == 0 {
            return Ok(None);
        }
        let part = rest.state.recordings.read_part(rest.place, rest.maker, rest.no).await?;
        let bytes = cut(part, rest.skip, rest.left).ok_or(VaultError::Damaged)?;
        (rest.no, rest.skip) = (rest.no + 1, 0);
        rest.left -= bytes.len() as u64;
        Ok::<_, VaultError>(Some((bytes, rest)))
    }))
}

/// At most `most` bytes of a part, from one on; `None`: there are none.
fn cut(part: Vec<u8>, skip: u64, most: u64) -> Option<Bytes> {
    let bytes = Bytes::from(part);
    let from = usize::try_from(skip).ok().filter(|from| *from < bytes.len())?;
    let end = bytes.len().min(from.saturating_add(usize::try_from(most).unwrap_or(usize::MAX)));
    Some(bytes.slice(from..end))
}

#[cfg(test)]
mod tests {
    use super::{Asked, range_of};
    use http::{HeaderMap, HeaderValue, header};

    #[test]
    fn what_is_asked_for_is_understood_as_browsers_mean_it() {
        let check = |range: &str, if_range: Option<&'static str>, expected: Asked| {
            let mut asked = HeaderMap::new();
            asked.insert(header::RANGE, HeaderValue::from_str(range).unwrap());
            if let Some(tag) = if_range {
                asked.insert(header::IF_RANGE, HeaderValue::from_static(tag));
            }
            assert_eq!(range_of(&asked, "\"a\"", 100), expected, "{range} {if_range:?}");
        };
        check("bytes=0-", None, Asked::Part(0..=99));
        check("bytes=7-", Some("\"a\""), Asked::Part(7..=99));
        check("bytes=7-9", None, Asked::Part(7..=9));
        check("bytes=7-999", None, Asked::Part(7..=99));
        check("bytes=-3", None, Asked::Part(97..=99));
        check("bytes=7-", Some("\"b\""), Asked::Whole);
        check("bytes=7-", Some("W/\"a\""), Asked::Whole);
        check("bytes=7-", Some("Mon, 30 Nov 2026 00:00:00 GMT"), Asked::Whole);
        check("bytes=100-", None, Asked::Beyond);
        check("bytes=9-7", None, Asked::Beyond);
        check("bytes=-999", None, Asked::Whole);
        check("bytes=0-1,5-6", None, Asked::Whole);
        check("bytes=0-10,5-20", None, Asked::Whole);
        check("lines=1-2", None, Asked::Whole);
        check("bytes=", None, Asked::Whole);
        check("bytes=99999999999999999999-", None, Asked::Whole);
    }
}
