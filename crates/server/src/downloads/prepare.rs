//! Filling the slot of a customer app, and what lies in the folder of downloads: the prepared program, and beside it
//! a description in JSON.

use super::error::DownloadError;
use crate::{configuration::Configuration, secrets::hex, tls::Authority};
use protocol::{
    IdentityHash, limits,
    slot::{self, Slot, SlotError},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A prepared program, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Prepared {
    /// "linux" or "windows".
    pub(crate) os: String,
    /// "beside" or "beside.exe".
    pub(crate) file: String,
    /// Its size.
    pub(crate) size_bytes: u64,
    /// Its checksum, in hexadecimal.
    pub(crate) sha256: String,
    /// Its version, for people.
    pub(crate) version: String,
}

/// Prepares the program `app` for this server and puts it into the folder of downloads.
///
/// Errors: all of [`DownloadError`] but `Missing`.
pub(crate) fn prepare(
    configuration: &Configuration,
    identity: IdentityHash,
    authority: Option<&Authority>,
    app: &Path,
) -> Result<Prepared, DownloadError> {
    let file = |path: &Path| {
        let path = path.to_owned();
        move |error| DownloadError::File { path, error }
    };
    let mut program = fs::read(app).map_err(file(app))?;
    let (os, name) = platform(&program).ok_or_else(|| DownloadError::Platform { path: app.to_owned() })?;
    let slot = Slot {
        origins: vec![configuration.origin()],
        identities: vec![identity],
        authority_sha256: authority.map(|authority| Sha256::digest(&authority.root_der).into()),
    };
    fill(&mut program, &slot).map_err(|error| DownloadError::Slot { path: app.to_owned(), error })?;
    let prepared = Prepared {
        os: os.to_owned(),
        file: name.to_owned(),
        size_bytes: program.len() as u64,
        sha256: hex(&Sha256::digest(&program)),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let dir = folder(configuration);
    fs::create_dir_all(&dir).map_err(file(&dir))?;
    let path = dir.join(name);
    write_whole(&path, &program).map_err(file(&path))?;
    let description = dir.join(format!("{name}.json"));
    let json = serde_json::to_vec_pretty(&prepared).unwrap_or_default();
    write_whole(&description, &json).map_err(file(&description))?;
    Ok(prepared)
}

/// Every prepared program.
pub(super) fn list(configuration: &Configuration) -> Result<Vec<Prepared>, DownloadError> {
    let dir = folder(configuration);
    let entries = match fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(DownloadError::File { path: dir, error }),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| DownloadError::File { path: dir.clone(), error })?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let json = fs::read(&path).map_err(|error| DownloadError::File { path: path.clone(), error })?;
            let prepared: Prepared =
                serde_json::from_slice(&json).map_err(|_| DownloadError::Description { path })?;
            found.push(prepared);
        }
    }
    found.sort_by(|one: &Prepared, other| one.os.cmp(&other.os));
    Ok(found)
}

/// Where prepared programs lie.
pub(super) fn folder(configuration: &Configuration) -> PathBuf {
    configuration.data.join("downloads")
}

/// Puts `slot` into the one slot of a program.
pub(super) fn fill(program: &mut [u8], slot: &Slot) -> Result<(), SlotError> {
    let filled = slot.encode()?;
    let at = slot::find_in(program)?;
    let place = program.get_mut(at..at + limits::SLOT_BYTES).ok_or(SlotError::Missing)?;
    place.copy_from_slice(&filled);
    Ok(())
}

/// The platform of a program, by its first bytes, and the name that it is served under.
fn platform(program: &[u8]) -> Option<(&'static str, &'static str)> {
    if program.starts_with(b"\x7fELF") {
        return Some(("linux", "beside"));
    }
    program.starts_with(b"MZ").then_some(("windows", "beside.exe"))
}

/// Never leaves half a file under the name that is served.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("draft");
    fs::write(&draft, bytes)?;
    fs::rename(&draft, path)
}
