//! The route table is an allow-list: a new route is a decision that shows in a review.

use super::TestServer;
use crate::router;
use std::fmt::Write as _;
use utoipa::openapi::{OpenApi, path::PathItem};

/// Paths beside the contract: pages, sockets, files.
pub(super) fn plain() -> Vec<&'static str> {
    router::plain(OpenApi::default()).into_iter().map(|(path, _)| path).collect()
}

/// Every route: the operations of the contract, and what stands beside it.
pub(crate) fn operations() -> Vec<(http::Method, String)> {
    let (_, contract) = router::api();
    let mut all: Vec<_> = plain().into_iter().map(|path| (http::Method::GET, path.to_owned())).collect();
    for (path, item) in contract.paths.paths {
        let PathItem { get, post, put, patch, delete, .. } = item;
        let methods = [
            (http::Method::GET, get.is_some()),
            (http::Method::POST, post.is_some()),
            (http::Method::PUT, put.is_some()),
            (http::Method::PATCH, patch.is_some()),
            (http::Method::DELETE, delete.is_some()),
        ];
        all.extend(methods.into_iter().filter(|(_, there)| *there).map(|(method, _)| (method, path.clone())));
    }
    all.sort_by(|(one, path), (other, other_path)| (path, one.as_str()).cmp(&(other_path, other.as_str())));
    all
}

#[test]
fn the_route_table_is_the_golden_one() {
    let mut table = String::new();
    for (method, path) in operations() {
        writeln!(table, "{method} {path}").unwrap();
    }
    insta::assert_snapshot!("routes", table);
}

/// What stands beside the contract is read and nothing else.
#[tokio::test]
async fn pages_sockets_and_files_answer_get_alone() {
    let server = TestServer::start().await;
    for path in plain() {
        let path = path.replace("{*page}", "x").replace("{*file}", "x").replace("{file}", "x");
        for method in [http::Method::POST, http::Method::PUT, http::Method::PATCH, http::Method::DELETE] {
            let answer = server.browser().ask(method.clone(), &path, None).await;
            assert_eq!(answer.problem(), (405, "method-not-allowed"), "{method} {path}");
        }
    }
}

/// The web's types are named by them.
#[test]
fn every_operation_has_a_name_of_its_own() {
    let (_, mut contract) = router::api();
    let mut names: Vec<_> = contract
        .paths
        .paths
        .values_mut()
        .flat_map(router::operations_of)
        .map(|operation| operation.operation_id.clone().unwrap_or_default())
        .collect();
    names.sort_unstable();
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
