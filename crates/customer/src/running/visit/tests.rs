//! A session of the app on a real display, with a server that is played.

use std::process::Command;
use std::time::{Duration, Instant};

use bytes::Bytes;
use ed25519_dalek::SigningKey;
use futures_util::{SinkExt as _, StreamExt as _};
use peer::Certificate;
use prost::Message as _;
use protocol::policy::{self, Policy, Purpose};
use protocol::{CompanyId, Fingerprint, IdentityHash, Nonce, OperatorId, Permissions, SessionId, sdp, wire};
use session::customer::View;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, accept_async};
use wire::server_to_customer::Body;

use super::{Plan, Visit};
use crate::link::{Authority, tests::acceptor};
use crate::running::office::Shower;
use crate::running::{Press, Show};
use crate::texts::Language;
use crate::trust::Destination;
use crate::xvfb::Xvfb;

const PATIENCE: Duration = Duration::from_secs(20);
/// Tells the process that has a display.
const HAS_DISPLAY: &str = "BESIDE_TEST_HAS_DISPLAY";
const EVERYTHING: Permissions = Permissions::ALL;
const SESSION: SessionId = SessionId([3; 16]);
const OPERATOR: OperatorId = OperatorId([4; 16]);
const CONSOLE: Fingerprint = Fingerprint([8; 32]);

/// The server's end of the link.
struct Played {
    socket: WebSocketStream<TlsStream<TcpStream>>,
    hello: wire::CustomerHello,
}

impl Played {
    async fn accept(listener: TcpListener, acceptor: TlsAcceptor) -> Self {
        let (stream, _) = listener.accept().await.unwrap();
        let socket = accept_async(acceptor.accept(stream).await.unwrap()).await.unwrap();
        let mut played = Self { socket, hello: wire::CustomerHello::default() };
        let Some(wire::customer_to_server::Body::Hello(hello)) = played.hears().await else {
            panic!("no hello")
        };
        played.hello = hello;
        played
    }

