//! Jobs: what came, and what became of it.

use super::{About, Clock, Taken, request::Wishes};
use crate::ipp::{Attribute, Value};

/// How long a job waits for its document, as the printer says of itself.
pub(super) const DOCUMENT_WAIT_S: i32 = 120;
/// Jobs that are remembered, with those that are over.
const REMEMBERED: usize = 100;
/// What a name is cut to.
const NAME_CHARS: usize = 255;

/// Numbers the jobs of a printer, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobNo(pub u32);

/// Where a job stands (RFC 8011 §5.3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Its document is to come.
    Incoming,
    /// Its document comes.
    Processing,
    Canceled,
    Aborted,
    Completed,
}

impl State {
    pub(super) fn is_over(self) -> bool {
        !matches!(self, Self::Incoming | Self::Processing)
    }

    fn number(self) -> i32 {
        match self {
            Self::Incoming => 4,
            Self::Processing => 5,
            Self::Canceled => 7,
            Self::Aborted => 8,
            Self::Completed => 9,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Incoming => "job-incoming",
            Self::Processing => "job-printing",
            Self::Canceled => "job-canceled-by-user",
            Self::Aborted => "aborted-by-system",
            Self::Completed => "job-completed-successfully",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Job {
    no: JobNo,
    name: String,
    pub(super) document: Option<String>,
    pub(super) user: String,
    pub(super) wishes: Wishes,
    pub(super) state: State,
    created_s: i32,
    begun_s: Option<i32>,
    over_s: Option<i32>,
    size_bytes: u64,
    pages: u32,
}

impl Job {
    pub(super) fn new(
        clock: Clock,
        name: Option<String>,
        document: Option<String>,
        user: String,
        wishes: Wishes,
    ) -> Self {
        Self {
            no: JobNo(0),
            name: name.unwrap_or_default(),
            document,
            user,
            wishes,
            state: State::Incoming,
            created_s: clock.up_s,
            begun_s: None,
            over_s: None,
            size_bytes: 0,
            pages: 0,
        }
    }

    /// What people call it.
    pub(super) fn title(&self) -> String {
        let given = [Some(&self.name), self.document.as_ref()];
        let found = given.into_iter().flatten().find(|name| !name.trim().is_empty());
        found.map(|name| name.chars().take(NAME_CHARS).collect()).unwrap_or_default()
    }

    pub(super) fn begin(&mut self, clock: Clock) {
        self.state = State::Processing;
        self.begun_s = Some(clock.up_s);
    }

    pub(super) fn cancel(&mut self, clock: Clock) {
        self.state = State::Canceled;
        self.over_s = Some(clock.up_s);
    }

    pub(super) fn end(&mut self, clock: Clock, taken: Taken) {
        if self.state.is_over() {
            return;
        }
        self.state = State::Aborted;
        if let Taken::Whole { size_bytes, pages } = taken {
            (self.state, self.size_bytes, self.pages) = (State::Completed, size_bytes, pages);
        }
        self.over_s = Some(clock.up_s);
    }

    /// Those of its attributes that are wanted.
    pub(super) fn attributes(&self, about: &About, clock: Clock, wanted: &[String]) -> Vec<Attribute> {
        let mut all = self.description(about, clock);
        let is_wanted =
            |name: &str| wanted.iter().any(|each| each == "all" || each == "job-description" || each == name);
        all.retain(|attribute| is_wanted(&attribute.name));
        all
    }

    fn description(&self, about: &About, clock: Clock) -> Vec<Attribute> {
        let JobNo(no) = self.no;
        let number = i32::try_from(no).unwrap_or(i32::MAX);
        let kilo = i32::try_from(self.size_bytes.div_ceil(1_024)).unwrap_or(i32::MAX);
        let pages = i32::try_from(self.pages).unwrap_or(i32::MAX);
        let moment = |at: Option<i32>| at.map_or(Value::NoValue, Value::Integer);
        let date = |at: Option<i32>| at.map_or(Value::NoValue, |at| clock.at(at).date_time());
        let one = Attribute::one;
        let reason = if self.state.is_over() { "" } else { "The document comes." };
        vec![
            one("job-id", Value::Integer(number)),
            one("job-uri", Value::uri(&about.job_uri(self.no))),
            one("job-uuid", Value::uri(&about.job_uuid(self.no))),
            one("job-printer-uri", Value::uri(&about.uri)),
            one("job-name", Value::name(&self.title())),
            one("job-originating-user-name", Value::name(&self.user)),
            one("job-state", Value::Enum(self.state.number())),
            one("job-state-reasons", Value::keyword(self.state.reason())),
            one("job-state-message", Value::text(reason)),
            one("job-printer-up-time", Value::Integer(clock.up_s)),
            one("time-at-creation", Value::Integer(self.created_s)),
            one("time-at-processing", moment(self.begun_s)),
            one("time-at-completed", moment(self.over_s)),
            one("date-time-at-creation", date(Some(self.created_s))),
            one("date-time-at-processing", date(self.begun_s)),
            one("date-time-at-completed", date(self.over_s)),
            one("job-k-octets", Value::Integer(kilo)),
            one("job-impressions", Value::Integer(pages)),
            one("job-impressions-completed", Value::Integer(pages)),
            one("number-of-documents", Value::Integer(i32::from(self.begun_s.is_some()))),
        ]
    }
}

/// The jobs of a printer, the newest first.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    jobs: Vec<Job>,
    last: u32,
}

impl Jobs {
    pub(super) fn add(&mut self, job: Job) -> JobNo {
        self.last = self.last.saturating_add(1);
        let no = JobNo(self.last);
        self.jobs.insert(0, Job { no, ..job });
        self.jobs.truncate(REMEMBERED);
        no
    }

    pub(super) fn get(&self, no: JobNo) -> Option<&Job> {
        self.jobs.iter().find(|job| job.no == no)
    }

    pub(super) fn get_mut(&mut self, no: JobNo) -> Option<&mut Job> {
        self.jobs.iter_mut().find(|job| job.no == no)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Job> {
        self.jobs.iter()
    }

    /// Those of this user that are not over.
    pub(super) fn of(&self, user: String) -> Vec<JobNo> {
        self.jobs.iter().filter(|job| !job.state.is_over() && job.user == user).map(|job| job.no).collect()
    }

    /// Those whose document comes or is to come.
    pub(super) fn coming(&self) -> usize {
        self.jobs.iter().filter(|job| !job.state.is_over()).count()
    }

    pub(super) fn queued(&self) -> i32 {
        i32::try_from(self.coming()).unwrap_or(i32::MAX)
    }

    /// Gives up those whose document did not come (`multiple-operation-time-out-action`: abort-job).
    pub(super) fn expire(&mut self, clock: Clock) -> Vec<JobNo> {
        let waited = |job: &&mut Job| {
            job.state == State::Incoming && DOCUMENT_WAIT_S <= clock.up_s.saturating_sub(job.created_s)
        };
        let expired = self.jobs.iter_mut().filter(waited).map(|job| {
            job.state = State::Aborted;
            job.over_s = Some(clock.up_s);
            job.no
        });
        expired.collect()
    }
}
