use std::time::Duration;

use bytes::Bytes;
use prost::Message as _;
use protocol::{Permissions, limits, policy, sdp, wire};
use wire::{files_message::Body, send_file::Conflict as Rule};

use super::bench::{Bench, CONSOLE, EVERYTHING, fitting, offer, signer};
use crate::customer::{
    Action, Change, Channel, ConnectionNo, EntryKind, FilesNews, FilesOrder, FolderEntry, Input, Listing,
    Output, TransferNo,
};

const NO_FILES: Permissions = Permissions {
    browse_files: false,
    send_files: false,
    fetch_files: false,
    change_files: false,
    print: false,
    ..EVERYTHING
};
pub(super) const F_02: Permissions =
    Permissions { browse_files: true, send_files: true, fetch_files: true, change_files: true, ..NO_FILES };
const F_16: Permissions = Permissions { send_files: true, ..NO_FILES };
const F_17: Permissions = Permissions { browse_files: true, fetch_files: true, ..NO_FILES };
const FILES: ConnectionNo = ConnectionNo(2);
const KIB: u64 = 1024;

/// A session under these permissions whose connection for files is open.
pub(super) fn with_files_of(chosen: Permissions, permissions: Permissions) -> Bench {
    let mut bench = Bench::sharing(chosen, permissions);
    open(&mut bench, FILES);
    bench
}

fn with_files(permissions: Permissions) -> Bench {
    with_files_of(F_02, permissions)
}

fn open(bench: &mut Bench, connection: ConnectionNo) {
    bench.console(Channel::Control, wire::peer_message::Body::FilesOffer(files_offer()));
    bench.answer(connection);
    bench.put(Input::ChannelOpened { connection, channel: Channel::Files });
}

fn files_offer() -> wire::SessionDescription {
    wire::SessionDescription { sdp: format!("v=0\r\na=fingerprint:{}\r\n", sdp::write(CONSOLE)) }
}

pub(super) fn say(bench: &mut Bench, body: Body) {
    say_on(bench, FILES, body);
}

fn say_on(bench: &mut Bench, connection: ConnectionNo, body: Body) {
    let bytes = wire::FilesMessage { body: Some(body) }.encode_to_vec().into();
    bench.put(Input::PeerMessage { connection, channel: Channel::Files, bytes });
}

pub(super) fn news(bench: &mut Bench, news: FilesNews) {
    bench.put(Input::Files(news));
}

pub(super) fn heard(bench: &Bench) -> Vec<Body> {
    let of = |output: &Output| match output {
        Output::ToPeer { channel: Channel::Files, bytes, .. } => {
            assert!(bytes.len() <= limits::PEER_MESSAGE_BYTES);
            wire::FilesMessage::decode(bytes.clone()).unwrap().body
        }
        _ => None,
    };
    bench.outputs.iter().filter_map(of).collect()
}

/// The reasons for which transfers and requests ended.
pub(super) fn whys(bench: &Bench) -> Vec<String> {
    let of = |body| match body {
        Body::TransferStopped(stopped) => Some(stopped.why),
        Body::RequestDone(done) => Some(done.problem),
        Body::FolderPage(page) => Some(page.problem),
        _ => None,
    };
    heard(bench).into_iter().filter_map(of).collect()
}

pub(super) fn orders(bench: &Bench) -> Vec<FilesOrder> {
    let of = |action: &Action| if let Action::Files(order) = action { Some(order.clone()) } else { None };
    bench.actions().into_iter().filter_map(of).collect()
}

fn moved(bench: &Bench) -> Vec<(wire::file_moved::State, String)> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(wire::event::Kind::FileMoved(moved)) => Some((moved.state(), moved.why)),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

pub(super) fn send(transfer: u32, folder: &str, size_bytes: u64) -> Body {
    Body::SendFile(wire::SendFile {
        transfer,
        id: Bytes::from_static(&[9; 16]),
        target: Some(wire::TransferTarget {
            folder: folder.to_owned(),
            names: vec!["보고서.txt".to_owned()],
            clipboard: 0,
        }),
        size_bytes,
        modified_ms: 5,
        conflict: Rule::Overwrite.into(),
    })
}

fn fetch(transfer: u32) -> Body {
    let path = "/home/kim/보고서.txt".to_owned();
    Body::FetchFile(wire::FetchFile {
        transfer,
        id: Bytes::from_static(&[8; 16]),
        path,
        ..Default::default()
    })
}

