//! Linux with the programs of freedesktop.org: `xdg-open`, and applications by their entries.

pub(crate) mod applications;
mod entry;
mod start;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::FileType;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use super::LaunchError;

/// What xdg-open(1) ends with, "Exit Codes".
const FILE_NOT_FOUND: i32 = 2;
const NO_TOOL: i32 = 3;

/// The surroundings in which the user's programs start: the variables of the user's session.
pub(crate) struct Session {
    variables: BTreeMap<OsString, OsString>,
}

impl Session {
    pub(crate) fn of_this_process() -> Self {
        Self::new(std::env::vars_os())
    }

    pub(super) fn new(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let mut variables: BTreeMap<_, _> = variables.into_iter().collect();
        // They belong to the app's own start, and would put others' windows in its place.
        variables.remove(OsStr::new("DESKTOP_STARTUP_ID"));
        variables.remove(OsStr::new("XDG_ACTIVATION_TOKEN"));
        Self { variables }
    }

    #[cfg(test)]
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(name.into(), value.into());
    }

    pub(super) fn open_url(&self, url: &str) -> Result<(), LaunchError> {
        self.open(url.as_ref())
    }

    pub(super) fn open_folder(&self, path: &Path) -> Result<(), LaunchError> {
        if !kind(path)?.is_dir() {
            return Err(LaunchError::NotFound);
        }
        access(path, Access::READ_OK | Access::EXEC_OK).map_err(|_| LaunchError::NotAllowed)?;
        self.open(path.as_os_str())
    }

    fn open(&self, what: &OsStr) -> Result<(), LaunchError> {
        let opener = self.find_command("xdg-open").ok_or(LaunchError::NoOpener)?;
        let status = start::start(self, &[opener.as_os_str(), what], &self.home())?;
        match status.map(|status| (status.success(), status.code())) {
            None | Some((true, _)) => Ok(()),
            Some((_, Some(FILE_NOT_FOUND))) => Err(LaunchError::NotFound),
            Some((_, Some(NO_TOOL))) => Err(LaunchError::NoOpener),
            Some(_) => Err(LaunchError::Failed),
        }
    }

    pub(super) fn open_program(&self, name: &str) -> Result<(), LaunchError> {
        if name.starts_with('/') {
            let path = Path::new(name);
            if !kind(path)?.is_file() {
                return Err(LaunchError::NotFound);
            }
            access(path, Access::EXEC_OK).map_err(|_| LaunchError::NotAllowed)?;
            return self.start_program(&[path.as_os_str()], &self.home());
        }
        if let Some(entry) = applications::find(&self.application_folders(), name) {
            return self.start_application(&entry);
        }
        let command = self.find_command(name).ok_or(LaunchError::NotFound)?;
        self.start_program(&[command.as_os_str()], &self.home())
    }

    fn start_application(&self, entry: &entry::Entry) -> Result<(), LaunchError> {
        let command = entry.command().ok_or(LaunchError::Failed)?;
        let (program, arguments) = command.split_first().ok_or(LaunchError::Failed)?;
        let program = if program.starts_with('/') {
            PathBuf::from(program)
        } else {
            self.find_command(program).ok_or(LaunchError::NotFound)?
        };
        let mut command = vec![program.as_os_str()];
        command.extend(arguments.iter().map(OsStr::new));
        let terminal = self.terminal();
        if entry.wants_terminal {
            let terminal = terminal.as_ref().ok_or(LaunchError::NoOpener)?;
            command.splice(0..0, terminal.iter().map(OsString::as_os_str));
        }
        let folder = entry.folder.as_ref().map_or_else(|| self.home(), PathBuf::from);
        self.start_program(&command, &folder)
    }

    /// What a terminal's program is put behind: by the proposed specification, or by Debian's (Policy §11.8.3).
    fn terminal(&self) -> Option<Vec<OsString>> {
        let by_specification = self.find_command("xdg-terminal-exec").map(|path| vec![path.into()]);
        let by_policy =
            || self.find_command("x-terminal-emulator").map(|path| vec![path.into(), "-e".into()]);
        by_specification.or_else(by_policy)
    }

    fn start_program(&self, command: &[&OsStr], folder: &Path) -> Result<(), LaunchError> {
        match start::start(self, command, folder)? {
            Some(status) if !status.success() => Err(LaunchError::Failed),
            _ => Ok(()),
        }
    }

    /// The first executable file of that name in `PATH`; a folder that is not absolute is not looked into.
    fn find_command(&self, name: &str) -> Option<PathBuf> {
        if name.contains('/') {
            return None;
        }
        let folders = std::env::split_paths(self.get("PATH")?).filter(|folder| folder.is_absolute());
        let mut files = folders.map(|folder| folder.join(name));
        files.find(|file| file.is_file() && access(file, Access::EXEC_OK).is_ok())
    }

    /// Where application entries lie, the first wins (XDG Base Directory Specification).
    pub(crate) fn application_folders(&self) -> Vec<PathBuf> {
        let of_user =
            self.get("XDG_DATA_HOME").map_or_else(|| self.home().join(".local/share"), PathBuf::from);
        let shared = self.get("XDG_DATA_DIRS").unwrap_or(OsStr::new("/usr/local/share:/usr/share"));
        let folders = [of_user].into_iter().chain(std::env::split_paths(shared));
        folders.filter(|folder| folder.is_absolute()).map(|folder| folder.join("applications")).collect()
    }

    fn home(&self) -> PathBuf {
        let home = self.get("HOME").map(PathBuf::from).filter(|home| home.is_dir());
        home.unwrap_or_else(|| PathBuf::from("/"))
    }

    /// A variable that is set and not empty.
    fn get(&self, name: &str) -> Option<&OsStr> {
        let value = self.variables.get(OsStr::new(name)).map(OsString::as_os_str);
        value.filter(|value| !value.is_empty())
    }
}

/// Errors: it is not there, or lies where the user may not look.
fn kind(path: &Path) -> Result<FileType, LaunchError> {
    let found = std::fs::metadata(path).map(|found| found.file_type());
    found.map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => LaunchError::NotAllowed,
        _ => LaunchError::NotFound,
    })
}
