//! What must be put back after a crash.
//!
//! A file `input-<pid>.journal` per app in the runtime folder, locked as long as the app lives. Text, a line each:
//! `beside-input 1`, `display NAME`, then `key KEYCODE KEYSYM…` (decimal) for each keycode lent to text, with
//! the keysyms that it had. A file that nobody locks is of an app that crashed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const HEAD: &str = "beside-input 1";

/// A whole table has 248 keycodes with at most a few keysyms each.
const SIZE_MAX_BYTES: u64 = 64 * 1024;

/// Of a keycode: the keysyms that it had.
pub(super) type Row = (u8, Vec<u32>);

/// This app's own note. Gone when dropped in good order.
pub(super) struct Journal {
    path: PathBuf,
    _locked: File,
}

impl Journal {
    /// Writes the note, before anything is changed.
    ///
    /// Errors: the folder cannot be written.
    pub(super) fn write(folder: &Path, display: &str, rows: &[Row]) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        // Several desktops may be open in one process.
        let (path, mut file) = create(folder)?;
        file.lock()?;
        let mut text = format!("{HEAD}\ndisplay {display}\n");
        for (keycode, keysyms) in rows {
            let keysyms: Vec<String> = keysyms.iter().map(u32::to_string).collect();
            text.push_str(&format!("key {keycode} {}\n", keysyms.join(" ")));
        }
        file.write_all(text.as_bytes())?;
        Ok(Self { path, _locked: file })
    }

    /// The desktop is as it was: the note goes.
    pub(super) fn done(self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, "Input journal cannot be removed");
        }
    }
}

/// A note that a crashed app left.
pub(super) struct Left {
    path: PathBuf,
    _locked: File,
    /// What to put back.
    pub(super) rows: Vec<Row>,
}

impl Left {
    /// It was put back: the note goes.
    pub(super) fn done(self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, "Input journal of a crashed app cannot be removed");
        }
    }
}

/// Finds the notes that crashed apps left for this display.
pub(super) fn left_behind(folder: &Path, display: &str) -> Vec<Left> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(|entry| open_left(&entry.ok()?.path(), display)).collect()
}

fn open_left(path: &Path, display: &str) -> Option<Left> {
    let name = path.file_name()?.to_str()?;
    if !name.starts_with("input-") || !name.ends_with(".journal") {
        return None;
    }
    let file = File::open(path).ok()?;
    file.try_lock().ok()?;
    if SIZE_MAX_BYTES < file.metadata().ok()?.len() {
        return None;
    }
    let rows = parse(&fs::read_to_string(path).ok()?, display)?;
    Some(Left { path: path.to_owned(), _locked: file, rows })
}

/// Reads a note; `None`: of another display or another version.
pub(super) fn parse(text: &str, display: &str) -> Option<Vec<Row>> {
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) || lines.next()?.strip_prefix("display ") != Some(display) {
        return None;
    }
    // A line that was cut by the crash names nothing that was changed: changes come after the whole note.
    Some(lines.filter_map(row).collect())
}

fn row(line: &str) -> Option<Row> {
    let mut words = line.strip_prefix("key ")?.split(' ');
    let keycode = words.next()?.parse().ok()?;
    let keysyms = words.map(str::parse).collect::<Result<Vec<u32>, _>>().ok()?;
    Some((keycode, keysyms))
}

fn create(folder: &Path) -> io::Result<(PathBuf, File)> {
    let process = std::process::id();
    for turn in 0..64 {
        let path = folder.join(format!("input-{process}-{turn}.journal"));
        match File::create_new(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
