//! Every limit of the protocol, in one place, each with its unit.

use std::time::Duration;

/// A WebSocket frame between the server and either end.
pub const FRAME_BYTES: usize = 256 * 1024;
/// The first frame of a side that has not introduced itself.
pub const HELLO_BYTES: usize = 4 * 1024;
/// A message on a data channel.
pub const PEER_MESSAGE_BYTES: usize = 16 * 1024;
/// A session description.
pub const SDP_BYTES: usize = 64 * 1024;
/// A candidate line.
pub const CANDIDATE_BYTES: usize = 1024;
/// Offers whose answers are awaited at a time.
pub const ANSWERS_AWAITED: u32 = 8;
/// Candidates of one connection and direction.
pub const CANDIDATES: usize = 64;
/// A serialised policy.
pub const POLICY_BYTES: usize = 4 * 1024;
/// Names in a list of features.
pub const FEATURES: usize = 32;
/// One feature's name.
pub const FEATURE_CHARS: usize = 64;
/// A text that a machine tells of itself.
pub const MACHINE_TEXT_CHARS: usize = 256;
/// A name shown to a person (company, service, operator).
pub const NAME_CHARS: usize = 128;
/// A chat line.
pub const CHAT_CHARS: usize = 4_000;
/// Chat lines of one side in a second; more are refused.
pub const CHAT_LINES_PER_SECOND: u32 = 10;
/// Earlier chat lines that a console is told when it connects.
pub const CHAT_LINES_EARLIER: usize = 200;
/// The same in bytes of text; the newest lines are kept.
pub const CHAT_BYTES_EARLIER: usize = 64 * 1024;
/// Chat lines that wait for their delivery.
pub const CHAT_LINES_WAITING: usize = 100;
/// What a tool opens: an address, a program, a folder.
pub const TOOL_TARGET_CHARS: usize = 2_048;
/// Tools that run at a time in one session; more are refused.
pub const TOOLS_RUNNING: usize = 8;
/// Requests for tools within [`TOOL_WINDOW`]; more are refused.
pub const TOOL_REQUESTS: u32 = 20;
/// Of them what does something on the customer's machine: as fast as a hand presses.
pub const TOOL_ACTS: u32 = 3;
/// In which they are counted.
pub const TOOL_WINDOW: Duration = Duration::from_secs(1);
/// Times that a console may ask to talk within [`VOICE_WINDOW`] (F-14).
pub const VOICE_REQUESTS: u32 = 5;
/// Times that one side may turn its microphone off and on within [`VOICE_WINDOW`]; more are not recorded, and told to nobody.
pub const VOICE_MUTES: u32 = 60;
/// In which both are counted.
pub const VOICE_WINDOW: Duration = Duration::from_secs(60);
/// Times that a console may ask to show its operator's screen within [`OPERATOR_SCREEN_WINDOW`] (F-09).
pub const OPERATOR_SCREEN_REQUESTS: u32 = 5;
/// In which they are counted, and what was no picture as well.
pub const OPERATOR_SCREEN_WINDOW: Duration = Duration::from_secs(60);
/// Times that what came was no picture within [`OPERATOR_SCREEN_WINDOW`]; then it ends.
pub const OPERATOR_SCREEN_FAULTS: u32 = 5;
/// The longer side of the operator's screen as it is shown; the console makes a larger one smaller.
pub const OPERATOR_SCREEN_SIDE_PX: u16 = 2_560;
/// A ticket for the page on which a customer sees the operator's computer (F-15).
pub const VIEWER_TICKET_CHARS: usize = 64;
/// Rights that a console may ask for within [`RIGHT_WINDOW`]; more are put before nobody.
pub const RIGHT_REQUESTS: u32 = 3;
/// In which they are counted.
pub const RIGHT_WINDOW: Duration = Duration::from_secs(60);
/// Points of one drawn shape.
pub const DRAW_POINTS: usize = 2_000;
/// Shapes that stand on a screen at a time.
pub const DRAW_SHAPES: usize = 500;
/// Points of all of them, beyond which none begins.
pub const DRAW_POINTS_OF_SCREEN: usize = 100_000;
/// Characters of a drawn text.
pub const DRAW_TEXT_CHARS: usize = 200;
/// The width of a drawn line, in pixels.
pub const DRAW_WIDTH_PX: u16 = 64;
/// The height of a drawn text, in pixels, at least.
pub const DRAW_TEXT_PX_LEAST: u16 = 8;
/// The same at most.
pub const DRAW_TEXT_PX: u16 = 200;
/// Points that one side draws in a second; a mouse tells a thousand.
pub const DRAW_POINTS_PER_SECOND: u32 = 4_000;
/// Messages about drawing in a second, of each side.
pub const DRAW_MESSAGES_PER_SECOND: u32 = 200;
/// Times that a side begins to draw in one session and the record says so; each is two lines there.
pub const DRAW_TIMES_OF_SESSION: u32 = 500;
/// A part of the screen that an operator asks for, each way, in pixels.
pub const PART_PX: u32 = 16;
/// Times an operator asks for another part within [`PART_WINDOW`]; more are refused.
pub const PART_ASKS: u32 = 5;
/// In which they are counted.
pub const PART_WINDOW: Duration = Duration::from_secs(10);
/// One committed text of the operator's input method.
pub const INPUT_TEXT_CHARS: usize = 1_024;
/// The name of a physical key.
pub const KEY_CODE_BYTES: usize = 32;
/// A coordinate of the shared picture, both signs, in pixels. X11's own limit.
pub const COORDINATE_PX: i32 = 32_767;
/// One wheel event, in 1/120 of a notch.
pub const WHEEL_UNITS: i32 = 12_000;
/// Input events that came early and wait for those before them.
pub const INPUT_EVENTS_EARLY: usize = 64;
/// Events that one side keeps until the server has them.
pub const EVENTS_WAITING: usize = 4_096;
/// Events that one side sends ahead of what the server has confirmed.
pub const EVENTS_IN_FLIGHT: usize = 64;
/// The highest number of an event; whatever names a higher one is no count of anything.
pub const EVENT_SEQ: u64 = 1 << 48;
/// Events that the record of one session keeps of each side, counted from the server's last start; with one more the
/// session ends.
pub const EVENTS_OF_SIDE: u64 = 50_000;
/// What these events take in the record, as they are written there.
pub const EVENT_BYTES_OF_SIDE: u64 = 8 * 1024 * 1024;
/// Consents, returns of the customer and offers of one session, each kind for itself: each is a line of the record. Counted
/// from the server's last start.
pub const ACTS_OF_SESSION: u32 = 1_000;
/// A network that drops everything for hours is no attack: so often one more return or offer is allowed.
pub const ACT_INTERVAL: Duration = Duration::from_secs(15);
/// Displays of one machine.
pub const DISPLAYS: usize = 32;
/// ICE servers in one offer.
pub const ICE_SERVERS: usize = 16;
/// The kinds of refusals that are counted apart: more than there are names, so that no flood of some hides another.
pub const REFUSAL_KINDS: usize = 128;

