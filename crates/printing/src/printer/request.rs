//! A request as a complete value: what is asked, by whom, of which job.

use super::{About, JobNo, media};
use crate::{
    document::{Format, PageRange},
    ipp::{Attribute, GroupTag, Message, Value, Word, status},
};

/// What a name of a program or person is cut to.
const NAME_CHARS: usize = 255;
/// Ranges of pages in one request.
const RANGES: usize = 64;

/// What is asked (RFC 8011 §5.4.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    PrintJob = 0x02,
    ValidateJob = 0x04,
    CreateJob = 0x05,
    SendDocument = 0x06,
    CancelJob = 0x08,
    GetJobAttributes = 0x09,
    GetJobs = 0x0a,
    GetPrinterAttributes = 0x0b,
    CancelMyJobs = 0x39,
    CloseJob = 0x3b,
    IdentifyPrinter = 0x3c,
}

impl Operation {
    /// All of them, as the printer says that it knows them.
    pub(super) const ALL: [Self; 11] = [
        Self::PrintJob,
        Self::ValidateJob,
        Self::CreateJob,
        Self::SendDocument,
        Self::CancelJob,
        Self::GetJobAttributes,
        Self::GetJobs,
        Self::GetPrinterAttributes,
        Self::CancelMyJobs,
        Self::CloseJob,
        Self::IdentifyPrinter,
    ];

    fn of(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| *operation as u16 == code)
    }
}

/// How a document is to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wishes {
    pub(super) format: Option<Format>,
    pub(super) pages: Vec<PageRange>,
    pub(super) paper: (u32, u32),
    /// What is not followed, as it is told.
    pub(super) ignored: Vec<Attribute>,
}

pub(super) struct Request<'a> {
    message: &'a Message,
    pub(super) operation: Operation,
}

impl<'a> Request<'a> {
    /// Errors: the status that says why it is none (RFC 8011 §4.1).
    pub(super) fn parse(message: &'a Message, about: &About) -> Result<Self, u16> {
        if !(1..=2).contains(&message.version.0) {
            return Err(status::VERSION);
        }
        let first = message.groups.first().filter(|group| group.tag == GroupTag::Operation);
        let first = first.ok_or(status::BAD_REQUEST)?;
        let has = |at: usize, name: &str, word: Word| {
            let attribute = first.attributes.get(at).filter(|attribute| attribute.name == name);
            matches!(attribute.and_then(|attribute| attribute.values.first()), Some(Value::Text(is, _)) if *is == word)
        };
        let begins_well = has(0, "attributes-charset", Word::Charset)
            && has(1, "attributes-natural-language", Word::Language);
        if message.request_id == 0 || !begins_well {
            return Err(status::BAD_REQUEST);
        }
        let charset = message.operation("attributes-charset").and_then(Value::as_str).unwrap_or_default();
        if !["utf-8", "us-ascii"].contains(&charset.to_ascii_lowercase().as_str()) {
            return Err(status::CHARSET);
        }
        let operation = Operation::of(message.code).ok_or(status::OPERATION)?;
        let target =
            ["printer-uri", "job-uri"].into_iter().find_map(|name| message.operation(name)?.as_str());
        let target = target.ok_or(status::BAD_REQUEST)?;
        if !about.is_meant(target) {
            return Err(status::NOT_FOUND);
        }
        Ok(Self { message, operation })
    }

    pub(super) fn version(&self) -> (u8, u8) {
        self.message.version
    }

    pub(super) fn id(&self) -> u32 {
        self.message.request_id
    }

    pub(super) fn user(&self) -> String {
        self.name("requesting-user-name").unwrap_or_else(|| "anonymous".to_owned())
    }

    pub(super) fn job_name(&self) -> Option<String> {
        self.name("job-name")
    }

    pub(super) fn document_name(&self) -> Option<String> {
        self.name("document-name")
    }

    fn name(&self, name: &str) -> Option<String> {
        let text = self.message.operation(name)?.as_str()?;
        Some(text.chars().take(NAME_CHARS).collect())
    }

    /// Which job is meant, by its number or its address.
    pub(super) fn job(&self, about: &About) -> Result<JobNo, u16> {
        let by_number = self.message.operation("job-id").and_then(Value::as_number);
        let by_uri = || about.job_at(self.message.operation("job-uri")?.as_str()?);
        let number = by_number.and_then(|number| u32::try_from(number).ok()).or_else(by_uri);
        number.map(JobNo).ok_or(status::BAD_REQUEST)
    }

