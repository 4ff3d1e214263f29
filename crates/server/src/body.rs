//! JSON bodies, query strings and path parts whose refusals are problems.

use crate::problem::{Problem, code};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request, rejection::JsonRejection},
    response::{IntoResponse, Response},
};
use http::{StatusCode, request::Parts};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

/// A body is there, whole, within this time.
const BODY_WAIT: Duration = Duration::from_secs(30);
/// A file is, over a slow line.
const FILE_WAIT: Duration = Duration::from_secs(180);

/// A JSON body, in and out.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        read_json(request, state, BODY_WAIT).await.map(Self)
    }
}

async fn read_json<T: DeserializeOwned>(
    request: Request,
    state: &(impl Send + Sync),
    wait: Duration,
) -> Result<T, Problem> {
    match tokio::time::timeout(wait, axum::Json::from_request(request, state)).await {
        Ok(Ok(axum::Json(body))) => Ok(body),
        Ok(Err(JsonRejection::BytesRejection(error))) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Problem::new(code::TOO_LARGE))
        }
        Ok(Err(_)) | Err(_) => Err(Problem::new(code::INVALID_BODY)),
    }
}

/// A file as the body, as it is.
#[derive(Debug)]
pub(crate) struct File(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for File {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        read_file(request, state, FILE_WAIT).await.map(Self)
    }
}

async fn read_file(request: Request, state: &(impl Send + Sync), wait: Duration) -> Result<Bytes, Problem> {
    match tokio::time::timeout(wait, Bytes::from_request(request, state)).await {
        Ok(Ok(file)) => Ok(file),
        Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Problem::new(code::TOO_LARGE))
        }
        Ok(Err(_)) | Err(_) => Err(Problem::new(code::INVALID_BODY)),
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        ([(http::header::CACHE_CONTROL, "no-store")], axum::Json(self.0)).into_response()
    }
}

/// Parts of the path.
#[derive(Debug)]
pub(crate) struct Path<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let has_nul = parts.uri.path().contains("%00");
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) if !has_nul => Ok(Self(value)),
            // An id that is none leads nowhere, like an id of nobody. PostgreSQL would not even look for a NUL.
            Ok(_) | Err(_) => Err(Problem::new(code::NOT_FOUND)),
        }
    }
}

/// The query string.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Query::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(_) => Err(Problem::new(code::INVALID_ADDRESS)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{read_file, read_json};
    use axum::{body::Body, response::IntoResponse as _};
    use futures_util::StreamExt as _;
    use std::{convert::Infallible, time::Duration};

    /// A body that drips holds its handler for its time and no longer.
    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up() {
        let drips = || {
            futures_util::stream::repeat(()).then(|()| async {
                tokio::time::sleep(Duration::from_millis(10)).await;
                Ok::<_, Infallible>(" ")
            })
        };
        let request = || {
            let request = http::Request::post("/").header("content-type", "application/json");
            request.body(Body::from_stream(drips())).unwrap()
        };
        let wait = Duration::from_millis(100);
        let json = read_json::<serde_json::Value>(request(), &(), wait);
        let refused = tokio::time::timeout(Duration::from_secs(10), json).await.unwrap().unwrap_err();
        assert_eq!(refused.into_response().status(), 400);
        let file = read_file(request(), &(), wait);
        let refused = tokio::time::timeout(Duration::from_secs(10), file).await.unwrap().unwrap_err();
        assert_eq!(refused.into_response().status(), 400);
    }
}
