//! The servers that the customer has confirmed, in a file of the user's own: a line each, `SERVER IDENTITY AUTHORITY`.

use std::io;
use std::path::{Path, PathBuf};

use protocol::IdentityHash;

use crate::link::{Authority, Origin, parse_hash};
use crate::trust::Destination;

const FILE: &str = "known-servers";
/// Lines that are read; the oldest go first.
const LINES: usize = 256;

/// One confirmed server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pin {
    /// Name and port as in its address.
    pub(crate) server: String,
    /// The identity that the customer confirmed.
    pub(crate) identity: IdentityHash,
    /// Its own authority, if it has one.
    pub(crate) authority: Option<[u8; 32]>,
}

impl Pin {
    /// Where a session with it goes.
    pub(crate) fn destination(&self, origin: &Origin) -> Destination {
        Destination {
            origins: vec![origin.clone()],
            identities: vec![self.identity],
            authority: self.authority.map_or(Authority::System, Authority::Known),
        }
    }

    fn line(&self) -> String {
        let authority = self.authority.map_or_else(|| "-".to_owned(), |hash| hex(&hash));
        format!("{} {} {authority}", self.server, hex(&self.identity.0))
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (server, identity, authority) = (words.next()?, words.next()?, words.next()?);
        let authority = match authority {
            "-" => None,
            text => Some(parse_hash(text)?),
        };
        Some(Self { server: server.to_owned(), identity: IdentityHash(parse_hash(identity)?), authority })
    }
}

/// All confirmed servers.
#[derive(Debug)]
pub(crate) struct Pins {
    folder: Option<PathBuf>,
}

impl Pins {
    /// Those in `folder`; without one nothing is remembered.
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// What is known of a server.
    pub(crate) fn find(&self, origin: &Origin) -> Option<Pin> {
        let server = origin.authority();
        self.read().into_iter().rev().find(|pin| pin.server == server)
    }

    /// Remembers a server in place of what was known of it.
    ///
    /// Errors: the file cannot be written.
    pub(crate) fn keep(&self, pin: &Pin) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let mut pins: Vec<Pin> = self.read().into_iter().filter(|old| old.server != pin.server).collect();
        pins.push(pin.clone());
        let text: String = pins.iter().map(|pin| pin.line() + "\n").collect();
        std::fs::create_dir_all(folder)?;
        let new = folder.join(format!("{FILE}.new"));
        std::fs::write(&new, text)?;
        std::fs::rename(&new, folder.join(FILE))
    }

    fn read(&self) -> Vec<Pin> {
        let text = self.folder.as_deref().map(read).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines.iter().rev().take(LINES).rev().filter_map(|line| Pin::parse(line)).collect()
    }
}

fn read(folder: &Path) -> String {
    std::fs::read_to_string(folder.join(FILE)).unwrap_or_default()
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
