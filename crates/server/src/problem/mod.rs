//! The one shape of every refusal: RFC 9457 `application/problem+json`.
//!
//! A feature's error enum becomes a [`Problem`] in its `error.rs`; the title is put into the language of the
//! request by [`translate`], the outermost layer, so that handlers need not know who reads it.

mod codes;
mod text;

#[cfg(test)]
pub(crate) use codes::{ALL_CODES, ALL_FIELD_CODES};
pub(crate) use codes::{Code, FieldCode, code, field_code};
pub(crate) use text::{knows, message};

use crate::language::Language;
use axum::{
    Json,
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;
use store::StoreError;
use utoipa::ToSchema;

/// Media type of RFC 9457.
const PROBLEM_JSON: &str = "application/problem+json";

/// A refusal on its way out. Nothing was changed.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    code: Code,
    errors: Vec<FieldProblem>,
    params: Map<String, Value>,
}

/// What is wrong with one field of the request.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// The field's name in the request's body.
    field: Cow<'static, str>,
    /// Stable, kebab-case; the Fluent message of the same name is its text.
    code: &'static str,
    /// Values for the text, such as `max`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object, required = false)]
    params: Map<String, Value>,
}

/// The body of every refusal (RFC 9457). Further members are values for the text.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// `/problems/CODE`.
    #[serde(rename = "type")]
    kind: String,
    /// For people, in the language of the request.
    title: String,
    /// The HTTP status again.
    #[schema(value_type = i64)]
    status: u16,
    /// Stable, kebab-case.
    code: &'static str,
    /// What is wrong field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FieldProblem>,
    /// How long to wait before the next try, in seconds.
    #[serde(skip)]
    #[schema(required = false, value_type = i64)]
    #[expect(dead_code, reason = "stands in the contract; its value is one of the further members")]
    retry_after_s: (),
    #[serde(flatten)]
    #[schema(ignore)]
    params: Map<String, Value>,
}

impl Problem {
    /// A refusal as a whole.
    pub(crate) fn new(code: Code) -> Self {
        Self { code, errors: Vec::new(), params: Map::new() }
    }

    /// A refusal because of its fields.
    pub(crate) fn of_fields(errors: Vec<FieldProblem>) -> Self {
        Self { code: code::INVALID_FIELDS, errors, params: Map::new() }
    }

    /// A refusal because of one field.
    pub(crate) fn of_field(field: &'static str, code: FieldCode) -> Self {
        Self::of_fields(vec![FieldProblem::new(field, code)])
    }

    /// With a value for the text, which is also a member of the body.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// The body in a language.
    fn body(&self, language: Language) -> ProblemBody {
        ProblemBody {
            kind: format!("/problems/{}", self.code.name),
            title: message(language, self.code.name, &self.params),
            status: self.code.status,
            code: self.code.name,
            errors: self.errors.clone(),
            retry_after_s: (),
            params: self.params.clone(),
        }
    }

    fn respond(&self, language: Language) -> Response {
        let status = StatusCode::from_u16(self.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.body(language))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.params.get("retry_after_s").and_then(Value::as_i64) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl FieldProblem {
    /// What is wrong with a field.
    pub(crate) fn new(field: impl Into<Cow<'static, str>>, code: FieldCode) -> Self {
        Self { field: field.into(), code: code.name, params: Map::new() }
    }

    /// The same of a field within a part of the request.
    pub(crate) fn within(mut self, part: &str) -> Self {
        self.field = format!("{part}.{}", self.field).into();
        self
    }

    /// With a value for the text.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.respond(Language::default());
        response.extensions_mut().insert(self);
        response
    }
}

/// What no feature expected: logged once, here, with an id that the person can quote.
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing => Self::new(code::NOT_FOUND),
            other => {
                let incident = uuid::Uuid::now_v7().simple().to_string();
                tracing::error!(incident, error = %other, "Request failed");
                Self::new(code::INTERNAL).with("incident", incident)
            }
        }
    }
}

/// The outermost layer: says every problem in the language of the request.
pub(crate) async fn translate(language: Language, request: Request<Body>, next: Next) -> Response {
    let response = next.run(request).await;
    match response.extensions().get::<Problem>() {
        Some(problem) => {
            let said = problem.respond(language);
            let mut headers = response.headers().clone();
            headers
                .extend(said.headers().clone().into_iter().filter_map(|(name, value)| Some((name?, value))));
            let mut said = said;
            *said.headers_mut() = headers;
            said
        }
        None => response,
    }
}

impl From<crate::passwords::GivenUp> for Problem {
    fn from(error: crate::passwords::GivenUp) -> Self {
        tracing::error!(error = %error, "Request failed");
        Self::new(code::INTERNAL).with("incident", "-")
    }
}
