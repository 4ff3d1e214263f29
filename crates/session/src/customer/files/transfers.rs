//! Files on their way, in both directions.

use bytes::Bytes;
use protocol::{
    Permissions,
    files::{Conflict, FetchFile, FetchPrinted, Number, SendFile},
    limits, wire,
};
use wire::{file_moved::State as Line, files_message::Body};

use super::{
    Files,
    orders::{FilesOrder, TransferNo},
    transfer::{Arriving, Choice, Leaving, Stage, Transfer},
};
use crate::{
    Timestamp,
    customer::{Action, DocumentNo, outgoing::Outgoing},
};

/// What a console says when its operator ended a transfer.
const CANCELLED: &str = "files-cancelled";

impl Files {
    pub(super) fn send(
        &mut self,
        now: Timestamp,
        permissions: Permissions,
        send: SendFile,
        out: &mut Outgoing,
    ) {
        if !permissions.send_files {
            return self.forbid(send.transfer, "files-send-forbidden", out);
        }
        if send.target.clipboard().is_some() && !permissions.clipboard_to_customer() {
            return self.forbid(send.transfer, "clipboard-forbidden", out);
        }
        // Without F-02 the operator chooses no folder, and replaces nothing; neither do they on the clipboard.
        let chooses = permissions.change_files && send.target.clipboard().is_none();
        if !chooses && send.target.folder().is_some() {
            return self.forbid(send.transfer, "files-folder-forbidden", out);
        }
        let conflict = if chooses { send.conflict } else { Conflict::KeepBoth };
        let choice = Choice { target: send.target.clone(), conflict };
        if self.goes_on(&send, &choice, out) {
            return;
        }
        let Some(no) = self.begin(now, send.transfer, out) else { return };
        self.transfers.push(Transfer {
            no,
            number: send.transfer,
            id: send.id,
            to_customer: true,
            choice: Some(choice),
            printed: None,
            path: send.target.path(),
            size_bytes: send.size_bytes,
            modified_ms: send.modified_ms,
            stage: Stage::Opening { offset_bytes: 0 },
            parked: None,
        });
        out.act(Action::Files(FilesOrder::Create {
            transfer: no,
            target: send.target,
            size_bytes: send.size_bytes,
            modified_ms: send.modified_ms,
            conflict,
        }));
    }

    /// What came before the connection was lost is still there. What waits counts against the limit as well ([`Self::begin`]),
    /// so that there is room for it.
    fn goes_on(&mut self, send: &SendFile, choice: &Choice, out: &mut Outgoing) -> bool {
        let same = |each: &&mut Transfer| {
            let waits = each.parked.is_some() && each.id == send.id;
            waits && each.size_bytes == send.size_bytes && each.choice.as_ref() == Some(choice)
        };
        if self.is_taken(send.transfer) {
            return false;
        }
        let Some(transfer) = self.transfers.iter_mut().find(same) else { return false };
        let Stage::Arriving(arriving) = &transfer.stage else { return false };
        transfer.parked = None;
        transfer.number = send.transfer;
        let ready = ready(transfer, arriving.received_bytes);
        self.say(out, Body::TransferReady(ready));
        true
    }

    pub(super) fn fetch(
        &mut self,
        now: Timestamp,
        permissions: Permissions,
        fetch: FetchFile,
        out: &mut Outgoing,
    ) {
        if !permissions.fetch_files {
            return self.forbid(fetch.transfer, "files-fetch-forbidden", out);
        }
        let Some(no) = self.begin(now, fetch.transfer, out) else { return };
        self.transfers.push(Transfer {
            no,
            number: fetch.transfer,
            id: fetch.id,
            to_customer: false,
            choice: None,
            printed: None,
            path: fetch.path.as_str().to_owned(),
            size_bytes: 0,
            modified_ms: 0,
            stage: Stage::Opening { offset_bytes: fetch.resume.map_or(0, |resume| resume.offset_bytes) },
            parked: None,
        });
        let FetchFile { path, resume, .. } = fetch;
        out.act(Action::Files(FilesOrder::Open { transfer: no, path, resume }));
    }

