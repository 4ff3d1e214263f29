//! A folder of the session's own for files that go to the customer's clipboard (S-11). It goes with the session: whoever pastes a
//! file has a copy by then.

use std::cell::OnceCell;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::super::FileError;
use super::told;

const NAME: &str = "clipboard-";
/// Sessions of this program so far that have used one.
static SHELVES: AtomicU32 = AtomicU32::new(0);

/// Made when it is first used.
pub(super) struct Shelf {
    base: PathBuf,
    made: OnceCell<PathBuf>,
}

impl Shelf {
    pub(super) fn of(home: &Path) -> Self {
        let cache =
            std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
        Self { base: cache.unwrap_or_else(|| home.join(".cache")).join("beside"), made: OnceCell::new() }
    }

    /// The folder for what was copied together.
    pub(super) fn folder(&self, batch: u32) -> Result<PathBuf, FileError> {
        let made = match self.made.get() {
            Some(made) => made,
            None => {
                let made = self.make().map_err(|error| told(&error))?;
                self.made.get_or_init(|| made)
            }
        };
        let folder = made.join(batch.to_string());
        private(true).create(&folder).map_err(|error| told(&error))?;
        Ok(folder)
    }

    fn make(&self) -> std::io::Result<PathBuf> {
        private(true).create(&self.base)?;
        self.clear();
        let number = SHELVES.fetch_add(1, Ordering::Relaxed);
        let made = self.base.join(format!("{NAME}{}-{number}", std::process::id()));
        // One that is there already is not ours, whoever has made it.
        private(false).create(&made)?;
        Ok(made)
    }

    /// What runs that crashed have left.
    fn clear(&self) {
        let Ok(entries) = std::fs::read_dir(&self.base) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix(NAME)?.split('-').next());
            let process = number.and_then(|number| number.parse::<u32>().ok());
            let is_left =
                process.is_some_and(|process| !Path::new("/proc").join(process.to_string()).exists());
            if is_left {
                remove(&entry.path());
            }
        }
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.made.get().into_iter().for_each(|made| remove(made));
    }
}

fn private(recursive: bool) -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(recursive).mode(0o700);
    builder
}

/// No link in it is followed.
fn remove(folder: &Path) {
    if let Err(error) = std::fs::remove_dir_all(folder) {
        tracing::warn!(%error, "Files for the clipboard are left");
    }
}

#[cfg(test)]
mod tests {
    use super::Shelf;

    #[test]
    fn a_shelf_is_private_and_goes_with_the_session_or_with_the_next_one() {
        let home = tempfile::tempdir().unwrap();
        let left = home.path().join(".cache/beside/clipboard-4000000000-0/1");
        std::fs::create_dir_all(&left).unwrap();
        let shelf = Shelf { base: home.path().join(".cache/beside"), made: std::cell::OnceCell::new() };
        let folder = shelf.folder(7).unwrap();
        assert_eq!(shelf.folder(7).unwrap(), folder);
        assert_ne!(shelf.folder(8).unwrap(), folder);
        assert!(!left.exists(), "a run that crashed");
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&folder).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o700);
        std::fs::write(folder.join("a"), "content").unwrap();
        drop(shelf);
        assert!(!folder.exists());
    }
}
