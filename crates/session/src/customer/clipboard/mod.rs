//! The clipboard between console and customer (S-11), in the directions in which files may go (F-02, F-16, F-17).
//!
//! Nothing is read of the customer's clipboard, and nothing put there, without the right for that direction at that moment, and
//! nothing is read without the operator's own switch. The record has each copy by kind, size and names: never what it is.

mod arriving;
mod leaving;
mod orders;

pub use orders::{ClipboardNews, ClipboardOrder, CopiedFile, CopiedFiles, PutNo, Puttable};

use bytes::Bytes;
use protocol::{
    Permissions,
    clipboard::{Clip, ClipKind, ClipMessage},
    limits, text, wire,
};
use wire::{clip::What, clipboard_moved::Kind};

use self::{arriving::Arriving, leaving::Leaving};
use super::{Action, ConnectionNo, Customer, pace::Pace, state::State};
use crate::Timestamp;

/// What waits to be on the customer's clipboard at a time: a person pastes one thing after the other.
const PUTTING: usize = 4;

/// The clipboard of a session; counts outlive its connections.
#[derive(Debug, Default)]
pub(super) struct Clipboard {
    /// The console on it wants what the customer copies.
    wanted_on: Option<ConnectionNo>,
    /// The shell looks at the customer's clipboard.
    watches: bool,
    arriving: Option<Arriving>,
    leaving: Option<Leaving>,
    putting: Vec<Putting>,
    /// Numbers given to what leaves, on any connection.
    last_id: u32,
    last_no: u64,
    pace_in: Pace,
    pace_out: Pace,
    moved: u32,
}

/// What the shell puts on the customer's clipboard just now.
#[derive(Debug)]
struct Putting {
    no: PutNo,
    connection: ConnectionNo,
    /// The console's number for it.
    id: u32,
    line: wire::ClipboardMoved,
}

impl Clipboard {
    /// One more may be moved. `false`: as many as the record holds were.
    fn one_more(&mut self) -> bool {
        let may = self.moved < limits::CLIPS_OF_SESSION;
        self.moved = self.moved.saturating_add(u32::from(may));
        may
    }
}

