//! Tools: what an operator asks to be done on the customer's machine beside control (F-04, F-06, F-07, F-08, F-10).

mod answer;
mod favourite;
#[cfg(test)]
mod tests;
mod url;

pub use answer::{Outcome, parts};
pub use favourite::{Favourite, FavouriteError, FavouriteKind};
pub use url::{UrlError, WebUrl};

use crate::{Permissions, limits, wire};

/// One request, complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The console's own number; the answer has it too.
    pub id: u32,
    /// What is asked for.
    pub tool: Tool,
}

/// What a tool is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Open an address in the customer's browser (F-04).
    OpenUrl(WebUrl),
    /// Open what stands in a list of favourites (F-10).
    OpenFavourite(Favourite),
    /// Tell what the machine is (F-06).
    DescribeSystem,
    /// Tell the processes (F-07).
    ListProcesses,
    /// End a process (F-07).
    EndProcess {
        /// Its number.
        pid: u32,
        /// When it began, epoch milliseconds: another one with its number is not meant.
        started_at_ms: u64,
        /// Without asking it.
        force: bool,
    },
    /// Tell the services (F-07).
    ListServices,
    /// Start or stop a service (F-07).
    ChangeService {
        /// As it was told.
        name: String,
        /// What to do with it.
        act: ServiceAct,
    },
    /// Keep a still picture of the screen (F-08). The console has it already: what runs is the answer and the record's line.
    CaptureScreen,
}

/// What is done with a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceAct {
    /// Start it.
    Start,
    /// Stop it.
    Stop,
    /// Both, in that order.
    Restart,
}

/// A request that is none.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("tool request {id} is malformed")]
pub struct RequestError {
    /// Whom to answer.
    pub id: u32,
}

impl Tool {
    /// Whether these allow it.
    #[must_use]
    pub fn is_allowed(&self, permissions: Permissions) -> bool {
        match self {
            Self::OpenUrl(_) => permissions.open_urls,
            Self::OpenFavourite(_) => permissions.open_favourites,
            Self::DescribeSystem => permissions.see_system,
            Self::ListProcesses | Self::ListServices => permissions.see_processes,
            Self::EndProcess { .. } | Self::ChangeService { .. } => permissions.end_processes,
            Self::CaptureScreen => permissions.capture_screen,
        }
    }

    /// Under which name its refusal stands in the record, kebab-case.
    #[must_use]
    pub fn refusal(&self) -> &'static str {
        match self {
            Self::OpenUrl(_) => "url-open-forbidden",
            Self::OpenFavourite(_) => "favourite-open-forbidden",
            Self::DescribeSystem => "system-view-forbidden",
            Self::ListProcesses => "processes-view-forbidden",
            Self::EndProcess { .. } => "process-end-forbidden",
            Self::ListServices => "services-view-forbidden",
            Self::ChangeService { .. } => "service-change-forbidden",
            Self::CaptureScreen => "screen-capture-forbidden",
        }
    }

    /// As the record calls it (`ToolUsed.tool`), kebab-case.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::OpenUrl(_) => "url-open",
            Self::OpenFavourite(_) => "favourite-open",
            Self::DescribeSystem => "system-view",
            Self::ListProcesses => "processes-view",
            Self::EndProcess { force: false, .. } => "process-end",
            Self::EndProcess { force: true, .. } => "process-kill",
            Self::ListServices => "services-view",
            Self::ChangeService { act: ServiceAct::Start, .. } => "service-start",
            Self::ChangeService { act: ServiceAct::Stop, .. } => "service-stop",
            Self::ChangeService { act: ServiceAct::Restart, .. } => "service-restart",
            Self::CaptureScreen => "screen-capture",
        }
    }

    /// Whether it only looks: the record has the first look of a session, and not each refresh of a list.
    #[must_use]
    pub fn is_look(&self) -> bool {
        matches!(self, Self::DescribeSystem | Self::ListProcesses | Self::ListServices)
    }

    /// On what, for the record; empty where it has no object.
    #[must_use]
    pub fn object(&self) -> String {
        match self {
            Self::OpenUrl(url) | Self::OpenFavourite(Favourite::Url(url)) => url.as_str().to_owned(),
            Self::OpenFavourite(Favourite::Program(target) | Favourite::Folder(target)) => target.clone(),
            Self::EndProcess { pid, .. } => pid.to_string(),
            Self::ChangeService { name, .. } => name.clone(),
            Self::DescribeSystem | Self::ListProcesses | Self::ListServices | Self::CaptureScreen => {
                String::new()
            }
        }
    }
}

impl TryFrom<wire::ToolRequest> for Request {
    type Error = RequestError;

    fn try_from(wire: wire::ToolRequest) -> Result<Self, RequestError> {
        let id = wire.id;
        let tool = wire.tool.and_then(tool).ok_or(RequestError { id })?;
        Ok(Self { id, tool })
    }
}

fn tool(wire: wire::tool_request::Tool) -> Option<Tool> {
    use wire::tool_request::Tool as Asked;
    Some(match wire {
        Asked::OpenUrl(open) => Tool::OpenUrl(WebUrl::parse(&open.url).ok()?),
        Asked::OpenFavourite(open) => Tool::OpenFavourite(Favourite::try_from(open).ok()?),
        Asked::DescribeSystem(_) => Tool::DescribeSystem,
        Asked::ListProcesses(_) => Tool::ListProcesses,
        Asked::EndProcess(end) => {
            Tool::EndProcess { pid: end.pid, started_at_ms: end.started_at_ms, force: end.force }
        }
        Asked::ListServices(_) => Tool::ListServices,
        Asked::CaptureScreen(_) => Tool::CaptureScreen,
        Asked::ChangeService(change) => {
            let act = match change.act() {
                wire::change_service::Act::Start => ServiceAct::Start,
                wire::change_service::Act::Stop => ServiceAct::Stop,
                wire::change_service::Act::Restart => ServiceAct::Restart,
                wire::change_service::Act::Unspecified => return None,
            };
            Tool::ChangeService { name: line(&change.name, limits::MACHINE_TEXT_CHARS)?, act }
        }
    })
}

/// One line of text that says something.
fn line(text: &str, most_chars: usize) -> Option<String> {
    let fits = !text.trim().is_empty() && text.chars().count() <= most_chars;
    (fits && !text.chars().any(char::is_control)).then(|| text.trim().to_owned())
}