pub(super) fn chunk(transfer: u32, bytes: usize) -> Body {
    Body::TransferChunk(wire::TransferChunk { transfer, bytes: vec![7; bytes].into() })
}

fn end(transfer: u32) -> Body {
    Body::TransferEnd(wire::TransferEnd { transfer, blake3: Bytes::from_static(&[3; 32]) })
}

/// A file of this size is begun.
pub(super) fn sending(permissions: Permissions, size_bytes: u64) -> Bench {
    let mut bench = with_files(permissions);
    say(&mut bench, send(1, "/tmp", size_bytes));
    news(&mut bench, FilesNews::Created(TransferNo(1), "/tmp/보고서.txt".to_owned()));
    bench
}

/// F-02, Y-1: what a department does not allow is refused, and the record says so; nothing is asked of the disk.
#[test]
fn each_permission_allows_its_own() {
    let list = || Body::ListFolder(wire::ListFolder { request: 1, path: String::new() });
    let target =
        || wire::TransferTarget { folder: "/tmp".to_owned(), names: vec!["a".to_owned()], clipboard: 0 };
    let make = || Body::MakeFolder(wire::MakeFolder { request: 1, target: Some(target()), may_exist: false });
    let rename =
        || Body::RenameEntry(wire::RenameEntry { request: 1, path: "/a".to_owned(), name: "b".to_owned() });
    let delete = || Body::DeleteEntry(wire::DeleteEntry { request: 1, path: "/a".to_owned() });
    let check = |permissions: Permissions, body: Body, what: Option<&'static str>| {
        let mut bench = with_files(permissions);
        say(&mut bench, body);
        match what {
            None => assert_eq!((whys(&bench).len(), orders(&bench).len()), (0, 1)),
            Some(what) => {
                assert_eq!(whys(&bench), [what]);
                assert_eq!(bench.refused(what), 1);
                assert_eq!(orders(&bench), []);
            }
        }
    };
    for body in [list(), make(), rename(), delete(), send(1, "/tmp", 1), fetch(1)] {
        check(F_02, body, None);
    }
    check(F_16, list(), Some("files-browse-forbidden"));
    check(F_17, send(1, "", 1), Some("files-send-forbidden"));
    check(F_16, fetch(1), Some("files-fetch-forbidden"));
    for permissions in [F_16, F_17] {
        for body in [make(), rename(), delete()] {
            check(permissions, body, Some("files-change-forbidden"));
        }
    }
    check(F_17, list(), None);
    check(F_17, fetch(1), None);
}

/// F-16: what is sent lands in the folder for downloads, replaces nothing, and goes nowhere else.
#[test]
fn sending_alone_chooses_no_folder_and_replaces_nothing() {
    let mut bench = with_files(F_16);
    say(&mut bench, send(1, "/etc", 1));
    assert_eq!(whys(&bench), ["files-folder-forbidden"]);
    assert_eq!(bench.refused("files-folder-forbidden"), 1);
    say(&mut bench, send(2, "", 1));
    let orders = orders(&bench);
    let [FilesOrder::Create { target, conflict, .. }] = orders.as_slice() else { panic!("{orders:?}") };
    assert_eq!((target.folder(), *conflict), (None, protocol::files::Conflict::KeepBoth));
}

/// Y-1: without any of the options there is no connection for files.
#[test]
fn no_connection_comes_to_be_without_a_permission() {
    let mut bench = Bench::sharing(F_02, NO_FILES);
    bench.console(Channel::Control, wire::peer_message::Body::FilesOffer(files_offer()));
    assert!(
        !bench.has(|action| matches!(action, Action::AnswerOffer { connection, .. } if *connection == FILES))
    );
    assert_eq!(bench.refused("files-forbidden"), 1);
}

/// Y-1: what the customer did not agree to is not there, whatever the policy says.
#[test]
fn consent_cuts_the_policy() {
    let mut bench = Bench::sharing(Permissions { fetch_files: false, ..F_02 }, F_02);
    open(&mut bench, FILES);
    say(&mut bench, fetch(1));
    assert_eq!(whys(&bench), ["files-fetch-forbidden"]);
}

