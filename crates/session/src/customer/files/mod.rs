//! Files between the console and the customer (F-02, F-16, F-17), on a connection of their own.
//!
//! The connection's offer comes on "control" of the session's own, which the signed policy vouches for. Every message is
//! held against what policy and customer allow at that moment; what is no longer allowed ends. Not here: the disk, which the
//! shell asks in a thread of its own ([`FilesOrder`], [`FilesNews`]).

mod orders;
mod requests;
mod transfer;
mod transfers;

pub use orders::{AskNo, Change, Entry, EntryKind, FilesNews, FilesOrder, Listing, TransferNo};

use std::collections::BTreeMap;

use bytes::Bytes;
use prost::Message as _;
use protocol::{Permissions, decode, files::FilesMessage, limits, sdp, wire};

use self::{requests::Asked, transfer::Transfer};
use super::{Action, Channel, ConnectionNo, Customer, DocumentNo, Output, outgoing::Outgoing, state::State};
use crate::Timestamp;

/// Everything about files in one session; outlives its connections.
#[derive(Debug, Default)]
pub(super) struct Files {
    connection: Option<ConnectionNo>,
    offered_at: Option<Timestamp>,
    transfers: Vec<Transfer>,
    asked: BTreeMap<AskNo, Asked>,
    /// Changes up to this one are called off.
    called_off: Option<AskNo>,
    /// Numbers given to orders so far.
    last_no: u64,
    /// Files moved and entries changed so far.
    done: u32,
    /// What has come for the clipboard and waits to be put there, by its batch: what was copied as one, and its size.
    copied: BTreeMap<u32, Vec<(String, u64)>>,
    /// Printed documents that the console has, until the printer hears of it.
    delivered: Vec<(DocumentNo, [u8; 32])>,
}

impl Files {
    pub(super) fn is_on(&self, connection: ConnectionNo) -> bool {
        self.connection == Some(connection)
    }

    /// Says something to the console, if it is there.
    fn say(&self, out: &mut Outgoing, body: wire::files_message::Body) {
        if let Some(connection) = self.connection {
            let bytes = wire::FilesMessage { body: Some(body) }.encode_to_vec().into();
            out.outputs.push_back(Output::ToPeer { connection, channel: Channel::Files, bytes });
        }
    }

    /// What has come of this batch for the customer's clipboard.
    pub(super) fn copied(&mut self, batch: u32) -> Vec<(String, u64)> {
        let mut copied = self.copied.remove(&batch).unwrap_or_default();
        copied.sort_unstable();
        copied
    }

    fn next_no(&mut self) -> u64 {
        self.last_no = self.last_no.saturating_add(1);
        self.last_no
    }

    /// One more may be done. `false`: as many as the record holds were.
    fn one_more(&mut self) -> bool {
        let may = self.done < limits::FILES_OF_SESSION;
        self.done = self.done.saturating_add(u32::from(may));
        may
    }

    /// Nothing is allowed any more, or the session's own connection is gone.
    pub(super) fn close(&mut self, now: Timestamp, out: &mut Outgoing) {
        if let Some(connection) = self.connection.take() {
            out.act(Action::ClosePeer { connection });
            self.park(now, out);
        }
    }

    /// When something is to be looked at.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let waits = self.transfers.iter().filter(|each| !each.is_finishing());
        waits.filter_map(|each| each.parked).min().map(|at| at + limits::FILE_PARKED)
    }
}

/// Whether anything about files is allowed.
fn any(permissions: Permissions) -> bool {
    let files = permissions.browse_files || permissions.send_files || permissions.fetch_files;
    files || permissions.change_files || permissions.print
}

impl Customer {
    /// The console offers the connection for files; an earlier one ends.
    pub(super) fn files_offer(&mut self, now: Timestamp, description: wire::SessionDescription) {
        let State::Sharing(sharing) = &self.state else { return };
        if sharing.consent.is_paused() {
            return self.out.refuse("files-paused");
        }
        if !any(sharing.permissions()) {
            return self.out.refuse("files-forbidden");
        }
        if self.files.offered_at.is_some_and(|at| now.since(at) < limits::FILES_OFFER_INTERVAL) {
            return self.out.refuse("files-too-fast");
        }
        let Some(peer) = sdp::fingerprint(&description.sdp) else {
            return self.out.refuse("files-malformed");
        };
        self.files.close(now, &mut self.out);
        self.files.offered_at = Some(now);
        let connection = self.out.next_connection();
        self.files.connection = Some(connection);
        let sdp = description.sdp;
        self.out.act(Action::AnswerOffer { connection, sdp, peer, ice_servers: Vec::new(), voice: false });
    }

    pub(super) fn files_candidate(&mut self, candidate: wire::Candidate) {
        if limits::CANDIDATE_BYTES < candidate.candidate.len() {
            return self.out.refuse("files-malformed");
        }
        if let Some(connection) = self.files.connection {
            self.out.act(Action::AddCandidate { connection, candidate });
        }
    }

