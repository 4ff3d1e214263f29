//! What the printer answers, request by request.

use super::{About, Answer, Clock, News, Printer, Taken};
use crate::{
    document::Format,
    ipp::{Attribute, Group, GroupTag, Message, Value, Word, status},
};

const URI: &str = "ipp://127.0.0.1:6310/ipp/print/secret";
const NOW: Clock = Clock { up_s: 10, epoch_s: 1_700_000_000 };

fn printer() -> Printer {
    Printer::new(About {
        uri: URI.to_owned(),
        web: "http://127.0.0.1:6310/secret/".to_owned(),
        name: "beside".to_owned(),
        info: "원격 프린터".to_owned(),
        uuid: "01234567-89ab-4cde-8f01-23456789abcd".to_owned(),
    })
}

fn operation(more: Vec<Attribute>) -> Group {
    let text = |word, text: &str| Value::Text(word, text.to_owned());
    let mut attributes = vec![
        Attribute::one("attributes-charset", text(Word::Charset, "utf-8")),
        Attribute::one("attributes-natural-language", text(Word::Language, "ko")),
        Attribute::one("printer-uri", Value::uri(URI)),
        Attribute::one("requesting-user-name", Value::name("minsu")),
    ];
    attributes.extend(more);
    Group { tag: GroupTag::Operation, attributes }
}

fn request(code: u16, more: Vec<Attribute>) -> Message {
    Message { version: (2, 0), code, request_id: 1, groups: vec![operation(more)] }
}

fn reply(answer: Answer) -> Message {
    match answer {
        Answer::Reply(message) => message,
        Answer::Document(intake) => panic!("a document is expected: {intake:?}"),
    }
}

fn print(printer: &mut Printer, mime: &str, job: Vec<Attribute>) -> Answer {
    let mime = Value::Text(Word::Mime, mime.to_owned());
    let named =
        vec![Attribute::one("job-name", Value::name("보고서.pdf")), Attribute::one("document-format", mime)];
    let mut message = request(0x02, named);
    if !job.is_empty() {
        message.groups.push(Group { tag: GroupTag::Job, attributes: job });
    }
    printer.ask(NOW, &message)
}

fn job(no: i32, code: u16) -> Message {
    request(code, vec![Attribute::one("job-id", Value::Integer(no))])
}

fn state(printer: &mut Printer, no: i32) -> Option<i32> {
    let told = reply(printer.ask(NOW, &job(no, 0x09)));
    told.values(GroupTag::Job, "job-state").first().and_then(Value::as_number)
}

/// PWG 5100.14 §5: printing in one request, and what is told of the job afterwards.
#[test]
fn a_document_is_taken_in_and_its_job_is_done() {
    let mut printer = printer();
    let Answer::Document(intake) = print(&mut printer, "application/pdf", Vec::new()) else {
        panic!("no document");
    };
    assert_eq!((intake.name.as_str(), intake.format), ("보고서.pdf", Some(Format::Pdf)));
    assert_eq!(state(&mut printer, 1), Some(5));
    let told = printer.taken(NOW, &intake, Taken::Whole { size_bytes: 5_000, pages: 3 });
    assert_eq!((told.code, told.request_id), (status::OK, 1));
    assert_eq!(told.values(GroupTag::Job, "job-id"), [Value::Integer(1)]);
    assert_eq!(state(&mut printer, 1), Some(9));
    assert_eq!(reply(printer.ask(NOW, &job(1, 0x08))).code, status::NOT_POSSIBLE, "done is done");
    assert_eq!(printer.poll(), None);
}

/// As CUPS prints: the job first, then its document.
#[test]
fn a_job_is_made_and_its_document_follows() {
    let mut printer = printer();
    let created = reply(printer.ask(NOW, &request(0x05, Vec::new())));
    assert_eq!(created.values(GroupTag::Job, "job-state"), [Value::Enum(4)]);
    let mut send = job(1, 0x06);
    send.groups[0].attributes.push(Attribute::one("document-name", Value::name("a.pwg")));
    assert_eq!(reply(printer.ask(NOW, &send)).code, status::BAD_REQUEST, "whether it is the last one");
    send.groups[0].attributes.push(Attribute::one("last-document", Value::Boolean(true)));
    let Answer::Document(intake) = printer.ask(NOW, &send) else { panic!("no document") };
    assert_eq!((intake.name.as_str(), intake.format), ("a.pwg", None));
    printer.taken(NOW, &intake, Taken::Whole { size_bytes: 1, pages: 1 });
    assert_eq!(reply(printer.ask(NOW, &send)).code, status::ONE_DOCUMENT);
    // One whose document never comes is given up.
    reply(printer.ask(NOW, &request(0x05, Vec::new())));
    let later = Clock { up_s: NOW.up_s + 120, ..NOW };
    printer.ask(later, &request(0x0b, Vec::new()));
    assert_eq!(state(&mut printer, 2), Some(8));
    assert_eq!(printer.poll().map(|news| matches!(news, News::Cancelled(_))), Some(true));
}

