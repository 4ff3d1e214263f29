//! How what happened is written into the record's chain: kebab-case kinds with a JSON object each.

use super::{
    host::{kind_of, role_name},
    reversed::reversed_line,
};
use protocol::{Fingerprint, Permissions, Right, limits, text, wire};
use serde_json::{Value, json};
use session::hosting::{Fact, Invited, Kind, Side};
use store::{
    CompanyId, SessionId, Store, StoreError,
    session_events::{self, SessionEvent, Source},
};

/// The member that names the console's certificate.
const CONSOLE: &str = "console_fingerprint";
/// The kind of a policy's line.
const POLICY_SIGNED: &str = "policy-signed";
/// The kind of the line that says that a console opened the session.
const OPERATOR_JOINED: &str = "operator-joined";

/// One line for the chain.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Who reports it.
    pub(super) source: Source,
    /// The source's own number; the server's own are numbered by the store.
    pub(super) source_seq: Option<i64>,
    /// kebab-case.
    pub(super) kind: &'static str,
    /// JSON object.
    pub(super) body: Value,
}

/// The line of a fact; `None`: the number of an event is none. Both sides report each chat line; a reader shows one by its id.
pub(super) fn line_of(fact: &Fact) -> Option<Line> {
    match fact {
        Fact::FromCustomer(event) => reported(Source::Customer, event),
        Fact::FromConsole(event) => reported(Source::Operator, event),
        own => {
            let (kind, body) = of_server(own)?;
            Some(Line { source: Source::Server, source_seq: None, kind, body })
        }
    }
}

/// The kebab-case name of an end.
pub(super) fn reason_name(reason: wire::EndReason) -> &'static str {
    use wire::EndReason;
    match reason {
        EndReason::Unspecified => "unknown",
        EndReason::CustomerStopped => "customer-stopped",
        EndReason::OperatorEnded => "operator-ended",
        EndReason::CustomerDeclined => "customer-declined",
        EndReason::CustomerLost => "customer-lost",
        EndReason::OperatorLost => "operator-lost",
        EndReason::Expired => "expired",
        EndReason::PolicyRefused => "policy-refused",
        EndReason::Administrator => "administrator",
        EndReason::ServerFailed => "server-failed",
        EndReason::ScreenDepth => "screen-depth",
        EndReason::ScreenMissing => "screen-missing",
        EndReason::ScreenSize => "screen-size",
        EndReason::ScreenLost => "screen-lost",
        EndReason::ScreenFailed => "screen-failed",
        EndReason::RecordingRefused => "recording-refused",
        // Told to one console, of a session that goes on.
        EndReason::SecondOver => "second-over",
        EndReason::HandedOver => "handed-over",
    }
}

pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::App => "app",
        Kind::Browser => "browser",
    }
}

fn source_of(side: Side) -> Source {
    match side {
        Side::Customer => Source::Customer,
        Side::Operator => Source::Operator,
    }
}

fn of_server(fact: &Fact) -> Option<(&'static str, Value)> {
    Some(match fact {
        Fact::CustomerJoined { kind } => ("customer-joined", json!({ "kind": kind_name(*kind) })),
        Fact::AppTookOver => ("app-took-over", json!({})),
        Fact::CustomerAway => ("customer-away", json!({})),
        Fact::CustomerReturned => ("customer-returned", json!({})),
        Fact::OperatorJoined => (OPERATOR_JOINED, json!({})),
        Fact::OperatorLeft => ("operator-left", json!({})),
        Fact::Consented(permissions) => ("consented", permissions_json(*permissions)),
        Fact::Declined => ("declined", json!({})),
        Fact::PolicySigned { permissions, console } => (POLICY_SIGNED, policy_json(*permissions, *console)),
        Fact::Second { fact, who } => (kind_of(*fact), second_json(who)),
        Fact::SecondPolicySigned { operator_id, permissions, console } => {
            let mut body = policy_json(*permissions, *console);
            if let Some(members) = body.as_object_mut() {
                members.insert("operator_id".to_owned(), uuid_text(*operator_id).into());
            }
            ("second-policy-signed", body)
        }
        Fact::Reversed(fact) => reversed_line(fact),
        Fact::EventsRefused { side } => ("events-refused", json!({ "side": source_of(*side).name() })),
        Fact::Ended(reason) => ("ended", json!({ "reason": reason_name(*reason) })),
        Fact::FromCustomer(_) | Fact::FromConsole(_) => return None,
    })
}

