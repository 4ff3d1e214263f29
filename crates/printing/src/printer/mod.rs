//! What the printer answers (RFC 8011, PWG 5100.14): one printer, one document a job, and jobs that are done when their document
//! is taken in.

mod about;
mod jobs;
mod media;
mod request;
#[cfg(test)]
mod tests;
mod times;

pub use about::About;
pub use jobs::JobNo;
pub use times::Clock;

use std::collections::VecDeque;

use self::{
    jobs::{Job, Jobs, State},
    request::{Operation, Request, Wishes},
};
use crate::{
    document::{Format, PageRange},
    ipp::{Attribute, Group, GroupTag, Message, Value, Word, status},
};

/// Documents that come at a time; whoever comes with one more is asked to come again.
const COMING_MOST: usize = 4;

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This is said.
    Reply(Message),
    /// A document follows, to be taken in; then [`Printer::taken`] says what is said.
    Document(Intake),
}

/// A document that follows a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// Of which job.
    pub job: JobNo,
    /// What the document is called by the program that prints.
    pub name: String,
    /// What it is; none: as its first bytes say.
    pub format: Option<Format>,
    /// The pages that are wanted; empty: all.
    pub pages: Vec<PageRange>,
    /// The paper that a picture goes on, across and along, in hundredths of a millimetre.
    pub paper: (u32, u32),
    version: (u8, u8),
    request_id: u32,
    ignored: Vec<Attribute>,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is whole.
    Whole {
        /// As PDF.
        size_bytes: u64,
        /// 0: not known.
        pages: u32,
    },
    /// It is larger than may be.
    TooLarge,
    /// It is not what it was said to be.
    Malformed,
    /// It is nothing that is taken.
    Format,
    /// A fault here.
    Failed,
}

/// What happened beside the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A job is cancelled whose document may still come.
    Cancelled(JobNo),
    /// Somebody wants to know which printer this is.
    Identify,
}

/// The printer.
#[derive(Debug)]
pub struct Printer {
    about: About,
    jobs: Jobs,
    has_room: bool,
    news: VecDeque<News>,
}

impl Printer {
    /// A printer that takes jobs.
    #[must_use]
    pub fn new(about: About) -> Self {
        Self { about, jobs: Jobs::default(), has_room: true, news: VecDeque::new() }
    }

    /// Whether there is room for one more document; without, whoever prints is asked to come again.
    pub fn set_room(&mut self, has_room: bool) {
        self.has_room = has_room;
    }

    /// What happened, in order.
    pub fn poll(&mut self) -> Option<News> {
        self.news.pop_front()
    }

    /// Whether a job was cancelled while its document came.
    #[must_use]
    pub fn is_cancelled(&self, job: JobNo) -> bool {
        self.jobs.get(job).is_none_or(|job| job.state == State::Canceled)
    }

    /// The answer to bytes that are no request.
    #[must_use]
    pub fn malformed() -> Message {
        reply((2, 0), 0, status::BAD_REQUEST, Vec::new())
    }

    /// Answers a request.
    pub fn ask(&mut self, clock: Clock, message: &Message) -> Answer {
        self.jobs.expire(clock).into_iter().for_each(|job| self.news.push_back(News::Cancelled(job)));
        let request = match Request::parse(message, &self.about) {
            Ok(request) => request,
            Err(code) => return Answer::Reply(reply(message.version, message.request_id, code, Vec::new())),
        };
        match self.obey(clock, &request) {
            Ok(answer) => answer,
            Err(code) => Answer::Reply(self.reply(&request, code, Vec::new())),
        }
    }

