//! The route table is an allow-list: a new route is a decision that shows in a review.

use crate::router;
use std::fmt::Write as _;
use utoipa::openapi::path::PathItem;

/// Every operation of the contract, as "METHOD path".
pub(super) fn operations() -> Vec<(http::Method, String)> {
    let (_, contract) = router::api();
    let mut all = Vec::new();
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
