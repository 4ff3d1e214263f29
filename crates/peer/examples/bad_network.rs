//! A bad network between a page and the app: a UDP relay that delays, drops and is narrow, without a kernel module, for
//! `cargo xtask bench`.
//!
//! `bad_network ROUND_TRIP_MS LOSS MBIT_PER_S` (loss: a share each way, 0 to 1; `inf` is as wide as can be). Each line `ADDRESS PORT` on
//! standard input is answered by `port ADDRESS PORT N`: what is sent to N there comes to PORT. Ends with its standard input.

use std::collections::{BTreeMap, VecDeque};
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use tokio::net::UdpSocket;
use tokio::sync::Notify;

/// What the router before the narrow line keeps, in time of the line; whatever comes after that is lost, as on any network.
const BACKLOG: Duration = Duration::from_millis(100);
/// A relay that is kept waiting for a processor loses nothing by that: the network is to be as bad as was asked.
const RECEIVE_BYTES: usize = 4 * 1024 * 1024;
/// The same losses in every run.
const SEED: u32 = 20_261_123;

fn main() -> anyhow::Result<()> {
    let network = Network::from_arguments(std::env::args().skip(1))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let _entered = runtime.enter();
    let (to_app, to_page) = (Line::start(network), Line::start(network));
    let mut answers = std::io::stdout();
    for line in std::io::stdin().lines() {
        let line = line?;
        let (address, port) = line.split_once(' ').context("ADDRESS PORT")?;
        let app = SocketAddr::new(address.parse()?, port.parse()?);
        let page_side = Arc::new(socket(app.ip())?);
        writeln!(answers, "port {address} {port} {}", page_side.local_addr()?.port())?;
        tokio::spawn(carry(page_side, app, Arc::clone(&to_app), Arc::clone(&to_page)));
    }
    Ok(())
}

/// Each of the page's own addresses has a socket of its own on the app's side, so that the app sees as many as there are.
async fn carry(page_side: Arc<UdpSocket>, app: SocketAddr, to_app: Arc<Line>, to_page: Arc<Line>) {
    let mut app_sides: BTreeMap<SocketAddr, Arc<UdpSocket>> = BTreeMap::new();
    let mut buffer = vec![0; 2048];
    loop {
        // An error is what an end that is closed refused: lost, as on any network.
        let Ok((length, page)) = page_side.recv_from(&mut buffer).await else { continue };
        let app_side = match app_sides.get(&page) {
            Some(known) => Arc::clone(known),
            None => {
                let Ok(new) = socket(app.ip()).map(Arc::new) else { continue };
                app_sides.insert(page, Arc::clone(&new));
                tokio::spawn(answer(Arc::clone(&new), Arc::clone(&page_side), page, Arc::clone(&to_page)));
                new
            }
        };
        to_app.carry(app_side, app, buffer.get(..length).unwrap_or_default());
    }
}

async fn answer(app_side: Arc<UdpSocket>, page_side: Arc<UdpSocket>, page: SocketAddr, to_page: Arc<Line>) {
    let mut buffer = vec![0; 2048];
    loop {
        let Ok((length, _)) = app_side.recv_from(&mut buffer).await else { continue };
        to_page.carry(Arc::clone(&page_side), page, buffer.get(..length).unwrap_or_default());
    }
}

fn socket(address: IpAddr) -> std::io::Result<UdpSocket> {
    let socket = std::net::UdpSocket::bind((address, 0))?;
    socket.set_nonblocking(true)?;
    socket2::SockRef::from(&socket).set_recv_buffer_size(RECEIVE_BYTES)?;
    UdpSocket::from_std(socket)
}

#[derive(Clone, Copy)]
struct Network {
    round_trip: Duration,
    loss: f64,
    bits_per_s: f64,
}

impl Network {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut next = || -> anyhow::Result<f64> {
            let word = arguments.next().context("ROUND_TRIP_MS LOSS MBIT_PER_S")?;
            word.parse().with_context(|| format!("no number: {word}"))
        };
        let round_trip = Duration::try_from_secs_f64(next()? / 1_000.0)?;
        Ok(Self { round_trip, loss: next()?, bits_per_s: next()? * 1e6 })
    }
}

struct Datagram {
    due: Instant,
    from: Arc<UdpSocket>,
    to: SocketAddr,
    bytes: Vec<u8>,
}

/// One direction: datagrams leave one after the other, and arrive in their order.
struct Line {
    network: Network,
    state: Mutex<State>,
    came: Notify,
}

struct State {
    under_way: VecDeque<Datagram>,
    free_at: Instant,
    random: u32,
}

impl Line {
    fn start(network: Network) -> Arc<Self> {
        let state = State { under_way: VecDeque::new(), free_at: Instant::now(), random: SEED };
        let line = Arc::new(Self { network, state: Mutex::new(state), came: Notify::new() });
        tokio::spawn(Arc::clone(&line).arrive());
        line
    }

    fn carry(&self, from: Arc<UdpSocket>, to: SocketAddr, bytes: &[u8]) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if state.random() < self.network.loss || now + BACKLOG < state.free_at {
            return;
        }
        let lasts = Duration::from_secs_f64(bytes.len() as f64 * 8.0 / self.network.bits_per_s);
        state.free_at = state.free_at.max(now) + lasts;
        let due = state.free_at + self.network.round_trip / 2;
        state.under_way.push_back(Datagram { due, from, to, bytes: bytes.to_vec() });
        self.came.notify_one();
    }

    async fn arrive(self: Arc<Self>) {
        loop {
            let due = self.next(|state| state.under_way.front().map(|first| first.due));
            match due {
                None => self.came.notified().await,
                Some(due) if Instant::now() < due => tokio::time::sleep_until(due.into()).await,
                Some(_) => {
                    if let Some(Datagram { from, to, bytes, .. }) =
                        self.next(|state| state.under_way.pop_front())
                    {
                        // What finds no room is lost, as on any network.
                        drop(from.send_to(&bytes, to).await);
                    }
                }
            }
        }
    }

    fn next<T>(&self, take: impl FnOnce(&mut State) -> T) -> T {
        take(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    /// xorshift32, 0 to 1.
    fn random(&mut self) -> f64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 17;
        self.random ^= self.random << 5;
        f64::from(self.random) / 2_f64.powi(32)
    }
}
