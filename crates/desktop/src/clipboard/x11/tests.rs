//! On a real X server, with xclip as the other program.

use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::super::{Clipboard, Content, Copied, Limits, open};
use crate::x_server::{serve, xvfb};

const LIMITS: Limits = Limits { text_bytes: 1024 * 1024, picture_bytes: 4 * 1024 * 1024, files: 10 };
const PATIENCE: Duration = Duration::from_secs(10);

struct Desk {
    server: Child,
    display: String,
    programs: Vec<Child>,
}

impl Desk {
    fn start() -> Self {
        let (server, display) = serve(&mut xvfb("320x240x24"));
        Self { server, display, programs: Vec::new() }
    }

    fn clipboard(&self) -> Box<dyn Clipboard> {
        open(Some(&self.display), LIMITS).unwrap().0
    }

    fn xclip(&self, arguments: &[&str]) -> Command {
        let mut xclip = Command::new("xclip");
        xclip.args(["-display", &self.display, "-selection", "clipboard", "-quiet"]).args(arguments);
        xclip
    }

    fn copy(&mut self, target: &str, content: &[u8]) {
        let mut program =
            self.xclip(&["-t", target, "-i"]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        program.stdin.take().unwrap().write_all(content).unwrap();
        self.programs.push(program);
    }

    /// Waits until this text can be pasted: a program that copies takes its time to begin.
    fn wait_for(&self, text: &[u8]) {
        let end = Instant::now() + PATIENCE;
        while self.xclip(&["-o"]).stderr(Stdio::null()).output().unwrap().stdout != text {
            assert!(Instant::now() < end, "nothing was copied");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Pastes in another thread, while the clipboard serves.
    fn paste(&self, clipboard: &mut dyn Clipboard, target: &str) -> Vec<u8> {
        let mut xclip = self.xclip(&["-t", target, "-o"]);
        let pasting = std::thread::spawn(move || xclip.stderr(Stdio::null()).output().unwrap().stdout);
        while !pasting.is_finished() {
            assert_eq!(clipboard.next(Duration::from_millis(20)), Ok(None));
        }
        pasting.join().unwrap()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        for child in self.programs.iter_mut().chain([&mut self.server]) {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

fn next(clipboard: &mut dyn Clipboard) -> Copied {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if let Some(copied) = clipboard.next(Duration::from_millis(100)).unwrap() {
            return copied;
        }
    }
    panic!("nothing was copied");
}

fn quiet(clipboard: &mut dyn Clipboard) {
    assert_eq!(clipboard.next(Duration::from_millis(700)), Ok(None));
}

/// S-11: nothing is read before it may be, nothing of before then, and what is copied after that is, however large.
#[test]
fn what_is_copied_is_read_while_it_may_be() {
    let mut desk = Desk::start();
    let mut clipboard = desk.clipboard();
    desk.copy("UTF8_STRING", "before".as_bytes());
    desk.wait_for(b"before");
    quiet(clipboard.as_mut());
    clipboard.watch(true);
    quiet(clipboard.as_mut());
    desk.copy("UTF8_STRING", "한글 텍스트\n".as_bytes());
    assert_eq!(next(clipboard.as_mut()), Copied::Text("한글 텍스트\n".into()));
    // More than one request takes: in pieces.
    let long: Vec<u8> = (0..900_000_u32).map(|at| b'a' + u8::try_from(at % 26).unwrap()).collect();
    desk.copy("UTF8_STRING", &long);
    assert_eq!(next(clipboard.as_mut()), Copied::Text(long));
    let picture: Vec<u8> = (0..3_000_000_u32).map(|at| u8::try_from(at % 251).unwrap()).collect();
    desk.copy("image/png", &picture);
    assert_eq!(next(clipboard.as_mut()), Copied::Picture(picture));
    desk.copy("UTF8_STRING", &vec![b'x'; 2_000_000]);
    assert!(matches!(next(clipboard.as_mut()), Copied::LongText(_)));
    clipboard.watch(false);
    desk.copy("UTF8_STRING", b"after");
    quiet(clipboard.as_mut());
}

/// S-11: what a password manager marks stays where it is.
#[test]
fn a_secret_is_not_read() {
    let mut desk = Desk::start();
    let mut clipboard = desk.clipboard();
    clipboard.watch(true);
    desk.copy("x-kde-passwordManagerHint", b"secret");
    quiet(clipboard.as_mut());
}

/// S-11: files are told by their paths.
#[test]
fn files_are_read_as_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("보고서.txt");
    std::fs::write(&path, "abc").unwrap();
    let mut desk = Desk::start();
    let mut clipboard = desk.clipboard();
    clipboard.watch(true);
    let mut other = desk.clipboard();
    let paths = vec![path.to_str().unwrap().to_owned()];
    other.put(Content::Files(paths.clone())).unwrap();
    let end = Instant::now() + PATIENCE;
    let copied = loop {
        assert!(Instant::now() < end, "nothing was copied");
        other.next(Duration::from_millis(20)).unwrap();
        if let Some(copied) = clipboard.next(Duration::from_millis(20)).unwrap() {
            break copied;
        }
    };
    let Copied::Files(files) = copied else { panic!("{copied:?}") };
    assert_eq!(
        files.files.iter().map(|file| &file.path).collect::<Vec<_>>(),
        paths.iter().collect::<Vec<_>>()
    );
    drop(other);
    desk.copy("text/uri-list", b"https://example.org/\r\n");
    quiet(clipboard.as_mut());
}

/// S-11: what is put there is pasted, as what it is, however large; and is no copy of the customer's.
#[test]
fn what_is_put_there_is_pasted() {
    let desk = Desk::start();
    let mut clipboard = desk.clipboard();
    clipboard.watch(true);
    clipboard.put(Content::Text("붙여넣기 é".to_owned())).unwrap();
    assert_eq!(desk.paste(clipboard.as_mut(), "UTF8_STRING"), "붙여넣기 é".as_bytes());
    assert_eq!(desk.paste(clipboard.as_mut(), "STRING"), b"???? \xe9");
    assert!(String::from_utf8(desk.paste(clipboard.as_mut(), "TARGETS")).unwrap().contains("UTF8_STRING"));
    assert_eq!(desk.paste(clipboard.as_mut(), "image/png"), b"");
    let picture: Vec<u8> = (0..3_000_000_u32).map(|at| u8::try_from(at % 241).unwrap()).collect();
    clipboard.put(Content::Picture(picture.clone())).unwrap();
    assert_eq!(desk.paste(clipboard.as_mut(), "image/png"), picture);
    clipboard.put(Content::Files(vec!["/a/나 b".to_owned()])).unwrap();
    let uri = "file:///a/%EB%82%98%20b";
    assert_eq!(desk.paste(clipboard.as_mut(), "text/uri-list"), format!("{uri}\r\n").into_bytes());
    assert_eq!(
        desk.paste(clipboard.as_mut(), "x-special/gnome-copied-files"),
        format!("copy\n{uri}").into_bytes()
    );
}

/// An owner that says nothing keeps nobody waiting.
#[test]
fn a_display_that_goes_is_told() {
    let mut desk = Desk::start();
    let mut clipboard = desk.clipboard();
    clipboard.watch(true);
    desk.server.kill().unwrap();
    let end = Instant::now() + PATIENCE;
    while clipboard.next(Duration::from_millis(50)).is_ok() {
        assert!(Instant::now() < end, "nobody noticed");
    }
}
