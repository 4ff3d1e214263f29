//! Folders: what stands in them, and what the operator changes in them.

use prost::Message as _;
use protocol::{
    Permissions,
    files::{FileName, FilePath, Number, Target},
    limits, wire,
};
use wire::files_message::Body;

use super::{
    Files,
    orders::{AskNo, Change, Entry, EntryKind, FilesOrder, Listing},
    transfer::end_of,
};
use crate::{
    Timestamp,
    customer::{Action, ConnectionNo, outgoing::Outgoing},
};

/// What stands around the entries of a page, and around each of them.
const PAGE_FRAMING_BYTES: usize = 128;
const ENTRY_FRAMING_BYTES: usize = 8;

/// A question or change whose answer is awaited.
#[derive(Debug)]
pub(super) struct Asked {
    /// Who asked; another connection does not hear the answer.
    connection: Option<ConnectionNo>,
    number: Number,
    /// What the record is told once it is done.
    change: Option<wire::FileChanged>,
    /// A folder that F-16 alone may make, as a part of what is sent.
    is_sent: bool,
}

impl Asked {
    fn is_allowed(&self, permissions: Permissions) -> bool {
        self.change.is_none() || permissions.change_files || (self.is_sent && permissions.send_files)
    }
}

/// What a message that cannot be read would be answered under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AnswerTo {
    List(Number),
    Request(Number),
    Transfer(Number),
    Nothing,
}

pub(super) fn number_of(message: &wire::FilesMessage) -> AnswerTo {
    match &message.body {
        Some(Body::ListFolder(list)) => AnswerTo::List(list.request),
        Some(Body::MakeFolder(make)) => AnswerTo::Request(make.request),
        Some(Body::RenameEntry(rename)) => AnswerTo::Request(rename.request),
        Some(Body::DeleteEntry(delete)) => AnswerTo::Request(delete.request),
        Some(Body::SendFile(send)) => AnswerTo::Transfer(send.transfer),
        Some(Body::FetchFile(fetch)) => AnswerTo::Transfer(fetch.transfer),
        Some(Body::FetchPrinted(fetch)) => AnswerTo::Transfer(fetch.transfer),
        _ => AnswerTo::Nothing,
    }
}

impl Files {
    /// A message was nothing: who waits for its answer hears so.
    pub(super) fn answer_malformed(&self, to: AnswerTo, out: &mut Outgoing) {
        const PROBLEM: &str = "files-name-refused";
        match to {
            AnswerTo::List(number) => self.no_listing(number, PROBLEM, out),
            AnswerTo::Request(number) => self.answer(number, PROBLEM, out),
            AnswerTo::Transfer(number) => self.say_stopped(number, PROBLEM, out),
            AnswerTo::Nothing => {}
        }
    }

    pub(super) fn list(
        &mut self,
        permissions: Permissions,
        request: Number,
        path: Option<FilePath>,
        out: &mut Outgoing,
    ) {
        if !permissions.browse_files {
            out.refuse("files-browse-forbidden");
            return self.no_listing(request, "files-browse-forbidden", out);
        }
        match self.ask(request, None, false) {
            Some(ask) => out.act(Action::Files(FilesOrder::List(ask, path))),
            None => self.no_listing(request, "files-too-many-at-once", out),
        }
    }

    /// Its own act, or a part of a folder that is sent as a whole.
    pub(super) fn make_folder(
        &mut self,
        permissions: Permissions,
        request: Number,
        target: Target,
        may_exist: bool,
        out: &mut Outgoing,
    ) {
        let is_sent = may_exist && target.folder().is_none();
        let may = permissions.change_files || is_sent && permissions.send_files;
        if !may {
            out.refuse("files-change-forbidden");
            return self.answer(request, "files-change-forbidden", out);
        }
        let path = target.path();
        let change = change(wire::file_changed::What::FolderMade, &path, "");
        if let Some(ask) = self.ask_change(request, change, is_sent, out) {
            out.act(Action::Files(FilesOrder::MakeFolder { ask, target, may_exist }));
        }
    }

    pub(super) fn rename(
        &mut self,
        permissions: Permissions,
        request: Number,
        path: FilePath,
        name: FileName,
        out: &mut Outgoing,
    ) {
        if !permissions.change_files {
            out.refuse("files-change-forbidden");
            return self.answer(request, "files-change-forbidden", out);
        }
        let change = change(wire::file_changed::What::Renamed, path.as_str(), name.as_str());
        if let Some(ask) = self.ask_change(request, change, false, out) {
            out.act(Action::Files(FilesOrder::Rename { ask, path, name }));
        }
    }

    pub(super) fn delete(
        &mut self,
        permissions: Permissions,
        request: Number,
        path: FilePath,
        out: &mut Outgoing,
    ) {
        if !permissions.change_files {
            out.refuse("files-change-forbidden");
            return self.answer(request, "files-change-forbidden", out);
        }
        let change = change(wire::file_changed::What::Deleted, path.as_str(), "");
        if let Some(ask) = self.ask_change(request, change, false, out) {
            out.act(Action::Files(FilesOrder::Delete(ask, path)));
        }
    }

