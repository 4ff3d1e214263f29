//! The clipboard (S-11): in the directions in which files may go, while customer and operator want it, and never in the record.

use bytes::Bytes;
use protocol::{
    Permissions, Right,
    clipboard::{Clip, ClipKind},
    limits, wire,
};
use wire::clip::What;

use super::bench::{Bench, EVERYTHING};
use crate::customer::{
    Action, Channel, ClipboardNews, ClipboardOrder, ConnectionNo, CopiedFile, CopiedFiles, Input, PutNo,
    Puttable,
};

const F_16: Permissions =
    Permissions { fetch_files: false, browse_files: false, change_files: false, ..EVERYTHING };
const F_17: Permissions = Permissions { send_files: false, change_files: false, ..EVERYTHING };
const WITHOUT: Permissions = Permissions { share_clipboard: false, ..EVERYTHING };

fn says(bench: &mut Bench, what: What) {
    let clip = wire::Clip { what: Some(what) };
    bench.console(Channel::Control, wire::peer_message::Body::Clip(clip));
}

fn shares(bench: &mut Bench, on: bool) {
    says(bench, What::Share(wire::ClipShare { on }));
}

fn begin(id: u32, kind: wire::clip_begin::Kind, size_bytes: u64) -> What {
    What::Begin(wire::ClipBegin { id, kind: kind.into(), size_bytes })
}

fn part(id: u32, bytes: &[u8]) -> What {
    What::Part(wire::ClipPart { id, bytes: Bytes::copy_from_slice(bytes) })
}

fn pastes(bench: &mut Bench, id: u32, text: &str) {
    says(bench, begin(id, wire::clip_begin::Kind::Text, text.len() as u64));
    says(bench, part(id, text.as_bytes()));
}

fn text(text: &str) -> ClipboardNews {
    ClipboardNews::Copied(Clip::Text(text.to_owned()))
}

fn copies(bench: &mut Bench, news: ClipboardNews) {
    bench.put(Input::Clipboard(news));
}

fn orders(bench: &Bench) -> Vec<ClipboardOrder> {
    let of = |action: &Action| if let Action::Clipboard(order) = action { Some(order.clone()) } else { None };
    bench.actions().into_iter().filter_map(of).collect()
}

fn heard(bench: &Bench) -> Vec<What> {
    let of = |body| if let wire::peer_message::Body::Clip(clip) = body { clip.what } else { None };
    bench.to_console().into_iter().filter_map(of).collect()
}

fn problems(bench: &Bench) -> Vec<String> {
    let of = |what| match what {
        What::Taken(taken) if !taken.problem.is_empty() => Some(taken.problem),
        _ => None,
    };
    heard(bench).into_iter().filter_map(of).collect()
}

fn recorded(bench: &Bench) -> Vec<wire::ClipboardMoved> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(wire::event::Kind::ClipboardMoved(moved)) => Some(moved),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

/// The text is there before the console hears of it, so that what it pastes then is the new one; the record has its size.
#[test]
fn what_the_operator_pastes_is_put_there_and_confirmed() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    pastes(&mut bench, 1, "붙여넣기");
    let put = Puttable::Clip(Clip::Text("붙여넣기".to_owned()));
    assert_eq!(orders(&bench), [ClipboardOrder::Put(PutNo(1), put)]);
    assert!(heard(&bench).is_empty() && recorded(&bench).is_empty());
    copies(&mut bench, ClipboardNews::Put(PutNo(1), Ok(())));
    assert_eq!(heard(&bench), [What::Taken(wire::ClipTaken { id: 1, done: true, ..Default::default() })]);
    let line = recorded(&bench).pop().unwrap();
    assert!(line.to_customer && line.size_bytes == 12 && line.names.is_empty(), "{line:?}");
    copies(&mut bench, ClipboardNews::Put(PutNo(1), Ok(())));
    assert_eq!(recorded(&bench).len(), 1);
}

