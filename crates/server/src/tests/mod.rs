//! The whole router on a real SQLite file, and on PostgreSQL where there is one, asked as browsers ask.

mod acme;
mod bad_input;
mod codes;
mod connections;
mod pages;
mod postgres;
mod routes;
mod running;
mod sockets;
pub(crate) mod support;
mod walk;

pub(crate) use support::{Answer, Browser, PASSWORD, TestCompany, TestServer, fields};
