//! What comes of a tool, and how it is cut into messages.

use prost::Message;

use crate::{limits, wire};

/// What came of a tool.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was done, and there is nothing to tell.
    Done,
    /// What the machine is.
    System(Box<wire::SystemPart>),
    /// Its processes.
    Processes(Vec<wire::ProcessEntry>),
    /// Its services.
    Services(Vec<wire::ServiceEntry>),
    /// It was not done.
    Problem {
        /// Why, kebab-case (`ToolAnswer.problem`).
        what: &'static str,
        /// In the system's own words, at most 256 characters; mostly empty.
        said: String,
    },
    /// This machine cannot do it: what it lacks, kebab-case.
    Unsupported(&'static str),
}

impl Outcome {
    /// It was not done, and `what` says all.
    #[must_use]
    pub fn refused(what: &'static str) -> Self {
        Self::Problem { what, said: String::new() }
    }

    /// Why not, kebab-case; empty: it was done.
    #[must_use]
    pub fn problem(&self) -> &'static str {
        match self {
            Self::Problem { what, .. } => what,
            Self::Unsupported(_) => "unsupported",
            Self::Done | Self::System(_) | Self::Processes(_) | Self::Services(_) => "",
        }
    }
}

/// Of a message, for what stands around the entries of a list.
const ROOM_BYTES: usize = limits::PEER_MESSAGE_BYTES - 256;

/// Parts of one answer: a megabyte. They go before the picture, and all at once.
const PARTS_MAX: usize = 64;

/// The answers to request `id`, each within a message's limit. At least one; what would be beyond a megabyte is left out.
#[must_use]
pub fn parts(id: u32, outcome: Outcome) -> Vec<wire::ToolAnswer> {
    use wire::tool_answer::Result;
    let problem = outcome.problem().to_owned();
    let detail = match &outcome {
        Outcome::Unsupported(lacks) => (*lacks).to_owned(),
        Outcome::Problem { said, .. } => said.chars().take(limits::MACHINE_TEXT_CHARS).collect(),
        _ => String::new(),
    };
    let results: Vec<Result> = match outcome {
        Outcome::Done | Outcome::Problem { .. } | Outcome::Unsupported(_) => Vec::new(),
        Outcome::System(system) => system_parts(*system).into_iter().map(Result::System).collect(),
        Outcome::Processes(all) => {
            cut(all).into_iter().map(|processes| Result::Processes(wire::ProcessPart { processes })).collect()
        }
        Outcome::Services(all) => {
            cut(all).into_iter().map(|services| Result::Services(wire::ServicePart { services })).collect()
        }
    };
    let one = |result: Option<Result>| wire::ToolAnswer {
        id,
        more: result.is_some(),
        problem: problem.clone(),
        detail: detail.clone(),
        result,
    };
    let mut answers: Vec<wire::ToolAnswer> =
        results.into_iter().take(PARTS_MAX).map(|result| one(Some(result))).collect();
    match answers.last_mut() {
        Some(last) => last.more = false,
        None => answers.push(one(None)),
    }
    answers
}

fn system_parts(whole: wire::SystemPart) -> Vec<wire::SystemPart> {
    let first = wire::SystemPart { about: whole.about, ..wire::SystemPart::default() };
    let disks = cut(whole.disks).into_iter().map(|disks| wire::SystemPart { disks, ..Default::default() });
    let networks =
        cut(whole.networks).into_iter().map(|networks| wire::SystemPart { networks, ..Default::default() });
    let displays =
        cut(whole.displays).into_iter().map(|displays| wire::SystemPart { displays, ..Default::default() });
    let programs =
        cut(whole.programs).into_iter().map(|programs| wire::SystemPart { programs, ..Default::default() });
    std::iter::once(first).chain(disks).chain(networks).chain(displays).chain(programs).collect()
}

/// A list in pieces that fit; an entry that fits nowhere is left out.
fn cut<T: Message>(all: Vec<T>) -> Vec<Vec<T>> {
    // A tag, and a length of at most three bytes.
    const FRAMING_BYTES: usize = 4;
    let mut pieces: Vec<Vec<T>> = Vec::new();
    let mut room = 0;
    for entry in all {
        let bytes = entry.encoded_len() + FRAMING_BYTES;
        if ROOM_BYTES < bytes {
            continue;
        }
        match pieces.last_mut() {
            Some(piece) if bytes <= room => piece.push(entry),
            _ => {
                room = ROOM_BYTES;
                pieces.push(vec![entry]);
            }
        }
        room -= bytes;
    }
    pieces
}
