//! Every run replays what is kept in `corpus/` and tries inputs near to it.
//!
//! `BESIDE_FUZZ_SEED=N` tries others than the usual ones (which N it was stands in what a failure prints), and
//! `BESIDE_FUZZ_ROUNDS=N` so many of each. `BESIDE_FUZZ_WRITE=1` writes the seeds of `seeds.rs` that `corpus/` lacks.

mod seeds;

use std::{fs, path::PathBuf};

use crate::{Mutation, TARGETS, Target};

/// Says what was tried when the test fails.
struct Trying<'a> {
    target: &'a str,
    what: String,
    bytes: &'a [u8],
}

impl Drop for Trying<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let hex: String = self.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            eprintln!("{}: {}: keep this as fuzz/corpus/{0}/NAME: {hex}", self.target, self.what);
        }
    }
}

fn folder(target: &Target) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name)
}

/// Name and bytes of each input that is kept for a target.
fn kept(target: &Target) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder(target)).unwrap();
    let mut kept: Vec<_> = files
        .map(|file| file.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    kept.sort();
    kept
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap())
}

fn check(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let kept = kept(target);
    for (file, bytes) in &kept {
        let _trying = Trying { target: name, what: format!("corpus file {file}"), bytes };
        (target.run)(bytes);
    }
    let inputs: Vec<Vec<u8>> = kept.into_iter().map(|(_, bytes)| bytes).collect();
    let seed = number("BESIDE_FUZZ_SEED").unwrap_or_default();
    let rounds = number("BESIDE_FUZZ_ROUNDS").unwrap_or(target.rounds.into());
    let mut mutation = Mutation::of(seed);
    for round in 0..rounds {
        let bytes = mutation.input(&inputs);
        let what = format!("seed {seed}, round {round}");
        let _trying = Trying { target: name, what, bytes: &bytes };
        (target.run)(&bytes);
    }
}

/// One test for each target, so that they run beside each other.
macro_rules! each {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )+

        #[test]
        fn every_target_is_tried() {
            let tried = [$(stringify!($name),)+];
            let targets: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(targets, tried);
            for name in tried {
                let program = format!("{}/libfuzzer/targets/{name}.rs", env!("CARGO_MANIFEST_DIR"));
                assert!(fs::read_to_string(&program).is_ok_and(|text| text.contains(&format!("\"{name}\""))), "{program}");
            }
        }
    };
}

each! { answers customer descriptions hosting messages packets paths policies printing recordings slots voice }

/// What real programs say is in the corpus of its target, as it was when it came in: old bytes are what a new version gets.
#[test]
fn the_corpus_has_every_seed() {
    for (name, seeds) in seeds::all() {
        let target = TARGETS.iter().find(|target| target.name == name).unwrap();
        for (file, bytes) in seeds {
            let path = folder(target).join(&file);
            if number("BESIDE_FUZZ_WRITE") == Some(1) && !path.exists() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, bytes).unwrap();
            }
            assert!(path.exists(), "{} is missing: run once with BESIDE_FUZZ_WRITE=1", path.display());
        }
    }
}

/// The same seed tries the same, and another one something else.
#[test]
fn inputs_are_the_same_on_every_machine() {
    let seeds = vec![b"0123456789".to_vec(), b"abcdefghij".to_vec()];
    let inputs = |seed| {
        let mut mutation = Mutation::of(seed);
        (0..100).map(|_| mutation.input(&seeds)).collect::<Vec<_>>()
    };
    assert_eq!(inputs(7), inputs(7));
    assert_ne!(inputs(7), inputs(8));
    assert!(inputs(7).iter().filter(|input| !seeds.contains(input)).count() > 90);
}
