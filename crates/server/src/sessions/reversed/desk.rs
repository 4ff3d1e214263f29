//! The reversed sessions that live, and the tickets that lead their pages to them; of a ticket the server knows a hash alone.

use crate::{
    secrets::{new_token, token_hash},
    sessions::registry::Live,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use store::SessionId;

/// How long the ticket in the address of a page waits for it: a browser starts within that.
const TICKET: Duration = Duration::from_secs(2 * 60);

/// All of them.
#[derive(Debug, Default)]
pub(in crate::sessions) struct Reversals(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// By the session in which it was wished; each has one at a time.
    live: HashMap<SessionId, Arc<Live>>,
    tickets: HashMap<String, Ticket>,
    /// What their apps come back with.
    tokens: HashMap<String, SessionId>,
}

#[derive(Clone, Copy, Debug)]
struct Ticket {
    /// The reversed session.
    of: SessionId,
    /// `None`: as long as that.
    until: Option<Instant>,
}

impl Reversals {
    pub(super) fn enter(&self, parent: SessionId, live: Arc<Live>) {
        self.inner().live.insert(parent, live);
    }

    /// The one of this session.
    pub(in crate::sessions) fn of_parent(&self, parent: SessionId) -> Option<Arc<Live>> {
        self.inner().live.get(&parent).map(Arc::clone)
    }

    /// The one whose app comes back with this token.
    pub(in crate::sessions) fn by_token(&self, token: &str) -> Option<Arc<Live>> {
        let inner = self.inner();
        let id = inner.tokens.get(&token_hash(token))?;
        inner.find(*id)
    }

    /// What its app may come back with from now on, beside what it came with: the Welcome that tells it may be lost.
    /// `came_with`: its hash.
    pub(super) fn keep_token(&self, of: SessionId, came_with: Option<&str>, token: &str) {
        let mut inner = self.inner();
        inner.tokens.retain(|hash, id| *id != of || Some(hash.as_str()) == came_with);
        inner.tokens.insert(token_hash(token), of);
    }

    /// The app has the newest token.
    pub(super) fn keep_only_token(&self, of: SessionId, token: &str) {
        let newest = token_hash(token);
        self.inner().tokens.retain(|hash, id| *id != of || *hash == newest);
    }

    /// A ticket for the address of a page; those of before lead nowhere any more.
    pub(super) fn first_ticket(&self, of: SessionId) -> String {
        let ticket = new_token();
        let mut inner = self.inner();
        inner.tickets.retain(|_, other| other.of != of);
        inner.tickets.insert(token_hash(&ticket), Ticket { of, until: Some(Instant::now() + TICKET) });
        ticket
    }

    /// The session that a ticket leads to, and the ticket for the socket after this one. The old one is good until the page says
    /// something (`keep_only_ticket`): the Welcome that tells the new one may be lost.
    pub(super) fn redeem(&self, ticket: &str) -> Option<(Arc<Live>, String)> {
        let used = token_hash(ticket);
        let mut inner = self.inner();
        let Ticket { of, until } = *inner.tickets.get(&used)?;
        if until.is_some_and(|until| until <= Instant::now()) {
            inner.tickets.remove(&used);
            return None;
        }
        let live = inner.find(of)?;
        let next = new_token();
        inner.tickets.retain(|hash, other| other.of != of || *hash == used);
        inner.tickets.insert(token_hash(&next), Ticket { of, until: None });
        Some((live, next))
    }

    /// The page has the newest ticket.
    pub(super) fn keep_only_ticket(&self, of: SessionId, ticket: &str) {
        let newest = token_hash(ticket);
        let mut inner = self.inner();
        // Where another socket has redeemed the old one since, the newest is another.
        if inner.tickets.contains_key(&newest) {
            inner.tickets.retain(|hash, other| other.of != of || *hash == newest);
        }
    }

    /// It is over: nothing leads to it any more.
    pub(super) fn leave(&self, parent: SessionId, id: SessionId) {
        let mut inner = self.inner();
        if inner.live.get(&parent).is_some_and(|live| live.id == id) {
            inner.live.remove(&parent);
        }
        inner.tickets.retain(|_, ticket| ticket.of != id);
        inner.tokens.retain(|_, of| *of != id);
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn find(&self, id: SessionId) -> Option<Arc<Live>> {
        self.live.values().find(|live| live.id == id).map(Arc::clone)
    }
}