    /// `ready`: the document of this number, if it is there.
    pub(super) fn fetch_printed(
        &mut self,
        now: Timestamp,
        permissions: Permissions,
        fetch: FetchPrinted,
        ready: Option<DocumentNo>,
        out: &mut Outgoing,
    ) {
        if !permissions.print {
            return self.forbid(fetch.transfer, "files-print-forbidden", out);
        }
        let Some(document) = ready else { return self.say_stopped(fetch.transfer, "files-not-found", out) };
        let Some(no) = self.begin(now, fetch.transfer, out) else { return };
        let resume = fetch.resume;
        self.transfers.push(Transfer {
            no,
            number: fetch.transfer,
            id: fetch.id,
            to_customer: false,
            choice: None,
            printed: Some(document),
            path: String::new(),
            size_bytes: 0,
            modified_ms: 0,
            stage: Stage::Opening { offset_bytes: resume.map_or(0, |resume| resume.offset_bytes) },
            parked: None,
        });
        out.act(Action::Files(FilesOrder::OpenPrinted { transfer: no, document, resume }));
    }

    /// Printed documents that the console has the whole of, each told once.
    pub(in crate::customer) fn take_delivered(&mut self) -> Vec<(DocumentNo, [u8; 32])> {
        std::mem::take(&mut self.delivered)
    }

    /// Whether there is room for one more; the console hears why not.
    fn begin(&mut self, now: Timestamp, number: Number, out: &mut Outgoing) -> Option<TransferNo> {
        if self.is_taken(number) {
            // A second one of the same number would be mistaken for the first: nothing is said under it.
            return None;
        }
        let problem = if limits::FILE_TRANSFERS <= self.transfers.len() && !self.give_up_oldest(now, out) {
            Some("files-too-many-at-once")
        } else if !self.one_more() {
            Some("files-too-many")
        } else {
            None
        };
        if let Some(problem) = problem {
            self.say_stopped(number, problem, out);
            return None;
        }
        Some(TransferNo(self.next_no()))
    }

    fn is_taken(&self, number: Number) -> bool {
        self.transfers.iter().any(|each| each.parked.is_none() && each.number == number)
    }

    /// Gives up what has waited longest for its connection. `false`: nothing waits.
    fn give_up_oldest(&mut self, now: Timestamp, out: &mut Outgoing) -> bool {
        let waiting = self.transfers.iter().filter(|each| !each.is_finishing());
        let oldest = waiting.filter_map(|each| Some((each.parked?, each.no))).min();
        if let Some((_, no)) = oldest {
            self.fail(now, no, "files-connection-lost", out);
        }
        oldest.is_some()
    }

    pub(super) fn chunk(&mut self, now: Timestamp, number: Number, bytes: Bytes, out: &mut Outgoing) {
        // What ended here may still be on its way there.
        let Some(transfer) = self.running(number) else { return };
        let no = transfer.no;
        let Stage::Arriving(arriving) = &mut transfer.stage else {
            return self.fail(now, no, "files-malformed", out);
        };
        match arriving.take(bytes.len() as u64, transfer.size_bytes) {
            Ok(()) => out.act(Action::Files(FilesOrder::Write(no, bytes))),
            Err(why) => {
                out.refuse(why);
                self.fail(now, no, why, out);
            }
        }
    }

    pub(super) fn end(&mut self, now: Timestamp, number: Number, digest: [u8; 32], out: &mut Outgoing) {
        let Some(transfer) = self.running(number) else { return };
        let no = transfer.no;
        match &transfer.stage {
            Stage::Arriving(arriving) if arriving.received_bytes == transfer.size_bytes => {
                transfer.stage = Stage::Finishing { digest };
                out.act(Action::Files(FilesOrder::Finish(no, digest)));
            }
            Stage::Arriving(_) => self.fail(now, no, "files-truncated", out),
            _ => self.fail(now, no, "files-malformed", out),
        }
    }

