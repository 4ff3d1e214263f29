//! Files as clipboards name them: addresses of the scheme `file` (RFC 8089), a line each.

use std::path::Path;
use std::time::UNIX_EPOCH;

/// Files that were copied together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopiedFiles {
    /// Those that are there, and are files or folders.
    pub files: Vec<CopiedFile>,
    /// How many more were named.
    pub more: u32,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedFile {
    /// Absolute.
    pub path: String,
    /// A folder.
    pub is_folder: bool,
    /// Of a file.
    pub size_bytes: u64,
    /// Epoch milliseconds; 0: not known.
    pub modified_ms: u64,
}

/// The files of a `text/uri-list` (RFC 2483 §5), or of what file managers write beside it: "copy" or "cut" in the first line.
pub(super) fn named(list: &str, most: usize) -> CopiedFiles {
    let mut found = CopiedFiles::default();
    for line in list.lines() {
        let Some(file) = path_of(line.trim()).and_then(|path| described(&path)) else { continue };
        if found.files.len() < most {
            found.files.push(file);
        } else {
            found.more = found.more.saturating_add(1);
        }
    }
    found
}

/// A path of this machine; of another machine's, or what is no text, none.
fn path_of(line: &str) -> Option<String> {
    let rest = line.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    if !path.starts_with('/') {
        return None;
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut left = path.bytes();
    while let Some(byte) = left.next() {
        if byte == b'%' {
            let digits = [left.next()?, left.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

fn described(path: &str) -> Option<CopiedFile> {
    let metadata = std::fs::metadata(Path::new(path)).ok()?;
    if !metadata.is_file() && !metadata.is_dir() {
        return None;
    }
    let modified = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    Some(CopiedFile {
        path: path.to_owned(),
        is_folder: metadata.is_dir(),
        size_bytes: if metadata.is_file() { metadata.len() } else { 0 },
        modified_ms: modified.and_then(|at| u64::try_from(at.as_millis()).ok()).unwrap_or_default(),
    })
}

/// A `text/uri-list`.
pub(super) fn uri_list(paths: &[String]) -> String {
    paths.iter().map(|path| format!("{}\r\n", uri(path))).collect()
}

/// What Nautilus, Nemo, Caja and Thunar paste as files (`x-special/gnome-copied-files`).
pub(super) fn gnome_list(paths: &[String]) -> String {
    let lines: Vec<String> = paths.iter().map(|path| uri(path)).collect();
    format!("copy\n{}", lines.join("\n"))
}

fn uri(path: &str) -> String {
    let mut written = String::from("file://");
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                written.push(char::from(byte));
            }
            other => written.push_str(&format!("%{other:02X}")),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{gnome_list, named, path_of, uri, uri_list};

    #[test]
    fn a_path_goes_into_an_address_and_back() {
        for path in ["/home/김/보고서 (최종).hwp", "/a%20b#?&", "/\u{1f389}/x\ny"] {
            let written = uri(path);
            assert!(written.is_ascii() && !written.contains(['\n', ' ', '#', '?']), "{written}");
            assert_eq!(path_of(&written).as_deref(), Some(path));
        }
        assert_eq!(path_of("file://localhost/a").as_deref(), Some("/a"));
        for none in [
            "",
            "http://a.kr/b",
            "file://other/a",
            "file:a",
            "file:///a%",
            "file:///a%zz",
            "file:///%ff",
            "file:///a%00b",
        ] {
            assert_eq!(path_of(none), None, "{none}");
        }
    }

    #[test]
    fn only_what_is_there_is_told_and_no_more_than_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("하나"), folder.path().join("둘"));
        std::fs::write(&a, "abc").unwrap();
        std::fs::create_dir(&b).unwrap();
        let paths: Vec<String> = [&a, &b, &folder.path().join("gone"), &"/dev/null".into()]
            .map(|path| path.to_str().unwrap().to_owned())
            .into();
        let list = format!("# a comment\r\n{}", uri_list(&paths));
        let found = named(&list, 9);
        assert_eq!(found.more, 0);
        assert_eq!(
            found.files.iter().map(|file| (file.is_folder, file.size_bytes)).collect::<Vec<_>>(),
            [(false, 3), (true, 0)]
        );
        assert_eq!(named(&gnome_list(&paths), 9), found);
        let cut = named(&list, 1);
        assert_eq!((cut.files.len(), cut.more), (1, 1));
    }
}
