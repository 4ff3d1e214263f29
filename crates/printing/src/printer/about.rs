//! What the printer says of itself: what PWG 5100.14 requires, and nothing that it does not do.

use super::{
    Clock, JobNo,
    jobs::DOCUMENT_WAIT_S,
    media::{self, PAPERS},
    request::Operation,
};
use crate::{
    document::Format,
    ipp::{Attribute, Value, Word},
};

/// Who the printer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Where it is: `ipp://127.0.0.1:PORT/ipp/print/…`.
    pub uri: String,
    /// A page about it, and its icon below: `http://127.0.0.1:PORT/…`.
    pub web: String,
    /// Its name, as programs use it.
    pub name: String,
    /// Its name, as people read it; at most 127 characters.
    pub info: String,
    /// 32 digits of a UUID with hyphens.
    pub uuid: String,
}

impl About {
    /// Whether an address is this printer's, or one of its jobs'. Whoever knows the way here has the address; hosts have many names.
    pub(super) fn is_meant(&self, uri: &str) -> bool {
        let path = path_of(uri);
        let own = path_of(&self.uri);
        path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    pub(super) fn job_uri(&self, JobNo(no): JobNo) -> String {
        format!("{}/{no}", self.uri)
    }

    pub(super) fn job_at(&self, uri: &str) -> Option<u32> {
        path_of(uri).strip_prefix(path_of(&self.uri))?.strip_prefix('/')?.parse().ok()
    }

    pub(super) fn job_uuid(&self, JobNo(no): JobNo) -> String {
        let head = self.uuid.get(..24).unwrap_or_default();
        format!("urn:uuid:{head}{no:012x}")
    }

    /// Those of its attributes that are wanted; the database of papers only by its name (PWG 5100.11 §4.2.2).
    pub(super) fn attributes(&self, clock: Clock, queued: i32, wanted: &[String]) -> Vec<Attribute> {
        let all = [
            (self.description(clock, queued), "printer-description"),
            (self.abilities(), "printer-description"),
            (template(), "job-template"),
            (vec![media_database()], "media-col-database"),
        ];
        let is_wanted = |group: &str, name: &str| {
            let by_all = name != "media-col-database" && wanted.iter().any(|each| each == "all");
            by_all || wanted.iter().any(|each| each == group || each == name)
        };
        let of_group = |(attributes, group): (Vec<Attribute>, &str)| {
            attributes.into_iter().filter(|each| is_wanted(group, &each.name)).collect::<Vec<_>>()
        };
        all.into_iter().flat_map(of_group).collect()
    }

    fn description(&self, clock: Clock, queued: i32) -> Vec<Attribute> {
        let began = clock.at(1).date_time();
        let state = if queued == 0 { 3 } else { 4 };
        let icons = [48, 128, 512].map(|px| Value::uri(&format!("{}icon-{px}.png", self.web)));
        vec![
            one("printer-uri-supported", Value::uri(&self.uri)),
            keywords("uri-authentication-supported", &["none"]),
            keywords("uri-security-supported", &["none"]),
            one("printer-name", Value::name(&self.name)),
            one("printer-info", Value::text(&self.info)),
            one("printer-dns-sd-name", Value::name(&self.name)),
            one("printer-location", Value::text("")),
            one("printer-geo-location", Value::Unknown),
            one("printer-organization", Value::text("")),
            one("printer-organizational-unit", Value::text("")),
            one("printer-make-and-model", Value::text("Beside Remote Printer")),
            one(
                "printer-device-id",
                Value::text("MFG:Beside;MDL:Remote Printer;CMD:PDF,PWGRaster,AppleRaster,JPEG;"),
            ),
            one("printer-uuid", Value::uri(&format!("urn:uuid:{}", self.uuid))),
            one("printer-more-info", Value::uri(&self.web)),
            one("printer-supply-info-uri", Value::uri(&self.web)),
            Attribute::many("printer-icons", icons.to_vec()),
            one("printer-state", Value::Enum(state)),
            keywords("printer-state-reasons", &["none"]),
            one("printer-state-message", Value::text("")),
            one("printer-is-accepting-jobs", Value::Boolean(true)),
            one("queued-job-count", Value::Integer(queued)),
            one("printer-up-time", Value::Integer(clock.up_s)),
            one("printer-current-time", clock.date_time()),
            one("printer-config-change-time", Value::Integer(1)),
            one("printer-config-change-date-time", began.clone()),
            one("printer-state-change-time", Value::Integer(1)),
            one("printer-state-change-date-time", began),
            // What a printer of paper has; this one has none, and says so: another kind, of unknown quantity.
            one(
                "printer-supply",
                Value::Octets(b"index=1;class=supplyThatIsConsumed;type=other;unit=percent;maxcapacity=-2;level=-2;colorantname=none;".to_vec()),
            ),
            one("printer-supply-description", Value::text("None")),
        ]
    }

    fn abilities(&self) -> Vec<Attribute> {
        let formats = Format::ALL.map(Format::mime).into_iter().chain(["application/octet-stream"]);
        let mime = |text: &str| Value::Text(Word::Mime, text.to_owned());
        let of = |word, text: &str| Value::Text(word, text.to_owned());
        let operations = Operation::ALL.map(|operation| Value::Enum(operation as i32));
        vec![
            Attribute::many("operations-supported", operations.to_vec()),
            keywords("ipp-versions-supported", &["1.1", "2.0"]),
            keywords("ipp-features-supported", &["ipp-everywhere"]),
            one("charset-configured", of(Word::Charset, "utf-8")),
            Attribute::many(
                "charset-supported",
                vec![of(Word::Charset, "utf-8"), of(Word::Charset, "us-ascii")],
            ),
            one("natural-language-configured", of(Word::Language, "en")),
            one("generated-natural-language-supported", of(Word::Language, "en")),
            one("document-format-default", mime("application/octet-stream")),
            one("document-format-preferred", mime("application/pdf")),
            Attribute::many("document-format-supported", formats.map(mime).collect()),
            keywords("compression-supported", &["none"]),
            keywords("pdl-override-supported", &["not-attempted"]),
            one("color-supported", Value::Boolean(true)),
            one("pages-per-minute", Value::Integer(60)),
            one("pages-per-minute-color", Value::Integer(60)),
            one("job-ids-supported", Value::Boolean(true)),
            one("preferred-attributes-supported", Value::Boolean(false)),
            one("multiple-document-jobs-supported", Value::Boolean(false)),
            one("multiple-operation-time-out", Value::Integer(DOCUMENT_WAIT_S)),
            keywords("multiple-operation-time-out-action", &["abort-job"]),
            keywords("identify-actions-default", &["display"]),
            keywords("identify-actions-supported", &["display"]),
            keywords("which-jobs-supported", &["completed", "not-completed"]),
            keywords("printer-get-attributes-supported", &["document-format"]),
            keywords(
                "job-creation-attributes-supported",
                &[
                    "copies",
                    "finishings",
                    "media",
                    "media-col",
                    "multiple-document-handling",
                    "orientation-requested",
                    "output-bin",
                    "page-ranges",
                    "print-color-mode",
                    "print-content-optimize",
                    "print-quality",
                    "print-rendering-intent",
                    "printer-resolution",
                    "sides",
                ],
            ),
            one("pwg-raster-document-resolution-supported", Value::Dpi(300, 300)),
            keywords("pwg-raster-document-sheet-back", &["normal"]),
            keywords("pwg-raster-document-type-supported", &["black_1", "sgray_8", "srgb_8"]),
            keywords("urf-supported", &["V1.4", "CP1", "IS1", "MT1", "RS300", "SRGB24", "W8"]),
        ]
    }
}

/// Scheme and host aside.
fn path_of(uri: &str) -> &str {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
}

/// What a job may ask for. There is no paper here: the operator chooses that, so there is one way of each thing.
fn template() -> Vec<Attribute> {
    let papers = || PAPERS.iter().map(|(name, ..)| Value::keyword(name)).collect::<Vec<_>>();
    let (name, x, y) = PAPERS[0];
    let margins = ["bottom", "left", "right", "top"];
    let margins = margins.map(|side| one(&format!("media-{side}-margin-supported"), Value::Integer(0)));
    let sizes = PAPERS.iter().map(|(_, x, y)| media::size(*x, *y)).collect();
    let single = [
        ("copies-default", Value::Integer(1)),
        ("copies-supported", Value::Range(1, 1)),
        ("finishings-default", Value::Enum(3)),
        ("finishings-supported", Value::Enum(3)),
        ("orientation-requested-default", Value::Enum(3)),
        ("orientation-requested-supported", Value::Enum(3)),
        ("print-quality-default", Value::Enum(4)),
        ("print-quality-supported", Value::Enum(4)),
        ("printer-resolution-default", Value::Dpi(300, 300)),
        ("printer-resolution-supported", Value::Dpi(300, 300)),
        // Of pictures of pages. With a PDF the answer to the job says that it is not followed; nor are overrides, of which
        // PWG 5100.14 wants these two said.
        ("page-ranges-supported", Value::Boolean(true)),
        ("media-default", Value::keyword(name)),
        ("media-col-default", media::col(x, y)),
        ("media-col-ready", media::col(x, y)),
    ];
    let mut all: Vec<Attribute> = single.into_iter().map(|(name, value)| one(name, value)).collect();
    all.extend([
        keywords("overrides-supported", &["document-number", "pages"]),
        // Whatever comes out face up, CUPS sends from its last page on.
        keywords("output-bin-default", &["face-down"]),
        keywords("output-bin-supported", &["face-down"]),
        keywords("sides-default", &["one-sided"]),
        keywords("sides-supported", &["one-sided"]),
        keywords("multiple-document-handling-default", &["single-document"]),
        keywords("multiple-document-handling-supported", &["single-document"]),
        keywords("print-color-mode-default", &["auto"]),
        keywords("print-color-mode-supported", &["auto", "color"]),
        keywords("print-content-optimize-default", &["auto"]),
        keywords("print-content-optimize-supported", &["auto"]),
        keywords("print-rendering-intent-default", &["auto"]),
        keywords("print-rendering-intent-supported", &["auto"]),
        keywords("media-source-supported", &["auto"]),
        keywords("media-type-supported", &["stationery"]),
        keywords(
            "media-col-supported",
            &[
                "media-bottom-margin",
                "media-left-margin",
                "media-right-margin",
                "media-size",
                "media-source",
                "media-top-margin",
                "media-type",
            ],
        ),
        Attribute::many("media-supported", papers()),
        Attribute::many("media-ready", vec![Value::keyword(name)]),
        Attribute::many("media-size-supported", sizes),
    ]);
    all.extend(margins);
    all
}

fn media_database() -> Attribute {
    Attribute::many("media-col-database", PAPERS.iter().map(|(_, x, y)| media::col(*x, *y)).collect())
}

fn one(name: &str, value: Value) -> Attribute {
    Attribute::one(name, value)
}

fn keywords(name: &str, words: &[&str]) -> Attribute {
    Attribute::many(name, words.iter().copied().map(Value::keyword).collect())
}