    pub(super) fn taken(&mut self, now: Timestamp, number: Number, bytes: u64, out: &mut Outgoing) {
        let Some(transfer) = self.running(number) else { return };
        let no = transfer.no;
        let fits = match &mut transfer.stage {
            Stage::Leaving(leaving) => leaving.taken(bytes),
            Stage::Left { taken_bytes, .. } => {
                let fits = (*taken_bytes..=transfer.size_bytes).contains(&bytes);
                *taken_bytes = bytes.min(transfer.size_bytes);
                fits
            }
            _ => false,
        };
        if fits { self.read_on(no, out) } else { self.fail(now, no, "files-malformed", out) }
    }

    pub(super) fn done(&mut self, now: Timestamp, number: Number, out: &mut Outgoing) {
        let Some(transfer) = self.running(number) else { return };
        let no = transfer.no;
        let Stage::Left { digest, .. } = transfer.stage else {
            return self.fail(now, no, "files-malformed", out);
        };
        match transfer.printed {
            Some(document) => self.delivered.push((document, digest)),
            None => self.report_finished(now, no, digest, out),
        }
        self.forget(no);
    }

    pub(super) fn stopped(&mut self, now: Timestamp, number: Number, why: &str, out: &mut Outgoing) {
        let Some(transfer) = self.running(number) else { return };
        let no = transfer.no;
        out.act(Action::Files(FilesOrder::Discard(no)));
        let line = if why == CANCELLED { Line::Cancelled } else { Line::Failed };
        self.report_ended(now, no, line, why, out);
        self.forget(no);
    }

    pub(super) fn created(&mut self, now: Timestamp, no: TransferNo, path: String, out: &mut Outgoing) {
        let Some(transfer) = self.of_no(no) else { return };
        transfer.path = path;
        transfer.stage = Stage::Arriving(Arriving::default());
        let ready = ready(transfer, 0);
        self.report_started(now, no, out);
        self.say_to(no, Body::TransferReady(ready), out);
    }

    pub(super) fn written(&mut self, no: TransferNo, bytes: u64, out: &mut Outgoing) {
        let Some(transfer) = self.of_no(no) else { return };
        let number = transfer.number;
        let Stage::Arriving(arriving) = &mut transfer.stage else { return };
        if let Some(taken_bytes) = arriving.wrote(bytes, transfer.size_bytes) {
            let taken = wire::TransferTaken { transfer: number, taken_bytes };
            self.say_to(no, Body::TransferTaken(taken), out);
        }
    }

    pub(super) fn finished(&mut self, now: Timestamp, no: TransferNo, path: String, out: &mut Outgoing) {
        let Some(transfer) = self.of_no(no) else { return };
        let Stage::Finishing { digest } = transfer.stage else { return };
        transfer.path.clone_from(&path);
        let target = transfer.choice.as_ref().map(|choice| &choice.target);
        let copied = target.and_then(|target| Some((target.clipboard()?, target.copied(&path))));
        let size_bytes = transfer.size_bytes;
        let done = wire::TransferDone { transfer: transfer.number, path };
        self.report_finished(now, no, digest, out);
        if let Some((batch, copied)) = copied {
            self.copied.entry(batch).or_default().push((copied, size_bytes));
        }
        self.say_to(no, Body::TransferDone(done), out);
        self.forget(no);
    }

    pub(super) fn opened(
        &mut self,
        now: Timestamp,
        no: TransferNo,
        (size_bytes, modified_ms): (u64, u64),
        out: &mut Outgoing,
    ) {
        let Some(transfer) = self.of_no(no) else { return };
        let Stage::Opening { offset_bytes } = transfer.stage else { return };
        transfer.size_bytes = size_bytes;
        transfer.modified_ms = modified_ms;
        transfer.stage = Stage::Leaving(Leaving::from(offset_bytes));
        let ready = ready(transfer, offset_bytes);
        self.report_started(now, no, out);
        self.say_to(no, Body::TransferReady(ready), out);
        if size_bytes == offset_bytes {
            out.act(Action::Files(FilesOrder::ReadEnd(no)));
        }
        self.read_on(no, out);
    }

