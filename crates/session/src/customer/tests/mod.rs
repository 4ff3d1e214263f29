mod bench;
mod consent;
mod ends;
mod input;
mod link;
mod policy;
