//! Whose file is made when: a table is read from end to end for each, and as much is written to the disk.

use crate::problem::{Problem, code};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use store::CompanyId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// Files that are made at once; others wait.
const AT_ONCE: usize = 2;
/// Files that one company waits for or still fetches.
const OF_COMPANY: usize = 4;
/// After so long a file takes nobody's place any more: some browsers never fetch what they have begun to.
const COUNTED: Duration = Duration::from_secs(30 * 60);

/// So long a reserved place waits for the browser that is sent to fetch its file.
const RESERVED: Duration = Duration::from_secs(60);

/// The turns of all companies.
#[derive(Clone, Debug)]
pub(crate) struct Turns(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where files are until they are sent: the data folder has the room, which a temporary folder in memory has not.
    folder: PathBuf,
    making: Arc<Semaphore>,
    companies: Mutex<HashMap<CompanyId, Vec<Instant>>>,
    /// Places whose files are yet to be asked for, and until when.
    reserved: Mutex<HashMap<Uuid, (Place, Instant)>>,
}

/// One file's place, from the request until its last byte is sent.
#[derive(Debug)]
pub(crate) struct Place {
    inner: Arc<Inner>,
    company: CompanyId,
    since: Instant,
}

/// The right to make the file now. It goes with the work, which nobody can stop: whoever asked may hang up meanwhile.
#[derive(Debug)]
pub(crate) struct Turn {
    place: Place,
    permit: OwnedSemaphorePermit,
}

impl Turns {
    /// `folder`: for the files, made when the first is.
    pub(crate) fn new(folder: PathBuf) -> Self {
        let making = Arc::new(Semaphore::new(AT_ONCE));
        Self(Arc::new(Inner { folder, making, companies: Mutex::default(), reserved: Mutex::default() }))
    }

    /// Keeps a place for a file that is asked for in a moment, so that the answer to that is the file and no refusal that a
    /// browser shows to nobody. Gives its ticket. Errors: the company has as many as it may.
    pub(crate) fn reserve(&self, company: CompanyId) -> Result<Uuid, Problem> {
        let place = self.place(company)?;
        let ticket = Uuid::new_v4();
        self.0.reserved().insert(ticket, (place, Instant::now() + RESERVED));
        Ok(ticket)
    }

    /// The place of a ticket, once; without one, or where it is not kept any more, a new one. Errors: as of `place`.
    pub(crate) fn take(&self, company: CompanyId, ticket: Option<Uuid>) -> Result<Place, Problem> {
        let kept = ticket.and_then(|ticket| {
            let mut reserved = self.0.reserved();
            // Another company's ticket opens nothing, and stays.
            let is_own = reserved.get(&ticket).is_some_and(|(place, _)| place.company == company);
            if is_own { reserved.remove(&ticket) } else { None }
        });
        kept.map_or_else(|| self.place(company), |(place, _)| Ok(place))
    }

    /// A place for one more file. Errors: the company has as many as it may.
    pub(crate) fn place(&self, company: CompanyId) -> Result<Place, Problem> {
        let since = Instant::now();
        self.0.reserved().retain(|_, (_, until)| since < *until);
        let mut companies = self.0.companies();
        let files = companies.entry(company).or_default();
        files.retain(|begun| since.duration_since(*begun) < COUNTED);
        if OF_COMPANY <= files.len() {
            return Err(Problem::new(code::EXPORTS_BUSY));
        }
        files.push(since);
        Ok(Place { inner: Arc::clone(&self.0), company, since })
    }
}

impl Inner {
    /// What is counted is right even if whoever counted before has panicked.
    fn companies(&self) -> MutexGuard<'_, HashMap<CompanyId, Vec<Instant>>> {
        self.companies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// As with `companies`.
    fn reserved(&self) -> MutexGuard<'_, HashMap<Uuid, (Place, Instant)>> {
        self.reserved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Waits until the file may be made. Errors: there is no folder for it.
    pub(crate) async fn turn(self) -> std::io::Result<Turn> {
        // Nobody closes it.
        let permit = Arc::clone(&self.inner.making).acquire_owned().await.map_err(std::io::Error::other)?;
        std::fs::create_dir_all(&self.inner.folder)?;
        Ok(Turn { place: self, permit })
    }
}

impl Turn {
    /// Where the file is written.
    pub(super) fn folder(&self) -> &Path {
        &self.place.inner.folder
    }

    /// The file is made: the next one may be.
    pub(super) fn end(self) -> Place {
        drop(self.permit);
        self.place
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut companies = self.inner.companies();
        if let Some(files) = companies.get_mut(&self.company) {
            if let Some(own) = files.iter().position(|begun| *begun == self.since) {
                files.swap_remove(own);
            }
            if files.is_empty() {
                companies.remove(&self.company);
            }
        }
    }
}

/// A turn that nobody waits for.
#[cfg(test)]
pub(crate) fn any_turn() -> Turn {
    use futures_util::FutureExt as _;
    let place = Turns::new(std::env::temp_dir()).place(CompanyId::new()).unwrap();
    place.turn().now_or_never().unwrap().unwrap()
}

#[cfg(test)]
mod tests {
    use super::{OF_COMPANY, Turns};
    use axum::response::IntoResponse as _;
    use futures_util::FutureExt as _;
    use store::CompanyId;

    /// One company cannot keep the others from their files, nor fill the disk.
    #[tokio::test]
    async fn a_company_has_so_many_files_at_once_and_each_waits_for_its_turn() {
        let turns = Turns::new(std::env::temp_dir());
        let [one, two] = [CompanyId::new(), CompanyId::new()];
        let mut places: Vec<_> = (0..OF_COMPANY).map(|_| turns.place(one).unwrap()).collect();
        assert_eq!(turns.place(one).unwrap_err().into_response().status(), 429);
        let first = places.pop().unwrap().turn().now_or_never().unwrap().unwrap();
        let second = places.pop().unwrap().turn().now_or_never().unwrap().unwrap();
        assert!(turns.place(two).unwrap().turn().now_or_never().is_none());
        let sent = first.end();
        let third = turns.place(two).unwrap().turn().now_or_never().unwrap().unwrap();
        assert!(turns.place(one).is_err(), "it is on its way yet");
        drop(sent);
        drop(turns.place(one).unwrap());
        drop((places, second, third));
        assert!(turns.0.companies().is_empty());
    }

    /// A place that was promised is there when its file is asked for, for its company and once.
    #[test]
    fn a_ticket_is_worth_a_place() {
        let turns = Turns::new(std::env::temp_dir());
        let [one, two] = [CompanyId::new(), CompanyId::new()];
        let tickets: Vec<_> = (0..OF_COMPANY).map(|_| turns.reserve(one).unwrap()).collect();
        assert!(turns.reserve(one).is_err());
        assert!(turns.take(one, None).is_err());
        drop(turns.take(two, tickets.first().copied()).unwrap());
        let place = turns.take(one, tickets.first().copied()).unwrap();
        assert!(turns.take(one, tickets.first().copied()).is_err(), "it was worth one");
        drop(place);
        assert!(turns.take(one, tickets.first().copied()).is_ok());
    }
}