/// S-11 off, F-17 alone, S-07, a pause: nothing reaches the customer's clipboard, whatever the console sends.
#[test]
fn nothing_is_put_there_without_the_right() {
    let paused = |bench: &mut Bench| bench.put(Input::Paused(true));
    let taken_back = |bench: &mut Bench| bench.put(Input::RightSet { right: Right::SendFiles, on: false });
    let nothing = |_: &mut Bench| {};
    type Case<'a> = (Permissions, &'a dyn Fn(&mut Bench), &'static str);
    let cases: [Case<'_>; 5] = [
        (WITHOUT, &nothing, "clipboard-forbidden"),
        (F_17, &nothing, "clipboard-forbidden"),
        (EVERYTHING.view_only(), &nothing, "clipboard-forbidden"),
        (EVERYTHING, &taken_back, "clipboard-forbidden"),
        (EVERYTHING, &paused, "clipboard-paused"),
    ];
    for (permissions, change, problem) in cases {
        let mut bench = Bench::sharing(EVERYTHING, permissions);
        change(&mut bench);
        pastes(&mut bench, 1, "text");
        says(&mut bench, What::Place(wire::ClipPlace { batch: 2 }));
        bench.wait(limits::REFUSAL_REPORT);
        assert!(orders(&bench).is_empty(), "{problem}");
        assert_eq!(problems(&bench), [problem, problem]);
        assert_eq!(bench.refused(problem), 2);
    }
}

/// S-11: what the customer copies is told while policy, customer and operator want it, and not a moment longer.
#[test]
fn what_the_customer_copies_is_told_while_it_may_be() {
    let mut bench = Bench::sharing(EVERYTHING, F_17);
    copies(&mut bench, text("before the switch"));
    assert!(orders(&bench).is_empty() && heard(&bench).is_empty());
    shares(&mut bench, true);
    assert_eq!(orders(&bench), [ClipboardOrder::Watch(true)]);
    copies(&mut bench, text("복사"));
    let id = 1;
    let expected = [begin(id, wire::clip_begin::Kind::Text, 6), part(id, "복사".as_bytes())];
    assert_eq!(heard(&bench), expected);
    let line = recorded(&bench).pop().unwrap();
    assert!(!line.to_customer && line.size_bytes == 6, "{line:?}");
    bench.put(Input::Paused(true));
    assert_eq!(orders(&bench).last(), Some(&ClipboardOrder::Watch(false)));
    copies(&mut bench, text("in the pause"));
    bench.put(Input::Paused(false));
    bench.put(Input::RightSet { right: Right::Clipboard, on: false });
    copies(&mut bench, text("with the customer's switch off"));
    bench.put(Input::RightSet { right: Right::Clipboard, on: true });
    shares(&mut bench, false);
    copies(&mut bench, text("with the operator's switch off"));
    assert_eq!(heard(&bench), expected);
    assert_eq!(recorded(&bench).len(), 1);
}

/// S-11: a console that asks for it without the right has nothing read.
#[test]
fn nothing_is_read_without_the_right() {
    for permissions in [WITHOUT, F_16] {
        let mut bench = Bench::sharing(EVERYTHING, permissions);
        shares(&mut bench, true);
        copies(&mut bench, text("secret"));
        let files =
            vec![CopiedFile { path: "/a".to_owned(), is_folder: false, size_bytes: 1, modified_ms: 0 }];
        copies(&mut bench, ClipboardNews::CopiedFiles(CopiedFiles { files, more: 0 }));
        assert!(orders(&bench).is_empty() && heard(&bench).is_empty() && recorded(&bench).is_empty());
    }
}

/// Before the customer's Yes, and on a connection that is gone, there is nothing to read for.
#[test]
fn nothing_is_read_before_consent_or_after_the_connection() {
    let mut bench = Bench::asking(EVERYTHING);
    shares(&mut bench, true);
    copies(&mut bench, text("before"));
    assert!(orders(&bench).is_empty() && heard(&bench).is_empty());
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    shares(&mut bench, true);
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    assert_eq!(orders(&bench).last(), Some(&ClipboardOrder::Watch(false)));
    copies(&mut bench, text("after"));
    assert!(heard(&bench).is_empty());
}

