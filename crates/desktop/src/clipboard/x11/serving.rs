//! What was put on the clipboard is given to whoever pastes it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::errors::ConnectionError;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ChangeWindowAttributesAux, ConnectionExt as _, EventMask, PropMode, Property,
    PropertyNotifyEvent, SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::super::{Content, files};
use super::atoms::Atoms;

/// Programs that are given something in pieces at a time; one more is refused.
const AT_ONCE: usize = 8;
/// How long one of them may take none.
const SILENCE: Duration = Duration::from_secs(10);
/// One piece, also where the display takes larger requests.
const PIECE_BYTES: usize = 256 * 1024;

/// What is offered, and who is being given it.
#[derive(Default)]
pub(super) struct Served {
    content: Option<Content>,
    giving: Vec<Giving>,
}

struct Giving {
    to: Window,
    property: Atom,
    target: Atom,
    bytes: Arc<[u8]>,
    given: usize,
    heard: Instant,
}

impl Served {
    pub(super) fn offer(&mut self, content: Content) {
        self.content = Some(content);
    }

    /// The clipboard is another's. Whoever pastes just now gets the rest.
    pub(super) fn forget(&mut self) {
        self.content = None;
    }

    pub(super) fn expire(&mut self, now: Instant) {
        self.giving.retain(|each| now < each.heard + SILENCE);
    }

    /// Somebody pastes.
    pub(super) fn requested(
        &mut self,
        connection: &RustConnection,
        atoms: &Atoms,
        request: &SelectionRequestEvent,
    ) {
        // ICCCM §2.2: an old program names no property.
        let property = if request.property == x11rb::NONE { request.target } else { request.property };
        let given = self.give(connection, atoms, request, property).unwrap_or(false);
        let notify = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: if given { property } else { x11rb::NONE },
        };
        let sent = connection.send_event(false, request.requestor, EventMask::NO_EVENT, notify);
        if sent.is_err() || connection.flush().is_err() {
            tracing::debug!("Display is gone while somebody pastes");
        }
    }

    fn give(
        &mut self,
        connection: &RustConnection,
        atoms: &Atoms,
        request: &SelectionRequestEvent,
        property: Atom,
    ) -> Result<bool, ConnectionError> {
        let Some(content) = &self.content else { return Ok(false) };
        let (to, target) = (request.requestor, request.target);
        if target == atoms.TARGETS {
            let targets: Vec<Atom> =
                [atoms.TARGETS].into_iter().chain(targets(content, atoms).iter().copied()).collect();
            connection.change_property32(PropMode::REPLACE, to, property, AtomEnum::ATOM, &targets)?;
            return Ok(true);
        }
        if !targets(content, atoms).contains(&target) {
            return Ok(false);
        }
        let bytes = bytes(content, atoms, target);
        let type_ = if target == atoms.TEXT { atoms.UTF8_STRING } else { target };
        // What stands around them in a request is far less than a quarter.
        let room = connection.maximum_request_bytes() / 4 * 3;
        if bytes.len() <= room.min(PIECE_BYTES) {
            connection.change_property8(PropMode::REPLACE, to, property, type_, &bytes)?;
            return Ok(true);
        }
        if AT_ONCE <= self.giving.len() {
            return Ok(false);
        }
        // Each time the property is taken away the next piece follows.
        let watch = ChangeWindowAttributesAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        connection.change_window_attributes(to, &watch)?;
        let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        connection.change_property32(PropMode::REPLACE, to, property, atoms.INCR, &[size])?;
        let heard = Instant::now();
        self.giving.push(Giving { to, property, target: type_, bytes: bytes.into(), given: 0, heard });
        Ok(true)
    }

    /// A property of somebody's window changed.
    pub(super) fn taken(&mut self, connection: &RustConnection, changed: &PropertyNotifyEvent) {
        if changed.state != Property::DELETE {
            return;
        }
        let is_meant = |each: &Giving| each.to == changed.window && each.property == changed.atom;
        let Some(at) = self.giving.iter().position(is_meant) else { return };
        let room = (connection.maximum_request_bytes() / 4 * 3).min(PIECE_BYTES);
        let Some(giving) = self.giving.get_mut(at) else { return };
        giving.heard = Instant::now();
        let rest = giving.bytes.get(giving.given..).unwrap_or_default();
        let piece = rest.get(..room).unwrap_or(rest);
        giving.given = giving.given.saturating_add(piece.len());
        // The last piece is empty.
        let is_last = piece.is_empty();
        let sent =
            connection.change_property8(PropMode::REPLACE, giving.to, giving.property, giving.target, piece);
        if sent.is_err() || connection.flush().is_err() || is_last {
            let Giving { to, .. } = self.giving.swap_remove(at);
            if self.giving.iter().all(|each| each.to != to) {
                let none = ChangeWindowAttributesAux::new().event_mask(EventMask::NO_EVENT);
                drop(connection.change_window_attributes(to, &none));
            }
        }
    }
}

fn targets(content: &Content, atoms: &Atoms) -> Vec<Atom> {
    match content {
        Content::Text(_) => {
            vec![atoms.UTF8_STRING, atoms.TEXT_PLAIN_UTF8, atoms.TEXT_PLAIN, atoms.TEXT, atoms.STRING]
        }
        Content::Picture(_) => vec![atoms.IMAGE_PNG],
        Content::Files(_) => vec![atoms.GNOME_FILES, atoms.URI_LIST],
    }
}

fn bytes(content: &Content, atoms: &Atoms, target: Atom) -> Vec<u8> {
    match content {
        // ICCCM §2.6.2: this one is Latin-1.
        Content::Text(text) if target == atoms.STRING => {
            text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
        }
        Content::Text(text) => text.as_bytes().to_vec(),
        Content::Picture(png) => png.clone(),
        Content::Files(paths) if target == atoms.GNOME_FILES => files::gnome_list(paths).into_bytes(),
        Content::Files(paths) => files::uri_list(paths).into_bytes(),
    }
}