fn reported(source: Source, event: &wire::Event) -> Option<Line> {
    let source_seq = i64::try_from(event.source_seq).ok().filter(|seq| 0 < *seq)?;
    // What makes no line stands as that: left out, it would be a gap, behind which nothing of this side is confirmed.
    let (kind, mut body) = told(event).unwrap_or_else(|| ("report-malformed", json!({})));
    if let Some(members) = body.as_object_mut() {
        members.insert("reported_at_ms".to_owned(), event.at_ms.into());
    }
    Some(Line { source, source_seq: Some(source_seq), kind, body })
}

fn told(event: &wire::Event) -> Option<(&'static str, Value)> {
    use wire::event::Kind as Event;
    Some(match event.kind.as_ref()? {
        Event::Chat(chat) => chat_line(chat)?,
        Event::ControlChanged(changed) if changed.second => {
            ("second-control-changed", json!({ "on": changed.on }))
        }
        Event::ControlChanged(changed) => ("control-changed", json!({ "on": changed.on })),
        Event::SecondAnswered(answered) => second_answered(answered)?,
        Event::Refused(report) => refused(&report.what, report.count),
        Event::DisplayChanged(display) => {
            ("display-changed", json!({ "width_px": display.width_px, "height_px": display.height_px }))
        }
        Event::SharingStarted(_) => ("sharing-started", json!({})),
        Event::SharingStopped(_) => ("sharing-stopped", json!({})),
        Event::Unsupported(unsupported) => ("unsupported", json!({ "what": bounded(&unsupported.what) })),
        Event::ToolUsed(used) => ("tool-used", tool_json(used)),
        Event::Connected(connected) => ("connected", json!({ "relayed": connected.relayed })),
        Event::PartShared(shared) => (
            if shared.gone { "part-gone" } else { "part-shared" },
            json!({ "part": part_name(shared.kind()), "name": title(&shared.name) }),
        ),
        Event::PartAsked(asked) => (
            if asked.declined { "part-declined" } else { "part-asked" },
            json!({ "part": part_name(asked.kind()) }),
        ),
        Event::FileMoved(moved) => file_moved(moved)?,
        Event::FileChanged(changed) => file_changed(changed)?,
        Event::RightChanged(changed) => right_changed(*changed)?,
        Event::CopyAsked(_) => ("recording-copy-wished", json!({})),
        Event::RecordingChanged(changed) => ("recording-changed", json!({ "on": changed.on })),
        Event::ClipboardMoved(moved) => clipboard_moved(moved)?,
        Event::Reboot(reboot) => reboot_line(reboot)?,
        Event::PauseChanged(changed) => (if changed.on { "paused" } else { "resumed" }, json!({})),
        Event::VoiceChanged(changed) => (voice_changed(*changed)?, json!({})),
        Event::OperatorScreenChanged(changed) => (operator_screen_changed(*changed)?, json!({})),
        Event::PrinterChanged(changed) => {
            (if changed.on { "printer-on" } else { "printer-off" }, json!({ "name": title(&changed.name) }))
        }
        Event::DocumentPrinted(printed) => document_printed(printed)?,
        Event::CaptureModeChanged(changed) => (capture_mode(*changed)?, json!({})),
    })
}

fn capture_mode(changed: wire::CaptureModeChanged) -> Option<&'static str> {
    use wire::{CaptureReason as Reason, CaptureWay as Way};
    Some(match (changed.way(), changed.reason()) {
        (Way::Plain, Reason::NoDamage) => "capture-plain-no-damage",
        (Way::Plain, _) => "capture-plain",
        (Way::Fast, Reason::NoSharedMemory) => "capture-fast-no-shared-memory",
        (Way::Fast, _) => "capture-fast",
        (Way::Unspecified, _) => return None,
    })
}

fn voice_changed(changed: wire::VoiceChanged) -> Option<&'static str> {
    use wire::voice_changed::Change;
    Some(match changed.change() {
        Change::Started => "voice-started",
        Change::EndedByOperator => "voice-ended-by-operator",
        Change::EndedByCustomer => "voice-ended-by-customer",
        Change::Ended => "voice-ended",
        Change::CustomerMuted => "voice-customer-muted",
        Change::CustomerUnmuted => "voice-customer-unmuted",
        Change::OperatorMuted => "voice-operator-muted",
        Change::OperatorUnmuted => "voice-operator-unmuted",
        Change::Unspecified => return None,
    })
}