/// F-02: a connection for files takes no input, and the session's own no files.
#[test]
fn files_and_the_rest_do_not_mix() {
    let mut bench = with_files(F_02);
    let input = wire::PeerMessage { body: Some(super::bench::key(1, "KeyA")) }.encode_to_vec();
    bench.put(Input::PeerMessage { connection: FILES, channel: Channel::Control, bytes: input.into() });
    say_on(&mut bench, ConnectionNo(1), send(1, "/tmp", 1));
    assert!(bench.applied().is_empty());
    assert_eq!(orders(&bench), []);
    bench.wait(Duration::from_secs(2));
    assert_eq!(bench.refused("message-out-of-place"), 2);
}

/// F-02: a file comes in pieces, its digest is compared, and the record has its beginning and its end.
#[test]
fn a_file_comes() {
    let size = 2 * limits::FILE_START_BYTES;
    let mut bench = sending(F_02, size);
    let mut left = size;
    while 0 < left {
        let bytes = left.min(limits::FILE_CHUNK_BYTES as u64);
        say(&mut bench, chunk(1, usize::try_from(bytes).unwrap()));
        news(&mut bench, FilesNews::Written(TransferNo(1), bytes));
        left -= bytes;
    }
    let taken = heard(&bench).into_iter().filter_map(|body| match body {
        Body::TransferTaken(taken) => Some(taken.taken_bytes),
        _ => None,
    });
    let taken: Vec<u64> = taken.collect();
    assert_eq!(taken.last(), Some(&size));
    assert!(taken.len() as u64 <= size / limits::FILE_TAKEN_BYTES + 1);
    say(&mut bench, end(1));
    assert_eq!(orders(&bench).last(), Some(&FilesOrder::Finish(TransferNo(1), [3; 32])));
    news(&mut bench, FilesNews::Finished(TransferNo(1), "/tmp/보고서.txt".to_owned()));
    assert!(matches!(heard(&bench).last(), Some(Body::TransferDone(done)) if done.path == "/tmp/보고서.txt"));
    use wire::file_moved::State;
    let states: Vec<State> = moved(&bench).into_iter().map(|(state, _)| state).collect();
    assert_eq!(states, [State::Started, State::Finished]);
}

/// F-02: more than was claimed, less than was claimed, or more than may be on its way ends the transfer, and nothing of it
/// stays.
#[test]
fn a_size_that_is_not_kept_ends_the_transfer() {
    let check = |size: u64, said: Vec<Body>, why: &str| {
        let mut bench = sending(F_02, size);
        said.into_iter().for_each(|body| say(&mut bench, body));
        assert_eq!(whys(&bench), [why]);
        assert_eq!(orders(&bench).last(), Some(&FilesOrder::Discard(TransferNo(1))));
        assert_eq!(moved(&bench).last(), Some(&(wire::file_moved::State::Failed, why.to_owned())));
        // What is still on its way reaches nothing.
        let before = orders(&bench).len();
        say(&mut bench, chunk(1, 10));
        say(&mut bench, end(1));
        assert_eq!(orders(&bench).len(), before);
    };
    check(10, vec![chunk(1, 11)], "files-more-than-claimed");
    check(10, vec![chunk(1, 9), end(1)], "files-truncated");
    check(0, vec![chunk(1, 1)], "files-more-than-claimed");
    let window = usize::try_from(limits::FILE_WINDOW_BYTES).unwrap() / limits::FILE_CHUNK_BYTES + 1;
    check(limits::FILE_BYTES, vec![chunk(1, limits::FILE_CHUNK_BYTES); window], "files-too-fast");
    check(limits::FILE_BYTES, vec![chunk(1, 1); limits::FILE_CHUNKS_WAITING + 1], "files-too-fast");
}

