//! One record: who, when, where, chat and timeline.

use super::api::RecordLine;
use crate::{
    body::{Json, Path},
    captures::{self, Capture},
    clock::now_ms,
    problem::Problem,
    recordings::{self, Recording},
    roles::Administrator,
    secrets::hex,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use store::{
    SessionId, records,
    session_events::{self, SessionEvent},
    sessions::{self, Session},
};
use utoipa::ToSchema;

/// The values of fields that are kept as text; they stand in the contract alone.
mod contract {
    use utoipa::ToSchema;

    #[derive(ToSchema)]
    #[schema(rename_all = "snake_case")]
    #[expect(dead_code, reason = "stands in the contract alone")]
    pub(super) enum Author {
        Operator,
        Customer,
    }

    #[derive(ToSchema)]
    #[schema(rename_all = "snake_case")]
    #[expect(dead_code, reason = "stands in the contract alone")]
    pub(super) enum Source {
        Server,
        Operator,
        Customer,
    }

    #[derive(ToSchema)]
    #[schema(rename_all = "snake_case")]
    #[expect(dead_code, reason = "stands in the contract alone")]
    pub(super) enum CustomerKind {
        App,
        Browser,
    }

    #[derive(ToSchema)]
    #[schema(rename_all = "snake_case")]
    #[expect(dead_code, reason = "stands in the contract alone")]
    pub(super) enum Connection {
        Direct,
        Relayed,
        None,
    }
}

/// A chat line.
#[derive(Debug, Serialize, ToSchema)]
struct ChatLine {
    #[schema(value_type = contract::Author, inline)]
    author: String,
    text: String,
    at_ms: i64,
    /// The author's own side never reported this line; the other side says that it was written.
    by_other_side: bool,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
struct TimelineEntry {
    at_ms: i64,
    #[schema(value_type = contract::Source, inline)]
    source: String,
    /// kebab-case.
    kind: String,
    #[schema(value_type = Object)]
    detail: Map<String, Value>,
}

/// What the customer answered after the end [S-03].
#[derive(Debug, Serialize, ToSchema)]
struct SurveyAnswered {
    /// 1: very dissatisfied, 5: very satisfied.
    #[schema(minimum = 1, maximum = 5)]
    rating: i64,
    /// A stranger's words.
    comment: String,
    at_ms: i64,
}

/// The end of the session's chain, signed.
#[derive(Debug, Serialize, ToSchema)]
struct Seal {
    /// SHA-256 of the last entry, in hexadecimal.
    head: String,
}

/// A record.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Record {
    #[serde(flatten)]
    line: RecordLine,
    /// When the customer came with the code.
    joined_at_ms: i64,
    #[schema(required)]
    ended_at_ms: Option<i64>,
    /// kebab-case.
    #[schema(required)]
    end_reason: Option<String>,
    department: String,
    #[schema(required)]
    customer_address_public: Option<String>,
    #[schema(required)]
    customer_address_private: Option<String>,
    #[schema(required)]
    operator_address_public: Option<String>,
    #[schema(required)]
    operator_address_private: Option<String>,
    customer_os_version: String,
    customer_host_name: String,
    #[schema(value_type = contract::CustomerKind, inline)]
    customer_kind: String,
    #[schema(value_type = contract::Connection, inline)]
    connection: String,
    memo: String,
    #[schema(required)]
    survey: Option<SurveyAnswered>,
    chat: Vec<ChatLine>,
    timeline: Vec<TimelineEntry>,
    /// Still pictures that the operator kept [F-08], in their order.
    captures: Vec<Capture>,
    /// Recordings of the session [F-13], in their order.
    recordings: Vec<Recording>,
    #[schema(required)]
    sealed: Option<Seal>,
}

/// One record with everything kept of its session.
#[utoipa::path(get, path = "/api/manage/records/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Record)))]
pub(super) async fn find_record(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<SessionId>,
) -> Result<Json<Record>, Problem> {
    let record = records::find(who.company, &state.store, id).await?;
    let session = sessions::find(who.company, &state.store, id).await?;
    let mut told = Told {
        captures: captures::of_session(who.company, &state.store, id).await?,
        recordings: recordings::of_session(who.company, &state.store, id).await?,
        ..Told::default()
    };
    let mut after = 0;
    loop {
        let events = session_events::list_after(who.company, &state.store, id, after).await?;
        let Some(last) = events.last() else { break };
        after = last.seq;
        events.into_iter().for_each(|event| told.take(event));
    }
    let write = state.store.write(who.company).await?;
    note(&write, &who, "records.view", json!({ "no": record.no })).await?;
    write.commit().await?;
    Ok(Json(Record::new(record, &session, told)))
}

impl Record {
    fn new(record: records::Record, session: &Session, told: Told) -> Self {
        let known = |address: &str| (!address.is_empty()).then(|| address.to_owned());
        Self {
            joined_at_ms: record.started_at_ms,
            ended_at_ms: record.ended_at_ms,
            end_reason: record.end_reason.clone(),
            department: record.department_name.clone(),
            customer_address_public: known(&record.customer_address_public),
            customer_address_private: record.customer_address_private.as_deref().and_then(known),
            operator_address_public: known(&record.operator_address_public),
            operator_address_private: record.operator_address_private.as_deref().and_then(known),
            customer_os_version: record.customer_os_version.clone(),
            customer_host_name: record.customer_host_name.clone(),
            customer_kind: record.customer_kind.clone(),
            connection: record.connection.clone(),
            memo: record.form.memo.clone(),
            chat: chat_of(&told.chat),
            survey: told.survey,
            timeline: told.timeline,
            captures: told.captures,
            recordings: told.recordings,
            sealed: session
                .sealed_at_ms
                .and(session.chain_head.as_deref())
                .map(|head| Seal { head: hex(head) }),
            line: RecordLine::new(record, now_ms()),
        }
    }
}

/// Chat lines, and the customer's answer after the end, apart from everything else.
#[derive(Default)]
struct Told {
    chat: Vec<Reported>,
    survey: Option<SurveyAnswered>,
    timeline: Vec<TimelineEntry>,
    captures: Vec<Capture>,
    recordings: Vec<Recording>,
}

impl Told {
    fn take(&mut self, event: SessionEvent) {
        let body = event.body.as_deref().unwrap_or("{}");
        let detail: Map<String, Value> = serde_json::from_str(body).unwrap_or_default();
        if event.kind == "chat" {
            self.chat.push(Reported::new(event, &detail));
            return;
        }
        if event.kind == "survey-answered" {
            self.survey = SurveyAnswered::read(event.at_ms, &detail);
        }
        let (at_ms, source, kind) = (event.at_ms, event.source, event.kind);
        self.timeline.push(TimelineEntry { at_ms, source, kind, detail });
    }
}

impl SurveyAnswered {
    fn read(at_ms: i64, detail: &Map<String, Value>) -> Option<Self> {
        let comment = detail.get("comment").and_then(Value::as_str).unwrap_or_default().to_owned();
        Some(Self { rating: detail.get("rating").and_then(Value::as_i64)?, comment, at_ms })
    }
}

/// A chat line as one side reported it.
struct Reported {
    source: String,
    at_ms: i64,
    id: Option<String>,
    author: String,
    text: String,
}

impl Reported {
    fn new(event: SessionEvent, detail: &Map<String, Value>) -> Self {
        let text = |name: &str| detail.get(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            id: text("id"),
            author: text("author").unwrap_or_else(|| event.source.clone()),
            text: text("text").unwrap_or_default(),
            source: event.source,
            at_ms: event.at_ms,
        }
    }

    fn is_own(&self) -> bool {
        self.source == self.author
    }

    /// The same of two reports of one line.
    fn key(&self) -> Option<(&str, &str, &str)> {
        self.id.as_deref().map(|id| (id, self.author.as_str(), self.text.as_str()))
    }
}

/// What somebody wrote is what their own side reported, once by its id; what the other side alone says of them stands as
/// that.
fn chat_of(reported: &[Reported]) -> Vec<ChatLine> {
    let own: HashSet<_> = reported.iter().filter(|line| line.is_own()).filter_map(Reported::key).collect();
    let told = |line: &Reported| ChatLine {
        author: line.author.clone(),
        text: line.text.clone(),
        at_ms: line.at_ms,
        by_other_side: !line.is_own(),
    };
    let mut seen = HashSet::new();
    let mut shown = Vec::new();
    for line in reported {
        let is_shown =
            line.key().is_none_or(|key| (line.is_own() || !own.contains(&key)) && seen.insert(key));
        if is_shown {
            shown.push(told(line));
        }
    }
    shown
}