#[test]
fn a_job_is_cancelled_while_its_document_comes() {
    let mut printer = printer();
    let Answer::Document(intake) = print(&mut printer, "application/pdf", Vec::new()) else {
        panic!("no document");
    };
    assert_eq!(reply(printer.ask(NOW, &job(1, 0x08))).code, status::OK);
    assert_eq!(printer.poll(), Some(News::Cancelled(intake.job)));
    assert!(printer.is_cancelled(intake.job));
    let told = printer.taken(NOW, &intake, Taken::Whole { size_bytes: 1, pages: 1 });
    assert_eq!((told.code, state(&mut printer, 1)), (status::JOB_CANCELED, Some(7)));
}

/// RFC 8011 §4.1.7: what is not followed is said, and refused where it was insisted on.
#[test]
fn what_is_not_followed_is_said() {
    let ranges = || vec![Attribute::one("page-ranges", Value::Range(2, 3))];
    let mut pdf = printer();
    let Answer::Document(intake) = print(&mut pdf, "application/pdf", ranges()) else {
        panic!("no document")
    };
    let told = pdf.taken(NOW, &intake, Taken::Whole { size_bytes: 1, pages: 9 });
    assert_eq!(told.code, status::OK_IGNORED);
    assert_eq!(told.values(GroupTag::Unsupported, "page-ranges"), [Value::Range(2, 3)]);
    let Answer::Document(intake) = print(&mut pdf, "image/pwg-raster", ranges()) else {
        panic!("no document")
    };
    assert_eq!((intake.pages.len(), intake.ignored.len()), (1, 0), "of pictures it is followed");
    let mut insisting = request(0x04, vec![Attribute::one("ipp-attribute-fidelity", Value::Boolean(true))]);
    let copies = Attribute::one("copies", Value::Integer(3));
    insisting.groups.push(Group { tag: GroupTag::Job, attributes: vec![copies] });
    assert_eq!(reply(pdf.ask(NOW, &insisting)).code, status::ATTRIBUTES);
}

#[test]
fn what_is_no_request_of_ours_is_refused() {
    let mut printer = printer();
    let mut check = |message: &Message, code: u16| assert_eq!(reply(printer.ask(NOW, message)).code, code);
    check(&Message { version: (0, 0), ..request(0x0b, Vec::new()) }, status::VERSION);
    check(&Message { request_id: 0, ..request(0x0b, Vec::new()) }, status::BAD_REQUEST);
    check(&request(0x4005, Vec::new()), status::OPERATION);
    check(
        &request(0x0a, vec![Attribute::one("which-jobs", Value::keyword("fetchable"))]),
        status::ATTRIBUTES,
    );
    check(&job(77, 0x09), status::NOT_FOUND);
    check(&request(0x02, vec![Attribute::one("compression", Value::keyword("gzip"))]), status::COMPRESSION);
    let word = Value::Text(Word::Mime, "application/msword".to_owned());
    check(&request(0x04, vec![Attribute::one("document-format", word)]), status::FORMAT);
    let mut elsewhere = request(0x0b, Vec::new());
    elsewhere.groups[0].attributes[2] =
        Attribute::one("printer-uri", Value::uri("ipp://127.0.0.1:6310/ipp/print/other"));
    check(&elsewhere, status::NOT_FOUND);
    elsewhere.groups[0].attributes.swap(0, 1);
    check(&elsewhere, status::BAD_REQUEST);
}

/// Memory: so many documents at a time, so many jobs remembered.
#[test]
fn jobs_and_documents_are_bounded() {
    let mut printer = printer();
    let intakes: Vec<_> = (0..5).map(|_| print(&mut printer, "application/pdf", Vec::new())).collect();
    assert!(matches!(&intakes[3], Answer::Document(_)));
    assert_eq!(reply(intakes[4].clone()).code, status::BUSY);
    for intake in intakes {
        if let Answer::Document(intake) = intake {
            printer.taken(NOW, &intake, Taken::Failed);
        }
    }
    printer.set_room(false);
    assert_eq!(reply(print(&mut printer, "application/pdf", Vec::new())).code, status::BUSY);
    printer.set_room(true);
    for _ in 0..300 {
        let Answer::Document(intake) = print(&mut printer, "application/pdf", Vec::new()) else {
            panic!("no document");
        };
        printer.taken(NOW, &intake, Taken::Whole { size_bytes: 1, pages: 1 });
    }
    let completed = request(0x0a, vec![Attribute::one("which-jobs", Value::keyword("completed"))]);
    let told = reply(printer.ask(NOW, &completed));
    assert_eq!(told.groups.iter().filter(|group| group.tag == GroupTag::Job).count(), 100);
}