    pub(super) fn read(&mut self, no: TransferNo, bytes: Bytes, out: &mut Outgoing) {
        let Some(transfer) = self.of_no(no) else { return };
        let number = transfer.number;
        let Stage::Leaving(leaving) = &mut transfer.stage else { return };
        let all = leaving.sent(bytes.len() as u64, transfer.size_bytes);
        self.say_to(no, Body::TransferChunk(wire::TransferChunk { transfer: number, bytes }), out);
        if all {
            out.act(Action::Files(FilesOrder::ReadEnd(no)));
        }
    }

    pub(super) fn read_all(&mut self, no: TransferNo, digest: [u8; 32], out: &mut Outgoing) {
        let Some(transfer) = self.of_no(no) else { return };
        let Stage::Leaving(leaving) = &transfer.stage else { return };
        transfer.stage = Stage::Left { digest, taken_bytes: leaving.taken_bytes() };
        let blake3 = Bytes::copy_from_slice(&digest);
        let end = wire::TransferEnd { transfer: transfer.number, blake3 };
        self.say_to(no, Body::TransferEnd(end), out);
    }

    pub(super) fn failed(&mut self, now: Timestamp, no: TransferNo, why: &'static str, out: &mut Outgoing) {
        let Some(transfer) = self.of_no(no) else { return };
        let number = transfer.number;
        // What was left out on purpose has not moved, and is no failure either.
        if why != "files-skipped" {
            self.report_ended(now, no, Line::Failed, why, out);
        }
        if transfer_is_heard(self, no) {
            self.say_stopped(number, why, out);
        }
        self.forget(no);
    }

    pub(super) fn exists(
        &mut self,
        no: TransferNo,
        (size_bytes, modified_ms): (u64, u64),
        out: &mut Outgoing,
    ) {
        let Some(transfer) = self.of_no(no) else { return };
        let why = "files-exists".to_owned();
        let stopped = wire::TransferStopped { transfer: transfer.number, why, size_bytes, modified_ms };
        self.say_to(no, Body::TransferStopped(stopped), out);
        self.forget(no);
    }

    /// Ends what waited too long for its connection, whatever state the session is in: the deadline names this moment.
    pub(super) fn expire(&mut self, now: Timestamp, out: &mut Outgoing) {
        let waited = |each: &&Transfer| {
            !each.is_finishing() && each.parked.is_some_and(|at| at + limits::FILE_PARKED <= now)
        };
        let ending: Vec<TransferNo> = self.transfers.iter().filter(waited).map(|each| each.no).collect();
        ending.into_iter().for_each(|no| self.fail(now, no, "files-connection-lost", out));
    }

