//! What the operator writes about a session, during it or afterwards. Each edit is an entry of the record's
//! chain with old and new values; a sealed record is sealed again over it, and nothing sealed changes.

use super::{error::SessionError, seal};
use crate::{
    body::{Json, Path},
    clock::now_ms,
    fields::Fields,
    problem::{FieldProblem, Problem, field_code},
    roles::Operator,
    state::AppState,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{
    CompanyId, OperatorId, Reads, SessionId, StoreError, SupportTypeId, Write,
    records::{self, Form},
    session_events::{self, NewEvent, Source},
    sessions, support_types,
};
use utoipa::ToSchema;

/// Longest name of a customer, in characters.
const NAME_CHARACTERS: usize = 60;
/// Longest memo, in characters.
const MEMO_CHARACTERS: usize = 4_000;

/// 해결 여부.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RecordResolution {
    Unchecked,
    Resolved,
    Unresolved,
}

/// The form.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct RecordForm {
    /// 상담유형.
    #[schema(value_type = Option<uuid::Uuid>, required)]
    support_type_id: Option<SupportTypeId>,
    #[schema(inline)]
    resolution: RecordResolution,
    /// 고객 이름.
    #[schema(max_length = 60)]
    customer_name: String,
    /// 메모.
    #[schema(max_length = 4000)]
    memo: String,
}

/// The form as it stands.
#[utoipa::path(get, path = "/api/console/sessions/{id}/record", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = RecordForm)))]
pub(super) async fn find_record_form(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
) -> Result<Json<RecordForm>, Problem> {
    let form = own_form(who.company, &state.store, who.id, id).await?;
    Ok(Json(RecordForm::from(form)))
}

/// Writes the form.
#[utoipa::path(put, path = "/api/console/sessions/{id}/record", params(("id" = uuid::Uuid, Path)),
    request_body = RecordForm, responses((status = 200, body = RecordForm)))]
pub(super) async fn update_record_form(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
    Json(body): Json<RecordForm>,
) -> Result<Json<RecordForm>, Problem> {
    let mut fields = Fields::default();
    let form = Form {
        support_type: body.support_type_id,
        resolution: body.resolution.into(),
        customer_name: fields.line("customer_name", &body.customer_name, NAME_CHARACTERS),
        memo: fields.lines("memo", &body.memo, MEMO_CHARACTERS),
    };
    let write = state.store.write(who.company).await?;
    let before = own_form(who.company, &write, who.id, id).await?;
    if let Some(chosen) = form.support_type
        && is_unknown(support_types::find(who.company, &write, chosen).await)?
    {
        fields.refuse(FieldProblem::new("support_type_id", field_code::UNKNOWN));
    }
    fields.finish()?;
    let at_ms = now_ms();
    records::update_form(&write, id, &form, at_ms).await?;
    append(&write, id, at_ms, &before, &form).await?;
    if sessions::find(who.company, &write, id).await?.sealed_at_ms.is_some() {
        seal::seal(&write, &state.sessions.0.keys, id).await?;
    }
    write.commit().await?;
    Ok(Json(RecordForm::from(form)))
}

/// The form of a session of this operator.
async fn own_form(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
    id: SessionId,
) -> Result<Form, SessionError> {
    if sessions::find(company, on, id).await?.operator != operator {
        return Err(StoreError::Missing.into());
    }
    match records::find(company, on, id).await {
        Ok(record) => Ok(record.form),
        Err(StoreError::Missing) => Err(SessionError::NoRecord),
        Err(other) => Err(other.into()),
    }
}

fn is_unknown<T>(found: Result<T, StoreError>) -> Result<bool, StoreError> {
    match found {
        Ok(_) => Ok(false),
        Err(StoreError::Missing) => Ok(true),
        Err(other) => Err(other),
    }
}

async fn append(
    write: &Write,
    id: SessionId,
    at_ms: i64,
    before: &Form,
    after: &Form,
) -> Result<(), StoreError> {
    let body = json!({ "from": values(before), "to": values(after) }).to_string();
    let kind = "record-edited";
    let event = NewEvent { source: Source::Server, source_seq: None, at_ms, kind, body: &body };
    session_events::append(write, id, event).await?;
    Ok(())
}

fn values(form: &Form) -> Value {
    json!({
        "support_type_id": form.support_type,
        "resolution": form.resolution.name(),
        "customer_name": form.customer_name,
        "memo": form.memo,
    })
}

impl From<Form> for RecordForm {
    fn from(form: Form) -> Self {
        Self {
            support_type_id: form.support_type,
            resolution: match form.resolution {
                records::Resolution::Unchecked => RecordResolution::Unchecked,
                records::Resolution::Resolved => RecordResolution::Resolved,
                records::Resolution::Unresolved => RecordResolution::Unresolved,
            },
            customer_name: form.customer_name,
            memo: form.memo,
        }
    }
}

impl From<RecordResolution> for records::Resolution {
    fn from(given: RecordResolution) -> Self {
        match given {
            RecordResolution::Unchecked => Self::Unchecked,
            RecordResolution::Resolved => Self::Resolved,
            RecordResolution::Unresolved => Self::Unresolved,
        }
    }
}
