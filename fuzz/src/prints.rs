//! Any bytes as what a program prints: a message of the Internet Printing Protocol with a document behind it, and a document of each format. What is
//! read of a message can be written and read again; what a document becomes is a PDF of few pages, and small.

use printing::{About, Answer, Clock, Decoded, Format, Message, Printer, Taken, ToPdf};

/// Of each input: what a few kilobytes of repeated rows may become.
const PDF_BYTES: usize = 64 * 1024 * 1024;
const PAGES: u32 = 4;

pub(crate) fn run(data: &[u8]) {
    message(data);
    let [first, rest @ ..] = data else { return };
    let format = Format::ALL.get(usize::from(*first)).copied();
    document(format, rest);
}

fn message(data: &[u8]) {
    let Ok(Decoded::Whole(message, length)) = Message::decode(data) else { return };
    assert!(length <= data.len());
    let written = message.encode();
    if let Ok(Decoded::Whole(again, _)) = Message::decode(&written) {
        assert_eq!(again.encode(), written, "once is enough");
    }
    let mut printer = Printer::new(About {
        uri: "ipp://127.0.0.1:1/ipp/print/x".to_owned(),
        web: "http://127.0.0.1:1/x/".to_owned(),
        name: "x".to_owned(),
        info: "x".to_owned(),
        uuid: "01234567-89ab-4cde-8f01-23456789abcd".to_owned(),
    });
    let clock = Clock { up_s: 1, epoch_s: 0 };
    for _ in 0..2 {
        if let Answer::Document(intake) = printer.ask(clock, &message) {
            assert!(intake.name.chars().count() <= 255);
            document(intake.format, data.get(length..).unwrap_or_default());
            printer.taken(clock, &intake, Taken::Whole { size_bytes: 1, pages: 1 });
        }
    }
}

fn document(format: Option<Format>, data: &[u8]) {
    let mut converter = ToPdf::new(format, Vec::new(), (21_000, 29_700), PAGES);
    let mut out = Vec::new();
    for part in data.chunks(97) {
        let before = out.len();
        // A page of repeated rows takes its time: what a fuzzer finds there is no news.
        if converter.push(part, &mut out).is_err() || PDF_BYTES < out.len() {
            return;
        }
        assert!(before <= out.len());
    }
    if let Ok(finished) = converter.finish(&mut out) {
        assert!(matches!(format, None | Some(Format::Pdf)) || finished.pages <= PAGES);
    }
}