    fn obey(&mut self, clock: Clock, request: &Request<'_>) -> Result<Answer, u16> {
        let groups = match request.operation {
            Operation::PrintJob => return self.print_job(clock, request),
            Operation::SendDocument => return self.send_document(clock, request),
            Operation::ValidateJob => {
                let wishes = request.wishes()?;
                return Ok(Answer::Reply(self.reply(
                    request,
                    status_of(&wishes.ignored),
                    unsupported(wishes.ignored),
                )));
            }
            Operation::CreateJob => {
                let wishes = request.wishes()?;
                let job = self.begin(clock, request, wishes.clone())?;
                let groups = [unsupported(wishes.ignored.clone()), self.told(clock, job)].concat();
                return Ok(Answer::Reply(self.reply(request, status_of(&wishes.ignored), groups)));
            }
            Operation::CancelJob => {
                let job = self.job_of(request)?;
                self.cancel(clock, job)?;
                Vec::new()
            }
            Operation::CancelMyJobs => {
                for job in self.jobs.of(request.user()) {
                    self.cancel(clock, job)?;
                }
                Vec::new()
            }
            Operation::CloseJob => {
                let job = self.job_of(request)?;
                // Without a document there is nothing to do; with one it is done.
                if self.jobs.get(job).is_some_and(|job| job.state == State::Incoming) {
                    self.cancel(clock, job)?;
                }
                Vec::new()
            }
            Operation::GetJobAttributes => {
                let job = self.job_of(request)?;
                let job = self.jobs.get(job).ok_or(status::NOT_FOUND)?;
                vec![Group {
                    tag: GroupTag::Job,
                    attributes: job.attributes(&self.about, clock, &request.wanted("all")),
                }]
            }
            Operation::GetJobs => self.list(clock, request)?,
            Operation::GetPrinterAttributes => {
                let attributes = self.about.attributes(clock, self.jobs.queued(), &request.wanted("all"));
                vec![Group { tag: GroupTag::Printer, attributes }]
            }
            Operation::IdentifyPrinter => {
                if self.news.back() != Some(&News::Identify) {
                    self.news.push_back(News::Identify);
                }
                Vec::new()
            }
        };
        Ok(Answer::Reply(self.reply(request, status::OK, groups)))
    }

    fn print_job(&mut self, clock: Clock, request: &Request<'_>) -> Result<Answer, u16> {
        let wishes = request.wishes()?;
        let job = self.begin(clock, request, wishes)?;
        self.intake(clock, request, job)
    }

    fn send_document(&mut self, clock: Clock, request: &Request<'_>) -> Result<Answer, u16> {
        let no = self.job_of(request)?;
        match self.jobs.get(no).map(|job| job.state) {
            Some(State::Incoming) => {}
            Some(State::Canceled | State::Aborted) => return Err(status::JOB_CANCELED),
            _ => return Err(status::ONE_DOCUMENT),
        }
        // Whether more follow is to be said (RFC 8011 §4.3.1), though none are taken.
        if !request.says_last_document() {
            return Err(status::BAD_REQUEST);
        }
        let format = request.format()?;
        if let Some(job) = self.jobs.get_mut(no) {
            job.wishes.format = format.or(job.wishes.format);
            if let Some(name) = request.document_name() {
                job.document = Some(name);
            }
        }
        self.intake(clock, request, no)
    }

    /// A job without its document.
    fn begin(&mut self, clock: Clock, request: &Request<'_>, wishes: Wishes) -> Result<JobNo, u16> {
        if !self.has_room || COMING_MOST <= self.jobs.coming() {
            return Err(status::BUSY);
        }
        Ok(self.jobs.add(Job::new(
            clock,
            request.job_name(),
            request.document_name(),
            request.user(),
            wishes,
        )))
    }

    fn intake(&mut self, clock: Clock, request: &Request<'_>, no: JobNo) -> Result<Answer, u16> {
        let job = self.jobs.get_mut(no).ok_or(status::NOT_FOUND)?;
        job.begin(clock);
        Ok(Answer::Document(Intake {
            job: no,
            name: job.title(),
            format: job.wishes.format,
            pages: job.wishes.pages.clone(),
            paper: job.wishes.paper,
            version: request.version(),
            request_id: request.id(),
            ignored: job.wishes.ignored.clone(),
        }))
    }

