//! How many connections are open at a time: in all, and from one network. A place is given back when the connection's
//! stream is dropped, also after it became a WebSocket, and what was asked for over it is done: else those who hang up at
//! once could have more done at a time than others.

use crate::throttle::{NETWORKS_OF_SITE, network_of, site_of};
use std::{
    collections::HashMap,
    io,
    net::IpAddr,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Connections of everybody.
const IN_ALL: usize = 4_096;
/// Connections of one network; a company's operators may all come from one address.
const PER_NETWORK: usize = 512;
/// Connections of all networks of one site.
const PER_SITE: usize = PER_NETWORK * NETWORKS_OF_SITE as usize;

/// Counts those who are inside. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Door {
    inside: Arc<Mutex<Inside>>,
}

#[derive(Debug, Default)]
struct Inside {
    in_all: usize,
    per_network: HashMap<IpAddr, usize>,
    per_site: HashMap<IpAddr, usize>,
}

/// A place inside.
#[derive(Debug)]
pub(crate) struct Place {
    door: Door,
    /// Whose place it is; an address that many share has no limit of its own.
    address: Option<IpAddr>,
}

impl Door {
    /// A place for a connection; `None`: no more room. Many stand behind one `address` that is shared (a proxy's, this
    /// machine's own), so that it has no limit of its own.
    pub(crate) fn enter(&self, address: IpAddr, is_shared: bool) -> Option<Place> {
        let address = (!is_shared).then(|| address.to_canonical());
        let mut inside = self.inside();
        if IN_ALL <= inside.in_all || address.is_some_and(|address| inside.is_full_for(address)) {
            return None;
        }
        inside.in_all += 1;
        if let Some(address) = address {
            *inside.per_network.entry(network_of(address)).or_default() += 1;
            if let Some(site) = site_of(address) {
                *inside.per_site.entry(site).or_default() += 1;
            }
        }
        drop(inside);
        Some(Place { door: self.clone(), address })
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn is_full_for(&self, address: IpAddr) -> bool {
        let count = |counts: &HashMap<IpAddr, usize>, key| counts.get(&key).copied().unwrap_or_default();
        PER_NETWORK <= count(&self.per_network, network_of(address))
            || site_of(address).is_some_and(|site| PER_SITE <= count(&self.per_site, site))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.door.inside();
        inside.in_all = inside.in_all.saturating_sub(1);
        let Some(address) = self.address else { return };
        less_one(&mut inside.per_network, network_of(address));
        if let Some(site) = site_of(address) {
            less_one(&mut inside.per_site, site);
        }
    }
}

fn less_one(counts: &mut HashMap<IpAddr, usize>, key: IpAddr) {
    if let Some(count) = counts.get_mut(&key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(&key);
        }
    }
}

/// A stream with its place.
#[derive(Debug)]
pub(crate) struct Placed<S> {
    pub(crate) stream: S,
    pub(crate) _place: Arc<Place>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Placed<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Placed<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::{Door, IN_ALL, PER_NETWORK, PER_SITE};
    use std::net::IpAddr;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_network_leaves_room_for_others() {
        let door = Door::default();
        let enter = |host: usize| door.enter(address(&format!("2001:db8::{host:x}")), false);
        let mut inside: Vec<_> = (0..2 * PER_NETWORK).filter_map(enter).collect();
        assert_eq!(inside.len(), PER_NETWORK);
        assert!(door.enter(address("192.0.2.1"), false).is_some());
        inside.pop();
        assert!(enter(1).is_some(), "a place is given back");
        drop(inside);
        assert!(door.inside().per_network.is_empty());
    }

    #[test]
    fn one_site_leaves_room_for_others() {
        let door = Door::default();
        let enter = |network: usize| door.enter(address(&format!("2001:db8:0:{network:x}::1")), false);
        let inside: Vec<_> = (0..IN_ALL).filter_map(enter).collect();
        assert_eq!(inside.len(), PER_SITE);
        assert!(door.enter(address("2001:db8:1::1"), false).is_some());
        drop(inside);
        assert!(door.inside().per_site.is_empty());
    }

    #[test]
    fn all_together_have_a_limit() {
        let door = Door::default();
        let inside: Vec<_> = (0..2 * IN_ALL).filter_map(|_| door.enter(address("127.0.0.1"), true)).collect();
        assert_eq!(inside.len(), IN_ALL);
        drop(inside);
        assert!(door.enter(address("127.0.0.1"), true).is_some());
    }
}
