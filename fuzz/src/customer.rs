//! Any steps at the customer's machine, from any state of it: what server and console say, what the person does, what disk and
//! desktop tell. No message is longer than its channel takes, and nothing is done for a console before the customer's Yes or
//! after the end. The first byte is the state.

use std::time::Duration;

use bytes::Bytes;
use protocol::{Permissions, limits, tools::Outcome, wire};
use session::{
    Timestamp,
    customer::{
        Action, AskNo, Change, Channel, ConnectionNo, Customer, EntryKind, FilesNews, FolderEntry, Input,
        Listing, OperatorScreenOrder, Output, TransferNo, View,
    },
};

use crate::{
    desk,
    steps::{Step, steps},
};

pub(crate) fn run(data: &[u8]) {
    let Some((stage, rest)) = data.split_first() else { return };
    let (customer, agreed) = desk::customer(stage % 7);
    let mut watched = Watched { customer, now: Timestamp::default(), agreed, over: false };
    for step in steps(rest) {
        watched.take(step);
    }
}

struct Watched {
    customer: Customer,
    now: Timestamp,
    agreed: bool,
    over: bool,
}

impl Watched {
    fn take(&mut self, step: Step<'_>) {
        if step.kind % 24 == 4 {
            let seconds = u16::from_be_bytes([step.byte(0), step.byte(1)]);
            self.now = self.now + Duration::from_millis(u64::from(seconds) * 10);
        }
        let input = input(step);
        let agrees = matches!(input, Input::Agreed(_));
        // What a person does at the wrong moment is an error of the shell, and changes nothing.
        let taken = self.customer.handle(self.now, input).is_ok();
        self.agreed |= agrees && taken;
        while let Some(output) = self.customer.poll() {
            self.watch(&output);
        }
    }

    fn watch(&mut self, output: &Output) {
        match output {
            Output::ToServer(bytes) => {
                assert!(bytes.len() <= limits::FRAME_BYTES, "a frame of {}", bytes.len())
            }
            Output::ToPeer { bytes, .. } => {
                assert!(bytes.len() <= limits::PEER_MESSAGE_BYTES, "a message of {}", bytes.len());
                assert!(self.agreed, "nobody is told anything before the Yes");
            }
            Output::Do(Action::Show(view)) if matches!(**view, View::Ended(_)) => self.over = true,
            Output::Do(action) => assert!(self.agreed && !self.over || !is_for_console(action), "{action:?}"),
            Output::WakeAt(_) => {}
        }
    }
}

fn is_for_console(action: &Action) -> bool {
    matches!(
        action,
        Action::AnswerOffer { .. }
            | Action::AddCandidate { .. }
            | Action::PrepareSharing(_)
            | Action::StartSharing(_)
            | Action::Picture(_)
            | Action::ApplyInput(_)
            | Action::RunTool { .. }
            | Action::OperatorScreen(OperatorScreenOrder::Open { .. } | OperatorScreenOrder::Packet(_))
    )
}

fn input(step: Step<'_>) -> Input {
    let bytes = Bytes::copy_from_slice(step.bytes);
    let (first, second) = (ConnectionNo(1), ConnectionNo(2));
    let from = |channel| Input::PeerMessage { connection: first, channel, bytes: bytes.clone() };
    let connection = ConnectionNo(u64::from(step.byte(0) % 4));
    match step.kind % 24 {
        0 => Input::ServerMessage(bytes),
        1 => from(Channel::Control),
        2 => from(Channel::Pointer),
        3 => Input::PeerMessage { connection: second, channel: Channel::Files, bytes },
        5 => Input::Agreed(permissions(step)),
        6 => Input::Stopped,
        7 => Input::PeerLost { connection },
        8 => Input::PeerConnected { connection, relayed: true },
        9 => Input::ChannelOpened { connection, channel: channel(step.byte(1)) },
        10 => Input::LocalAnswer { connection, sdp: step.text(1_000) },
        11 => Input::SignallingClosed,
        12 => Input::SignallingOpened { clock_ms: desk::SERVER_MS },
        13 => Input::Chat { id: [step.byte(0); 16], text: step.text(5_000) },
        14 => Input::Files(news(step)),
        15 => done(step, connection),
        16 => Input::ControlForbidden,
        17 => Input::ControlAllowed,
        18 => Input::Displays(vec![wire::Display { name: step.text(60), ..wire::Display::default() }; 40]),
        19 => Input::DesktopTakesNoInput("input-no-xtest"),
        20 => Input::QuestionOpened,
        21 => Input::CustomerActive,
        22 => Input::Declined,
        23 => from(channel(step.byte(0))),
        _ => Input::Tick,
    }
}

/// Some are left out: which, say the bits of two bytes.
fn permissions(step: Step<'_>) -> Permissions {
    Permissions::of_names(|name| {
        let place = name.bytes().map(usize::from).sum::<usize>() % 16;
        step.byte(place / 8) & (1 << (place % 8)) == 0
    })
}

fn channel(byte: u8) -> Channel {
    let all = [
        Channel::Control,
        Channel::Pointer,
        Channel::Screen,
        Channel::Repeat,
        Channel::Files,
        Channel::OperatorScreen,
    ];
    all.get(usize::from(byte) % all.len()).copied().unwrap_or(Channel::Control)
}

fn done(step: Step<'_>, connection: ConnectionNo) -> Input {
    let entry =
        wire::ProcessEntry { name: step.text(256), command: step.text(512), ..wire::ProcessEntry::default() };
    let outcome = match step.byte(1) % 3 {
        0 => Outcome::Done,
        1 => Outcome::Processes(vec![entry; usize::from(step.byte(2))]),
        _ => Outcome::Unsupported("services-no-systemd"),
    };
    Input::ToolDone { connection, id: step.byte(3).into(), object: step.text(2_048), outcome }
}

/// A file system that says anything at any time.
fn news(step: Step<'_>) -> FilesNews {
    let number = u64::from(step.byte(1));
    let (transfer, ask) = (TransferNo(number), AskNo(number));
    let bytes = u64::from(step.byte(2)) << (step.byte(3) % 64);
    let entry = FolderEntry {
        name: step.text(300),
        kind: EntryKind::File,
        size_bytes: bytes,
        modified_ms: bytes,
        link: false,
        place: "",
    };
    let listing = Listing { entries: vec![entry; 100], ..Listing::default() };
    match step.byte(0) % 10 {
        0 => FilesNews::Listed(ask, Ok(listing)),
        1 => FilesNews::Listed(ask, Err("files-denied")),
        2 => FilesNews::Changed(ask, Ok(Change::Made)),
        3 => FilesNews::Created(transfer, step.text(4_000)),
        4 => FilesNews::Written(transfer, bytes),
        5 => FilesNews::Finished(transfer, step.text(4_000)),
        6 => FilesNews::Opened { transfer, size_bytes: bytes, modified_ms: bytes },
        7 => FilesNews::Read(
            transfer,
            Bytes::copy_from_slice(step.bytes).slice(..step.bytes.len().min(15_360)),
        ),
        8 => FilesNews::ReadAll(transfer, [step.byte(4); 32]),
        _ => FilesNews::Failed(transfer, "files-disk-full"),
    }
}
