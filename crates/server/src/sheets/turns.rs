//! Whose file is made when: a table is read from end to end for each, and as much is written to the disk.

use crate::problem::{Problem, code};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::CompanyId;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Files that are made at once; others wait.
const AT_ONCE: usize = 2;
/// Files that one company waits for or still fetches.
const OF_COMPANY: usize = 4;

/// The turns of all companies.
#[derive(Clone, Debug)]
pub(crate) struct Turns(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    making: Semaphore,
    companies: Mutex<HashMap<CompanyId, usize>>,
}

/// One file's place, from the request until its last byte is sent.
#[derive(Debug)]
pub(crate) struct Place {
    inner: Arc<Inner>,
    company: CompanyId,
}

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Inner { making: Semaphore::new(AT_ONCE), companies: Mutex::default() }))
    }
}

impl Turns {
    /// A place for one more file. Errors: the company has as many as it may.
    pub(crate) fn place(&self, company: CompanyId) -> Result<Place, Problem> {
        let mut companies = self.0.companies();
        let files = companies.entry(company).or_default();
        if OF_COMPANY <= *files {
            return Err(Problem::new(code::EXPORTS_BUSY));
        }
        *files += 1;
        Ok(Place { inner: Arc::clone(&self.0), company })
    }
}

impl Inner {
    /// A count is right even if whoever counted before has panicked.
    fn companies(&self) -> MutexGuard<'_, HashMap<CompanyId, usize>> {
        self.companies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Waits until the file may be made, and holds the turn meanwhile.
    pub(super) async fn turn(&self) -> std::io::Result<SemaphorePermit<'_>> {
        // Nobody closes it.
        self.inner.making.acquire().await.map_err(std::io::Error::other)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut companies = self.inner.companies();
        if let Some(files) = companies.get_mut(&self.company) {
            *files = files.saturating_sub(1);
            if *files == 0 {
                companies.remove(&self.company);
            }
        }
    }
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
        let turns = Turns::default();
        let [one, two] = [uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2)].map(CompanyId::from);
        let mut places: Vec<_> = (0..OF_COMPANY).map(|_| turns.place(one).unwrap()).collect();
        assert_eq!(turns.place(one).unwrap_err().into_response().status(), 429);
        let other = turns.place(two).unwrap();
        let last = places.pop().unwrap();
        {
            let _first = places[0].turn().now_or_never().unwrap().unwrap();
            let _second = places[1].turn().now_or_never().unwrap().unwrap();
            assert!(other.turn().now_or_never().is_none());
        }
        assert!(other.turn().now_or_never().is_some());
        drop(last);
        turns.place(one).unwrap();
        drop((places, other));
        assert!(turns.0.companies().is_empty());
    }
}
