//! The store on a real SQLite file, and on PostgreSQL where there is one (see [`database`]).

mod accounts;
mod database;
mod failures;
mod logs;
mod sessions;
mod statistics;
mod writes;