    /// Calls off the changes that are ordered and no longer allowed. Those before them go with them.
    pub(super) fn call_off(&mut self, permissions: Permissions, out: &mut Outgoing) {
        let forbidden = self.asked.iter().filter(|(_, asked)| !asked.is_allowed(permissions));
        if let Some(last) = forbidden.map(|(ask, _)| *ask).max()
            && self.called_off < Some(last)
        {
            self.called_off = Some(last);
            out.act(Action::Files(FilesOrder::CallOff(last)));
        }
    }

    pub(super) fn listed(&mut self, ask: AskNo, listing: Result<Listing, &'static str>, out: &mut Outgoing) {
        let Some(asked) = self.asked.remove(&ask).filter(|asked| asked.connection == self.connection) else {
            return;
        };
        match listing {
            Ok(listing) => {
                for page in pages(asked.number, listing) {
                    self.say(out, Body::FolderPage(page));
                }
            }
            Err(problem) => self.no_listing(asked.number, problem, out),
        }
    }

    pub(super) fn changed(
        &mut self,
        now: Timestamp,
        ask: AskNo,
        done: Result<Change, &'static str>,
        out: &mut Outgoing,
    ) {
        let Some(asked) = self.asked.remove(&ask) else { return };
        let problem = match done {
            Ok(Change::Made | Change::None) => "",
            Ok(Change::InPart(why)) | Err(why) => why,
        };
        if let (Ok(Change::Made | Change::InPart(_)), Some(mut change)) = (done, asked.change) {
            if !problem.is_empty() {
                change.what = wire::file_changed::What::DeletedInPart.into();
            }
            out.report(now, wire::event::Kind::FileChanged(change));
        }
        if asked.connection == self.connection {
            self.answer(asked.number, problem, out);
        }
    }

    fn ask_change(
        &mut self,
        request: Number,
        change: wire::FileChanged,
        is_sent: bool,
        out: &mut Outgoing,
    ) -> Option<AskNo> {
        if limits::FILE_REQUESTS <= self.asked.len() {
            self.answer(request, "files-too-many-at-once", out);
            return None;
        }
        if !self.one_more() {
            self.answer(request, "files-too-many", out);
            return None;
        }
        self.ask(request, Some(change), is_sent)
    }

    fn ask(&mut self, number: Number, change: Option<wire::FileChanged>, is_sent: bool) -> Option<AskNo> {
        if limits::FILE_REQUESTS <= self.asked.len() {
            return None;
        }
        let ask = AskNo(self.next_no());
        self.asked.insert(ask, Asked { connection: self.connection, number, change, is_sent });
        Some(ask)
    }

    fn answer(&self, request: Number, problem: &str, out: &mut Outgoing) {
        self.say(out, Body::RequestDone(wire::RequestDone { request, problem: problem.to_owned() }));
    }

    fn no_listing(&self, request: Number, problem: &str, out: &mut Outgoing) {
        let page =
            wire::FolderPage { request, last: true, problem: problem.to_owned(), ..Default::default() };
        self.say(out, Body::FolderPage(page));
    }
}

fn change(what: wire::file_changed::What, path: &str, name: &str) -> wire::FileChanged {
    wire::FileChanged { what: what.into(), path: end_of(path), name: name.to_owned() }
}

/// A listing in messages that fit into the channel, up to what a folder may take of it.
fn pages(request: Number, listing: Listing) -> Vec<wire::FolderPage> {
    let mut pages = vec![wire::FolderPage { request, ..Default::default() }];
    let mut cut = listing.cut;
    let (mut in_page, mut in_all) = (PAGE_FRAMING_BYTES, 0_usize);
    for entry in listing.entries.into_iter().map(to_wire) {
        let bytes = entry.encoded_len().saturating_add(ENTRY_FRAMING_BYTES);
        in_all = in_all.saturating_add(bytes);
        if limits::FOLDER_BYTES < in_all {
            cut = true;
            break;
        }
        if limits::PEER_MESSAGE_BYTES < in_page.saturating_add(bytes) {
            pages.push(wire::FolderPage { request, ..Default::default() });
            in_page = PAGE_FRAMING_BYTES;
        }
        in_page = in_page.saturating_add(bytes);
        if let Some(page) = pages.last_mut() {
            page.entries.push(entry);
        }
    }
    if let Some(page) = pages.last_mut() {
        page.last = true;
        page.cut = cut;
        page.unnamed = listing.unnamed;
        page.writable = listing.writable;
        page.free_bytes = listing.free_bytes;
    }
    pages
}

fn to_wire(entry: Entry) -> wire::FolderEntry {
    use wire::folder_entry::Kind;
    let kind = match entry.kind {
        EntryKind::File => Kind::File,
        EntryKind::Folder => Kind::Folder,
        EntryKind::Other => Kind::Other,
    };
    wire::FolderEntry {
        name: entry.name,
        kind: kind.into(),
        size_bytes: entry.size_bytes,
        modified_ms: entry.modified_ms,
        link: entry.link,
        place: entry.place.to_owned(),
    }
}
