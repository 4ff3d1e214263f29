//! The clerk on a real disk.

use std::fs;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use prost::Message as _;
use protocol::files::{Conflict, FileName, FilesMessage, Resume, SendFile};
use protocol::wire;
use session::customer::{AskNo, Change, FilesNews, FilesOrder, TransferNo};
use tempfile::TempDir;

use super::{Clerk, ORDERS};

const PATIENCE: Duration = Duration::from_secs(20);
const NO: TransferNo = TransferNo(1);

fn clerk() -> (Clerk, Receiver<FilesNews>) {
    let (tell, told) = channel();
    (Clerk::start(Arc::default(), move |news| drop(tell.send(news))), told)
}

fn next(told: &Receiver<FilesNews>) -> FilesNews {
    told.recv_timeout(PATIENCE).unwrap()
}

fn create(folder: &TempDir, size_bytes: u64) -> FilesOrder {
    let target = wire::TransferTarget {
        folder: folder.path().to_str().unwrap().to_owned(),
        names: vec!["보고서.txt".to_owned()],
        clipboard: 0,
    };
    let send = wire::SendFile { id: vec![1; 16].into(), target: Some(target), ..Default::default() };
    let send = wire::SendFile::decode(send.encode_to_vec().as_slice()).unwrap();
    let SendFile { target, .. } = send.try_into().unwrap();
    FilesOrder::Create { transfer: NO, target, size_bytes, modified_ms: 0, conflict: Conflict::Ask }
}

fn open(folder: &TempDir, resume: Option<Resume>) -> FilesOrder {
    let path = folder.path().join("a").to_str().unwrap().to_owned();
    let fetch = wire::FetchFile { id: vec![1; 16].into(), path, ..Default::default() };
    let body = Some(wire::files_message::Body::FetchFile(fetch));
    match FilesMessage::try_from(wire::FilesMessage { body }) {
        Ok(FilesMessage::Fetch(fetch)) => FilesOrder::Open { transfer: NO, path: fetch.path, resume },
        other => panic!("{other:?}"),
    }
}

fn count(folder: &TempDir) -> usize {
    fs::read_dir(folder.path()).unwrap().count()
}

/// F-02: only what has the digest that was sent gets its name; what has another leaves nothing.
#[test]
fn the_digest_decides() {
    let digest = *blake3::hash(b"content").as_bytes();
    for (digest, stands) in [(digest, true), ([0; 32], false)] {
        let folder = TempDir::new().unwrap();
        let (clerk, told) = clerk();
        assert_eq!(clerk.order(create(&folder, 7)), None);
        assert!(matches!(next(&told), FilesNews::Created(NO, _)));
        assert_eq!(clerk.order(FilesOrder::Write(NO, "con".into())), None);
        assert_eq!(clerk.order(FilesOrder::Write(NO, "tent".into())), None);
        assert_eq!((next(&told), next(&told)), (FilesNews::Written(NO, 3), FilesNews::Written(NO, 4)));
        assert_eq!(clerk.order(FilesOrder::Finish(NO, digest)), None);
        let path = folder.path().join("보고서.txt");
        if stands {
            assert_eq!(next(&told), FilesNews::Finished(NO, path.to_str().unwrap().to_owned()));
            assert_eq!(fs::read(path).unwrap(), b"content");
        } else {
            assert_eq!(next(&told), FilesNews::Failed(NO, "files-digest"));
            assert_eq!(count(&folder), 0);
        }
    }
}

/// F-02: at the end of the session, and when the program ends, nothing half-written is left.
#[tokio::test]
async fn the_end_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let (clerk, told) = clerk();
    assert_eq!(clerk.order(create(&folder, 7)), None);
    next(&told);
    assert_eq!(clerk.order(FilesOrder::Write(NO, "con".into())), None);
    next(&told);
    assert_eq!(count(&folder), 1);
    clerk.end().await;
    assert_eq!(count(&folder), 0);
}

