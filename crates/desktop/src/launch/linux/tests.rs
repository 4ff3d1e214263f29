//! With the real xdg-open and real executables, in folders of the test's own.

use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Session;
use crate::launch::{
    LaunchError, NAME_MAX_BYTES, URL_MAX_BYTES, is_web_address, open_folder, open_program, open_url,
};

/// A user's home with programs and applications.
struct Home {
    folder: tempfile::TempDir,
    browser: Option<String>,
}

impl Home {
    fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap(), browser: None };
        for name in ["bin", "data/applications/sub"] {
            std::fs::create_dir_all(home.path(name)).unwrap();
        }
        home
    }

    /// With a program in it that stands for the browser.
    fn with_browser(script: &str) -> Self {
        let mut home = Self::new();
        let browser = home.program("browser", script);
        home.browser = Some(browser.to_str().unwrap().to_owned());
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// An executable script in `PATH`. `$OUT`: where it may write what is looked for.
    fn program(&self, name: &str, script: &str) -> PathBuf {
        let path = self.path("bin").join(name);
        // Not renamed into place while another thread forks: a file that is open for writing cannot be executed.
        let text = format!("#!/bin/sh\nOUT={}\n{script}\n", self.path("out").display());
        let made = std::process::Command::new("install")
            .args(["-m", "755", "/dev/stdin"])
            .arg(&path)
            .stdin(std::process::Stdio::piped())
            .spawn();
        let mut made = made.unwrap();
        std::io::Write::write_all(&mut made.stdin.take().unwrap(), text.as_bytes()).unwrap();
        assert!(made.wait().unwrap().success());
        path
    }

    fn application(&self, id: &str, lines: &str) {
        let text = format!("[Desktop Entry]\nType=Application\n{lines}\n");
        std::fs::write(self.path("data/applications").join(id), text).unwrap();
    }

    fn session(&self) -> Session {
        self.session_with_path(&format!("{}:/usr/bin:/bin", self.path("bin").display()))
    }

    fn session_with_path(&self, path: &str) -> Session {
        let mut variables: Vec<(OsString, OsString)> = vec![
            ("PATH".into(), path.into()),
            ("HOME".into(), self.folder.path().into()),
            ("XDG_DATA_HOME".into(), self.path("data").into()),
            ("XDG_DATA_DIRS".into(), self.path("shared").into()),
            ("XDG_CONFIG_HOME".into(), self.path("config").into()),
        ];
        variables.extend(self.browser.iter().map(|browser| ("BROWSER".into(), browser.into())));
        Session::new(variables)
    }

    /// What a script has written into `$OUT`, once it ends with a line.
    fn out(&self) -> String {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            let text = std::fs::read_to_string(self.path("out")).unwrap_or_default();
            if text.ends_with('\n') {
                return text.trim_end().to_owned();
            }
            assert!(Instant::now() < end, "nothing was started");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// F-04: a page opens in the browser that xdg-open finds; the URL arrives as it is, whatever a shell would make of it.
#[test]
fn a_page_opens_in_the_users_browser() {
    let home = Home::with_browser("echo \"$#:$1\" > $OUT");
    let url = "https://example.org/a?b=$(id)&c='d;e'#f%20*";
    assert_eq!(home.session().open_url(url), Ok(()));
    assert_eq!(home.out(), format!("1:{url}"));
}

/// F-04: a browser that stays open is not waited for, and lives in a session of its own without our files.
#[test]
fn what_is_opened_stands_by_itself() {
    let script = "(cut -d' ' -f 5,6 /proc/$$/stat; readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2; pwd; echo $$) \
                  > $OUT.part; mv $OUT.part $OUT; while [ ! -e $OUT.end ]; do sleep 0.02; done";
    let home = Home::with_browser(script);
    let began = Instant::now();
    assert_eq!(home.session().open_url("http://example.org/"), Ok(()));
    assert!(began.elapsed() < Duration::from_secs(20), "it is not waited for");
    let out = home.out();
    let lines: Vec<_> = out.lines().collect();
    let [ids, "/dev/null", "/dev/null", "/dev/null", folder, pid] = *lines else { panic!("{out}") };
    assert_eq!(Path::new(folder), home.folder.path().canonicalize().unwrap());
    let (group, session) = ids.split_once(' ').unwrap();
    assert_eq!(group, session);
    let ours = std::fs::read_to_string("/proc/self/stat").unwrap();
    let ours = ours.rsplit_once(") ").unwrap().1.split(' ').nth(3).unwrap().to_owned();
    assert_ne!(session, ours, "a session of its own");
    let opener: u32 = session.parse().unwrap();
    assert!(Path::new(&format!("/proc/{pid}")).exists(), "it stays open");
    std::fs::write(home.path("out.end"), "").unwrap();
    // xdg-open ends with its browser, and somebody has to look.
    let end = Instant::now() + Duration::from_secs(10);
    while Path::new(&format!("/proc/{opener}")).exists() {
        assert!(Instant::now() < end, "it stays a zombie");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// F-04: what cannot be opened is said at once.
#[test]
fn failures_of_the_opener_are_told() {
    let home = Home::with_browser("exit 1");
    assert_eq!(home.session().open_url("http://example.org/"), Err(LaunchError::NoOpener));
    let nowhere = home.session_with_path(home.path("nowhere").to_str().unwrap());
    assert_eq!(nowhere.open_url("http://example.org/"), Err(LaunchError::NoOpener));
    home.program("xdg-open", "exit 4");
    assert_eq!(home.session().open_url("http://example.org/"), Err(LaunchError::Failed));
}

/// F-04: only http and https, and nothing that means more than an address.
#[test]
fn only_web_addresses_are_opened() {
    let long = format!("http://{}", "a".repeat(URL_MAX_BYTES));
    let wrong = [
        "",
        "-x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http:/x",
        "http://",
        "http:///etc",
        "http://-x",
        "http://a b",
        "http://a\n",
        "http://a\u{7f}",
        "http://a\"b",
        "http://a`id`",
        "http://a\\b",
        "http://a<b",
        "http://한국",
        " http://a",
        "httpſ://a",
        "ftp://a",
        long.as_str(),
    ];
    for url in wrong {
        assert_eq!(open_url(url), Err(LaunchError::Malformed), "{url:?}");
    }
    for url in ["http://a", "HTTPS://EXAMPLE.org:8443/~a/%ed%95%9c?q=a+b&c=(d)#e", "http://[::1]/"] {
        assert!(is_web_address(url), "{url}");
    }
}

/// F-10: a folder opens in what xdg-open finds; what is none does not.
#[test]
fn a_folder_opens() {
    let home = Home::new();
    home.program("xdg-open", "echo \"$#:$1\" > $OUT");
    let folder = home.path("a folder $(id)");
    std::fs::create_dir(&folder).unwrap();
    assert_eq!(home.session().open_folder(&folder), Ok(()));
    assert_eq!(home.out(), format!("1:{}", folder.display()));
    assert_eq!(home.session().open_folder(&home.path("none")), Err(LaunchError::NotFound));
    assert_eq!(home.session().open_folder(&home.path("bin/xdg-open")), Err(LaunchError::NotFound));
    assert_eq!(open_folder(Path::new("bin")), Err(LaunchError::Malformed));
}

/// F-10: a folder opens through the real xdg-open with the application that the user has set for folders.
#[test]
fn a_folder_opens_in_the_users_file_manager() {
    let home = Home::new();
    home.program("files", "echo \"$#:$1\" > $OUT");
    home.application("files.desktop", "Name=Files\nExec=files %U\nMimeType=inode/directory;");
    std::fs::create_dir(home.path("config")).unwrap();
    std::fs::write(
        home.path("config/mimeapps.list"),
        "[Default Applications]\ninode/directory=files.desktop\n",
    )
    .unwrap();
    let mut session = home.session();
    // Without a display xdg-open asks no application.
    session.set("DISPLAY", ":4711");
    assert_eq!(session.open_folder(&home.path("bin")), Ok(()));
    assert_eq!(home.out(), format!("1:{}", home.path("bin").display()));
}

/// F-10: a program by its path, its command, its id, and its name in any language.
#[test]
fn a_program_is_found_by_each_of_its_names() {
    let home = Home::new();
    let tool = home.program("tool", "echo \"$#:$*\" > $OUT");
    home.application("org.example.Tool.desktop", "Name=The Tool\nName[ko]=도구\nExec=tool --new \"a b\" %U");
    home.application("sub/inner.desktop", "Name=Inner\nExec=tool inner");
    home.application("gone.desktop", "Name=Gone\nExec=tool\nHidden=true");
    for (name, expected) in [
        (tool.to_str().unwrap(), "0:"),
        ("tool", "0:"),
        ("org.example.Tool", "2:--new a b"),
        ("org.example.Tool.desktop", "2:--new a b"),
        ("the tool", "2:--new a b"),
        ("도구", "2:--new a b"),
        ("sub-inner", "1:inner"),
    ] {
        let _none_yet = std::fs::remove_file(home.path("out"));
        assert_eq!(home.session().open_program(name), Ok(()), "{name}");
        assert_eq!(home.out(), expected, "{name}");
    }
    for none in ["gone", "Gone", "no such tool", "bin/tool", "/no/such/tool", "tool --new", "../tool"] {
        assert_eq!(home.session().open_program(none), Err(LaunchError::NotFound), "{none}");
    }
    assert_eq!(home.session().open_program(home.path("bin").to_str().unwrap()), Err(LaunchError::NotFound));
}

/// F-10: what is not to be started, fails at once, or has no terminal, says so.
#[test]
fn failures_of_programs_are_told() {
    let home = Home::new();
    home.program("bad", "exit 7");
    assert_eq!(home.session().open_program("bad"), Err(LaunchError::Failed));
    let text = home.path("text");
    std::fs::write(&text, "no program").unwrap();
    std::fs::set_permissions(&text, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(home.session().open_program(text.to_str().unwrap()), Err(LaunchError::NotAllowed));
    home.application("broken.desktop", "Name=Broken\nExec=tool \"open");
    assert_eq!(home.session().open_program("broken"), Err(LaunchError::Failed));
    home.application("missing.desktop", "Name=Missing\nExec=no-such-tool-at-all");
    assert_eq!(home.session().open_program("missing"), Err(LaunchError::NotFound));
    home.application("top.desktop", "Name=Top\nExec=/bin/true\nTerminal=true");
    let without_terminal = home.session_with_path(home.path("bin").to_str().unwrap());
    assert_eq!(without_terminal.open_program("top"), Err(LaunchError::NoOpener));
    home.program("x-terminal-emulator", "echo \"$*\" > $OUT");
    assert_eq!(home.session_with_path(home.path("bin").to_str().unwrap()).open_program("top"), Ok(()));
    assert_eq!(home.out(), "-e /bin/true");
    for name in ["", " ", "-x", "a\nb", &"a".repeat(NAME_MAX_BYTES + 1)] {
        assert_eq!(open_program(name), Err(LaunchError::Malformed), "{name:?}");
    }
}
