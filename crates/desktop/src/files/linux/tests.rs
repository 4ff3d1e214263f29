use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use prost::Message as _;
use protocol::files::{Conflict, FileName, FilePath, FilesMessage, Target};
use protocol::wire;
use tempfile::TempDir;

use super::super::{Arriving, Created, Disk as _, EntryKind, FileError, NewFile, Undeleted};
use super::arriving::numbered;
use super::{LinuxDisk, PathBuf};

/// Set for the process that has mounts of its own.
const HAS_MOUNTS: &str = "BESIDE_TEST_HAS_MOUNTS";

struct Home {
    folder: TempDir,
    disk: LinuxDisk,
}

impl Home {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let home = folder.path().join("home");
        let shelf = super::shelf::Shelf::of(&home);
        let disk = LinuxDisk { home, settings: folder.path().join("settings"), shelf };
        fs::create_dir(&disk.home).unwrap();
        fs::create_dir(&disk.settings).unwrap();
        Self { folder, disk }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn path(&self, path: &str) -> FilePath {
        FilePath::parse(self.at(path).to_str().unwrap()).unwrap()
    }

    fn target(&self, folder: &str, names: &[&str]) -> Target {
        target(self.at(folder).to_str().unwrap(), names)
    }

    fn begin(&self, target: &Target, conflict: Conflict) -> Result<Created, FileError> {
        self.disk.create(target, NewFile { size_bytes: 3, modified_ms: 1_700_000_000_000, conflict })
    }

    fn put(&self, target: &Target, conflict: Conflict) -> Result<String, FileError> {
        match self.begin(target, conflict)? {
            Created::Begun(file) => written(file, b"new"),
            Created::Skipped => Ok("skipped".to_owned()),
        }
    }

    fn delete(&self, path: &FilePath) -> Result<(), FileError> {
        self.disk.delete(path, &|| true).map_err(|it| it.error)
    }

    /// Everything below a folder, links as what they are.
    fn all(&self, folder: &str) -> BTreeSet<String> {
        names(&self.at(folder))
    }
}

/// As it comes from the wire, which is the only way to one.
fn target(folder: &str, names: &[&str]) -> Target {
    let target = wire::TransferTarget {
        folder: folder.to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        clipboard: 0,
    };
    let make = wire::MakeFolder { request: 1, target: Some(target), may_exist: false };
    let message = wire::FilesMessage { body: Some(wire::files_message::Body::MakeFolder(make)) };
    let message = wire::FilesMessage::decode(message.encode_to_vec().as_slice()).unwrap();
    match FilesMessage::try_from(message).unwrap() {
        FilesMessage::MakeFolder { target, .. } => target,
        other => panic!("{other:?}"),
    }
}

fn written(mut file: Box<dyn Arriving>, bytes: &[u8]) -> Result<String, FileError> {
    file.write(bytes)?;
    file.finish()
}

fn names(folder: &Path) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            all.extend(names(&entry.path()).into_iter().map(|inner| format!("{name}/{inner}")));
        }
        all.insert(name);
    }
    all
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// F-16, F-02: a file of any script stands whole under its name, with its time; while it comes, it has another.
#[test]
fn a_file_has_its_name_when_it_is_whole() {
    let home = Home::new();
    let to = home.target("home", &["문서", "보고서 (최종) 🙂.hwp"]);
    let Ok(Created::Begun(mut file)) = home.begin(&to, Conflict::Ask) else { panic!("not begun") };
    file.write(b"on").unwrap();
    let while_it_comes = home.all("home/문서");
    assert!(while_it_comes.iter().all(|name| name.starts_with(".beside-") && name.ends_with(".part")));
    file.write(b"e").unwrap();
    let path = file.finish().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"one");
    assert_eq!(home.all("home/문서"), set(["보고서 (최종) 🙂.hwp"]));
    let contents = home.disk.list(&home.path("home/문서"), 10).unwrap();
    let entry = contents.entries.first().unwrap();
    assert_eq!((entry.size_bytes, entry.modified_ms, entry.kind), (3, 1_700_000_000_000, EntryKind::File));
    assert!(contents.writable && 0 < contents.free_bytes);
}