/// F-02, R-3: once all has come, the disk alone says what becomes of the file, so that the record never calls cancelled what
/// stands.
#[test]
fn what_has_come_as_a_whole_is_the_disks_alone() {
    let stopped = Body::TransferStopped(wire::TransferStopped {
        transfer: 1,
        why: "files-cancelled".to_owned(),
        ..Default::default()
    });
    let taken = Body::TransferTaken(wire::TransferTaken { transfer: 1, taken_bytes: 1 });
    let mut bench = sending(F_02, 10);
    for body in [chunk(1, 10), end(1), stopped, chunk(1, 1), end(1), taken] {
        say(&mut bench, body);
    }
    let lesser = policy::sign(&fitting(2, F_17), &signer());
    bench.server(wire::server_to_customer::Body::Policy(lesser));
    assert_eq!(orders(&bench).last(), Some(&FilesOrder::Finish(TransferNo(1), [3; 32])));
    assert_eq!(moved(&bench), []);
    news(&mut bench, FilesNews::Finished(TransferNo(1), "/tmp/보고서.txt".to_owned()));
    assert_eq!(moved(&bench), [(wire::file_moved::State::Finished, String::new())]);
    assert!(matches!(heard(&bench).last(), Some(Body::TransferDone(_))));
}

/// F-02: the disk says what it lacks; the operator is told in its words.
#[test]
fn what_the_disk_says_is_told() {
    let mut bench = sending(F_02, 10);
    say(&mut bench, chunk(1, 10));
    news(&mut bench, FilesNews::Failed(TransferNo(1), "files-disk-full"));
    assert_eq!(whys(&bench), ["files-disk-full"]);
    let exists = FilesNews::Exists { transfer: TransferNo(2), size_bytes: 7, modified_ms: 8 };
    say(&mut bench, send(2, "/tmp", 1));
    news(&mut bench, exists);
    assert!(matches!(heard(&bench).last(), Some(Body::TransferStopped(stopped))
        if (stopped.size_bytes, stopped.modified_ms) == (7, 8) && stopped.why == "files-exists"));
}

/// F-17: no more is read than the console has said to have written, and the digest goes last.
#[test]
fn a_file_goes_no_faster_than_it_is_taken() {
    let mut bench = with_files(F_17);
    say(&mut bench, fetch(1));
    let size_bytes = 3 * limits::FILE_WINDOW_BYTES;
    news(&mut bench, FilesNews::Opened { transfer: TransferNo(1), size_bytes, modified_ms: 4 });
    let mut sent = 0;
    loop {
        let asked: Vec<usize> = orders(&bench)
            .into_iter()
            .filter_map(|order| if let FilesOrder::Read(_, bytes) = order { Some(bytes) } else { None })
            .collect();
        if asked.is_empty() {
            assert_eq!(orders(&bench), [FilesOrder::ReadEnd(TransferNo(1))]);
            break;
        }
        bench.outputs.clear();
        let bytes: usize = asked.iter().sum();
        assert!(bytes as u64 <= limits::FILE_WINDOW_BYTES);
        for bytes in asked {
            news(&mut bench, FilesNews::Read(TransferNo(1), vec![1; bytes].into()));
        }
        sent += bytes as u64;
        say(&mut bench, Body::TransferTaken(wire::TransferTaken { transfer: 1, taken_bytes: sent }));
    }
    assert_eq!(sent, size_bytes);
}

/// F-17: the file is finished when the console has it, not before; and a console that claims more than it got has nothing.
#[test]
fn a_fetch_is_done_when_the_console_has_it() {
    let finished = |said: &[Body]| {
        let mut bench = with_files(F_17);
        say(&mut bench, fetch(1));
        news(&mut bench, FilesNews::Opened { transfer: TransferNo(1), size_bytes: 10, modified_ms: 4 });
        news(&mut bench, FilesNews::Read(TransferNo(1), vec![1; 10].into()));
        assert_eq!(orders(&bench).last(), Some(&FilesOrder::ReadEnd(TransferNo(1))));
        news(&mut bench, FilesNews::ReadAll(TransferNo(1), [3; 32]));
        assert!(
            matches!(heard(&bench).last(), Some(Body::TransferEnd(end)) if end.blake3.as_ref() == [3; 32])
        );
        said.iter().for_each(|body| say(&mut bench, body.clone()));
        moved(&bench)
    };
    let taken = |taken_bytes| Body::TransferTaken(wire::TransferTaken { transfer: 1, taken_bytes });
    let done = || Body::TransferDone(wire::TransferDone { transfer: 1, path: String::new() });
    let stopped = |why: &str| {
        Body::TransferStopped(wire::TransferStopped {
            transfer: 1,
            why: why.to_owned(),
            ..Default::default()
        })
    };
    use wire::file_moved::State;
    assert_eq!(finished(&[taken(10), done()]), [(State::Finished, String::new())]);
    assert_eq!(finished(&[taken(11)]), [(State::Failed, "files-malformed".to_owned())]);
    assert_eq!(finished(&[stopped("files-cancelled")]), [(State::Cancelled, "files-cancelled".to_owned())]);
    assert_eq!(finished(&[stopped("files-digest")]), [(State::Failed, "files-digest".to_owned())]);
}

