//! Paths that are written otherwise than they stand in the route table, asked by those whom the right path answers.

use super::{
    TestServer,
    routes::operations,
    walk::{asking, body, things},
};
use crate::{router, state::AppState};
use axum::{
    Router,
    extract::{MatchedPath, Request},
    middleware::{Next, from_fn},
    response::Response,
};

/// In which each answer says what route was found.
const FOUND: &str = "x-found-route";

/// A path otherwise written.
struct Trick {
    path: String,
    /// What was changed is a value of the route, which its handler looks at, and not the route itself.
    is_value: bool,
}

/// The whole service, whose answers say what route was found.
fn telling(state: &AppState) -> Router {
    router::app(state.clone()).route_layer(from_fn(async |request: Request, next: Next| -> Response {
        let found = request.extensions().get::<MatchedPath>().map(|path| path.as_str().parse().unwrap());
        let mut answer = next.run(request).await;
        if let Some(found) = found {
            answer.headers_mut().insert(FOUND, found);
        }
        answer
    }))
}

/// A path with each of its parts otherwise written. `plain`: of the route, with values in it.
fn tricks(route: &str, plain: &str) -> Vec<Trick> {
    let named: Vec<&str> = route.split('/').skip(1).collect();
    let parts: Vec<&str> = plain.split('/').skip(1).collect();
    let path = |parts: &[&str]| format!("/{}", parts.join("/"));
    // From there on everything is one value.
    let rest = named.iter().position(|part| part.starts_with("{*")).unwrap_or(named.len());
    let mut all = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        for between in ["", ".", "%2e", "%2E", "x/..", "x/%2e%2e", "x/..;", "%00"] {
            let longer: Vec<_> =
                parts[..at].iter().copied().chain([between]).chain(parts[at..].iter().copied()).collect();
            all.push(Trick { path: path(&longer), is_value: rest <= at });
        }
        let is_value = named[at].starts_with('{');
        let mut others: Vec<_> =
            [";x", "%00", "%20", "%2f", "%2e", "%5c"].iter().map(|end| format!("{part}{end}")).collect();
        // An id means the same in capitals, and encoded: that is its value.
        let mut letters = part.chars();
        if let Some(first) = letters.next().filter(|_| !is_value) {
            others.push(part.to_uppercase());
            others.push(format!("%{:02x}{}", u32::from(first), letters.as_str()));
        }
        for other in others.iter().filter(|other| other != part) {
            let other: Vec<_> = parts[..at]
                .iter()
                .copied()
                .chain([other.as_str()])
                .chain(parts[at + 1..].iter().copied())
                .collect();
            all.push(Trick { path: path(&other), is_value });
        }
    }
    for end in ["/", "//", "/x", "/x/..", "/.", "/%2e", "/x/%2e%2e"] {
        all.push(Trick { path: format!("{plain}{end}"), is_value: rest < named.len() });
    }
    all
}

/// CVE-2024-1709 was a page reached by a longer path. A path leads where it says, letter for letter: whoever may ask the right
/// one reaches nothing by another.
#[tokio::test]
async fn path_tricks_reach_nothing() {
    let server = TestServer::start().await;
    let things = things(&server, "beta").await;
    let app = telling(&server.state);
    let administrator = server.administrator(&things.company).await.of(app.clone());
    let operator = server.operator(&things.company).await.of(app);
    let known = asking("/api/manage/me", &administrator, &operator).get("/api/manage/me").await;
    assert_eq!((known.status.as_u16(), &known.headers[FOUND]), (200, &"/api/manage/me".parse().unwrap()));
    for (method, route) in operations() {
        let plain = things.fill(&route);
        // Below these the page itself finds its way, and all are the same page.
        let page = ["/manage", "/console"].into_iter().find(|page| route.starts_with(page));
        for Trick { path, is_value } in tricks(&route, &plain) {
            if page.is_some_and(|page| path == page || path.starts_with(&format!("{page}/"))) {
                continue;
            }
            let mut asking = asking(&route, &administrator, &operator);
            let answer = asking.ask(method.clone(), &path, body(&method, &route)).await;
            let refused = matches!(answer.status.as_u16(), 400 | 404 | 405);
            assert!(refused, "{method} {path}: {} {}", answer.status, answer.text);
            let found = answer.headers.get(FOUND).map(|found| found.to_str().unwrap());
            assert!(is_value || found != Some(&route), "{method} {path} is taken for {route}");
        }
    }
}