    /// What is to be told of each thing; `otherwise`: where nothing is said.
    pub(super) fn wanted(&self, otherwise: &str) -> Vec<String> {
        let asked = self.message.values(GroupTag::Operation, "requested-attributes");
        let names: Vec<String> = asked.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        if names.is_empty() { otherwise.split(',').map(str::to_owned).collect() } else { names }
    }

    pub(super) fn wants_jobs_that_are_over(&self) -> Result<bool, u16> {
        match self.message.operation("which-jobs").and_then(Value::as_str) {
            None | Some("not-completed") => Ok(false),
            Some("completed") => Ok(true),
            Some(_) => Err(status::ATTRIBUTES),
        }
    }

    pub(super) fn wants_own_jobs(&self) -> bool {
        self.message.operation("my-jobs") == Some(&Value::Boolean(true))
    }

    pub(super) fn says_last_document(&self) -> bool {
        matches!(self.message.operation("last-document"), Some(Value::Boolean(_)))
    }

    pub(super) fn limit(&self) -> usize {
        let limit = self.message.operation("limit").and_then(Value::as_number);
        limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
    }

    /// What the document is; none: as it says itself.
    ///
    /// Errors: a format or compression that is not taken.
    pub(super) fn format(&self) -> Result<Option<Format>, u16> {
        match self.message.operation("compression").and_then(Value::as_str) {
            None | Some("none") => {}
            Some(_) => return Err(status::COMPRESSION),
        }
        match self.message.operation("document-format").and_then(Value::as_str) {
            None | Some("application/octet-stream") => Ok(None),
            Some(mime) => Format::of_mime(mime).map(Some).ok_or(status::FORMAT),
        }
    }

    /// How it is to be printed.
    ///
    /// Errors: what is not taken, where that was insisted on.
    pub(super) fn wishes(&self) -> Result<Wishes, u16> {
        let format = self.format()?;
        let asked =
            self.message.group(GroupTag::Job).map(|group| group.attributes.as_slice()).unwrap_or_default();
        let mut wishes = Wishes { format, pages: Vec::new(), paper: DEFAULT_PAPER, ignored: Vec::new() };
        for attribute in asked {
            if let Some(ignored) = wishes.follow(attribute) {
                wishes.ignored.push(ignored);
            }
        }
        let insists = self.message.operation("ipp-attribute-fidelity") == Some(&Value::Boolean(true));
        if insists && !wishes.ignored.is_empty() { Err(status::ATTRIBUTES) } else { Ok(wishes) }
    }
}

/// A4.
const DEFAULT_PAPER: (u32, u32) = (21_000, 29_700);

impl Wishes {
    /// Takes a wish in; what is not followed comes back.
    fn follow(&mut self, attribute: &Attribute) -> Option<Attribute> {
        let value = attribute.values.first()?;
        let followed = match attribute.name.as_str() {
            "media" => value.as_str().and_then(media::size_of).map(|paper| self.paper = paper).is_some(),
            "media-col" => match value {
                // Without a size it says what paper is called, and nothing that a picture of it shows.
                Value::Collection(members) if members.iter().all(|member| member.name != "media-size") => {
                    true
                }
                Value::Collection(members) => {
                    media::size_in(members).map(|paper| self.paper = paper).is_some()
                }
                _ => false,
            },
            "page-ranges" => self.follow_ranges(&attribute.values),
            "copies" => value.as_number() == Some(1),
            "finishings" => value.as_number() == Some(3),
            "orientation-requested" => value.as_number() == Some(3),
            "output-bin" => value.as_str() == Some("face-down"),
            "sides" => value.as_str() == Some("one-sided"),
            "print-color-mode" => matches!(value.as_str(), Some("auto" | "color")),
            "print-content-optimize" | "print-rendering-intent" => value.as_str() == Some("auto"),
            "print-quality" => value.as_number() == Some(4),
            "printer-resolution" => *value == Value::Dpi(300, 300),
            "multiple-document-handling" => value.as_str() == Some("single-document"),
            _ => return Some(Attribute::one(&attribute.name, Value::Unsupported)),
        };
        (!followed).then(|| attribute.clone())
    }

    /// Of pictures of pages those that are wanted are taken; a PDF is passed on as it is.
    fn follow_ranges(&mut self, values: &[Value]) -> bool {
        if self.format.is_none_or(|format| format == Format::Pdf) || RANGES < values.len() {
            return false;
        }
        let range = |value: &Value| match value {
            Value::Range(from, to) => PageRange::new(u32::try_from(*from).ok()?, u32::try_from(*to).ok()?),
            _ => None,
        };
        let Some(pages) = values.iter().map(range).collect::<Option<Vec<_>>>() else { return false };
        self.pages = pages;
        true
    }
}