/// F-02, Y-1: what waits and is called off is not done, and is answered; what is ordered afterwards is done.
#[test]
fn what_is_called_off_is_not_done() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    let FilesOrder::Open { path, .. } = open(&folder, None) else { panic!("no path") };
    let (clerk, told) = clerk();
    assert_eq!(clerk.order(FilesOrder::CallOff(AskNo(2))), None);
    assert_eq!(clerk.order(FilesOrder::Delete(AskNo(1), path.clone())), None);
    let name = FileName::parse("b").unwrap();
    assert_eq!(clerk.order(FilesOrder::Rename { ask: AskNo(2), path: path.clone(), name }), None);
    for ask in [AskNo(1), AskNo(2)] {
        assert_eq!(next(&told), FilesNews::Changed(ask, Err("files-change-forbidden")));
    }
    assert!(folder.path().join("a").is_dir());
    assert_eq!(clerk.order(FilesOrder::Delete(AskNo(3), path)), None);
    assert_eq!(next(&told), FilesNews::Changed(AskNo(3), Ok(Change::Made)));
    assert_eq!(count(&folder), 0);
}

/// F-02: where the disk is behind, orders are refused with an answer; giving up a file never is.
#[test]
fn a_disk_that_is_behind_refuses_and_gives_up() {
    let folder = TempDir::new().unwrap();
    let ((begin, begun), (tell, told)) = (channel::<()>(), channel());
    let open_late = move || {
        begun.recv().unwrap();
        desktop::files::open()
    };
    let clerk = Clerk::start_with(open_late, Arc::default(), move |news| drop(tell.send(news)));
    let list = || FilesOrder::List(AskNo(1), None);
    let write = || FilesOrder::Write(NO, "con".into());
    assert_eq!(clerk.order(create(&folder, 7)), None);
    assert_eq!(clerk.order(write()), None);
    (2..ORDERS).for_each(|_| assert_eq!(clerk.order(list()), None));
    assert_eq!(clerk.order(list()), Some(FilesNews::Listed(AskNo(1), Err("files-too-fast"))));
    assert_eq!(clerk.order(write()), Some(FilesNews::Failed(NO, "files-too-fast")));
    assert_eq!(clerk.order(FilesOrder::Discard(NO)), None);
    begin.send(()).unwrap();
    (0..ORDERS).for_each(|_| drop(next(&told)));
    assert_eq!(clerk.order(list()), None);
    next(&told);
    assert_eq!(count(&folder), 0);
}

/// F-17: a file is read to its end; one that changes meanwhile is neither the old one nor the new one.
#[test]
fn a_file_that_changes_while_it_is_read_is_not_sent() {
    let folder = TempDir::new().unwrap();
    let read = |change: Option<&str>| {
        fs::write(folder.path().join("a"), "content").unwrap();
        let (clerk, told) = clerk();
        assert_eq!(clerk.order(open(&folder, None)), None);
        let FilesNews::Opened { size_bytes: 7, .. } = next(&told) else { panic!("not opened") };
        assert_eq!(clerk.order(FilesOrder::Read(NO, 7)), None);
        assert_eq!(next(&told), FilesNews::Read(NO, "content".into()));
        if let Some(change) = change {
            fs::write(folder.path().join("a"), change).unwrap();
        }
        assert_eq!(clerk.order(FilesOrder::ReadEnd(NO)), None);
        next(&told)
    };
    assert_eq!(read(None), FilesNews::ReadAll(NO, *blake3::hash(b"content").as_bytes()));
    assert_eq!(read(Some("content and more")), FilesNews::Failed(NO, "files-changed"));
    assert_eq!(read(Some("less")), FilesNews::Failed(NO, "files-changed"));
}

/// F-17: a fetch that goes on has the digest of the whole file, and goes on with that file alone.
#[test]
fn a_fetch_goes_on_with_the_same_file() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a"), "content").unwrap();
    let (clerk, told) = clerk();
    assert_eq!(clerk.order(open(&folder, None)), None);
    let FilesNews::Opened { size_bytes, modified_ms, .. } = next(&told) else { panic!("not opened") };
    assert_eq!(clerk.order(FilesOrder::Discard(NO)), None);
    let resume = Resume { offset_bytes: 3, size_bytes, modified_ms };
    assert_eq!(clerk.order(open(&folder, Some(resume))), None);
    next(&told);
    assert_eq!(clerk.order(FilesOrder::Read(NO, 4)), None);
    assert_eq!(next(&told), FilesNews::Read(NO, "tent".into()));
    assert_eq!(clerk.order(FilesOrder::ReadEnd(NO)), None);
    assert_eq!(next(&told), FilesNews::ReadAll(NO, *blake3::hash(b"content").as_bytes()));
    assert_eq!(clerk.order(open(&folder, Some(Resume { size_bytes: 8, ..resume }))), None);
    assert_eq!(next(&told), FilesNews::Failed(NO, "files-changed"));
}