fn operator_screen_changed(changed: wire::OperatorScreenChanged) -> Option<&'static str> {
    use wire::operator_screen_changed::Change;
    Some(match changed.change() {
        Change::Started => "operator-screen-started",
        Change::EndedByOperator => "operator-screen-ended-by-operator",
        Change::EndedByCustomer => "operator-screen-ended-by-customer",
        Change::Ended => "operator-screen-ended",
        Change::Unspecified => return None,
    })
}

/// Who was brought in: whoever reads the record later may not find them any more.
fn second_json(who: &Invited) -> Value {
    json!({
        "operator_id": uuid_text(who.operator_id),
        "name": bounded_name(&who.name),
        "department": bounded_name(&who.department),
        "role": role_name(who.role),
        "reason": who.reason,
    })
}

fn second_answered(answered: &wire::SecondAnswered) -> Option<(&'static str, Value)> {
    let id = protocol::OperatorId::try_from(&answered.operator_id).ok()?;
    let kind = match (answered.allowed, answered.unasked) {
        (true, false) => "second-allowed",
        (true, true) => "second-told",
        (false, _) => "second-refused",
    };
    Some((kind, json!({ "operator_id": uuid_text(id) })))
}

fn uuid_text(id: protocol::OperatorId) -> String {
    uuid::Uuid::from_bytes(id.0).to_string()
}

fn bounded_name(name: &str) -> String {
    text::line(name, limits::NAME_CHARS)
}

fn right_changed(changed: wire::RightChanged) -> Option<(&'static str, Value)> {
    use wire::right_changed::Change;
    let kind = match changed.change() {
        Change::Asked => "right-asked",
        Change::Allowed => "right-allowed",
        Change::Refused => "right-refused",
        Change::Withdrawn => "right-withdrawn",
        Change::Given => "right-given",
        Change::TakenBack => "right-taken-back",
        Change::Unspecified => return None,
    };
    Some((kind, json!({ "right": Right::try_from(changed.right).ok()?.name() })))
}

/// What it was goes nowhere; names of files are the customer's own words, like a chat line.
fn clipboard_moved(moved: &wire::ClipboardMoved) -> Option<(&'static str, Value)> {
    use wire::clipboard_moved::Kind;
    let kind = match moved.kind() {
        Kind::Text => "text",
        Kind::Picture => "picture",
        Kind::Files => "files",
        Kind::Unspecified => return None,
    };
    let names: Vec<String> = moved.names.iter().take(limits::CLIP_NAMES).map(|name| title(name)).collect();
    let body = json!({
        "to_customer": moved.to_customer,
        "kind": kind,
        "size_bytes": moved.size_bytes,
        "names": names,
        "count": moved.count,
    });
    Some(("clipboard", body))
}

fn reboot_line(reboot: &wire::Reboot) -> Option<(&'static str, Value)> {
    use wire::reboot::What;
    let kind = match reboot.what() {
        What::Asked => "reboot-asked",
        What::Refused => "reboot-refused",
        What::Begun => "reboot-begun",
        What::ByHand => "reboot-by-hand",
        What::Cancelled => "reboot-cancelled",
        What::Failed => return Some(("reboot-failed", json!({ "problem": bounded(&reboot.problem) }))),
        What::Returned => "reboot-returned",
        What::Unspecified => return None,
    };
    Some((kind, json!({})))
}

fn refused(what: &str, count: u32) -> (&'static str, Value) {
    ("refused", json!({ "what": bounded(what), "count": count }))
}

fn tool_json(used: &wire::ToolUsed) -> Value {
    let what = text::line(&used.what, limits::TOOL_TARGET_CHARS);
    json!({ "tool": bounded(&used.tool), "what": what, "problem": bounded(&used.problem) })
}

/// Which part of the screen; "any": whichever the customer likes.
fn part_name(kind: wire::PartKind) -> &'static str {
    match kind {
        wire::PartKind::Unspecified => "any",
        wire::PartKind::Desktop => "desktop",
        wire::PartKind::Monitor => "monitor",
        wire::PartKind::Window => "window",
        wire::PartKind::Area => "area",
    }
}

/// Titles of windows are words of whatever the customer looks at.
fn title(text: &str) -> String {
    text::line(text, limits::NAME_CHARS)
}