/// A picture does not stand in the way of what is typed: a window of it is on its way.
#[test]
fn a_large_picture_goes_a_window_at_a_time() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    shares(&mut bench, true);
    let picture = Bytes::from(vec![7; 300_000]);
    copies(&mut bench, ClipboardNews::Copied(Clip::Picture(picture.clone())));
    let arrived = |bench: &Bench| -> Vec<u8> {
        let of = |what| if let What::Part(part) = what { Some(part.bytes) } else { None };
        heard(bench).into_iter().filter_map(of).flatten().collect()
    };
    let first = arrived(&bench).len() as u64;
    assert!(limits::CLIP_WINDOW_BYTES / 2 < first && first <= limits::CLIP_WINDOW_BYTES, "{first}");
    for taken_bytes in [first, 1 << 60, 0, 200_000, 300_000] {
        says(&mut bench, What::Taken(wire::ClipTaken { id: 1, taken_bytes, ..Default::default() }));
    }
    assert_eq!(arrived(&bench), picture);
    copies(&mut bench, ClipboardNews::TooLarge(ClipKind::Picture, 0));
    let Some(What::Begin(begun)) = heard(&bench).pop() else { panic!("not told") };
    assert!(limits::CLIP_PICTURE_BYTES < begun.size_bytes);
}

/// Sizes that are claimed, cut off or exceeded, and floods: bounded and told.
#[test]
fn what_is_no_clip_is_refused() {
    use wire::clip_begin::Kind;
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    says(&mut bench, begin(1, Kind::Text, limits::CLIP_TEXT_BYTES + 1));
    says(&mut bench, begin(2, Kind::Picture, 1 << 63));
    says(&mut bench, begin(3, Kind::Text, 2));
    says(&mut bench, part(3, b"more"));
    says(&mut bench, begin(4, Kind::Text, 1));
    says(&mut bench, part(4, &[0xff]));
    says(&mut bench, begin(5, Kind::Picture, 6));
    says(&mut bench, part(5, b"GIF89a"));
    says(&mut bench, What::Place(wire::ClipPlace { batch: 6 }));
    let (large, malformed) = ("clipboard-too-large", "clipboard-malformed");
    assert_eq!(problems(&bench), [large, large, malformed, malformed, malformed, "clipboard-no-files"]);
    for id in 10..40 {
        says(&mut bench, begin(id, Kind::Text, 9));
    }
    assert_eq!(problems(&bench).last().map(String::as_str), Some("clipboard-too-fast"));
    assert!(orders(&bench).is_empty());
}

/// A program that copies in a circle fills no record.
#[test]
fn a_flood_of_copies_is_cut() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    shares(&mut bench, true);
    for at in 0..100 {
        copies(&mut bench, text(&at.to_string()));
    }
    bench.wait(limits::REFUSAL_REPORT);
    assert_eq!(recorded(&bench).len(), limits::CLIPS as usize);
    assert_eq!(bench.refused("clipboard-copied-too-fast"), 100 - limits::CLIPS);
}

/// The names of files are in the record, bounded, and what they are called is all that is said of them.
#[test]
fn files_that_the_customer_copied_are_offered() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    shares(&mut bench, true);
    let file = |at: u32| CopiedFile {
        path: format!("/home/김/{at}-{}", "가".repeat(60)),
        is_folder: false,
        size_bytes: 2,
        modified_ms: 5,
    };
    copies(
        &mut bench,
        ClipboardNews::CopiedFiles(CopiedFiles { files: (0..90).map(file).collect(), more: 7 }),
    );
    let Some(What::Files(told)) = heard(&bench).pop() else { panic!("not offered") };
    assert_eq!(told.files.len() + told.more as usize, 97);
    assert!(!told.files.is_empty());
    let line = recorded(&bench).pop().unwrap();
    assert_eq!((line.names.len(), line.count, line.size_bytes), (limits::CLIP_NAMES, 97, 180));
    assert!(line.names.iter().all(|name| !name.contains('/')), "{line:?}");
}
