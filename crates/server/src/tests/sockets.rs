//! Every WebSocket, asked to open by everybody who must not get in. They are found in the route table.

use super::{Browser, TestServer, routes::plain, support};
use crate::{
    roles::{CONSOLE_COOKIE, MANAGE_COOKIE},
    router, serve,
    tokens::Scope,
};
use std::net::SocketAddr;
use store::api_tokens;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// What a customer opens: the code or the ticket in its first frame lets it in.
const OPEN: [&str; 2] = ["/ws/customer", "/ws/viewer"];

fn sockets() -> Vec<&'static str> {
    let found: Vec<_> = plain().into_iter().filter(|path| path.starts_with("/ws/")).collect();
    assert!(found.len() >= 2, "{found:?}");
    found
}

/// The server's TCP address.
async fn listen(server: &TestServer) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve::run(listener, None, server.state.clone(), router::app(server.state.clone())));
    address
}

/// The status and the text of the answer to a handshake.
async fn open(at: SocketAddr, path: &str, headers: &[(&str, String)]) -> (u16, String) {
    let mut request = format!(
        "GET {path} HTTP/1.1\r\nhost: support.example\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    );
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = vec![0; 4096];
    let mut read = 0;
    // A refusal has a body behind its head; an open socket says nothing more by itself.
    while !bytes[..read].windows(4).any(|end| end == b"\r\n\r\n") {
        let more = stream.read(&mut bytes[read..]).await.unwrap();
        assert_ne!(more, 0, "{path}: {}", String::from_utf8_lossy(&bytes[..read]));
        read += more;
    }
    let text = String::from_utf8_lossy(&bytes[..read]).into_owned();
    let status = text.split(' ').nth(1).unwrap().parse().unwrap();
    (status, text)
}

fn cookies(browser: &Browser) -> (&'static str, String) {
    let pairs: Vec<_> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    ("cookie", pairs.join("; "))
}

const OURS: &str = "https://support.example";

#[tokio::test]
async fn sockets_open_for_those_who_are_signed_in_at_our_own_pages_alone() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let administrator = server.administrator(&company).await;
    let operator = server.operator(&company).await;
    let at = listen(&server).await;
    let ours = ("origin", OURS.to_owned());
    let evil = ("origin", "https://evil.example".to_owned());
    for path in sockets() {
        let (right, wrong) = match path.starts_with("/ws/manage") {
            true => (&administrator, &operator),
            false => (&operator, &administrator),
        };
        // The wrong role's token under the right role's name is still the wrong role's.
        let (of_wrong, of_right) = match path.starts_with("/ws/manage") {
            true => (CONSOLE_COOKIE, MANAGE_COOKIE),
            false => (MANAGE_COOKIE, CONSOLE_COOKIE),
        };
        let renamed = ("cookie", format!("{of_right}={}", wrong.cookies[of_wrong]));
        let status = async |headers: &[(&str, String)]| open(at, path, headers).await.0;
        assert_eq!(status(&[ours.clone(), cookies(right)]).await, 101, "{path}");
        assert_eq!(status(&[evil.clone(), cookies(right)]).await, 403, "{path} from another site");
        if OPEN.contains(&path) {
            continue;
        }
        assert_eq!(status(std::slice::from_ref(&ours)).await, 401, "{path} by nobody");
        assert_eq!(status(&[ours.clone(), cookies(wrong)]).await, 401, "{path} by the other role");
        assert_eq!(status(&[ours.clone(), renamed]).await, 401, "{path} by the other role's token");
    }
}

/// No token opens a socket, least of all one that was taken back.
#[tokio::test]
async fn tokens_open_no_socket() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let scopes: Vec<_> = Scope::ALL.iter().map(|scope| scope.name()).collect();
    let write = server.state.store.write(company.id).await.unwrap();
    let (_, works) = support::token(&write, &scopes).await;
    let (id, revoked) = support::token(&write, &scopes).await;
    api_tokens::revoke(&write, id, 2).await.unwrap();
    write.commit().await.unwrap();
    let at = listen(&server).await;
    for path in sockets().into_iter().filter(|path| !OPEN.contains(path)) {
        for secret in [&works, &revoked] {
            let bearer = ("authorization", format!("Bearer {secret}"));
            let (status, text) = open(at, path, &[("origin", OURS.to_owned()), bearer]).await;
            assert!(matches!(status, 401 | 403), "{path}: {text}");
        }
    }
}

#[tokio::test]
async fn path_tricks_open_no_socket() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let operator = server.operator(&company).await;
    let administrator = server.administrator(&company).await;
    let at = listen(&server).await;
    for path in sockets() {
        let tricks = [
            format!("{path}/"),
            format!("{path}/x"),
            format!("{path}/x/.."),
            format!("/{path}"),
            format!("/x/..{path}"),
            path.replacen("/ws/", "/ws//", 1),
            path.replacen("/ws/", "/%2e/ws/", 1),
            path.replacen("/ws/", "/WS/", 1),
            path.replacen("/ws/", "/w%73/", 1),
            format!("{path};x"),
            format!("{path}%00"),
        ];
        for trick in tricks {
            for browser in [&operator, &administrator] {
                let headers = [("origin", OURS.to_owned()), cookies(browser)];
                let (status, text) = open(at, &trick, &headers).await;
                assert!(matches!(status, 400 | 404), "{trick}: {text}");
            }
        }
    }
}