/// F-17: a file of nothing is a file.
#[test]
fn an_empty_file_goes() {
    let mut bench = with_files(F_17);
    say(&mut bench, fetch(1));
    news(&mut bench, FilesNews::Opened { transfer: TransferNo(1), size_bytes: 0, modified_ms: 4 });
    assert_eq!(orders(&bench).last(), Some(&FilesOrder::ReadEnd(TransferNo(1))));
}

/// F-02: what came waits for the connection to come back, and goes on where it stood.
#[test]
fn a_file_that_comes_goes_on_after_a_lost_connection() {
    let mut bench = sending(F_02, 100 * KIB);
    say(&mut bench, chunk(1, 10_000));
    bench.put(Input::PeerLost { connection: FILES });
    bench.wait(limits::FILES_OFFER_INTERVAL);
    open(&mut bench, ConnectionNo(3));
    bench.outputs.clear();
    say_on(&mut bench, ConnectionNo(3), send(5, "/tmp", 100 * KIB));
    assert!(matches!(heard(&bench).as_slice(), [Body::TransferReady(ready)]
        if (ready.transfer, ready.offset_bytes) == (5, 10_000)));
    say_on(&mut bench, ConnectionNo(3), chunk(5, 10_000));
    assert!(matches!(orders(&bench).as_slice(), [FilesOrder::Write(TransferNo(1), _)]));
}

/// F-02: it does not wait for ever, and nothing half-written is left.
#[test]
fn what_nobody_goes_on_with_is_deleted() {
    let mut bench = sending(F_02, 100 * KIB);
    bench.put(Input::PeerLost { connection: FILES });
    bench.wait(limits::FILE_PARKED - Duration::from_secs(1));
    assert!(!orders(&bench).contains(&FilesOrder::Discard(TransferNo(1))));
    bench.wait(Duration::from_secs(1));
    assert_eq!(orders(&bench).last(), Some(&FilesOrder::Discard(TransferNo(1))));
}

/// F-02: nor does it wait longer without any connection at all, and no moment that is over is waited for.
#[test]
fn what_waits_is_deleted_in_every_state() {
    let lost = || {
        let mut bench = sending(F_02, 100 * KIB);
        bench.put(Input::PeerLost { connection: ConnectionNo(1) });
        bench
    };
    let agreed = lost();
    let mut connecting = lost();
    connecting.wait(limits::FILE_PARKED - Duration::from_secs(1));
    connecting.server(offer(policy::sign(&fitting(2, F_02), &signer())));
    for (mut bench, wait) in [(agreed, limits::FILE_PARKED), (connecting, Duration::from_secs(1))] {
        bench.outputs.clear();
        bench.wait(wait);
        assert_eq!(orders(&bench), [FilesOrder::Discard(TransferNo(1))]);
        let now = bench.now;
        let is_over = |output: &Output| matches!(output, Output::WakeAt(at) if *at <= now);
        assert!(!bench.outputs.iter().any(is_over));
    }
}

/// F-02: Stop ends the connection for files and all that is on it.
#[test]
fn stop_ends_every_transfer() {
    let mut bench = sending(F_02, 100 * KIB);
    bench.put(Input::Stopped);
    assert!(bench.has(|action| *action == Action::ClosePeer { connection: FILES }));
    assert_eq!(orders(&bench).last(), Some(&FilesOrder::Discard(TransferNo(1))));
}

/// Y-1: a policy that allows it no more ends what runs.
#[test]
fn a_lesser_policy_ends_what_it_forbids() {
    let mut bench = sending(F_02, 100 * KIB);
    let lesser = policy::sign(&fitting(2, F_17), &signer());
    bench.server(wire::server_to_customer::Body::Policy(lesser));
    assert_eq!(whys(&bench), ["files-send-forbidden"]);
    assert_eq!(orders(&bench).last(), Some(&FilesOrder::Discard(TransferNo(1))));
    let none = policy::sign(&fitting(3, NO_FILES), &signer());
    bench.server(wire::server_to_customer::Body::Policy(none));
    assert!(bench.has(|action| *action == Action::ClosePeer { connection: FILES }));
}

