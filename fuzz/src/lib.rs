//! What strangers' bytes go through, as plain functions: everything that faces the network in the customer app, the server and
//! the console's WebAssembly, from the first decoder to what follows from its message. Each ends in a value or an error,
//! never in a panic, and keeps what its own comment promises.
//!
//! The tests replay `corpus/` and change it at random, a bounded number of times; `cargo xtask fuzz` looks for longer, with
//! libFuzzer (`libfuzzer/`, which calls the same functions). Not here: product code.

mod answers;
mod customer;
mod descriptions;
mod desk;
mod hosting;
mod messages;
mod mutation;
mod packets;
mod paths;
mod policies;
mod prints;
mod recordings;
mod slots;
mod steps;
#[cfg(test)]
mod tests;
mod voice;

pub use mutation::Mutation;

/// One thing that bytes go into.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Also of its folder in `corpus/` and of its program for libFuzzer.
    pub name: &'static str,
    /// Takes any bytes. Panics where something is wrong.
    pub run: fn(&[u8]),
    /// How many changed inputs the tests try: together they take seconds.
    pub rounds: u32,
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "answers", run: answers::run, rounds: 10_000 },
    Target { name: "customer", run: customer::run, rounds: 1_000 },
    Target { name: "descriptions", run: descriptions::run, rounds: 500 },
    Target { name: "hosting", run: hosting::run, rounds: 4_000 },
    Target { name: "messages", run: messages::run, rounds: 10_000 },
    Target { name: "packets", run: packets::run, rounds: 2_000 },
    Target { name: "paths", run: paths::run, rounds: 5_000 },
    Target { name: "policies", run: policies::run, rounds: 500 },
    Target { name: "printing", run: prints::run, rounds: 2_000 },
    Target { name: "recordings", run: recordings::run, rounds: 5_000 },
    Target { name: "slots", run: slots::run, rounds: 2_000 },
    Target { name: "voice", run: voice::run, rounds: 300 },
];

/// Runs the target of this name; for the programs of libFuzzer. Panics where there is none.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target of this name");
    (target.run)(bytes);
}
