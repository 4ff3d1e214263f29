//! Files that are written whole or not at all: a crash in between leaves the one that was there.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::Path,
};

/// Writes a file that whoever may look into its folder can read.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(path, bytes, &mut OpenOptions::new())
}

/// Writes a file that this account alone can read.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    for_owner_alone(&mut options);
    replace(path, bytes, &mut options)
}

fn replace(path: &Path, bytes: &[u8], options: &mut OpenOptions) -> io::Result<()> {
    let draft = path.with_added_extension("draft");
    let mut file = options.write(true).create(true).truncate(true).open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)
}

#[cfg(unix)]
fn for_owner_alone(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn for_owner_alone(_options: &mut OpenOptions) {}