/// F-16, Y-1: a policy that lets the operator choose no folder any more ends what goes to a chosen one, or may replace
/// something; what F-16 alone allows goes on.
#[test]
fn a_policy_without_changes_ends_what_goes_to_a_chosen_folder() {
    let whys_after = |folder: &str, conflict: Rule| {
        let mut bench = with_files(F_02);
        let Body::SendFile(sent) = send(1, folder, 10) else { panic!("not sent") };
        say(&mut bench, Body::SendFile(wire::SendFile { conflict: conflict.into(), ..sent }));
        news(&mut bench, FilesNews::Created(TransferNo(1), "/tmp/보고서.txt".to_owned()));
        let lesser = policy::sign(&fitting(2, F_16), &signer());
        bench.server(wire::server_to_customer::Body::Policy(lesser));
        whys(&bench)
    };
    assert_eq!(whys_after("/tmp", Rule::KeepBoth), ["files-folder-forbidden"]);
    assert_eq!(whys_after("", Rule::Overwrite), ["files-folder-forbidden"]);
    assert_eq!(whys_after("", Rule::KeepBoth), [""; 0]);
}

/// F-02: what waits is gone on with only for the same place and rule; anything else begins anew.
#[test]
fn a_file_for_another_place_begins_anew() {
    let again = |folder: &str, conflict: Rule| {
        let mut bench = sending(F_02, 100 * KIB);
        bench.put(Input::PeerLost { connection: FILES });
        bench.wait(limits::FILES_OFFER_INTERVAL);
        open(&mut bench, ConnectionNo(3));
        bench.outputs.clear();
        let Body::SendFile(sent) = send(5, folder, 100 * KIB) else { panic!("not sent") };
        let sent = Body::SendFile(wire::SendFile { conflict: conflict.into(), ..sent });
        say_on(&mut bench, ConnectionNo(3), sent);
        orders(&bench).len()
    };
    assert_eq!(again("/tmp", Rule::Overwrite), 0);
    assert_eq!(again("/var", Rule::Overwrite), 1);
    assert_eq!(again("/tmp", Rule::KeepBoth), 1);
}

/// Y-1, F-02: a change that waits for the disk is called off once it is no longer allowed, and at the end; once, and no other.
#[test]
fn changes_that_wait_are_called_off() {
    let delete = || Body::DeleteEntry(wire::DeleteEntry { request: 1, path: "/a".to_owned() });
    let called_off = |bench: &Bench| {
        let is_it = |each: &FilesOrder| matches!(each, FilesOrder::CallOff(_));
        orders(bench).into_iter().filter(is_it).collect::<Vec<_>>()
    };
    let ask_of = |bench: &Bench| match orders(bench).last() {
        Some(FilesOrder::Delete(ask, _) | FilesOrder::MakeFolder { ask, .. }) => *ask,
        other => panic!("{other:?}"),
    };
    let lesser = |bench: &mut Bench| {
        let policy = policy::sign(&fitting(2, F_16), &signer());
        bench.server(wire::server_to_customer::Body::Policy(policy));
        bench.wait(Duration::from_secs(1));
    };
    let mut bench = with_files(F_02);
    say(&mut bench, delete());
    let ask = ask_of(&bench);
    lesser(&mut bench);
    assert_eq!(called_off(&bench), [FilesOrder::CallOff(ask)]);
    news(&mut bench, FilesNews::Changed(ask, Err("files-change-forbidden")));
    assert_eq!(whys(&bench), ["files-change-forbidden"]);

    let mut bench = with_files(F_02);
    say(&mut bench, delete());
    let ask = ask_of(&bench);
    bench.put(Input::Stopped);
    assert_eq!(called_off(&bench), [FilesOrder::CallOff(ask)]);

    // A folder that is sent needs no more than F-16.
    let mut bench = with_files(F_02);
    let target = wire::TransferTarget { folder: String::new(), names: vec!["a".to_owned()], clipboard: 0 };
    let make = wire::MakeFolder { request: 1, target: Some(target), may_exist: true };
    say(&mut bench, Body::MakeFolder(make));
    lesser(&mut bench);
    assert_eq!(called_off(&bench), []);
}