    /// What is said to whoever sent the document.
    pub fn taken(&mut self, clock: Clock, intake: &Intake, taken: Taken) -> Message {
        let code = match (self.is_cancelled(intake.job), taken) {
            (true, _) => status::JOB_CANCELED,
            (false, Taken::Whole { .. }) => status_of(&intake.ignored),
            (false, Taken::TooLarge) => status::TOO_LARGE,
            (false, Taken::Malformed) => status::DOCUMENT,
            (false, Taken::Format) => status::FORMAT,
            // CUPS stops its queue for an internal error, and nobody here would start it again.
            (false, Taken::Failed) => status::JOB_CANCELED,
        };
        if let Some(job) = self.jobs.get_mut(intake.job) {
            job.end(clock, taken);
        }
        let groups = match code {
            status::OK | status::OK_IGNORED => {
                [unsupported(intake.ignored.clone()), self.told(clock, intake.job)].concat()
            }
            _ => Vec::new(),
        };
        reply(intake.version, intake.request_id, code, groups)
    }

    /// The document is not wanted any more: whoever prints hears that its job is cancelled.
    pub fn give_up(&mut self, clock: Clock, job: JobNo) {
        if let Some(job) = self.jobs.get_mut(job).filter(|job| !job.state.is_over()) {
            job.cancel(clock);
        }
    }

    fn cancel(&mut self, clock: Clock, no: JobNo) -> Result<(), u16> {
        let job = self.jobs.get_mut(no).ok_or(status::NOT_FOUND)?;
        if job.state.is_over() {
            return Err(status::NOT_POSSIBLE);
        }
        job.cancel(clock);
        self.news.push_back(News::Cancelled(no));
        Ok(())
    }

    fn list(&self, clock: Clock, request: &Request<'_>) -> Result<Vec<Group>, u16> {
        let (over, most) = (request.wants_jobs_that_are_over()?, request.limit());
        let mine = request.wants_own_jobs().then(|| request.user());
        let is_wanted =
            |job: &&Job| job.state.is_over() == over && mine.as_ref().is_none_or(|user| *user == job.user);
        let wanted = request.wanted("job-id,job-uri");
        let group =
            |job: &Job| Group { tag: GroupTag::Job, attributes: job.attributes(&self.about, clock, &wanted) };
        Ok(self.jobs.iter().filter(is_wanted).take(most).map(group).collect())
    }

    fn job_of(&self, request: &Request<'_>) -> Result<JobNo, u16> {
        let no = request.job(&self.about)?;
        self.jobs.get(no).map(|_| no).ok_or(status::NOT_FOUND)
    }

    /// What whoever made a job hears of it.
    fn told(&self, clock: Clock, no: JobNo) -> Vec<Group> {
        let names = ["job-id", "job-uri", "job-state", "job-state-reasons", "job-state-message"];
        let wanted = names.map(str::to_owned).to_vec();
        let job = self.jobs.get(no);
        job.iter()
            .map(|job| Group { tag: GroupTag::Job, attributes: job.attributes(&self.about, clock, &wanted) })
            .collect()
    }

    fn reply(&self, request: &Request<'_>, code: u16, groups: Vec<Group>) -> Message {
        reply(request.version(), request.id(), code, groups)
    }
}

fn status_of(ignored: &[Attribute]) -> u16 {
    if ignored.is_empty() { status::OK } else { status::OK_IGNORED }
}

fn unsupported(ignored: Vec<Attribute>) -> Vec<Group> {
    match ignored.is_empty() {
        true => Vec::new(),
        false => vec![Group { tag: GroupTag::Unsupported, attributes: ignored }],
    }
}

fn reply((major, minor): (u8, u8), request_id: u32, code: u16, groups: Vec<Group>) -> Message {
    let word = |word, text: &str| Value::Text(word, text.to_owned());
    let operation = vec![
        Attribute::one("attributes-charset", word(Word::Charset, "utf-8")),
        Attribute::one("attributes-natural-language", word(Word::Language, "en")),
    ];
    let operation = Group { tag: GroupTag::Operation, attributes: operation };
    let version = if (1..=2).contains(&major) { (major, minor) } else { (2, 0) };
    Message { version, code, request_id, groups: [vec![operation], groups].concat() }
}
