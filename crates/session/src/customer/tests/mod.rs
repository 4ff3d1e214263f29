mod bench;
mod consent;
mod input;
mod link;
mod policy;