/// F-02: another console has a connection of its own; the earlier one is closed with its session.
#[test]
fn another_console_begins_anew() {
    let mut bench = with_files(F_02);
    bench.server(offer(policy::sign(&fitting(2, F_02), &signer())));
    assert!(bench.has(|action| *action == Action::ClosePeer { connection: FILES }));
    say(&mut bench, send(1, "/tmp", 1));
    assert_eq!(orders(&bench), []);
}

/// F-02: offers follow each other slowly: each opens sockets.
#[test]
fn offers_are_not_taken_as_fast_as_they_come() {
    let mut bench = with_files(F_02);
    bench.console(Channel::Control, wire::peer_message::Body::FilesOffer(files_offer()));
    assert_eq!(bench.refused("files-too-fast"), 1);
    let broken = wire::SessionDescription { sdp: "v=0".to_owned() };
    bench.wait(limits::FILES_OFFER_INTERVAL);
    bench.console(Channel::Control, wire::peer_message::Body::FilesOffer(broken));
    assert_eq!(bench.refused("files-malformed"), 1);
}

/// F-02: paths that are none ask nothing of the disk, and the console hears of it.
#[test]
fn a_hostile_path_reaches_no_disk() {
    let long = "a/".repeat(4_096);
    for path in ["../../etc", "/home/../etc", "relative", "/a\0b", long.as_str()] {
        let mut bench = with_files(F_02);
        say(&mut bench, Body::ListFolder(wire::ListFolder { request: 1, path: path.to_owned() }));
        say(&mut bench, Body::DeleteEntry(wire::DeleteEntry { request: 2, path: path.to_owned() }));
        say(&mut bench, send(3, path, 1));
        assert_eq!(whys(&bench), ["files-name-refused"; 3], "{path:?}");
        assert_eq!(orders(&bench), []);
    }
}

/// F-02: as much as is asked at a time has an end.
#[test]
fn transfers_and_questions_are_bounded() {
    let mut bench = with_files(F_02);
    for request in 0..10 {
        say(&mut bench, Body::ListFolder(wire::ListFolder { request, path: String::new() }));
        say(&mut bench, fetch(request));
    }
    assert_eq!(orders(&bench).len(), limits::FILE_REQUESTS + limits::FILE_TRANSFERS);
    assert!(whys(&bench).iter().all(|why| why == "files-too-many-at-once"));
}

/// F-02: connections that are lost one after the other leave no more files open than one that stays.
#[test]
fn what_waits_is_bounded_too() {
    let mut bench = with_files(F_02);
    let mut connection = FILES;
    for no in 1..=10_u8 {
        let Body::SendFile(sent) = send(u32::from(no), "/tmp", 100) else { panic!("not sent") };
        let sent = wire::SendFile { id: vec![no; 16].into(), ..sent };
        say_on(&mut bench, connection, Body::SendFile(sent));
        news(&mut bench, FilesNews::Created(TransferNo(u64::from(no)), "/tmp/a".to_owned()));
        bench.put(Input::PeerLost { connection });
        bench.wait(limits::FILES_OFFER_INTERVAL);
        connection = ConnectionNo(connection.0 + 1);
        open(&mut bench, connection);
    }
    let begun = orders(&bench).iter().filter(|each| matches!(each, FilesOrder::Create { .. })).count();
    let given_up: Vec<FilesOrder> =
        orders(&bench).into_iter().filter(|each| matches!(each, FilesOrder::Discard(_))).collect();
    assert_eq!(begun, 10);
    let oldest: Vec<FilesOrder> = (1..=6).map(|no| FilesOrder::Discard(TransferNo(no))).collect();
    assert_eq!(given_up, oldest);
    // Gone on with, each keeps its place, and one more is too many.
    for no in 7..=10_u8 {
        let Body::SendFile(sent) = send(u32::from(no), "/tmp", 100) else { panic!("not sent") };
        let sent = wire::SendFile { id: vec![no; 16].into(), ..sent };
        say_on(&mut bench, connection, Body::SendFile(sent));
    }
    let ready = heard(&bench).into_iter().filter(|body| matches!(body, Body::TransferReady(_))).count();
    assert_eq!(ready, 10 + 4);
    say_on(&mut bench, connection, fetch(11));
    assert_eq!(whys(&bench).last().map(String::as_str), Some("files-too-many-at-once"));
}

