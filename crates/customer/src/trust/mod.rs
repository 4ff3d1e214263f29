//! Which server this program believes: the prepared slot's, or one that was met and confirmed before.

mod pins;

use std::path::PathBuf;

use protocol::IdentityHash;
use protocol::slot::Slot;

pub(crate) use pins::{Pin, Pins};

use crate::arguments::{Arguments, StartError};
use crate::link::{Authority, Found, LinkError, Origin};
use crate::prepared;

/// Where a session goes and whom it believes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    /// Addresses of one server, the preferred first.
    pub(crate) origins: Vec<Origin>,
    /// Its identities; nothing else is believed.
    pub(crate) identities: Vec<IdentityHash>,
    /// Who may vouch for its certificate.
    pub(crate) authority: Authority,
}

/// What the program knows of its server when it starts.
#[derive(Clone, Debug)]
pub(crate) enum Server {
    /// A server prepared this program.
    Prepared(Destination),
    /// `--server` names it.
    Given {
        /// Where.
        origin: Origin,
        /// `--accept-identity`.
        accept: Option<IdentityHash>,
    },
    /// There is none.
    Unknown,
}

impl Server {
    /// From the slot and the command line; the slot wins and takes no other server.
    ///
    /// Errors: [`StartError`] but for its display.
    pub(crate) fn find(arguments: &Arguments) -> Result<Self, StartError> {
        Self::of(prepared::slot()?, arguments)
    }

    fn of(prepared: Option<Slot>, arguments: &Arguments) -> Result<Self, StartError> {
        let given = arguments.server.is_some() || arguments.accept_identity.is_some();
        match prepared {
            Some(_) if given => Err(StartError::Prepared),
            Some(slot) => Ok(Self::Prepared(destination(slot)?)),
            None => Self::given(arguments),
        }
    }

    fn given(arguments: &Arguments) -> Result<Self, StartError> {
        let accept = match &arguments.accept_identity {
            Some(text) => Some(crate::link::parse_hash(text).map(IdentityHash).ok_or(StartError::Identity)?),
            None => None,
        };
        match &arguments.server {
            Some(text) => {
                let origin = text.parse().map_err(|_| StartError::Server)?;
                Ok(Self::Given { origin, accept })
            }
            None => Ok(Self::Unknown),
        }
    }

    /// The server's address for people.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Prepared(destination) => {
                destination.origins.first().map(Origin::authority).unwrap_or_default()
            }
            Self::Given { origin, .. } => origin.authority(),
            Self::Unknown => String::new(),
        }
    }
}

fn destination(slot: Slot) -> Result<Destination, StartError> {
    let origins: Vec<Origin> = slot
        .origins
        .iter()
        .map(|text| text.parse().map_err(|_| StartError::Server))
        .collect::<Result<_, _>>()?;
    let authority = slot.authority_sha256.map_or(Authority::System, Authority::Known);
    Ok(Destination { origins, identities: slot.identities, authority })
}

/// Whether a server that was found must be confirmed by the customer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meeting {
    /// It is believed from now on.
    Known(Pin),
    /// The customer compares its identity first.
    Ask(Pin),
}

/// Judges a server met for the first time: a person or the command line must know its identity, whoever vouches for
/// its name.
///
/// Errors: [`LinkError::WrongServer`] where the command line named another.
pub(crate) fn meet(
    origin: &Origin,
    found: Found,
    accept: Option<IdentityHash>,
) -> Result<Meeting, LinkError> {
    let pin = Pin { server: origin.authority(), identity: found.identity, authority: found.authority };
    match accept {
        Some(wanted) if wanted != found.identity => Err(LinkError::WrongServer),
        Some(_) => Ok(Meeting::Known(pin)),
        None => Ok(Meeting::Ask(pin)),
    }
}

/// The folder of the user's settings: `$XDG_CONFIG_HOME/beside` or `~/.config/beside`.
pub(crate) fn settings_folder() -> Option<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_CONFIG_HOME").or_else(|| absolute("HOME").map(|home| home.join(".config")))?;
    Some(base.join("beside"))
}

#[cfg(test)]
mod tests;
