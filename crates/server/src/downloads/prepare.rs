//! Filling the slot of a customer app, and what lies in the folder of downloads: the prepared program, and beside it
//! a description in JSON.

use super::error::DownloadError;
use crate::{address::Address, configuration::Configuration, secrets::hex, tls::Authority, whole_file};
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
    /// Its own version, for people; empty where the program does not say it.
    pub(crate) version: String,
    /// What it is, where its name does not say so: a manual's title.
    #[serde(default)]
    pub(crate) title: String,
}

impl Prepared {
    /// A customer app, and not something to read.
    fn is_program(&self) -> bool {
        self.os != DOCUMENT
    }
}

/// What a file to read has in an operating system's place.
const DOCUMENT: &str = "any";

/// Prepares the program `app` for this server and puts it into the folder of downloads.
///
/// Errors: all of [`DownloadError`] but `Missing`.
pub(crate) fn prepare(
    configuration: &Configuration,
    address: &Address,
    identity: IdentityHash,
    authority: Option<&Authority>,
    app: &Path,
) -> Result<Prepared, DownloadError> {
    if !is_for_apps(&address.origin()) {
        return Err(DownloadError::NoTls { origin: address.origin() });
    }
    prepare_for(configuration, &slot_of(address, identity, authority), app, "")
}

/// What an app knows of this server.
fn slot_of(address: &Address, identity: IdentityHash, authority: Option<&Authority>) -> Slot {
    Slot {
        origins: address.origins().into_iter().filter(|origin| is_for_apps(origin)).collect(),
        identities: vec![identity],
        authority_sha256: authority.map(|authority| Sha256::digest(&authority.root_der).into()),
    }
}

/// `described`: the version where the program says none of itself, as those did that were built before it could.
fn prepare_for(
    configuration: &Configuration,
    slot: &Slot,
    app: &Path,
    described: &str,
) -> Result<Prepared, DownloadError> {
    let mut program = fs::read(app).map_err(|error| DownloadError::File { path: app.to_owned(), error })?;
    let (os, name) = platform(&program).ok_or_else(|| DownloadError::Platform { path: app.to_owned() })?;
    let version = slot::version_in(&program).unwrap_or(described).to_owned();
    fill(&mut program, slot).map_err(|error| DownloadError::Slot { path: app.to_owned(), error })?;
    let prepared = Prepared {
        os: os.to_owned(),
        file: name.to_owned(),
        size_bytes: program.len() as u64,
        sha256: hex(&Sha256::digest(&program)),
        version,
        title: String::new(),
    };
    put(configuration, &prepared, &program)?;
    Ok(prepared)
}

/// An app comes by TLS alone, also to a server that was tried out without.
fn is_for_apps(origin: &str) -> bool {
    origin.starts_with("https://")
}

/// Offers a file to read, such as a manual [H-1].
///
/// Errors: [`DownloadError::File`], [`DownloadError::Name`].
pub(crate) fn add(
    configuration: &Configuration,
    document: &Path,
    title: &str,
    version: &str,
) -> Result<Prepared, DownloadError> {
    let bytes =
        fs::read(document).map_err(|error| DownloadError::File { path: document.to_owned(), error })?;
    let name = document.file_name().and_then(|name| name.to_str()).filter(|name| is_plain(name));
    let name = name.ok_or_else(|| DownloadError::Name { path: document.to_owned() })?;
    let prepared = Prepared {
        os: DOCUMENT.to_owned(),
        file: name.to_owned(),
        size_bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(&bytes)),
        version: version.to_owned(),
        title: title.to_owned(),
    };
    put(configuration, &prepared, &bytes)?;
    Ok(prepared)
}

/// Takes a file out of the downloads. `Ok(false)`: there was none.
pub(crate) fn remove(configuration: &Configuration, name: &str) -> Result<bool, DownloadError> {
    let Some(found) = list(configuration)?.into_iter().find(|each| each.file == name) else {
        return Ok(false);
    };
    let dir = folder(configuration);
    // The description first: what is not described is not served.
    for path in [dir.join(format!("{}.json", found.file)), dir.join(&found.file)] {
        fs::remove_file(&path).map_err(|error| DownloadError::File { path, error })?;
    }
    Ok(true)
}

/// A name that stands in an address and in a header as it is, and is no description's.
fn is_plain(name: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    !name.starts_with('.') && !name.ends_with(".json") && name.chars().all(allowed)
}

/// Writes a download and its description.
fn put(configuration: &Configuration, prepared: &Prepared, bytes: &[u8]) -> Result<(), DownloadError> {
    let dir = folder(configuration);
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| DownloadError::File { path, error }
    };
    fs::create_dir_all(&dir).map_err(failed(&dir))?;
    let path = dir.join(&prepared.file);
    whole_file::write(&path, bytes).map_err(failed(&path))?;
    let description = dir.join(format!("{}.json", prepared.file));
    let json = serde_json::to_vec_pretty(prepared).unwrap_or_default();
    whole_file::write(&description, &json).map_err(failed(&description))
}

/// Prepares every program in the folder of downloads anew, for the server's present address and those before it [O-4]. It is the
/// same program, of the same version, whichever version this server has. Without TLS they stay as they are.
pub(crate) fn prepare_anew(
    configuration: &Configuration,
    address: &Address,
    identity: IdentityHash,
    authority: Option<&Authority>,
) -> Result<(), DownloadError> {
    if !is_for_apps(&address.origin()) {
        tracing::warn!(
            origin = address.origin(),
            "Customer apps come by https:// alone: downloads stay as they are"
        );
        return Ok(());
    }
    for prepared in list(configuration)?.into_iter().filter(Prepared::is_program) {
        let app = folder(configuration).join(&prepared.file);
        prepare_for(configuration, &slot_of(address, identity, authority), &app, &prepared.version)?;
    }
    Ok(())
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
    found.sort_by(|one: &Prepared, other| {
        (!one.is_program(), &one.os, &one.file).cmp(&(!other.is_program(), &other.os, &other.file))
    });
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
