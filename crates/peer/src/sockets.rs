//! The UDP sockets of one connection, one on each of the host's addresses.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::task::Poll;

use socket2::SockRef;
use tokio::io::ReadBuf;
use tokio::net::UdpSocket;

/// Most addresses that we offer: a machine with many virtual networks would only slow the checks down.
const ADDRESSES: usize = 8;
/// What may wait in a socket until the task gets a processor; the system's own 208 KiB are 90 datagrams, which is 9 ms of a fast file.
const RECEIVE_BYTES: usize = 1024 * 1024;
/// Larger than any datagram of WebRTC, whose MTU is below that of Ethernet.
pub(crate) const DATAGRAM_BYTES: usize = 2048;

pub(crate) struct Sockets {
    sockets: Vec<(SocketAddr, UdpSocket)>,
}

impl Sockets {
    /// Opens a socket on each address of the host; on the loopback address only when it has no other.
    pub(crate) async fn open() -> io::Result<Self> {
        let mut sockets = Vec::new();
        let mut last_error = None;
        for address in addresses() {
            match UdpSocket::bind(SocketAddr::new(address, 0)).await {
                Ok(socket) => {
                    // A system that gives less, as most do, gives what it has.
                    if let Err(error) = SockRef::from(&socket).set_recv_buffer_size(RECEIVE_BYTES) {
                        tracing::debug!(%error, "Socket keeps its buffer");
                    }
                    sockets.push((socket.local_addr()?, socket));
                }
                Err(error) => last_error = Some(error),
            }
        }
        match (sockets.is_empty(), last_error) {
            (true, error) => Err(error.unwrap_or_else(|| io::ErrorKind::AddrNotAvailable.into())),
            (false, _) => Ok(Self { sockets }),
        }
    }

    pub(crate) fn addresses(&self) -> impl Iterator<Item = SocketAddr> + '_ {
        self.sockets.iter().map(|(address, _)| *address)
    }

    /// The next datagram: where it came from, our address that it reached, its length in `buffer`.
    pub(crate) async fn receive(&self, buffer: &mut [u8]) -> (SocketAddr, SocketAddr, usize) {
        std::future::poll_fn(|context| {
            for (address, socket) in &self.sockets {
                let mut read = ReadBuf::new(buffer);
                // An error here is an ICMP answer to something we sent (port unreachable): ICE finds out by itself,
                // and asking again at once registers for the next datagram.
                for _ in 0..ADDRESSES {
                    match socket.poll_recv_from(context, &mut read) {
                        Poll::Ready(Ok(source)) => {
                            return Poll::Ready((source, *address, read.filled().len()));
                        }
                        Poll::Ready(Err(error)) => tracing::trace!(%error, "Datagram lost"),
                        Poll::Pending => break,
                    }
                }
            }
            Poll::Pending
        })
        .await
    }

    /// A datagram that is there already, without waiting.
    pub(crate) fn try_receive(&self, buffer: &mut [u8]) -> Option<(SocketAddr, SocketAddr, usize)> {
        self.sockets.iter().find_map(|(address, socket)| {
            let (length, source) = socket.try_recv_from(buffer).ok()?;
            Some((source, *address, length))
        })
    }

    /// Sends from the socket that has the address `source`. What the network refuses is lost, as any datagram may be.
    pub(crate) async fn send(&self, source: SocketAddr, destination: SocketAddr, bytes: &[u8]) {
        let Some((_, socket)) = self.sockets.iter().find(|(address, _)| *address == source) else { return };
        if let Err(error) = socket.send_to(bytes, destination).await {
            tracing::trace!(%error, "Datagram not sent");
        }
    }
}

fn addresses() -> Vec<IpAddr> {
    let mut found: Vec<IpAddr> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .map(|interface| interface.ip())
        .filter(|ip| !ip.is_loopback() && !is_link_local(*ip))
        .collect();
    found.sort_by_key(IpAddr::is_ipv6);
    found.dedup();
    found.truncate(ADDRESSES);
    if found.is_empty() {
        found.push(Ipv4Addr::LOCALHOST.into());
    }
    found
}

/// Link-local IPv6 needs a scope that candidates cannot carry.
fn is_link_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(_) => false,
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    }
}
