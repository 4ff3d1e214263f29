//! The store on a real SQLite file, and on PostgreSQL where there is one (see [`database`]).

mod accounts;
mod administrators;
mod database;
mod failures;
mod logs;
mod record_search;
mod retention;
mod sessions;
mod statistics;
mod writes;