impl Customer {
    pub(super) fn console_clips(&mut self, now: Timestamp, clip: wire::Clip) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, permissions) = (sharing.connection, sharing.permissions());
        let is_paused = sharing.consent.is_paused();
        let Ok(message) = ClipMessage::try_from(clip) else {
            return self.out.refuse("clipboard-malformed");
        };
        match message {
            // By itself it reads nothing: the right is asked for each time (`clipboard_within_permissions`).
            ClipMessage::Share(on) => self.clipboard.wanted_on = on.then_some(connection),
            ClipMessage::Taken(id, bytes) => self.console_has(id, bytes),
            ClipMessage::Part(id, bytes) => self.clip_part(id, &bytes),
            ClipMessage::Begin { id, kind, size_bytes } => {
                if let Some(problem) = self.no_clip(now, permissions, is_paused) {
                    return self.refuse_clip(id, problem);
                }
                if kind.most_bytes() < size_bytes {
                    return self.refuse_clip(id, "clipboard-too-large");
                }
                self.clipboard.arriving = Some(Arriving::new(id, kind, size_bytes));
            }
            ClipMessage::Place(batch) => match self.no_clip(now, permissions, is_paused) {
                Some(problem) => self.refuse_clip(batch, problem),
                None => self.place(connection, batch),
            },
        }
    }

    /// Why nothing may come to the customer's clipboard now.
    fn no_clip(&mut self, now: Timestamp, permissions: Permissions, is_paused: bool) -> Option<&'static str> {
        if is_paused {
            return Some("clipboard-paused");
        }
        if !permissions.clipboard_to_customer() {
            return Some("clipboard-forbidden");
        }
        let has_room = self.clipboard.pace_in.has_room(now, limits::CLIPS, limits::CLIP_WINDOW);
        if !has_room || PUTTING <= self.clipboard.putting.len() {
            return Some("clipboard-too-fast");
        }
        (!self.clipboard.one_more()).then_some("clipboard-too-many")
    }

    fn refuse_clip(&mut self, id: u32, problem: &'static str) {
        self.out.refuse(problem);
        self.clip_problem(id, problem);
    }

    fn clip_problem(&mut self, id: u32, problem: &str) {
        let problem = problem.to_owned();
        self.say_clip(What::Taken(wire::ClipTaken { id, problem, ..Default::default() }));
    }

    fn clip_part(&mut self, id: u32, bytes: &Bytes) {
        // What was refused may have more on its way.
        let Some(arriving) = self.clipboard.arriving.as_mut().filter(|arriving| arriving.id == id) else {
            return;
        };
        match arriving.take(bytes) {
            Err(problem) => {
                self.clipboard.arriving = None;
                self.refuse_clip(id, problem);
            }
            Ok(false) => {
                if let Some(taken_bytes) = arriving.untold() {
                    self.say_clip(What::Taken(wire::ClipTaken { id, taken_bytes, ..Default::default() }));
                }
            }
            Ok(true) => self.clip_arrived(),
        }
    }

    fn clip_arrived(&mut self) {
        let State::Sharing(sharing) = &self.state else { return };
        let connection = sharing.connection;
        let Some(Arriving { id, kind, bytes, .. }) = self.clipboard.arriving.take() else { return };
        let size_bytes = bytes.len() as u64;
        let Ok(clip) = Clip::parse(kind, bytes) else {
            return self.refuse_clip(id, "clipboard-malformed");
        };
        let line = line(true, kind, size_bytes);
        self.put((connection, id), Puttable::Clip(clip), line);
    }

    /// Files that have come for the clipboard are put there.
    fn place(&mut self, connection: ConnectionNo, batch: u32) {
        let copied = self.files.copied(batch);
        if copied.is_empty() {
            return self.refuse_clip(batch, "clipboard-no-files");
        }
        let size_bytes = copied.iter().map(|(_, bytes)| bytes).sum();
        let mut paths: Vec<String> = copied.into_iter().map(|(path, _)| path).collect();
        paths.dedup();
        paths.truncate(limits::CLIP_FILES);
        let line = files_line(true, paths.iter().map(String::as_str), paths.len(), size_bytes);
        self.put((connection, batch), Puttable::Files(paths), line);
    }

    fn put(&mut self, (connection, id): (ConnectionNo, u32), what: Puttable, line: wire::ClipboardMoved) {
        self.clipboard.last_no = self.clipboard.last_no.saturating_add(1);
        let no = PutNo(self.clipboard.last_no);
        self.clipboard.putting.push(Putting { no, connection, id, line });
        self.out.act(Action::Clipboard(ClipboardOrder::Put(no, what)));
    }

    /// What the customer's clipboard tells.
    pub(super) fn clipboard_news(&mut self, now: Timestamp, news: ClipboardNews) {
        match news {
            ClipboardNews::Put(no, done) => self.clip_put(now, no, done),
            ClipboardNews::Lacks(what) => self.clipboard_lacks(now, what),
            copied if self.may_leave(now) => self.copied(now, copied),
            _ => {}
        }
    }

    fn clip_put(&mut self, now: Timestamp, no: PutNo, done: Result<(), &'static str>) {
        let Some(at) = self.clipboard.putting.iter().position(|each| each.no == no) else { return };
        let Putting { connection, id, line, .. } = self.clipboard.putting.swap_remove(at);
        let is_heard = self.state.connection() == Some(connection);
        match done {
            Ok(()) => {
                self.out.report(now, wire::event::Kind::ClipboardMoved(line));
                if is_heard {
                    self.say_clip(What::Taken(wire::ClipTaken { id, done: true, ..Default::default() }));
                }
            }
            Err(problem) if is_heard => self.clip_problem(id, problem),
            Err(_) => {}
        }
    }

    fn clipboard_lacks(&mut self, now: Timestamp, what: &'static str) {
        for Putting { id, .. } in std::mem::take(&mut self.clipboard.putting) {
            self.clip_problem(id, "clipboard-unsupported");
        }
        let unsupported = wire::Unsupported { what: what.to_owned() };
        self.tell(wire::peer_message::Body::Unsupported(unsupported.clone()));
        self.out.report(now, wire::event::Kind::Unsupported(unsupported));
    }

    /// Whether what was copied may be told: it may have been read a moment before the right was taken back.
    fn may_leave(&mut self, now: Timestamp) -> bool {
        if !self.clipboard_is_wanted() {
            return false;
        }
        if !self.clipboard.pace_out.has_room(now, limits::CLIPS, limits::CLIP_WINDOW) {
            self.out.refuse("clipboard-copied-too-fast");
            return false;
        }
        let may = self.clipboard.one_more();
        if !may {
            self.out.refuse("clipboard-too-many");
        }
        may
    }

    fn copied(&mut self, now: Timestamp, news: ClipboardNews) {
        match news {
            ClipboardNews::Copied(clip) => {
                let id = self.next_clip();
                let (kind, bytes) = (clip.kind(), clip.bytes());
                let size_bytes = bytes.len() as u64;
                self.out.report(now, wire::event::Kind::ClipboardMoved(line(false, kind, size_bytes)));
                self.begin_clip(id, kind, size_bytes);
                self.clipboard.leaving = Some(Leaving::new(id, bytes));
                self.clip_leaves();
            }
            // Its parts never come: the console says how large it is.
            ClipboardNews::TooLarge(kind, size_bytes) => {
                let id = self.next_clip();
                self.clipboard.leaving = None;
                self.begin_clip(id, kind, size_bytes.max(kind.most_bytes().saturating_add(1)));
            }
            ClipboardNews::CopiedFiles(files) => self.copied_files(now, files),
            ClipboardNews::Put(..) | ClipboardNews::Lacks(_) => {}
        }
    }

    fn copied_files(&mut self, now: Timestamp, CopiedFiles { mut files, more }: CopiedFiles) {
        files.truncate(limits::CLIP_FILES);
        let (paths, count) = (files.iter().map(|file| file.path.as_str()), files.len());
        let size_bytes = files.iter().fold(0, |sum: u64, file| sum.saturating_add(file.size_bytes));
        let line = files_line(false, paths, count.saturating_add(more as usize), size_bytes);
        // As many as fit into a message; the rest is counted.
        let mut told = wire::ClipFiles { files: Vec::new(), more };
        let mut room_bytes = limits::CLIP_PART_BYTES;
        for file in files {
            let file_bytes = file.path.len().saturating_add(32);
            if room_bytes < file_bytes {
                told.more = told.more.saturating_add(1);
                continue;
            }
            room_bytes = room_bytes.saturating_sub(file_bytes);
            told.files.push(file.into());
        }
        if told.files.is_empty() {
            return;
        }
        self.out.report(now, wire::event::Kind::ClipboardMoved(line));
        self.clipboard.leaving = None;
        self.say_clip(What::Files(told));
    }

    fn next_clip(&mut self) -> u32 {
        self.clipboard.last_id = self.clipboard.last_id.saturating_add(1);
        self.clipboard.last_id
    }

    fn begin_clip(&mut self, id: u32, kind: ClipKind, size_bytes: u64) {
        let kind = match kind {
            ClipKind::Text => wire::clip_begin::Kind::Text,
            ClipKind::Picture => wire::clip_begin::Kind::Picture,
        };
        self.say_clip(What::Begin(wire::ClipBegin { id, kind: kind.into(), size_bytes }));
    }

    fn console_has(&mut self, id: u32, bytes: u64) {
        let Some(leaving) = self.clipboard.leaving.as_mut().filter(|leaving| leaving.id == id) else {
            return;
        };
        leaving.taken(bytes);
        self.clip_leaves();
    }

    /// Sends as much as may be on its way.
    fn clip_leaves(&mut self) {
        while let Some((id, bytes)) = self.clipboard.leaving.as_mut().and_then(Leaving::next_part) {
            self.say_clip(What::Part(wire::ClipPart { id, bytes }));
        }
        if self.clipboard.leaving.as_ref().is_some_and(Leaving::is_over) {
            self.clipboard.leaving = None;
        }
    }

    fn say_clip(&mut self, what: What) {
        self.tell(wire::peer_message::Body::Clip(wire::Clip { what: Some(what) }));
    }

    /// The operator wants it, and policy and customer allow it at this moment.
    fn clipboard_is_wanted(&self) -> bool {
        let State::Sharing(sharing) = &self.state else { return false };
        let is_wanted = self.clipboard.wanted_on == Some(sharing.connection);
        is_wanted && sharing.permissions().clipboard_from_customer()
    }

    /// What is no longer allowed ends, and the customer's clipboard is looked at while it is allowed alone.
    pub(super) fn clipboard_within_permissions(&mut self) {
        let wanted = self.clipboard_is_wanted();
        let may_arrive = match &self.state {
            State::Sharing(sharing) => sharing.permissions().clipboard_to_customer(),
            _ => false,
        };
        if !wanted {
            self.clipboard.leaving = None;
        }
        if !may_arrive && let Some(arriving) = self.clipboard.arriving.take() {
            self.clip_problem(arriving.id, "clipboard-forbidden");
        }
        if self.clipboard.watches != wanted {
            self.clipboard.watches = wanted;
            self.out.act(Action::Clipboard(ClipboardOrder::Watch(wanted)));
        }
    }

    /// The connection is over. What is on the customer's clipboard stays there.
    pub(super) fn clipboard_left(&mut self) {
        let clipboard = &mut self.clipboard;
        (clipboard.wanted_on, clipboard.arriving, clipboard.leaving) = (None, None, None);
    }
}

fn line(to_customer: bool, kind: ClipKind, size_bytes: u64) -> wire::ClipboardMoved {
    let kind = match kind {
        ClipKind::Text => Kind::Text,
        ClipKind::Picture => Kind::Picture,
    };
    wire::ClipboardMoved { to_customer, kind: kind.into(), size_bytes, ..Default::default() }
}

fn files_line<'a>(
    to_customer: bool,
    paths: impl Iterator<Item = &'a str>,
    count: usize,
    size_bytes: u64,
) -> wire::ClipboardMoved {
    let name = |path: &str| text::line(path.rsplit('/').next().unwrap_or(path), limits::NAME_CHARS);
    wire::ClipboardMoved {
        to_customer,
        kind: Kind::Files.into(),
        size_bytes,
        names: paths.take(limits::CLIP_NAMES).map(name).collect(),
        count: u32::try_from(count).unwrap_or(u32::MAX),
    }
}
