//! The remote printer (S-12): offered under policy and consent alone, documents told and handed over once, and nothing left.

use std::time::Duration;

use bytes::Bytes;
use protocol::{Permissions, Right, limits, policy, wire};
use wire::{
    document_printed::State as Line, files_message::Body, printed_document::State as Told,
    printer_state::State,
};

use super::bench::{Bench, EVERYTHING, fitting, offer, signer};
use super::files::{heard, news, say, with_files_of as with_files};
use crate::customer::{
    Action, Channel, ConnectionNo, DocumentNo, FilesNews, FilesOrder, Input, PrinterInput, PrinterOrder,
    PrinterView, TransferNo, View,
};

const FIRST: DocumentNo = DocumentNo(1);
const NO_PRINTER: Permissions = Permissions { print: false, ..EVERYTHING };

fn orders(bench: &Bench) -> Vec<PrinterOrder> {
    let of = |action: &Action| if let Action::Printer(order) = action { Some(*order) } else { None };
    bench.actions().into_iter().filter_map(of).collect()
}

fn put(bench: &mut Bench, input: PrinterInput) {
    bench.put(Input::Printer(input));
}

fn offered(bench: &mut Bench) {
    put(bench, PrinterInput::Offered(1, "Beside-1".to_owned()));
}

fn arrives(bench: &mut Bench, no: u32, name: &str) {
    put(bench, PrinterInput::Arriving { document: DocumentNo(no), name: name.to_owned(), size_bytes: 0 });
}

fn arrived(bench: &mut Bench, no: u32) {
    put(bench, PrinterInput::Arrived { document: DocumentNo(no), pages: 3, size_bytes: 9 });
}

/// What the console was told: of the printer, and of documents.
fn told(bench: &Bench) -> (Vec<State>, Vec<(u32, Told)>) {
    let (mut states, mut documents) = (Vec::new(), Vec::new());
    for body in bench.to_console_on_control() {
        let wire::peer_message::Body::PrinterNews(news) = body else { continue };
        match news.news {
            Some(wire::printer_news::News::State(state)) => states.push(state.state()),
            Some(wire::printer_news::News::Document(printed)) => {
                documents.push((printed.document, printed.state()));
            }
            None => {}
        }
    }
    (states, documents)
}

/// The record's lines: the printer on or off, and what became of documents.
fn lines(bench: &Bench) -> (Vec<bool>, Vec<(String, Line)>) {
    let (mut printer, mut documents) = (Vec::new(), Vec::new());
    for body in bench.to_server() {
        let wire::customer_to_server::Body::Event(event) = body else { continue };
        match event.kind {
            Some(wire::event::Kind::PrinterChanged(changed)) => printer.push(changed.on),
            Some(wire::event::Kind::DocumentPrinted(printed)) => {
                let state = printed.state();
                documents.push((printed.name, state));
            }
            _ => {}
        }
    }
    (printer, documents)
}

fn set_printer(bench: &mut Bench, on: bool) {
    bench.console(Channel::Control, wire::peer_message::Body::SetPrinter(wire::SetPrinter { on }));
}

fn fetch(bench: &mut Bench, document: u32) {
    let id = Bytes::from_static(&[9; 16]);
    say(bench, Body::FetchPrinted(wire::FetchPrinted { transfer: 1, id, document, ..Default::default() }));
}

#[test]
fn the_printer_is_offered_after_consent_and_gone_at_the_end() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    assert_eq!(orders(&bench), [PrinterOrder::Offer(1)]);
    offered(&mut bench);
    let View::Sharing { printer, .. } = bench.view() else { panic!("not shared") };
    assert_eq!(printer, PrinterView::On);
    bench.put(Input::Stopped);
    assert_eq!(orders(&bench).last(), Some(&PrinterOrder::Withdraw));
    assert_eq!((told(&bench).0, lines(&bench).0), (vec![State::Starting, State::On], vec![true, false]));
}

/// Y-1: what policy or customer do not allow, no console has, whatever it asks.
#[test]
fn no_printer_is_offered_where_it_is_forbidden() {
    for (chosen, permissions) in [(EVERYTHING, NO_PRINTER), (NO_PRINTER, EVERYTHING)] {
        let mut bench = with_files(chosen, permissions);
        set_printer(&mut bench, true);
        fetch(&mut bench, 1);
        bench.wait(limits::REFUSAL_REPORT);
        assert_eq!((orders(&bench), told(&bench)), (vec![], (vec![], vec![])));
        assert_eq!((bench.refused("printer-forbidden"), bench.refused("files-print-forbidden")), (1, 1));
        assert!(
            matches!(heard(&bench).last(), Some(Body::TransferStopped(stopped)) if stopped.why == "files-print-forbidden")
        );
    }
    assert_eq!(orders(&Bench::agreed(EVERYTHING, EVERYTHING)), [], "before there is a policy");
}

