//! The whole router on a real SQLite file, and on PostgreSQL where there is one, asked as browsers ask.

mod acme;
mod bad_input;
mod codes;
mod connections;
mod other_company;
mod pages;
mod paths;
mod postgres;
pub(crate) mod routes;
mod running;
mod samples;
mod sockets;
pub(crate) mod support;
mod texts;
pub(crate) mod walk;

pub(crate) use support::{Answer, Browser, PASSWORD, TestCompany, TestServer, fields};
