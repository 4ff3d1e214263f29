//! The server's address, and those that it had before [O-4]. It is set where everything is set (`public_url`); what was set
//! before is kept in the data folder, so that downloads and pages of the old address still find the server.

use crate::{configuration::Configuration, whole_file};
use protocol::limits::SLOT_ORIGINS;
use serde::{Deserialize, Serialize};
use std::{fs, io, path::PathBuf, sync::Arc};
use tokio::sync::watch;

/// Where former addresses are kept, in the data folder.
const FILE: &str = "addresses.json";

/// The server's origins. Cheap to clone, and the same for all.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    known: Arc<watch::Sender<Known>>,
    file: PathBuf,
}

/// Origins, `https://host[:port]`, the present one first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    origins: Vec<String>,
}

/// See [`Address::changes`].
#[derive(Debug)]
pub(crate) struct Changes(watch::Receiver<Known>);

impl Changes {
    /// Waits for the next change.
    pub(crate) async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            // Nobody is left who could change it.
            std::future::pending::<()>().await;
        }
    }
}

impl Address {
    /// The address as it is set, and those before it.
    pub(crate) fn open(configuration: &Configuration) -> io::Result<Self> {
        let address = Self::kept(configuration)?;
        address.move_to(configuration)?;
        Ok(address)
    }

    /// What a command beside the server gives out: the address that is set, else the one that the server had last.
    pub(crate) fn of_command(configuration: &Configuration) -> io::Result<Self> {
        let address = Self::kept(configuration)?;
        if configuration.public_url.is_some() || address.origins().is_empty() {
            address.move_to(configuration)?;
        }
        Ok(address)
    }

    fn kept(configuration: &Configuration) -> io::Result<Self> {
        let file = configuration.data.join(FILE);
        let known = match fs::read(&file) {
            Ok(json) => serde_json::from_slice(&json).map_err(io::Error::other)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Known::default(),
            Err(error) => return Err(error),
        };
        Ok(Self { known: Arc::new(watch::Sender::new(known)), file })
    }

    /// Takes the address that is set now. `Ok(true)`: it is another one than before.
    pub(crate) fn move_to(&self, configuration: &Configuration) -> io::Result<bool> {
        let origin = configuration.origin();
        let mut known = self.known();
        if known.origins.first() == Some(&origin) {
            return Ok(false);
        }
        known.origins.retain(|former| *former != origin);
        known.origins.insert(0, origin);
        known.origins.truncate(SLOT_ORIGINS);
        // Without an address of its own a server is tried out on this machine, on a port that is never the same.
        if configuration.public_url.is_some() {
            whole_file::write(&self.file, &serde_json::to_vec_pretty(&known).map_err(io::Error::other)?)?;
        }
        self.known.send_replace(known);
        Ok(true)
    }

    /// The present one, `https://host[:port]`, without a slash.
    pub(crate) fn origin(&self) -> String {
        self.known().origins.into_iter().next().unwrap_or_default()
    }

    /// The present one and those before it, the latest first.
    pub(crate) fn origins(&self) -> Vec<String> {
        self.known().origins
    }

    /// Tells of each change from now on.
    pub(crate) fn changes(&self) -> Changes {
        Changes(self.known.subscribe())
    }

    fn known(&self) -> Known {
        self.known.borrow().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Address;
    use crate::configuration::Configuration;

    /// O-4: the present address comes first, also after a restart, and one that comes back is there once.
    #[test]
    fn addresses_are_remembered_the_latest_first() {
        let folder = tempfile::tempdir().unwrap();
        let at = |url: &str| Configuration {
            data: folder.path().to_owned(),
            public_url: Some(url.to_owned()),
            ..Configuration::default()
        };
        let address = Address::open(&at("https://one.example/")).unwrap();
        assert_eq!(address.origins(), ["https://one.example"]);
        assert!(!address.move_to(&at("https://one.example")).unwrap());
        assert!(address.move_to(&at("https://two.example")).unwrap());
        assert_eq!(address.origin(), "https://two.example");
        let again = Address::open(&at("https://one.example")).unwrap();
        assert_eq!(again.origins(), ["https://one.example", "https://two.example"]);
        for n in 0..20 {
            again.move_to(&at(&format!("https://{n}.example"))).unwrap();
        }
        assert_eq!(again.origins().len(), protocol::limits::SLOT_ORIGINS);
        assert_eq!(again.origin(), "https://19.example");
    }

    /// A server that is tried out leaves no trail of ports.
    #[test]
    fn a_command_gives_out_the_address_that_the_server_had_last() {
        let folder = tempfile::tempdir().unwrap();
        let at = |url: Option<&str>| Configuration {
            data: folder.path().to_owned(),
            public_url: url.map(str::to_owned),
            ..Configuration::default()
        };
        let given_out = |url| Address::of_command(&at(url)).unwrap().origin();
        assert_eq!(given_out(None), "https://localhost:8443");
        Address::open(&at(Some("https://help.example"))).unwrap();
        assert_eq!(given_out(None), "https://help.example");
        assert_eq!(given_out(Some("https://new.example")), "https://new.example");
    }

    #[test]
    fn an_address_that_was_not_set_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let configuration = Configuration { data: folder.path().to_owned(), ..Configuration::default() };
        assert_eq!(Address::open(&configuration).unwrap().origin(), "https://localhost:8443");
        assert!(!folder.path().join("addresses.json").exists());
    }
}