/// Digits of a connection code.
pub const CODE_DIGITS: usize = 6;
/// How long a connection code can be used, unless its company sets another time (G-2).
pub const CODE_LIFETIME: Duration = Duration::from_secs(10 * 60);
/// How long a used or expired code is still told apart from one that never was.
pub const CODE_MEMORY: Duration = Duration::from_secs(60 * 60);

/// How long a socket may stay open without its first message.
pub const HELLO_WAIT: Duration = Duration::from_secs(10);
/// How often each end pings the server.
pub const PING_INTERVAL: Duration = Duration::from_secs(5);
/// Silence after which the server and the ends take a socket for dead.
pub const SILENCE: Duration = Duration::from_secs(15);
/// How long an absent customer may come back.
pub const CUSTOMER_AWAY: Duration = Duration::from_secs(60);
/// How long a session waits for a console that went away.
pub const CONSOLE_AWAY: Duration = Duration::from_secs(10 * 60);
/// How long the question of consent stands before the session ends unanswered. Nothing is granted by it.
pub const CONSENT_WAIT: Duration = Duration::from_secs(10 * 60);
/// How long a policy is valid from its signature; a running session gets a new one at half of it.
pub const POLICY_LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);
/// First wait before signalling is connected again; doubles with each failure.
pub const RECONNECT_FIRST: Duration = Duration::from_millis(500);
/// Longest wait before signalling is connected again.
pub const RECONNECT_LONGEST: Duration = Duration::from_secs(5);
/// How long the customer's own mouse and keyboard keep the operator's input away.
pub const CUSTOMER_QUIET: Duration = Duration::from_millis(500);
/// A kind of refusal is reported at most this often.
pub const REFUSAL_REPORT: Duration = Duration::from_secs(1);
/// How long a new peer connection may take.
pub const PEER_CONNECT: Duration = Duration::from_secs(30);

