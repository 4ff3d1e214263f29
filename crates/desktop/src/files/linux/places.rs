//! The user's own folders, as the desktop names them (freedesktop.org xdg-user-dirs, `user-dirs.dirs`).

use std::path::{Component, Path, PathBuf};

use super::super::Place;

/// Longer than any that a desktop writes.
const SETTINGS_BYTES: u64 = 64 * 1024;

/// Where to begin: those that are there.
pub(super) fn all(home: &Path, settings: &Path) -> Vec<Place> {
    let named = [
        ("home", Some(home.to_owned())),
        ("desktop", named(home, settings, "DESKTOP")),
        ("documents", named(home, settings, "DOCUMENTS")),
        ("downloads", Some(downloads(home, settings))),
        ("root", Some(PathBuf::from("/"))),
    ];
    let mut places: Vec<Place> = Vec::new();
    for (kind, path) in named {
        let Some(path) = path.filter(|path| path.is_dir()) else { continue };
        let Some(path) = path.to_str() else { continue };
        // A desktop without such a folder names the home instead.
        if places.iter().all(|place| place.path != path) {
            places.push(Place { kind, path: path.to_owned() });
        }
    }
    places
}

/// The folder for downloads, whether it is there or not.
pub(super) fn downloads(home: &Path, settings: &Path) -> PathBuf {
    // To name the home is to have no such folder; F-16 alone would write anywhere below it then.
    named(home, settings, "DOWNLOAD")
        .filter(|named| !real(home).starts_with(real(named)))
        .unwrap_or_else(|| home.join("Downloads"))
}

/// By whichever links it is named; of one that is not there, its own name.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A folder by its name in the settings: `XDG_DOWNLOAD_DIR="$HOME/내려받기"`.
fn named(home: &Path, settings: &Path, name: &str) -> Option<PathBuf> {
    let file = settings.join("user-dirs.dirs");
    let is_small = std::fs::metadata(&file).is_ok_and(|it| it.is_file() && it.len() <= SETTINGS_BYTES);
    let text = is_small.then(|| std::fs::read_to_string(&file).ok()).flatten()?;
    let key = format!("XDG_{name}_DIR=");
    let value = text.lines().filter_map(|line| line.trim().strip_prefix(&key)).next_back()?;
    let value = value.trim().trim_matches('"');
    let path = match value.strip_prefix("$HOME") {
        Some(rest) => home.join(rest.trim_start_matches('/')),
        None => PathBuf::from(value),
    };
    let is_plain = path.is_absolute() && path.components().all(|part| part != Component::ParentDir);
    // Taken apart and put together, it ends in no slash.
    is_plain.then(|| path.components().collect())
}