/// Names of files are the customer's own words, like a chat line.
fn file_moved(moved: &wire::FileMoved) -> Option<(&'static str, Value)> {
    use wire::file_moved::State;
    let kind = match moved.state() {
        State::Started => "file-started",
        State::Finished => "file-finished",
        State::Cancelled => "file-cancelled",
        State::Failed => "file-failed",
        State::Unspecified => return None,
    };
    let mut body = json!({
        "to_customer": moved.to_customer,
        "path": path(&moved.path)?,
        "size_bytes": moved.size_bytes,
    });
    if let Some(members) = body.as_object_mut() {
        match moved.state() {
            State::Finished => {
                let digest: [u8; 32] = moved.blake3.as_ref().try_into().ok()?;
                members.insert("blake3".to_owned(), crate::secrets::hex(&digest).into());
            }
            State::Failed => drop(members.insert("why".to_owned(), bounded(&moved.why).into())),
            _ => {}
        }
    }
    Some((kind, body))
}

fn file_changed(changed: &wire::FileChanged) -> Option<(&'static str, Value)> {
    use wire::file_changed::What;
    let place = path(&changed.path)?;
    Some(match changed.what() {
        What::FolderMade => ("folder-made", json!({ "path": place })),
        What::Renamed => ("file-renamed", json!({ "path": place, "name": path(&changed.name)? })),
        What::Deleted => ("file-deleted", json!({ "path": place })),
        What::DeletedInPart => ("file-deleted-in-part", json!({ "path": place })),
        What::Unspecified => return None,
    })
}

/// The name of a document is whatever the program calls it that prints.
fn document_printed(printed: &wire::DocumentPrinted) -> Option<(&'static str, Value)> {
    use wire::document_printed::State;
    let mut body = json!({
        "name": text::line(&printed.name, limits::PRINT_NAME_CHARS),
        "pages": printed.pages,
        "size_bytes": printed.size_bytes,
    });
    let members = body.as_object_mut()?;
    let kind = match printed.state() {
        State::Delivered => {
            let digest: [u8; 32] = printed.blake3.as_ref().try_into().ok()?;
            members.insert("blake3".to_owned(), crate::secrets::hex(&digest).into());
            "document-printed"
        }
        State::Lost => "document-lost",
        State::Failed => {
            members.insert("why".to_owned(), bounded(&printed.why).into());
            "document-failed"
        }
        State::Unspecified => return None,
    };
    Some((kind, body))
}

/// A path or name as it stands in the record; nothing: over its limit.
fn path(path: &str) -> Option<String> {
    (path.len() <= limits::FILE_PATH_RECORD_BYTES).then(|| text::shown(path))
}

fn chat_line(chat: &wire::Chat) -> Option<(&'static str, Value)> {
    let line = protocol::chat::Line::try_from(chat.clone()).ok()?;
    let id = crate::secrets::hex(&line.id);
    let author = match line.author {
        protocol::chat::Author::Operator => "operator",
        protocol::chat::Author::Customer => "customer",
    };
    let mut body = json!({ "id": id, "author": author, "text": line.text, "at_ms": line.at_ms });
    // The second operator's, as the app says [F-18].
    if let Some(members) = body.as_object_mut().filter(|_| !line.name.is_empty()) {
        members.insert("name".to_owned(), line.name.into());
    }
    Some(("chat", body))
}

fn policy_json(permissions: Permissions, console: Fingerprint) -> Value {
    let mut body = permissions_json(permissions);
    if let Some(members) = body.as_object_mut() {
        members.insert(CONSOLE.to_owned(), crate::secrets::hex(&console.0).into());
    }
    body
}

/// The line of the last policy in a record.
pub(super) async fn last_policy(
    company: CompanyId,
    store: &Store,
    session: SessionId,
) -> Result<Option<SessionEvent>, StoreError> {
    session_events::find_last(company, store, session, Source::Server, POLICY_SIGNED).await
}

/// The line of the last console that came, in a record.
pub(super) async fn last_opening(
    company: CompanyId,
    store: &Store,
    session: SessionId,
) -> Result<Option<SessionEvent>, StoreError> {
    session_events::find_last(company, store, session, Source::Server, OPERATOR_JOINED).await
}

/// The console's certificate of a policy, so that it can be renewed after a restart.
pub(super) fn console_of(signed: &SessionEvent) -> Option<Fingerprint> {
    let body: Value = serde_json::from_str(signed.body.as_deref()?).ok()?;
    let bytes = crate::secrets::unhex(body.get(CONSOLE)?.as_str()?)?;
    Fingerprint::try_from(bytes.as_slice()).ok()
}

fn permissions_json(permissions: Permissions) -> Value {
    permissions
        .named()
        .map(|(name, allowed)| (name.to_owned(), Value::from(allowed)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn bounded(name: &str) -> String {
    text::line(name, limits::FEATURE_CHARS)
}