/// F-02: what is not finished leaves nothing.
#[test]
fn what_is_dropped_leaves_nothing() {
    let home = Home::new();
    let Ok(Created::Begun(mut file)) = home.begin(&home.target("home", &["a"]), Conflict::Ask) else {
        panic!("not begun")
    };
    file.write(b"half").unwrap();
    drop(file);
    assert_eq!(home.all("home"), set([]));
}

/// F-02: each rule does what it says with a file that is there.
#[test]
fn each_conflict_rule_does_what_it_says() {
    let check = |conflict, modified: Option<u64>, stands: &[(&str, &str)], path: Result<&str, ()>| {
        let home = Home::new();
        fs::write(home.at("home/a.txt"), "old").unwrap();
        if let Some(ms) = modified {
            let at = std::time::UNIX_EPOCH + std::time::Duration::from_millis(ms);
            fs::File::open(home.at("home/a.txt")).unwrap().set_modified(at).unwrap();
        }
        let put = home.put(&home.target("home", &["a.txt"]), conflict);
        match path {
            Ok("skipped") => assert_eq!(put, Ok("skipped".to_owned())),
            Ok(path) => assert_eq!(put, Ok(home.at(path).to_str().unwrap().to_owned())),
            Err(()) => assert!(matches!(put, Err(FileError::Exists { size_bytes: 3, .. })), "{put:?}"),
        }
        let there: Vec<String> = home.all("home").into_iter().collect();
        assert_eq!(there, stands.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
        for (name, content) in stands {
            assert_eq!(fs::read_to_string(home.at("home").join(name)).unwrap(), *content);
        }
    };
    check(Conflict::Ask, None, &[("a.txt", "old")], Err(()));
    check(Conflict::Overwrite, None, &[("a.txt", "new")], Ok("home/a.txt"));
    check(Conflict::Skip, None, &[("a.txt", "old")], Ok("skipped"));
    check(Conflict::KeepBoth, None, &[("a (1).txt", "new"), ("a.txt", "old")], Ok("home/a (1).txt"));
    check(Conflict::Newer, Some(1_600_000_000_000), &[("a.txt", "new")], Ok("home/a.txt"));
    check(Conflict::Newer, Some(1_700_000_000_000), &[("a.txt", "old")], Ok("skipped"));
    check(Conflict::Newer, Some(1_800_000_000_000), &[("a.txt", "old")], Ok("skipped"));
}

/// F-02: a file that comes to stand there while ours is on its way is not lost.
#[test]
fn a_file_that_came_meanwhile_stays() {
    let home = Home::new();
    let Ok(Created::Begun(file)) = home.begin(&home.target("home", &["a"]), Conflict::Ask) else {
        panic!("not begun")
    };
    fs::write(home.at("home/a"), "meanwhile").unwrap();
    assert!(matches!(written(file, b"new"), Err(FileError::Exists { .. })));
    assert_eq!(fs::read_to_string(home.at("home/a")).unwrap(), "meanwhile");
    assert_eq!(home.all("home"), set(["a"]));
}

/// F-02: below the chosen folder no link leads anywhere, in whichever place it stands.
#[test]
fn no_link_leads_out_of_the_chosen_folder() {
    let home = Home::new();
    fs::create_dir(home.at("outside")).unwrap();
    fs::write(home.at("outside/secret"), "kept").unwrap();
    symlink(home.at("outside"), home.at("home/link")).unwrap();
    symlink("../outside", home.at("home/relative")).unwrap();
    symlink(home.at("outside/secret"), home.at("home/file")).unwrap();
    symlink(home.at("outside/nothing"), home.at("home/dangling")).unwrap();
    for way in [["link", "a"], ["relative", "a"]] {
        assert_eq!(home.put(&home.target("home", &way), Conflict::Overwrite), Err(FileError::Link));
        assert_eq!(home.disk.make_folder(&home.target("home", &way), true), Err(FileError::Link));
    }
    assert_eq!(home.disk.make_folder(&home.target("home", &["link"]), true), Err(FileError::Link));
    // A link in the place of the file itself gives way; what it leads to stays as it is.
    for name in ["file", "dangling"] {
        home.put(&home.target("home", &[name]), Conflict::Overwrite).unwrap();
        assert!(fs::symlink_metadata(home.at("home").join(name)).unwrap().is_file());
    }
    assert_eq!(home.all("outside"), set(["secret"]));
    assert_eq!(fs::read_to_string(home.at("outside/secret")).unwrap(), "kept");
}

/// F-02: deleting a folder deletes the links in it and nothing behind them.
#[test]
fn deleting_goes_no_further_than_the_folder() {
    let home = Home::new();
    fs::create_dir_all(home.at("outside/inner")).unwrap();
    fs::create_dir_all(home.at("home/tree/deep")).unwrap();
    symlink(home.at("outside"), home.at("home/tree/deep/link")).unwrap();
    symlink(home.at("outside"), home.at("home/link")).unwrap();
    home.delete(&home.path("home/tree")).unwrap();
    home.delete(&home.path("home/link")).unwrap();
    assert_eq!(home.all(""), set(["home", "outside", "outside/inner", "settings"]));
    assert_eq!(home.delete(&home.path("home/none")), Err(FileError::NotFound));
    // The home by another way is the home all the same.
    symlink(home.folder.path(), home.at("outside/way")).unwrap();
    let above = FilePath::parse(home.folder.path().to_str().unwrap()).unwrap();
    let [root, proc] = ["/", "/proc"].map(|path| FilePath::parse(path).unwrap());
    for kept in [home.path("home"), home.path("outside/way/home"), above, root, proc] {
        assert_eq!(home.delete(&kept), Err(FileError::Protected), "{kept:?}");
        assert_eq!(home.disk.rename(&kept, &FileName::parse("x").unwrap()), Err(FileError::Protected));
    }
}

/// F-02: a delete that is called off stops before the next entry, and says that some are gone.
#[test]
fn a_delete_can_be_called_off() {
    let home = Home::new();
    fs::create_dir_all(home.at("home/tree/a/b")).unwrap();
    for name in ["1", "a/2", "a/b/3"] {
        fs::write(home.at("home/tree").join(name), "kept").unwrap();
    }
    let all = home.all("home").len();
    let delete = |most: u32| {
        let asked = std::cell::Cell::new(0);
        home.disk.delete(&home.path("home/tree"), &|| asked.replace(asked.get() + 1) < most)
    };
    let called_off = |in_part| Err(Undeleted { error: FileError::CalledOff, in_part });
    assert_eq!(delete(0), called_off(false));
    assert_eq!(home.all("home").len(), all);
    assert_eq!(delete(2), called_off(true));
    assert_eq!(home.all("home").len(), all - 2);
    assert_eq!(delete(u32::MAX), Ok(()));
    assert_eq!(home.all("home"), set([]));
}

/// F-02: a new name replaces nothing.
#[test]
fn a_rename_replaces_nothing() {
    let home = Home::new();
    fs::write(home.at("home/a"), "a").unwrap();
    fs::write(home.at("home/b"), "b").unwrap();
    let name = |name: &str| FileName::parse(name).unwrap();
    assert!(matches!(home.disk.rename(&home.path("home/a"), &name("b")), Err(FileError::Exists { .. })));
    home.disk.rename(&home.path("home/a"), &name("새 이름")).unwrap();
    assert_eq!(home.all("home"), set(["b", "새 이름"]));
    assert_eq!(fs::read_to_string(home.at("home/b")).unwrap(), "b");
}

/// F-02: a folder of files and folders, with what cannot be moved told apart.
#[test]
fn a_listing_tells_what_each_entry_is() {
    use std::os::unix::ffi::OsStrExt as _;
    let home = Home::new();
    fs::create_dir(home.at("home/folder")).unwrap();
    fs::write(home.at("home/file"), "12345").unwrap();
    symlink(home.at("home/folder"), home.at("home/to folder")).unwrap();
    symlink("nowhere", home.at("home/to nothing")).unwrap();
    fs::write(home.at("home").join(std::ffi::OsStr::from_bytes(b"\xff\xfe")), "").unwrap();
    let status = Command::new("mkfifo").arg(home.at("home/pipe")).status().unwrap();
    assert!(status.success());
    let contents = home.disk.list(&home.path("home"), 100).unwrap();
    let of = |name: &str| {
        let entry = contents.entries.iter().find(|entry| entry.name == name).unwrap();
        (entry.kind, entry.size_bytes, entry.link)
    };
    assert_eq!(of("folder"), (EntryKind::Folder, 0, false));
    assert_eq!(of("file"), (EntryKind::File, 5, false));
    assert_eq!(of("to folder"), (EntryKind::Folder, 0, true));
    assert_eq!(of("to nothing"), (EntryKind::Other, 0, true));
    assert_eq!(of("pipe"), (EntryKind::Other, 0, false));
    assert_eq!((contents.unnamed, contents.cut), (1, false));
    assert!(home.disk.list(&home.path("home"), 2).unwrap().cut);
    assert_eq!(home.disk.list(&home.path("home/file"), 2), Err(FileError::NotAFolder));
    assert_eq!(home.disk.list(&home.path("home/none"), 2), Err(FileError::NotFound));
}

/// F-17: only files with bytes in them are opened; a pipe would never come back.
#[test]
fn only_files_are_opened() {
    let home = Home::new();
    fs::write(home.at("home/a"), "content").unwrap();
    let mut file = home.disk.open(&home.path("home/a")).unwrap();
    let mut read = String::new();
    file.read_to_string(&mut read).unwrap();
    assert_eq!((read.as_str(), file.facts().unwrap().0), ("content", 7));
    Command::new("mkfifo").arg(home.at("home/pipe")).status().unwrap();
    let code = |path: FilePath| home.disk.open(&path).err().map(|error| error.code());
    assert_eq!(code(home.path("home/pipe")), Some("files-not-a-file"));
    assert_eq!(code(home.path("home")), Some("files-not-a-file"));
    assert_eq!(code(FilePath::parse("/dev/zero").unwrap()), Some("files-not-a-file"));
    assert_eq!(code(home.path("home/none")), Some("files-not-found"));
}

/// F-02: names that this disk does not take are refused in words, and reserved names of other systems are just names.
#[test]
fn names_at_the_limit() {
    let home = Home::new();
    let longest = "가".repeat(85);
    for name in ["CON", "nul.txt", "a:b", "a\\b", longest.as_str(), "-rf", " "] {
        let path = home.put(&home.target("home", &[name]), Conflict::Ask).unwrap();
        assert_eq!(fs::read_to_string(path).unwrap(), "new", "{name:?}");
    }
    // 64 folders of 255 bytes are a path that the system takes only in steps.
    let inner = "나".repeat(85);
    let deep = vec![inner.as_str(); 20];
    home.put(&home.target("home", &deep), Conflict::Ask).unwrap();
}

/// F-02: "keep both" finds a name that fits.
#[test]
fn numbered_names_fit() {
    assert_eq!(numbered("a.txt", 0), "a.txt");
    assert_eq!(numbered("a.txt", 1), "a (1).txt");
    assert_eq!(numbered("a", 12), "a (12)");
    assert_eq!(numbered(".profile", 1), ".profile (1)");
    assert_eq!(numbered("보고서.tar.gz", 2), "보고서.tar (2).gz");
    let long = format!("{}.txt", "가".repeat(83));
    assert!(numbered(&long, 9_999).len() <= 255);
    assert!(numbered(&long, 9_999).ends_with(" (9999).txt"));
}

/// F-16: the folder for downloads is the one that the desktop names.
#[test]
fn downloads_are_where_the_desktop_has_them() {
    let home = Home::new();
    let put = |home: &Home| home.put(&target("", &["a"]), Conflict::KeepBoth).unwrap();
    assert_eq!(put(&home), home.at("home/Downloads/a").to_str().unwrap());
    fs::write(home.at("settings/user-dirs.dirs"), "# x\nXDG_DOWNLOAD_DIR=\"$HOME/내려받기\"\n").unwrap();
    assert_eq!(put(&home), home.at("home/내려받기/a").to_str().unwrap());
    assert_eq!(put(&home), home.at("home/내려받기/a (1)").to_str().unwrap());
    let places = home.disk.places();
    let kinds: Vec<&str> = places.iter().map(|place| place.kind).collect();
    assert_eq!(kinds, ["home", "downloads", "root"]);
}

/// F-16: a desktop that names the home, or what holds it, has no folder for downloads; nothing is put into the home itself.
#[test]
fn the_home_is_no_folder_for_downloads() {
    let home = Home::new();
    let above = home.folder.path().to_str().unwrap().to_owned();
    symlink(&home.disk.home, home.at("way")).unwrap();
    let way = format!("{above}/way");
    let dotted = format!("{above}/home/a/..");
    for named in ["$HOME", "$HOME/", "$HOME/.", "/", above.as_str(), way.as_str(), dotted.as_str()] {
        fs::write(home.at("settings/user-dirs.dirs"), format!("XDG_DOWNLOAD_DIR=\"{named}\"\n")).unwrap();
        let downloads = super::places::downloads(&home.disk.home, &home.disk.settings);
        assert_eq!(downloads, home.at("home/Downloads"), "{named}");
    }
    fs::write(
        home.at("settings/user-dirs.dirs"),
        "XDG_DOWNLOAD_DIR=\"$HOME/받은 것//\"\nXDG_DESKTOP_DIR=\"$HOME/\"\n",
    )
    .unwrap();
    let path = home.put(&target("", &["a"]), Conflict::KeepBoth).unwrap();
    assert_eq!(path, home.at("home/받은 것/a").to_str().unwrap());
    let places = home.disk.places();
    let kinds: Vec<&str> = places.iter().map(|place| place.kind).collect();
    assert_eq!(kinds, ["home", "downloads", "root"]);
    assert!(places.iter().all(|place| place.kind == "root" || !place.path.ends_with('/')));
}

/// F-02: who could read the old file can read the new one; a file that nobody may write is not replaced.
#[test]
fn a_replaced_file_keeps_its_rights() {
    let home = Home::new();
    let mode = |path: &str| fs::metadata(home.at(path)).unwrap().permissions().mode() & 0o777;
    for (name, given) in [("a", 0o600), ("b", 0o444)] {
        fs::write(home.at("home").join(name), "old").unwrap();
        fs::set_permissions(home.at("home").join(name), fs::Permissions::from_mode(given)).unwrap();
    }
    home.put(&home.target("home", &["a"]), Conflict::Overwrite).unwrap();
    assert_eq!(mode("home/a"), 0o600);
    assert_eq!(home.put(&home.target("home", &["b"]), Conflict::Overwrite), Err(FileError::Denied));
    assert_eq!(home.all("home"), set(["a", "b"]));
}

/// Runs the test of this name again in a process that may mount; `false` in that process.
fn ran_with_mounts(test: &str) -> bool {
    if std::env::var_os(HAS_MOUNTS).is_some() {
        return false;
    }
    let mut again = Command::new("unshare");
    again.args(["--map-root-user", "--mount"]).arg(std::env::current_exe().unwrap());
    again.args([test, "--exact", "--nocapture"]).env(HAS_MOUNTS, "1");
    assert!(again.status().unwrap().success());
    true
}

fn mount(options: &str, on: &Path) {
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", options, "none"]).arg(on);
    assert!(mount.status().unwrap().success());
}

/// F-02: a disk that is full or takes no changes says so, and nothing half-written is left on it.
#[test]
fn a_full_or_read_only_disk_is_told() {
    if ran_with_mounts("files::linux::tests::a_full_or_read_only_disk_is_told") {
        return;
    }
    let home = Home::new();
    for name in ["full", "fixed"] {
        fs::create_dir(home.at("home").join(name)).unwrap();
    }
    mount("size=64k", &home.at("home/full"));
    let to = home.target("home/full", &["a"]);
    let file = |size_bytes| NewFile { size_bytes, modified_ms: 0, conflict: Conflict::Ask };
    assert_eq!(home.disk.create(&to, file(1 << 50)).err(), Some(FileError::Full));
    let Ok(Created::Begun(mut arriving)) = home.disk.create(&to, file(60 * 1024)) else {
        panic!("not begun")
    };
    fs::write(home.at("home/full/other"), vec![1; 40 * 1024]).unwrap();
    assert_eq!(arriving.write(&vec![2; 60 * 1024]), Err(FileError::Full));
    drop(arriving);
    assert_eq!(home.all("home/full"), set(["other"]));

    mount("size=64k", &home.at("home/fixed"));
    fs::write(home.at("home/fixed/a"), "kept").unwrap();
    let fixed = home.at("home/fixed");
    assert!(Command::new("mount").args(["-o", "remount,ro"]).arg(&fixed).status().unwrap().success());
    assert!(!home.disk.list(&home.path("home/fixed"), 10).unwrap().writable);
    let name = FileName::parse("b").unwrap();
    assert_eq!(home.put(&home.target("home/fixed", &["b"]), Conflict::Ask), Err(FileError::ReadOnly));
    assert_eq!(home.disk.make_folder(&home.target("home/fixed", &["c"]), false), Err(FileError::ReadOnly));
    assert_eq!(home.disk.rename(&home.path("home/fixed/a"), &name), Err(FileError::ReadOnly));
    assert_eq!(home.delete(&home.path("home/fixed/a")), Err(FileError::ReadOnly));
    assert_eq!(home.delete(&home.path("home/fixed")), Err(FileError::Protected));
    assert_eq!(home.all("home/fixed"), set(["a"]));
}

/// F-02: a folder is not deleted across the edge of another disk, however deep that begins.
#[test]
fn deleting_enters_no_other_disk() {
    if ran_with_mounts("files::linux::tests::deleting_enters_no_other_disk") {
        return;
    }
    let home = Home::new();
    fs::create_dir_all(home.at("home/tree/a/disk")).unwrap();
    mount("size=64k", &home.at("home/tree/a/disk"));
    fs::write(home.at("home/tree/a/disk/kept"), "kept").unwrap();
    assert_eq!(home.delete(&home.path("home/tree")), Err(FileError::Protected));
    assert_eq!(home.all("home/tree"), set(["a", "a/disk", "a/disk/kept"]));
}

/// Y-2: a receipt replaces no other, and its name leads nowhere.
#[test]
fn a_text_of_our_own_replaces_nothing() {
    let home = Home::new();
    let keep = |name: &str| home.disk.keep_text(name, "확인증").unwrap();
    assert_eq!(keep("원격지원 확인증"), home.at("home/Downloads/원격지원 확인증.txt"));
    assert_eq!(keep("원격지원 확인증"), home.at("home/Downloads/원격지원 확인증 (2).txt"));
    assert_eq!(keep("../../x"), home.at("home/Downloads/.._.._x.txt"));
    assert_eq!(fs::read_to_string(home.at("home/Downloads/.._.._x.txt")).unwrap(), "확인증");
}
