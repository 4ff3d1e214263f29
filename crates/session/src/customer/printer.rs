//! The remote printer (S-12): offered to the customer's system while policy and customer allow it, and what is printed there told
//! to the console, which fetches it on the connection for files. A pause holds documents back; nothing else is asked of them.
//!
//! Not here: the printer itself and the documents' bytes, which the shell has ([`PrinterOrder`], [`PrinterInput`]).

use bytes::Bytes;
use protocol::{limits, text, wire};
use wire::{document_printed::State as Line, peer_message::Body, printed_document::State as Told};

use super::{Action, ConnectionNo, Customer, pace::Pace, state::State};
use crate::Timestamp;

/// While a document comes, the console hears of it after so many bytes.
const TELL_BYTES: u64 = 512 * 1024;

/// Numbers the documents of one run, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNo(pub u32);

/// What is to be done with the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrinterOrder {
    /// Offer it to the customer's system. Answered by [`PrinterInput::Offered`] or [`PrinterInput::Unavailable`] of this number.
    Offer(u64),
    /// It is gone from there, and what still comes is given up.
    Withdraw,
    /// Nothing of this document is kept.
    Forget(DocumentNo),
    /// Whether one more document is taken.
    Room(bool),
}

/// What the shell tells of the printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterInput {
    /// The customer can print on it, under this name.
    Offered(u64, String),
    /// The customer's system does not take it, or not any more: what it lacks, kebab-case.
    Unavailable(u64, &'static str),
    /// A document comes, and so much of it is there.
    Arriving {
        /// Which.
        document: DocumentNo,
        /// As the program calls it that prints.
        name: String,
        /// As PDF.
        size_bytes: u64,
    },
    /// A document is whole.
    Arrived {
        /// Which.
        document: DocumentNo,
        /// 0: not known.
        pages: u32,
        /// As PDF.
        size_bytes: u64,
    },
    /// A document that came comes no more; why, kebab-case.
    Gone(DocumentNo, &'static str),
    /// A program asks which printer this is (PWG 5100.13 §4.4): the bar says so.
    Identify,
}

/// The printer as the bar shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrinterView {
    /// There is none.
    #[default]
    Off,
    /// The customer can print on it.
    On,
    /// A document comes, or is on its way to the operator.
    Busy,
    /// The customer's system does not take it.
    Unavailable,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Off,
    Starting,
    On(String),
    Unavailable(&'static str),
}

#[derive(Debug)]
struct Document {
    no: DocumentNo,
    name: String,
    pages: u32,
    size_bytes: u64,
    state: Told,
    why: &'static str,
    /// What the console of this connection was told.
    told: Option<(ConnectionNo, Told, u64)>,
}

/// Everything about printing in one session; outlives its connections.
#[derive(Debug, Default)]
pub(super) struct Printing {
    stage: Stage,
    /// The operator turned it off.
    is_unwanted: bool,
    turns: Pace,
    /// How often it was offered.
    run: u64,
    told: Option<(ConnectionNo, Stage)>,
    documents: Vec<Document>,
    /// Documents that came so far.
    printed: u32,
    /// The printer was told that there is no room.
    is_full: bool,
}

impl Printing {
    /// The document of this number, if it can be fetched.
    pub(super) fn ready(&self, document: u32) -> Option<DocumentNo> {
        let is_meant = |each: &&Document| each.no.0 == document && each.state == Told::Ready;
        self.documents.iter().find(is_meant).map(|each| each.no)
    }

    pub(super) fn view(&self) -> PrinterView {
        match &self.stage {
            Stage::Off | Stage::Starting => PrinterView::Off,
            Stage::On(_) if self.documents.iter().any(|document| document.state != Told::Gone) => {
                PrinterView::Busy
            }
            Stage::On(_) => PrinterView::On,
            Stage::Unavailable(_) => PrinterView::Unavailable,
        }
    }

    fn of(&mut self, no: DocumentNo) -> Option<&mut Document> {
        self.documents.iter_mut().find(|document| document.no == no)
    }

    fn has_room(&self) -> bool {
        let waiting = || self.documents.iter().filter(|document| document.state != Told::Gone);
        let bytes: u64 = waiting().map(|document| document.size_bytes).sum();
        waiting().count() < limits::PRINTS_WAITING
            && bytes < limits::PRINTS_WAITING_BYTES
            && self.printed < limits::PRINTS_OF_SESSION
    }
}

impl Customer {
    /// The operator turns the printer off or on.
    pub(super) fn set_printer(&mut self, now: Timestamp, on: bool) {
        let State::Sharing(sharing) = &self.state else { return };
        if !sharing.granted().print {
            return self.out.refuse("printer-forbidden");
        }
        if sharing.consent.is_paused() {
            return self.out.refuse("printer-paused");
        }
        if !self.printing.turns.has_room(now, limits::PRINTER_TURNS, limits::PRINTER_WINDOW) {
            return self.out.refuse("printer-too-fast");
        }
        self.printing.is_unwanted = !on;
        // Asked for again, it is tried again.
        if on && matches!(self.printing.stage, Stage::Unavailable(_)) {
            self.printing.stage = Stage::Off;
        }
    }

    pub(super) fn printer_input(&mut self, now: Timestamp, input: PrinterInput) {
        match input {
            PrinterInput::Offered(run, name) => self.printer_offered(now, run, name),
            PrinterInput::Unavailable(run, what) => self.printer_unavailable(now, run, what),
            PrinterInput::Arriving { document, name, size_bytes } => {
                self.document_arrives(document, &name, size_bytes);
            }
            PrinterInput::Arrived { document, pages, size_bytes } => match self.printing.of(document) {
                Some(known) => {
                    (known.state, known.pages, known.size_bytes) = (Told::Ready, pages, size_bytes)
                }
                None => self.out.act(Action::Printer(PrinterOrder::Forget(document))),
            },
            PrinterInput::Gone(document, why) => self.document_gone(now, document, why),
            PrinterInput::Identify => {
                if let Stage::On(name) = &self.printing.stage {
                    self.out.act(Action::ShowPrinter(name.clone()));
                }
            }
        }
    }

    fn printer_offered(&mut self, now: Timestamp, run: u64, name: String) {
        if run != self.printing.run || self.printing.stage != Stage::Starting {
            return;
        }
        let name = text::line(&name, limits::NAME_CHARS);
        self.report_printer(now, true, name.clone());
        self.printing.stage = Stage::On(name);
    }

    fn printer_unavailable(&mut self, now: Timestamp, run: u64, what: &'static str) {
        if run != self.printing.run || matches!(self.printing.stage, Stage::Off | Stage::Unavailable(_)) {
            return;
        }
        if matches!(self.printing.stage, Stage::On(_)) {
            self.report_printer(now, false, String::new());
        }
        let unsupported = wire::Unsupported { what: what.to_owned() };
        self.out.report(now, wire::event::Kind::Unsupported(unsupported));
        self.out.act(Action::Printer(PrinterOrder::Withdraw));
        self.printing.stage = Stage::Unavailable(what);
    }

    fn document_arrives(&mut self, no: DocumentNo, name: &str, size_bytes: u64) {
        if let Some(known) = self.printing.of(no) {
            known.size_bytes = size_bytes;
            return;
        }
        // What the printer took when nobody wanted it any more is nobody's.
        if !matches!(self.printing.stage, Stage::On(_)) || !self.printing.has_room() {
            return self.out.act(Action::Printer(PrinterOrder::Forget(no)));
        }
        self.printing.printed = self.printing.printed.saturating_add(1);
        self.printing.documents.push(Document {
            no,
            name: text::line(name, limits::PRINT_NAME_CHARS),
            pages: 0,
            size_bytes,
            state: Told::Arriving,
            why: "",
            told: None,
        });
    }

    fn document_gone(&mut self, now: Timestamp, no: DocumentNo, why: &'static str) {
        let Some(document) = self.printing.of(no) else { return };
        (document.state, document.why) = (Told::Gone, why);
        let line = line(document, if why == CANCELLED { Line::Lost } else { Line::Failed });
        self.out.report(now, wire::event::Kind::DocumentPrinted(line));
    }

    /// What follows of any change: the printer is there or not, and the console knows of it and of what is printed.
    pub(super) fn printer_within_permissions(&mut self, now: Timestamp) {
        for (document, digest) in self.files.take_delivered() {
            self.document_delivered(now, document, &digest);
        }
        let is_there = self.printing.stage != Stage::Off;
        let is_ended = matches!(self.state, State::Ended(_));
        let may = match &self.state {
            State::Sharing(sharing) => sharing.granted().print,
            // A connection that comes back finds it as it was.
            State::Agreed(_, consent) => is_there && consent.permissions().print,
            State::Connecting(connecting) => is_there && connecting.consent.permissions().print,
            _ => false,
        };
        if !may {
            self.lose_documents(now);
        }
        if may && !self.printing.is_unwanted && !is_there {
            self.printing.run += 1;
            self.printing.stage = Stage::Starting;
            self.out.act(Action::Printer(PrinterOrder::Offer(self.printing.run)));
        } else if is_there && (!may || self.printing.is_unwanted) {
            if matches!(self.printing.stage, Stage::On(_)) {
                self.report_printer(now, false, String::new());
            }
            self.printing.stage = Stage::Off;
            self.out.act(Action::Printer(PrinterOrder::Withdraw));
        }
        let is_full = !self.printing.has_room();
        if is_full != self.printing.is_full && !is_ended {
            self.printing.is_full = is_full;
            self.out.act(Action::Printer(PrinterOrder::Room(!is_full)));
        }
        self.tell_printer();
        self.tell_documents();
    }

    /// They go nowhere any more.
    fn lose_documents(&mut self, now: Timestamp) {
        for document in std::mem::take(&mut self.printing.documents) {
            if document.state != Told::Gone {
                self.out.act(Action::Printer(PrinterOrder::Forget(document.no)));
                self.out.report(now, wire::event::Kind::DocumentPrinted(line(&document, Line::Lost)));
            }
        }
    }

    fn document_delivered(&mut self, now: Timestamp, no: DocumentNo, digest: &[u8; 32]) {
        let Some(document) = self.printing.of(no) else { return };
        let blake3 = Bytes::copy_from_slice(digest);
        let line = wire::DocumentPrinted { blake3, ..line(document, Line::Delivered) };
        self.out.report(now, wire::event::Kind::DocumentPrinted(line));
        self.printing.documents.retain(|document| document.no != no);
        self.out.act(Action::Printer(PrinterOrder::Forget(no)));
    }

    fn tell_printer(&mut self) {
        let State::Sharing(sharing) = &self.state else { return };
        let connection = sharing.connection;
        let before = self.printing.told.as_ref().filter(|(told, _)| *told == connection);
        let stage = &self.printing.stage;
        // Where it is not allowed and never was, there is nothing to say.
        let is_news = before.map_or(sharing.granted().print, |(_, told)| told != stage);
        if !is_news {
            return;
        }
        self.printing.told = Some((connection, stage.clone()));
        let state = wire_state(stage);
        self.tell(Body::PrinterNews(wire::PrinterNews {
            news: Some(wire::printer_news::News::State(state)),
        }));
    }

    fn tell_documents(&mut self) {
        let State::Sharing(sharing) = &self.state else { return };
        if !sharing.permissions().print {
            return;
        }
        let connection = sharing.connection;
        let is_news = |document: &Document| match document.told.filter(|(told, ..)| *told == connection) {
            None => document.state != Told::Gone || document.told.is_some(),
            Some((_, state, bytes)) => {
                state != document.state || bytes.saturating_add(TELL_BYTES) <= document.size_bytes
            }
        };
        let mut news = Vec::new();
        for document in self.printing.documents.iter_mut().filter(|document| is_news(document)) {
            document.told = Some((connection, document.state, document.size_bytes));
            news.push(wire::PrintedDocument {
                document: document.no.0,
                state: document.state.into(),
                name: document.name.clone(),
                pages: document.pages,
                size_bytes: document.size_bytes,
                why: document.why.to_owned(),
            });
        }
        self.printing.documents.retain(|document| document.state != Told::Gone);
        for document in news {
            let news = Some(wire::printer_news::News::Document(document));
            self.tell(Body::PrinterNews(wire::PrinterNews { news }));
        }
    }

    fn report_printer(&mut self, now: Timestamp, on: bool, name: String) {
        self.out.report(now, wire::event::Kind::PrinterChanged(wire::PrinterChanged { on, name }));
    }
}

/// Why a document comes no more that the customer cancelled.
const CANCELLED: &str = "print-cancelled";

fn line(document: &Document, state: Line) -> wire::DocumentPrinted {
    wire::DocumentPrinted {
        state: state.into(),
        name: document.name.clone(),
        pages: document.pages,
        size_bytes: document.size_bytes,
        blake3: Bytes::new(),
        why: document.why.to_owned(),
    }
}

fn wire_state(stage: &Stage) -> wire::PrinterState {
    use wire::printer_state::State as Wire;
    let (state, name, lacks) = match stage {
        Stage::Off => (Wire::Off, "", ""),
        Stage::Starting => (Wire::Starting, "", ""),
        Stage::On(name) => (Wire::On, name.as_str(), ""),
        Stage::Unavailable(what) => (Wire::Unavailable, "", *what),
    };
    wire::PrinterState { state: state.into(), name: name.to_owned(), lacks: lacks.to_owned() }
}
