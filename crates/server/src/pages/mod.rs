//! The web pages: three entries and their assets, embedded in the program, and the page of the server's own
//! certificate authority.

mod authority;
mod embedded;
mod notice;

use crate::router::Plain;
use axum::routing::get;

/// Every page's address. What is not here is not served: there is no catch-all that answers with a page.
pub(crate) fn pages() -> [Plain; 12] {
    [
        ("/", get(embedded::join)),
        ("/manage", get(embedded::manage)),
        ("/manage/{*page}", get(embedded::manage)),
        ("/activate", get(embedded::manage)),
        ("/console", get(embedded::console)),
        ("/console/{*page}", get(embedded::console)),
        ("/assets/{*file}", get(embedded::asset)),
        ("/favicon.svg", get(embedded::at_root)),
        ("/favicon.ico", get(embedded::at_root)),
        ("/tiles.wasm", get(embedded::at_root)),
        ("/ca", get(authority::page)),
        ("/ca.pem", get(authority::certificate)),
    ]
}