    /// Ends what is no longer allowed.
    pub(super) fn cut_to(&mut self, now: Timestamp, permissions: Permissions, out: &mut Outgoing) {
        let why = |transfer: &Transfer| match transfer.to_customer {
            _ if transfer.is_finishing() => None,
            false if transfer.printed.is_some() => (!permissions.print).then_some("files-print-forbidden"),
            true if !permissions.send_files => Some("files-send-forbidden"),
            false if !permissions.fetch_files => Some("files-fetch-forbidden"),
            true if !permissions.change_files && transfer.takes_change() => Some("files-folder-forbidden"),
            true if !permissions.clipboard_to_customer() && transfer.is_for_clipboard() => {
                Some("clipboard-forbidden")
            }
            _ => None,
        };
        let ending: Vec<(TransferNo, &'static str)> =
            self.transfers.iter().filter_map(|each| Some((each.no, why(each)?))).collect();
        ending.into_iter().for_each(|(no, why)| self.fail(now, no, why, out));
    }

    /// The connection is gone: what came waits for another, all else ends.
    pub(super) fn park(&mut self, now: Timestamp, out: &mut Outgoing) {
        let mut ending = Vec::new();
        for transfer in &mut self.transfers {
            match transfer.stage {
                // What is finishing has come as a whole; the disk goes on, with nobody to hear of it.
                Stage::Arriving(_) | Stage::Finishing { .. } => {
                    transfer.parked = transfer.parked.or(Some(now));
                }
                Stage::Opening { .. } | Stage::Leaving(_) | Stage::Left { .. } => ending.push(transfer.no),
            }
        }
        ending.into_iter().for_each(|no| self.fail(now, no, "files-connection-lost", out));
    }

    /// The session is over: nothing stays.
    pub(super) fn abandon(&mut self, now: Timestamp, out: &mut Outgoing) {
        let all: Vec<TransferNo> =
            self.transfers.iter().filter(|each| !each.is_finishing()).map(|each| each.no).collect();
        all.into_iter().for_each(|no| self.fail(now, no, "files-connection-lost", out));
    }

    pub(super) fn say_stopped(&self, number: Number, why: &str, out: &mut Outgoing) {
        let stopped = wire::TransferStopped { transfer: number, why: why.to_owned(), ..Default::default() };
        self.say(out, Body::TransferStopped(stopped));
    }

    fn forbid(&self, number: Number, what: &'static str, out: &mut Outgoing) {
        out.refuse(what);
        self.say_stopped(number, what, out);
    }

    /// Ends a transfer from here.
    fn fail(&mut self, now: Timestamp, no: TransferNo, why: &'static str, out: &mut Outgoing) {
        out.act(Action::Files(FilesOrder::Discard(no)));
        self.failed(now, no, why, out);
    }

    /// Asks for as much as may be on its way.
    fn read_on(&mut self, no: TransferNo, out: &mut Outgoing) {
        let Some(transfer) = self.of_no(no) else { return };
        let Stage::Leaving(leaving) = &mut transfer.stage else { return };
        while let Some(bytes) = leaving.next_read(transfer.size_bytes) {
            out.act(Action::Files(FilesOrder::Read(no, bytes)));
        }
    }

    fn report_started(&mut self, now: Timestamp, no: TransferNo, out: &mut Outgoing) {
        if let Some(transfer) = self.of_no(no)
            && limits::FILE_START_BYTES <= transfer.size_bytes
            && transfer.printed.is_none()
        {
            out.report(now, wire::event::Kind::FileMoved(transfer.line(Line::Started)));
        }
    }

    fn report_finished(&mut self, now: Timestamp, no: TransferNo, digest: [u8; 32], out: &mut Outgoing) {
        if let Some(transfer) = self.of_no(no) {
            let blake3 = Bytes::copy_from_slice(&digest);
            let line = wire::FileMoved { blake3, ..transfer.line(Line::Finished) };
            out.report(now, wire::event::Kind::FileMoved(line));
        }
    }

    fn report_ended(&mut self, now: Timestamp, no: TransferNo, state: Line, why: &str, out: &mut Outgoing) {
        // A printed document is still there, and can be fetched again.
        if let Some(transfer) = self.of_no(no).filter(|transfer| transfer.printed.is_none()) {
            let line = wire::FileMoved { why: why.to_owned(), ..transfer.line(state) };
            out.report(now, wire::event::Kind::FileMoved(line));
        }
    }

    /// Says something about a transfer to the console that began it, and to no other.
    fn say_to(&self, no: TransferNo, body: Body, out: &mut Outgoing) {
        if transfer_is_heard(self, no) {
            self.say(out, body);
        }
    }

    /// One that the console still has a say in. What came as a whole is the disk's alone: it stands, or it failed, and the
    /// record says which.
    fn running(&mut self, number: Number) -> Option<&mut Transfer> {
        let runs = |each: &Transfer| each.number == number && each.parked.is_none() && !each.is_finishing();
        self.transfers.iter_mut().find(|each| runs(each))
    }

    fn of_no(&mut self, no: TransferNo) -> Option<&mut Transfer> {
        self.transfers.iter_mut().find(|each| each.no == no)
    }

    fn forget(&mut self, no: TransferNo) {
        self.transfers.retain(|each| each.no != no);
    }
}

fn transfer_is_heard(files: &Files, no: TransferNo) -> bool {
    files.transfers.iter().any(|each| each.no == no && each.parked.is_none())
}

fn ready(transfer: &Transfer, offset_bytes: u64) -> wire::TransferReady {
    wire::TransferReady {
        transfer: transfer.number,
        size_bytes: transfer.size_bytes,
        modified_ms: transfer.modified_ms,
        offset_bytes,
    }
}
