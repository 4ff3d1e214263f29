//! Tools that an operator asks for (F-04, F-06, F-07, F-08, F-10): allowed or refused, run once, answered once, recorded.

use std::collections::BTreeSet;

use protocol::{
    limits,
    tools::{self, Outcome, Request, Tool},
    wire,
};

use super::{Action, ConnectionNo, Customer, pace::Pace, state::State};
use crate::Timestamp;

/// Tools of a session.
#[derive(Debug, Default)]
pub(super) struct Tools {
    running: Vec<Running>,
    /// What only looks and was recorded on this connection, as found or as not found.
    looked: BTreeSet<(&'static str, bool)>,
    requests: Pace,
    acts: Pace,
}

#[derive(Debug)]
struct Running {
    connection: ConnectionNo,
    id: u32,
    tool: Tool,
    /// Its right was taken back meanwhile, and whoever asked was told so.
    is_answered: bool,
}

impl Tools {
    fn take(&mut self, connection: ConnectionNo, id: u32) -> Option<Running> {
        let is_meant = |running: &Running| running.connection == connection && running.id == id;
        let at = self.running.iter().position(is_meant)?;
        Some(self.running.swap_remove(at))
    }
}

impl Customer {
    pub(super) fn tool_requested(&mut self, now: Timestamp, request: wire::ToolRequest) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, permissions) = (sharing.connection, sharing.permissions());
        let is_paused = sharing.consent.is_paused();
        let id = request.id;
        if !self.out.tools.requests.has_room(now, limits::TOOL_REQUESTS, limits::TOOL_WINDOW) {
            return self.refuse_tool(id, "tool-too-fast", "busy");
        }
        let Ok(Request { tool, .. }) = Request::try_from(request) else {
            return self.refuse_tool(id, "tool-malformed", "malformed");
        };
        if is_paused {
            return self.refuse_tool(id, "tool-paused", "paused");
        }
        if !tool.is_allowed(permissions) {
            return self.refuse_tool(id, tool.refusal(), "forbidden");
        }
        if !tool.is_look() && !self.out.tools.acts.has_room(now, limits::TOOL_ACTS, limits::TOOL_WINDOW) {
            return self.refuse_tool(id, "tool-too-fast", "busy");
        }
        let running = &mut self.out.tools.running;
        // A look that runs is not begun beside itself.
        let is_same = |running: &Running| {
            running.connection == connection && (running.id == id || (tool.is_look() && running.tool == tool))
        };
        if limits::TOOLS_RUNNING <= running.len() || running.iter().any(is_same) {
            return self.refuse_tool(id, "tool-too-many", "busy");
        }
        running.push(Running { connection, id, tool: tool.clone(), is_answered: false });
        self.out.act(Action::RunTool { connection, id, tool });
    }

    fn refuse_tool(&mut self, id: u32, refusal: &'static str, problem: &'static str) {
        self.out.refuse(refusal);
        self.answer_tool(id, Outcome::refused(problem));
    }

    fn answer_tool(&mut self, id: u32, outcome: Outcome) {
        for answer in tools::parts(id, outcome) {
            self.tell(wire::peer_message::Body::ToolAnswer(answer));
        }
    }

    pub(super) fn tool_done(
        &mut self,
        now: Timestamp,
        connection: ConnectionNo,
        id: u32,
        object: String,
        outcome: Outcome,
    ) {
        let Some(Running { tool, is_answered, .. }) = self.out.tools.take(connection, id) else { return };
        self.report_tool(now, &tool, object, outcome.problem());
        if self.state.connection() == Some(connection) && !is_answered {
            self.answer_tool(id, outcome);
        }
    }

    /// What runs under a right that is taken back, or held up, ends where it can, and tells nothing of what it finds. The
    /// record has what was done nevertheless.
    pub(super) fn tools_within_permissions(&mut self) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, permissions) = (sharing.connection, sharing.permissions());
        let problem = if sharing.consent.is_paused() { "paused" } else { "forbidden" };
        let mut cut = Vec::new();
        for running in &mut self.out.tools.running {
            let is_cut = running.connection == connection && !running.tool.is_allowed(permissions);
            if is_cut && !std::mem::replace(&mut running.is_answered, true) {
                cut.push(running.id);
            }
        }
        if !cut.is_empty() {
            self.out.act(Action::StopTools);
        }
        cut.into_iter().for_each(|id| self.answer_tool(id, Outcome::refused(problem)));
    }

    /// The record has what was done, and the first look of a connection.
    fn report_tool(&mut self, now: Timestamp, tool: &Tool, object: String, problem: &str) {
        if tool.is_look() && !self.out.tools.looked.insert((tool.name(), problem.is_empty())) {
            return;
        }
        let what = if object.is_empty() { tool.object() } else { object };
        let used = wire::ToolUsed {
            tool: tool.name().to_owned(),
            what: what.chars().take(limits::TOOL_TARGET_CHARS).collect(),
            problem: problem.to_owned(),
        };
        self.out.report(now, wire::event::Kind::ToolUsed(used));
    }

    /// The connection is over, perhaps with the session: what still runs is told to stop where it can, and is recorded as not
    /// finished, since its outcome may come too late for the record.
    pub(super) fn tools_left(&mut self, now: Timestamp) {
        self.out.tools.looked.clear();
        let acts: Vec<Tool> = self.out.tools.running.iter().map(|running| running.tool.clone()).collect();
        for tool in acts.iter().filter(|tool| !tool.is_look()) {
            self.report_tool(now, tool, String::new(), "unfinished");
        }
    }
}
