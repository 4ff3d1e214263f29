//! What another program has copied is read: first what it offers it as, then the best of that.

use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::errors::{ConnectionError, ReplyError};
use x11rb::protocol::xproto::{Atom, AtomEnum, ConnectionExt as _, Window};
use x11rb::rust_connection::RustConnection;

use super::super::{Copied, Limits, files};
use super::X11Clipboard;
use super::atoms::Atoms;

/// How long an owner may say nothing.
const SILENCE: Duration = Duration::from_secs(5);
/// Names of what it is offered as: more than any program has.
const TARGETS: u32 = 1_024;
/// A list of files' addresses.
const LIST_BYTES: u64 = 1024 * 1024;

/// How it goes on.
pub(super) enum Step {
    /// More is to come.
    Goes,
    /// That is it.
    Done(Copied),
    /// Nothing that is wanted, or may be read.
    Nothing,
}

/// Reading that goes on.
pub(super) struct Reading {
    what: What,
    time: u32,
    heard: Instant,
    /// In pieces.
    pieces: Option<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Targets,
    Text,
    Picture,
    Files,
}

impl What {
    fn most_bytes(self, limits: Limits) -> u64 {
        match self {
            Self::Targets => u64::from(TARGETS) * 4,
            Self::Text => limits.text_bytes,
            Self::Picture => limits.picture_bytes,
            Self::Files => LIST_BYTES,
        }
    }
}

impl Reading {
    pub(super) fn begin(
        connection: &RustConnection,
        window: Window,
        atoms: &Atoms,
        time: u32,
    ) -> Result<Self, ConnectionError> {
        ask(connection, window, atoms, atoms.TARGETS, time)?;
        Ok(Self { what: What::Targets, time, heard: Instant::now(), pieces: None })
    }

    pub(super) fn is_alive(&self, now: Instant) -> bool {
        now < self.heard + SILENCE
    }

    /// The owner has answered.
    pub(super) fn answered(&mut self, of: &X11Clipboard, converted: bool) -> Result<Step, ReplyError> {
        self.heard = Instant::now();
        if !converted {
            return Ok(Step::Nothing);
        }
        if self.what == What::Targets {
            return self.choose(of);
        }
        let most = self.what.most_bytes(of.limits);
        let property = taken(of, most)?;
        if property.type_ == of.atoms.INCR {
            // ICCCM: at least so many bytes; taking the property away asks for the first piece.
            let claimed = property.value32().and_then(|mut sizes| sizes.next()).unwrap_or_default();
            of.connection.flush()?;
            if most < u64::from(claimed) {
                return Ok(self.too_large(claimed.into()));
            }
            self.pieces = Some(Vec::new());
            return Ok(Step::Goes);
        }
        let size_bytes = (property.value.len() as u64).saturating_add(property.bytes_after.into());
        if most < size_bytes {
            of.connection.delete_property(of.window, of.atoms.BESIDE_CLIP)?;
            return Ok(self.too_large(size_bytes));
        }
        Ok(self.done(property.value, of.limits))
    }

    /// The next piece has come, if this goes in pieces.
    pub(super) fn more(&mut self, of: &X11Clipboard) -> Result<Step, ReplyError> {
        let Some(mut pieces) = self.pieces.take() else { return Ok(Step::Goes) };
        self.heard = Instant::now();
        let most = self.what.most_bytes(of.limits);
        let piece = taken(of, most)?;
        of.connection.flush()?;
        if piece.value.is_empty() {
            return Ok(self.done(pieces, of.limits));
        }
        pieces.extend_from_slice(&piece.value);
        if most < pieces.len() as u64 || 0 < piece.bytes_after {
            return Ok(self.too_large(0));
        }
        self.pieces = Some(pieces);
        Ok(Step::Goes)
    }

    /// Files before text, for that is what their names come as as well; text before a picture, for that is what a table comes as.
    fn choose(&mut self, of: &X11Clipboard) -> Result<Step, ReplyError> {
        let Atoms { UTF8_STRING, TEXT_PLAIN_UTF8, TEXT_PLAIN, STRING, .. } = of.atoms;
        let property = taken(of, What::Targets.most_bytes(of.limits))?;
        let offered: Vec<Atom> = property.value32().map(Iterator::collect).unwrap_or_default();
        if offered.contains(&of.atoms.SECRET) {
            tracing::debug!("A secret was copied, and is not read");
            return Ok(Step::Nothing);
        }
        let text = [UTF8_STRING, TEXT_PLAIN_UTF8, TEXT_PLAIN, STRING].map(|atom| (atom, What::Text));
        let files = [(of.atoms.GNOME_FILES, What::Files), (of.atoms.URI_LIST, What::Files)];
        let picture = [(of.atoms.IMAGE_PNG, What::Picture)];
        let wanted = files.into_iter().chain(text).chain(picture);
        let Some((target, what)) = wanted.into_iter().find(|(atom, _)| offered.contains(atom)) else {
            return Ok(Step::Nothing);
        };
        self.what = what;
        ask(&of.connection, of.window, &of.atoms, target, self.time)?;
        Ok(Step::Goes)
    }

    fn done(&self, bytes: Vec<u8>, limits: Limits) -> Step {
        if bytes.is_empty() {
            return Step::Nothing;
        }
        match self.what {
            What::Targets => Step::Nothing,
            What::Text => Step::Done(Copied::Text(bytes)),
            What::Picture => Step::Done(Copied::Picture(bytes)),
            What::Files => {
                let found = files::named(&String::from_utf8_lossy(&bytes), limits.files);
                // Addresses of pages, say: a browser offers these as well.
                if found.files.is_empty() { Step::Nothing } else { Step::Done(Copied::Files(found)) }
            }
        }
    }

    fn too_large(&self, size_bytes: u64) -> Step {
        match self.what {
            What::Text => Step::Done(Copied::LongText(size_bytes)),
            What::Picture => Step::Done(Copied::LargePicture(size_bytes)),
            What::Targets | What::Files => Step::Nothing,
        }
    }
}

fn ask(
    connection: &RustConnection,
    window: Window,
    atoms: &Atoms,
    target: Atom,
    time: u32,
) -> Result<(), ConnectionError> {
    connection.convert_selection(window, atoms.CLIPBOARD, target, atoms.BESIDE_CLIP, time)?;
    connection.flush()
}

/// What arrived, taken away from where it did if that is all of it.
fn taken(
    of: &X11Clipboard,
    most_bytes: u64,
) -> Result<x11rb::protocol::xproto::GetPropertyReply, ReplyError> {
    let units = u32::try_from(most_bytes.div_ceil(4).saturating_add(1)).unwrap_or(u32::MAX);
    of.connection.get_property(true, of.window, of.atoms.BESIDE_CLIP, AtomEnum::ANY, 0, units)?.reply()
}