    async fn hears(&mut self) -> Option<wire::customer_to_server::Body> {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.unwrap()?.ok()? {
                Message::Binary(bytes) => return wire::CustomerToServer::decode(bytes).unwrap().body,
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    async fn says(&mut self, body: Body) {
        let bytes = wire::ServerToCustomer { body: Some(body) }.encode_to_vec();
        self.socket.send(Message::Binary(bytes.into())).await.unwrap();
    }

    /// S-02 on: a question to come once the operator is there.
    async fn welcomes(&mut self) {
        let key = policy::certify(&identity(), &signer().verifying_key(), Purpose::Policy, 0, u64::MAX);
        let welcome = wire::Welcome {
            protocol: 1,
            session_id: SESSION.to_bytes(),
            company: "Company".to_owned(),
            consent_after_operator: true,
            offered: Some(EVERYTHING.into()),
            server_time_ms: crate::machine::clock_ms(),
            key: Some(key),
            resume_token: Bytes::from_static(b"token"),
            ..wire::Welcome::default()
        };
        self.says(Body::Welcome(welcome)).await;
    }

    async fn brings_the_operator(&mut self) {
        let joined = wire::OperatorJoined { operator_id: OPERATOR.to_bytes(), name: "Lee".to_owned() };
        self.says(Body::OperatorJoined(joined)).await;
    }

    /// An offer and the policy under which the app may answer it.
    async fn offers(&mut self) {
        let policy = Policy {
            session_id: SESSION,
            operator_id: OPERATOR,
            company_id: CompanyId([5; 16]),
            nonce: Nonce::try_from(&self.hello.nonce).unwrap(),
            customer_fingerprint: Fingerprint::try_from(&self.hello.dtls_fingerprint).unwrap(),
            console_fingerprint: CONSOLE,
            revision: 1,
            expires_at_ms: crate::machine::clock_ms() + 3_600_000,
            required_features: Vec::new(),
            permissions: EVERYTHING,
        };
        let sdp = format!(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
             m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n\
             a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdef012345\r\na=setup:actpass\r\n\
             a=fingerprint:{}\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n",
            sdp::write(CONSOLE)
        );
        let offer = wire::Offer {
            description: Some(wire::SessionDescription { sdp }),
            policy: Some(policy::sign(&policy, &signer())),
            ice_servers: Vec::new(),
        };
        self.says(Body::Offer(offer)).await;
    }
}

fn identity() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn signer() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

/// The code of a session with the server at `port`.
fn plan(port: u16, authority: [u8; 32]) -> Plan {
    let destination = Destination {
        origins: vec![format!("https://localhost:{port}").parse().unwrap()],
        identities: vec![IdentityHash::of(identity().verifying_key().as_bytes())],
        authority: Authority::Known(authority),
    };
    let certificate = Certificate::generate().unwrap();
    Plan {
        destination,
        entry: super::Come::Code("123456".to_owned()),
        language: Language::English,
        certificate,
    }
}

async fn shows(shown: &mut mpsc::UnboundedReceiver<Show>, wanted: impl Fn(&View) -> bool) {
    loop {
        match timeout(PATIENCE, shown.recv()).await.unwrap().unwrap() {
            Show::View(view) if wanted(&view) => return,
            _ => {}
        }
    }
}

async fn is_captured() {
    let end = Instant::now() + PATIENCE;
    while screen::captures() == 0 {
        assert!(Instant::now() < end, "nothing was captured after consent either");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Runs the test of this name again in a process of its own that has a display; `false` in that process.
fn ran_with_a_display(test: &str) -> bool {
    if std::env::var_os(HAS_DISPLAY).is_some() {
        return false;
    }
    let xvfb = Xvfb::start(800, 600);
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args([test, "--exact", "--nocapture"]).env(HAS_DISPLAY, "1").env("DISPLAY", &xvfb.display);
    assert!(again.status().unwrap().success());
    true
}

/// Issue 3, item 9 [S-02, Y-1]: at the seam to the screen, no frame before the press, though the server sends an offer
/// with a good policy as early as it can; and the press is what brings the first one.
#[tokio::test]
async fn no_frame_is_captured_before_the_press() {
    if ran_with_a_display("running::visit::tests::no_frame_is_captured_before_the_press") {
        return;
    }
    let (acceptor, authority) = acceptor((2000, 4000), "localhost");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let plan = plan(listener.local_addr().unwrap().port(), authority);
    let (tell, mut shown) = mpsc::unbounded_channel();
    let show: Shower = Box::new(move |show| drop(tell.send(show)));
    let (press, mut presses) = mpsc::channel(8);
    let played = async {
        let mut server = Played::accept(listener, acceptor).await;
        server.welcomes().await;
        server.offers().await;
        server.brings_the_operator().await;
        shows(&mut shown, |view| matches!(view, View::Question { .. })).await;
        server.offers().await;
        server.says(Body::OperatorLeft(wire::OperatorLeft {})).await;
        shows(&mut shown, |view| matches!(view, View::WaitingForOperator { .. })).await;
        server.brings_the_operator().await;
        shows(&mut shown, |view| matches!(view, View::Question { .. })).await;
        assert_eq!(screen::captures(), 0);
        press.send(Press::Agree { control: true, record: false }).await.unwrap();
        let agreed =
            |body: &_| matches!(body, wire::customer_to_server::Body::Consent(consent) if consent.agreed);
        while !agreed(&server.hears().await.unwrap()) {}
        assert_eq!(screen::captures(), 0, "consent alone captures nothing");
        server.offers().await;
        is_captured().await;
        press.send(Press::Quit).await.unwrap();
        server
    };
    let (over, _server) = tokio::join!(Visit::new(plan, &show).run(&mut presses), played);
    assert_eq!(over.next, Some(Press::Quit));
}
