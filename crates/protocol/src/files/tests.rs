use bytes::Bytes;

use super::{Conflict, FileName, FilePath, FilesError, FilesMessage, NameError};
use crate::{limits, wire};

fn sent(names: &[&str], folder: &str, size_bytes: u64) -> Result<FilesMessage, FilesError> {
    let target = wire::TransferTarget {
        folder: folder.to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        clipboard: 0,
    };
    let send = wire::SendFile {
        transfer: 1,
        id: Bytes::from_static(&[1; 16]),
        target: Some(target),
        size_bytes,
        modified_ms: 0,
        conflict: 0,
    };
    FilesMessage::try_from(wire::FilesMessage { body: Some(wire::files_message::Body::SendFile(send)) })
}

/// F-02: a name is one part of a path, of any script, and no way to anywhere.
#[test]
fn only_names_are_names() {
    for good in
        ["a", "보고서 (최종).hwp", "…", "CON", "a\\b", "日本語", " ", "..a", "a..", "🙂", &"가".repeat(85)]
    {
        assert_eq!(FileName::parse(good).as_ref().map(FileName::as_str), Ok(good));
    }
    let long = "a".repeat(4_096);
    for (bad, error) in [
        ("", NameError::Length { bytes: 0 }),
        (".", NameError::Way),
        ("..", NameError::Way),
        ("/", NameError::Character),
        ("a/b", NameError::Character),
        ("../a", NameError::Character),
        ("/etc/passwd", NameError::Character),
        ("a\0b", NameError::Character),
        ("a\nb", NameError::Character),
        ("\u{7f}", NameError::Character),
        (&long, NameError::Length { bytes: 4_096 }),
    ] {
        assert_eq!(FileName::parse(bad), Err(error), "{bad:?}");
    }
}

/// F-02: a path begins at the root and goes down only.
#[test]
fn only_absolute_paths_that_go_down_are_paths() {
    for good in ["/", "/home/kim/문서", "/a\nb", "/C:"] {
        assert_eq!(FilePath::parse(good).as_ref().map(FilePath::as_str), Ok(good));
    }
    let long = format!("/{}", "a/".repeat(2_048));
    for (bad, error) in [
        ("", NameError::Length { bytes: 0 }),
        ("home", NameError::NotAbsolute),
        ("C:\\", NameError::NotAbsolute),
        ("/..", NameError::Way),
        ("/home/../etc/shadow", NameError::Way),
        ("/home/.", NameError::Way),
        ("/home//etc", NameError::Length { bytes: 0 }),
        ("/home/", NameError::Length { bytes: 0 }),
        ("/a\0", NameError::Character),
        (&long, NameError::Length { bytes: 4_097 }),
    ] {
        assert_eq!(FilePath::parse(bad), Err(error), "{bad:?}");
    }
}

/// F-02: sizes, lengths and depths of a transfer have limits.
#[test]
fn a_transfer_is_bounded() {
    assert!(sent(&["a"], "/tmp", limits::FILE_BYTES).is_ok());
    assert_eq!(sent(&["a"], "/tmp", 1 << 63), Err(FilesError::Size { bytes: 1 << 63 }));
    assert_eq!(sent(&["a"], "/tmp", u64::MAX), Err(FilesError::Size { bytes: u64::MAX }));
    assert_eq!(sent(&[], "/tmp", 1), Err(FilesError::Depth { names: 0 }));
    assert_eq!(sent(&["a"; 65], "/tmp", 1), Err(FilesError::Depth { names: 65 }));
    assert_eq!(sent(&["a", ".."], "/tmp", 1), Err(NameError::Way.into()));
    assert_eq!(sent(&["a"], "tmp", 1), Err(NameError::NotAbsolute.into()));
}

/// F-16: without a folder, the customer's own for downloads is meant.
#[test]
fn a_target_without_a_folder_is_the_folder_for_downloads() {
    let Ok(FilesMessage::Send(send)) = sent(&["사진", "a.png"], "", 1) else {
        unreachable!("it is complete")
    };
    assert_eq!(send.target.folder(), None);
    assert_eq!(send.target.way().iter().map(FileName::as_str).collect::<Vec<_>>(), ["사진"]);
    assert_eq!((send.target.name(), send.conflict), ("a.png", Conflict::Ask));
}

/// F-02: bytes that are none, or too many, or of the wrong length are refused before anything acts on them.
#[test]
fn chunks_and_digests_have_their_length() {
    use wire::files_message::Body;
    let parsed = |body| FilesMessage::try_from(wire::FilesMessage { body: Some(body) });
    let chunk = |len: usize| {
        parsed(Body::TransferChunk(wire::TransferChunk { transfer: 1, bytes: vec![0; len].into() }))
    };
    assert!(chunk(1).is_ok() && chunk(limits::FILE_CHUNK_BYTES).is_ok());
    assert!(chunk(0).is_err() && chunk(limits::FILE_CHUNK_BYTES + 1).is_err());
    let end = |len: usize| {
        parsed(Body::TransferEnd(wire::TransferEnd { transfer: 1, blake3: vec![0; len].into() }))
    };
    assert!(end(32).is_ok());
    assert!([0, 31, 33].into_iter().all(|len| end(len).is_err()));
    let stopped = wire::TransferStopped { why: "files-<b>\ncancelled".to_owned(), ..Default::default() };
    assert_eq!(
        parsed(Body::TransferStopped(stopped)),
        Ok(FilesMessage::Stopped(0, "files-bcancelled".to_owned()))
    );
    let page = Body::FolderPage(wire::FolderPage::default());
    assert_eq!(parsed(page), Err(FilesError::Side));
}

/// F-17: what a console claims to have of a file is part of it.
#[test]
fn a_fetch_goes_on_within_the_file() {
    let fetch = |offset_bytes, size_bytes| {
        let fetch = wire::FetchFile {
            id: Bytes::from_static(&[1; 16]),
            path: "/a".to_owned(),
            offset_bytes,
            size_bytes,
            ..Default::default()
        };
        FilesMessage::try_from(wire::FilesMessage { body: Some(wire::files_message::Body::FetchFile(fetch)) })
    };
    assert!(fetch(0, 0).is_ok() && fetch(5, 5).is_ok());
    assert_eq!(fetch(6, 5), Err(FilesError::Size { bytes: 6 }));
    assert_eq!(fetch(1 << 63, u64::MAX), Err(FilesError::Size { bytes: 1 << 63 }));
}