#[test]
fn a_document_is_told_fetched_and_forgotten() {
    let mut bench = with_files(EVERYTHING, EVERYTHING);
    offered(&mut bench);
    arrives(&mut bench, 1, "보고서\u{202e}.pdf");
    fetch(&mut bench, 1);
    assert!(
        matches!(heard(&bench).last(), Some(Body::TransferStopped(stopped)) if stopped.why == "files-not-found")
    );
    arrived(&mut bench, 1);
    assert_eq!(told(&bench).1, [(1, Told::Arriving), (1, Told::Ready)]);
    fetch(&mut bench, 1);
    let is_opened = |action: &Action| {
        matches!(action, Action::Files(FilesOrder::OpenPrinted { document: FIRST, resume: None, .. }))
    };
    assert!(bench.has(is_opened));
    let transfer = TransferNo(1);
    news(&mut bench, FilesNews::Opened { transfer, size_bytes: 9, modified_ms: 1 });
    news(&mut bench, FilesNews::Read(transfer, Bytes::from_static(b"%PDF-1.4\n")));
    news(&mut bench, FilesNews::ReadAll(transfer, [5; 32]));
    say(&mut bench, Body::TransferDone(wire::TransferDone { transfer: 1, path: String::new() }));
    assert_eq!(orders(&bench).last(), Some(&PrinterOrder::Forget(FIRST)));
    assert_eq!(lines(&bench).1, [("보고서\u{fffd}.pdf".to_owned(), Line::Delivered)]);
    let moved = |body: &wire::customer_to_server::Body| matches!(body, wire::customer_to_server::Body::Event(event) if matches!(event.kind, Some(wire::event::Kind::FileMoved(_))));
    assert!(!bench.to_server().iter().any(moved), "it has a line of its own");
    fetch(&mut bench, 1);
    assert!(
        matches!(heard(&bench).last(), Some(Body::TransferStopped(stopped)) if stopped.why == "files-not-found")
    );
}

/// a pause holds documents back, and what goes on goes on with them.
#[test]
fn a_pause_holds_documents() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    offered(&mut bench);
    bench.put(Input::Paused(true));
    arrives(&mut bench, 1, "a");
    arrived(&mut bench, 1);
    set_printer(&mut bench, false);
    assert_eq!(told(&bench).1, []);
    assert_eq!(orders(&bench), [PrinterOrder::Offer(1)], "the printer stays");
    bench.put(Input::Paused(false));
    assert_eq!(told(&bench).1, [(1, Told::Ready)]);
}

/// taken back, the printer is gone, and what nobody has fetched goes nowhere.
#[test]
fn a_right_that_is_taken_back_takes_printer_and_documents() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    offered(&mut bench);
    arrives(&mut bench, 1, "a");
    arrived(&mut bench, 1);
    bench.put(Input::RightSet { right: Right::Print, on: false });
    assert_eq!(orders(&bench)[1..], [PrinterOrder::Forget(FIRST), PrinterOrder::Withdraw]);
    assert_eq!(lines(&bench).1, [("a".to_owned(), Line::Lost)]);
    assert_eq!(told(&bench).0.last(), Some(&State::Off));
    bench.put(Input::RightSet { right: Right::Print, on: true });
    assert_eq!(orders(&bench).last(), Some(&PrinterOrder::Offer(2)));
    // What an earlier one still says is nothing.
    offered(&mut bench);
    assert_eq!(told(&bench).0.last(), Some(&State::Starting));
    arrives(&mut bench, 2, "b");
    assert_eq!(orders(&bench).last(), Some(&PrinterOrder::Forget(DocumentNo(2))));
}

#[test]
fn the_operator_turns_it_off_and_on() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    offered(&mut bench);
    set_printer(&mut bench, false);
    set_printer(&mut bench, true);
    assert_eq!(orders(&bench), [PrinterOrder::Offer(1), PrinterOrder::Withdraw, PrinterOrder::Offer(2)]);
    put(&mut bench, PrinterInput::Unavailable(2, "printer-no-cups"));
    assert_eq!(told(&bench).0.last(), Some(&State::Unavailable));
    set_printer(&mut bench, true);
    assert_eq!(orders(&bench).last(), Some(&PrinterOrder::Offer(3)), "asked for again, it is tried again");
    (0..9).for_each(|_| set_printer(&mut bench, false));
    bench.wait(Duration::from_secs(1));
    assert!(0 < bench.refused("printer-too-fast"));
}

/// a lost connection changes nothing at the customer's, and the next console hears what waits.
#[test]
fn the_printer_outlives_a_connection() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    offered(&mut bench);
    arrives(&mut bench, 1, "a");
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    arrived(&mut bench, 1);
    assert_eq!(orders(&bench), [PrinterOrder::Offer(1)]);
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    assert_eq!(told(&bench).1, [(1, Told::Arriving), (1, Told::Ready)]);
    assert_eq!(told(&bench).0.last(), Some(&State::On));
}

/// So many wait, and no more are taken until one is gone.
#[test]
fn documents_are_bounded() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    offered(&mut bench);
    for no in 1..=u32::try_from(limits::PRINTS_WAITING).unwrap() {
        arrives(&mut bench, no, "a");
    }
    assert_eq!(orders(&bench).last(), Some(&PrinterOrder::Room(false)));
    arrives(&mut bench, 99, "b");
    assert_eq!(orders(&bench).last(), Some(&PrinterOrder::Forget(DocumentNo(99))));
    put(&mut bench, PrinterInput::Gone(FIRST, "print-cancelled"));
    assert_eq!(orders(&bench).last(), Some(&PrinterOrder::Room(true)));
    assert_eq!(lines(&bench).1, [("a".to_owned(), Line::Lost)]);
}
