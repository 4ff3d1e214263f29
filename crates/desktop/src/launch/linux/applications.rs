//! The applications that the desktop offers: the entries in its folders.

use std::collections::BTreeMap;
use std::fs::{DirEntry, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::entry::Entry;

/// Entries that are read at most.
const ENTRIES_MAX: usize = 10_000;
/// Folders in folders; also where links go in a circle.
const DEPTH_MAX: usize = 4;
/// An entry's length at most, in bytes: the longest, with a hundred languages, have 30,000.
const ENTRY_MAX_BYTES: u64 = 256 << 10;

/// All entries by their ids (Desktop Entry Specification, "Desktop File ID"). Of several with the same id the first folder's
/// counts, also when it says that the application is removed; those are left out here.
pub(crate) fn installed(folders: &[PathBuf]) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    for folder in folders {
        read_folder(folder, "", 0, &mut entries);
    }
    entries.into_iter().filter_map(|(id, entry)| Some((id, entry?))).collect()
}

/// The entry of an id, with or without `.desktop`, else of a name in any language; one that menus show is preferred.
pub(super) fn find(folders: &[PathBuf], wanted: &str) -> Option<Entry> {
    let mut entries = installed(folders);
    if let Some(entry) = entries.remove(wanted).or_else(|| entries.remove(&format!("{wanted}.desktop"))) {
        return Some(entry);
    }
    let wanted = wanted.to_lowercase();
    let mut named =
        entries.into_values().filter(|entry| entry.names.iter().any(|name| name.to_lowercase() == wanted));
    let first = named.next()?;
    if first.is_shown { Some(first) } else { Some(named.find(|entry| entry.is_shown).unwrap_or(first)) }
}

fn read_folder(folder: &Path, prefix: &str, depth: usize, entries: &mut BTreeMap<String, Option<Entry>>) {
    let Ok(found) = std::fs::read_dir(folder) else { return };
    for found in found.take(ENTRIES_MAX).flatten() {
        if ENTRIES_MAX <= entries.len() {
            return;
        }
        read_one(&found, prefix, depth, entries);
    }
}

fn read_one(found: &DirEntry, prefix: &str, depth: usize, entries: &mut BTreeMap<String, Option<Entry>>) {
    let (path, Ok(name)) = (found.path(), found.file_name().into_string()) else { return };
    let id = format!("{prefix}{name}");
    if name.ends_with(".desktop") {
        entries.entry(id).or_insert_with(|| read_entry(&path));
    } else if depth < DEPTH_MAX && path.is_dir() {
        read_folder(&path, &format!("{id}-"), depth + 1, entries);
    }
}

fn read_entry(path: &Path) -> Option<Entry> {
    // A pipe of that name would never end.
    if !path.is_file() {
        return None;
    }
    let mut text = String::new();
    File::open(path).ok()?.take(ENTRY_MAX_BYTES).read_to_string(&mut text).ok()?;
    Entry::parse(path, &text)
}