/// F-02: the record holds a line of every file, so there is an end to files.
#[test]
fn a_session_moves_no_more_than_its_record_holds() {
    let mut bench = with_files(F_02);
    for no in 0..=limits::FILES_OF_SESSION {
        bench.outputs.clear();
        say(&mut bench, fetch(no));
        let no = TransferNo(u64::from(no) + 1);
        news(&mut bench, FilesNews::Failed(no, "files-not-found"));
    }
    assert_eq!(whys(&bench), ["files-too-many"]);
}

/// F-02: a large folder comes in messages that fit, and says when there is more.
#[test]
fn a_listing_comes_in_pages() {
    let mut bench = with_files(F_02);
    say(&mut bench, Body::ListFolder(wire::ListFolder { request: 7, path: "/big".to_owned() }));
    let orders = orders(&bench);
    let [FilesOrder::List(ask, Some(path))] = orders.as_slice() else { panic!("{orders:?}") };
    assert_eq!(path.as_str(), "/big");
    let entry = |n: usize| FolderEntry {
        name: format!("{n}{}", "가".repeat(80)),
        kind: EntryKind::File,
        size_bytes: 1 << 40,
        modified_ms: 1 << 41,
        link: false,
        place: "",
    };
    let entries: Vec<FolderEntry> = (0..limits::FOLDER_ENTRIES).map(entry).collect();
    let listing = Listing { entries, writable: true, ..Listing::default() };
    news(&mut bench, FilesNews::Listed(*ask, Ok(listing)));
    let pages: Vec<wire::FolderPage> = heard(&bench)
        .into_iter()
        .filter_map(|body| if let Body::FolderPage(page) = body { Some(page) } else { None })
        .collect();
    let told: usize = pages.iter().map(|page| page.entries.len()).sum();
    let bytes: usize = pages.iter().map(prost::Message::encoded_len).sum();
    assert!(pages.iter().all(|page| page.request == 7));
    assert_eq!(pages.iter().filter(|page| page.last).count(), 1);
    assert!(pages.last().unwrap().cut && pages.last().unwrap().writable);
    assert!(told < limits::FOLDER_ENTRIES && bytes <= limits::FOLDER_BYTES + 64 * 1024);
}

/// F-02: what the operator changed stands in the record; what was so already does not.
#[test]
fn changes_are_reported_once_they_are_made() {
    let mut bench = with_files(F_02);
    let changes = |bench: &Bench| {
        let of = |body: &wire::customer_to_server::Body| match body {
            wire::customer_to_server::Body::Event(event) => match &event.kind {
                Some(wire::event::Kind::FileChanged(changed)) => Some((changed.what(), changed.path.clone())),
                _ => None,
            },
            _ => None,
        };
        bench.to_server().iter().filter_map(of).collect::<Vec<_>>()
    };
    let mut change = |body: Body, done| {
        say(&mut bench, body);
        let ask = match orders(&bench).last() {
            Some(FilesOrder::Delete(ask, _) | FilesOrder::MakeFolder { ask, .. }) => *ask,
            other => panic!("{other:?}"),
        };
        news(&mut bench, FilesNews::Changed(ask, done));
    };
    let delete = |path: &str| Body::DeleteEntry(wire::DeleteEntry { request: 1, path: path.to_owned() });
    change(delete("/tmp/a"), Err("files-denied"));
    change(delete("/tmp/b"), Ok(Change::Made));
    change(delete("/tmp/d"), Ok(Change::InPart("files-protected")));
    let target =
        wire::TransferTarget { folder: "/tmp".to_owned(), names: vec!["c".to_owned()], clipboard: 0 };
    let make = || wire::MakeFolder { request: 2, target: Some(target.clone()), may_exist: true };
    change(Body::MakeFolder(make()), Ok(Change::None));
    change(Body::MakeFolder(make()), Ok(Change::Made));
    use wire::file_changed::What;
    assert_eq!(
        changes(&bench),
        [
            (What::Deleted, "/tmp/b".to_owned()),
            (What::DeletedInPart, "/tmp/d".to_owned()),
            (What::FolderMade, "/tmp/c".to_owned())
        ]
    );
    assert_eq!(whys(&bench), ["files-denied", "", "files-protected", "", ""]);
}