    /// The connection for files is gone by itself.
    pub(super) fn files_lost(&mut self, now: Timestamp) {
        self.files.close(now, &mut self.out);
    }

    pub(super) fn files_message(&mut self, now: Timestamp, bytes: &Bytes) {
        let State::Sharing(sharing) = &self.state else { return };
        let permissions = sharing.permissions();
        let Ok(message) = decode::<wire::FilesMessage>(bytes, limits::PEER_MESSAGE_BYTES) else {
            return self.out.refuse("files-malformed");
        };
        if message.body.is_none() {
            self.out.skipped += 1;
            return;
        }
        let answer_to = requests::number_of(&message);
        match FilesMessage::try_from(message) {
            Ok(FilesMessage::FetchPrinted(fetch)) => {
                let ready = self.printing.ready(fetch.document);
                self.files.fetch_printed(now, permissions, fetch, ready, &mut self.out);
            }
            Ok(message) => self.files.take(now, permissions, message, &mut self.out),
            Err(_) => {
                self.out.refuse("files-malformed");
                self.files.answer_malformed(answer_to, &mut self.out);
            }
        }
    }

    /// Ends what is no longer allowed, and what waited too long.
    pub(super) fn files_within_permissions(&mut self, now: Timestamp) {
        self.files.expire(now, &mut self.out);
        let permissions = match &self.state {
            // What is on its way waits for the next connection, which there is none of before the customer goes on.
            State::Sharing(sharing) if sharing.consent.is_paused() => {
                self.files.call_off(Permissions::default(), &mut self.out);
                self.files.cut_to(now, sharing.granted(), &mut self.out);
                return self.files.close(now, &mut self.out);
            }
            State::Sharing(sharing) => sharing.permissions(),
            // Between two connections nothing moves; at the end nothing stays.
            State::Ended(_) => {
                self.files.call_off(Permissions::default(), &mut self.out);
                return self.files.abandon(now, &mut self.out);
            }
            _ => return,
        };
        self.files.call_off(permissions, &mut self.out);
        self.files.cut_to(now, permissions, &mut self.out);
        if !any(permissions) {
            self.files.close(now, &mut self.out);
        }
    }
}

impl Files {
    fn take(&mut self, now: Timestamp, permissions: Permissions, message: FilesMessage, out: &mut Outgoing) {
        match message {
            FilesMessage::List(request, path) => self.list(permissions, request, path, out),
            FilesMessage::MakeFolder { request, target, may_exist } => {
                // A folder that is sent as a whole brings its folders with it.
                self.make_folder(permissions, request, target, may_exist, out);
            }
            FilesMessage::Rename { request, path, name } => {
                self.rename(permissions, request, path, name, out);
            }
            FilesMessage::Delete(request, path) => self.delete(permissions, request, path, out),
            FilesMessage::Send(send) => self.send(now, permissions, send, out),
            FilesMessage::Fetch(fetch) => self.fetch(now, permissions, fetch, out),
            // Whether there is one, the printer knows ([`Customer::files_message`]).
            FilesMessage::FetchPrinted(fetch) => self.fetch_printed(now, permissions, fetch, None, out),
            FilesMessage::Chunk(number, bytes) => self.chunk(now, number, bytes, out),
            FilesMessage::Taken(number, bytes) => self.taken(now, number, bytes, out),
            FilesMessage::End(number, digest) => self.end(now, number, digest, out),
            FilesMessage::Done(number) => self.done(now, number, out),
            FilesMessage::Stopped(number, why) => self.stopped(now, number, &why, out),
        }
    }

    /// What became of an order.
    pub(super) fn news(&mut self, now: Timestamp, news: FilesNews, out: &mut Outgoing) {
        match news {
            FilesNews::Listed(ask, listing) => self.listed(ask, listing, out),
            FilesNews::Changed(ask, done) => self.changed(now, ask, done, out),
            FilesNews::Created(transfer, path) => self.created(now, transfer, path, out),
            FilesNews::Written(transfer, bytes) => self.written(transfer, bytes, out),
            FilesNews::Finished(transfer, path) => self.finished(now, transfer, path, out),
            FilesNews::Opened { transfer, size_bytes, modified_ms } => {
                self.opened(now, transfer, (size_bytes, modified_ms), out);
            }
            FilesNews::Read(transfer, bytes) => self.read(transfer, bytes, out),
            FilesNews::ReadAll(transfer, digest) => self.read_all(transfer, digest, out),
            FilesNews::Failed(transfer, why) => self.failed(now, transfer, why, out),
            FilesNews::Exists { transfer, size_bytes, modified_ms } => {
                self.exists(transfer, (size_bytes, modified_ms), out);
            }
        }
    }
}
