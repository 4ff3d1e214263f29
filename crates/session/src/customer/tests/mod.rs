mod bench;
mod chat;
mod consent;
mod ends;
mod input;
mod link;
mod policy;
mod tools;