/// One file (F-02): more than any disk holds, and a number that a page counts exactly.
pub const FILE_BYTES: u64 = 1 << 50;
/// One piece of a file; with what stands around it, it fits into a message.
pub const FILE_CHUNK_BYTES: usize = 15 * 1024;
/// What is on its way of one file and not yet written by the receiver.
pub const FILE_WINDOW_BYTES: u64 = 1024 * 1024;
/// The same in chunks: small ones cost as much as large ones.
pub const FILE_CHUNKS_WAITING: usize = 256;
/// A receiver tells after so much how far it has written.
pub const FILE_TAKEN_BYTES: u64 = 64 * 1024;
/// Transfers that run at a time.
pub const FILE_TRANSFERS: usize = 4;
/// Questions about folders, and changes to them, that wait for their answer.
pub const FILE_REQUESTS: usize = 4;
/// Files moved and entries changed in one session. The record has a line or two of each, and must hold them all.
pub const FILES_OF_SESSION: u32 = 5_000;
/// A file of this size has a line in the record when it begins.
pub const FILE_START_BYTES: u64 = 1024 * 1024;
/// One part of a path, as the file systems have it.
pub const FILE_NAME_BYTES: usize = 255;
/// A path.
pub const FILE_PATH_BYTES: usize = 4_096;
/// A path in the record.
pub const FILE_PATH_RECORD_BYTES: usize = 512;
/// Folders within each other in one target.
pub const FILE_DEPTH: usize = 64;
/// Entries of one folder that are told.
pub const FOLDER_ENTRIES: usize = 10_000;
/// The same in bytes.
pub const FOLDER_BYTES: usize = 1024 * 1024;
/// How long what was received of a file waits for its connection to come back.
pub const FILE_PARKED: Duration = Duration::from_secs(10 * 60);
/// Between two offers of a connection for files.
pub const FILES_OFFER_INTERVAL: Duration = Duration::from_secs(1);

/// A text on the clipboard (S-11).
pub const CLIP_TEXT_BYTES: u64 = 1024 * 1024;
/// A picture on the clipboard, as PNG.
pub const CLIP_PICTURE_BYTES: u64 = 8 * 1024 * 1024;
/// One piece of either; with what stands around it, it fits into a message.
pub const CLIP_PART_BYTES: usize = 12 * 1024;
/// What is on its way of it and not said to be taken.
pub const CLIP_WINDOW_BYTES: u64 = 128 * 1024;
/// Files that are copied together and told.
pub const CLIP_FILES: usize = 100;
/// Names of them in the record.
pub const CLIP_NAMES: usize = 20;
/// Copies within [`CLIP_WINDOW`], of each side; more are left out. A person copies less, a program in a circle more.
pub const CLIPS: u32 = 20;
/// In which they are counted.
pub const CLIP_WINDOW: Duration = Duration::from_secs(10);
/// Copies of one session, of both sides: each is a line of the record, which must hold them all.
pub const CLIPS_OF_SESSION: u32 = 5_000;

/// How long a customer may be away for a restart that they agreed to (F-03): updates are installed meanwhile.
pub const REBOOT_AWAY: Duration = Duration::from_secs(15 * 60);
/// Times a restart is asked for within [`REBOOT_WINDOW`].
pub const REBOOT_ASKS: u32 = 3;
/// In which they are counted.
pub const REBOOT_WINDOW: Duration = Duration::from_secs(60);

/// A document that the customer prints (S-12), as PDF.
pub const PRINT_BYTES: u64 = 256 * 1024 * 1024;
/// Its pages, where it comes as pictures of pages.
pub const PRINT_PAGES: u32 = 2_000;
/// Its name.
pub const PRINT_NAME_CHARS: usize = 255;
/// Documents that wait for a console; more are not taken before one is gone.
pub const PRINTS_WAITING: usize = 50;
/// The same in bytes.
pub const PRINTS_WAITING_BYTES: u64 = 1024 * 1024 * 1024;
/// Documents printed in one session. The record has a line of each.
pub const PRINTS_OF_SESSION: u32 = 1_000;
/// Times that an operator turns the printer off or on within [`PRINTER_WINDOW`]; more are refused.
pub const PRINTER_TURNS: u32 = 5;
/// In which they are counted.
pub const PRINTER_WINDOW: Duration = Duration::from_secs(10);

/// The reserved slot in the customer app.
pub const SLOT_BYTES: usize = 4096;
/// The mark in the customer app that says its version.
pub const VERSION_MARK_BYTES: usize = 64;
/// Origins in a slot.
pub const SLOT_ORIGINS: usize = 8;
/// One origin in a slot.
pub const SLOT_ORIGIN_BYTES: usize = 256;
/// Hashes of identity keys in a slot.
pub const SLOT_IDENTITIES: usize = 4;
