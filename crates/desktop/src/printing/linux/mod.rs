//! CUPS, by its own protocol over its own socket (cupsd.conf(5), "Listen"; CUPS Implementation of IPP).
//!
//! The queue is a temporary one (`CUPS-Create-Local-Printer`, CUPS 2.2): what libcups itself makes for a printer that it found in
//! the network, for which no right is needed; cupsd deletes it a minute after it was made or has printed last, and it is made again
//! then. So a crash leaves nothing that anybody would have to find again (`docs/adr/0012-remote-printer.md`).

mod socket;

use std::path::Path;
use std::time::{Duration, Instant};

use printing::{Attribute, Group, GroupTag, Message, Value, Word, status};

use self::socket::Socket;
use super::{PrintError, PrintSystem, Queue};

const CREATE_LOCAL_PRINTER: u16 = 0x4028;
const DELETE_PRINTER: u16 = 0x4004;
const GET_PRINTER_ATTRIBUTES: u16 = 0x000b;
/// cupsd asks the printer what it can before jobs are taken; that is a moment on the same machine.
const READY_WITHIN: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The daemon of this machine.
pub(super) struct Cups {
    socket: Socket,
    user: String,
}

impl Cups {
    pub(super) fn new(socket: Option<&Path>) -> Self {
        let socket = socket.map_or_else(Socket::of_system, Socket::at);
        let user = nix::unistd::User::from_uid(nix::unistd::getuid()).ok().flatten();
        Self { socket, user: user.map(|user| user.name).unwrap_or_default() }
    }

    fn create(&self, queue: &Queue) -> Result<(), PrintError> {
        let printer = vec![
            Attribute::one("printer-name", Value::name(&queue.name)),
            Attribute::one("device-uri", Value::uri(&queue.uri)),
            Attribute::one("printer-info", Value::text(&queue.info)),
        ];
        let printer = Group { tag: GroupTag::Printer, attributes: printer };
        // Where it is there already, that is not possible for CUPS 2.4.2, and done for later ones.
        self.ask(CREATE_LOCAL_PRINTER, "ipp://localhost/", vec![printer]).map(drop)
    }

    /// Whether jobs are taken; none: there is no such queue.
    fn is_ready(&self, queue: &Queue) -> Result<Option<bool>, PrintError> {
        let told = self.ask(GET_PRINTER_ATTRIBUTES, &uri_of(queue), Vec::new())?;
        let takes = told.values(GroupTag::Printer, "printer-is-accepting-jobs") == [Value::Boolean(true)];
        Ok((told.code != status::NOT_FOUND).then_some(takes))
    }

    fn ask(&self, operation: u16, target: &str, groups: Vec<Group>) -> Result<Message, PrintError> {
        let word = |word, text: &str| Value::Text(word, text.to_owned());
        let mut attributes = vec![
            Attribute::one("attributes-charset", word(Word::Charset, "utf-8")),
            Attribute::one("attributes-natural-language", word(Word::Language, "en")),
            Attribute::one("printer-uri", Value::uri(target)),
            Attribute::one("requesting-user-name", Value::name(&self.user)),
        ];
        if operation == GET_PRINTER_ATTRIBUTES {
            let wanted = ["printer-is-accepting-jobs", "printer-state"].map(Value::keyword);
            attributes.push(Attribute::many("requested-attributes", wanted.to_vec()));
        }
        let operation_group = Group { tag: GroupTag::Operation, attributes };
        let groups = [vec![operation_group], groups].concat();
        let message = Message { version: (2, 0), code: operation, request_id: 1, groups };
        let told = self.socket.ask(&message.encode(), &self.user)?;
        match told.code {
            code if code <= status::LAST_OK => Ok(told),
            status::FORBIDDEN | status::NOT_AUTHENTICATED | status::NOT_AUTHORIZED => {
                Err(PrintError::NotAllowed)
            }
            // A CUPS of before, or one that is told to make no such queues.
            status::OPERATION => Err(PrintError::NotAllowed),
            status::NOT_POSSIBLE | status::NOT_FOUND => Ok(told),
            code => Err(PrintError::Failed { what: format!("status {code:#06x}") }),
        }
    }
}

impl PrintSystem for Cups {
    fn offer(&mut self, queue: &Queue) -> Result<(), PrintError> {
        self.create(queue)?;
        let until = Instant::now() + READY_WITHIN;
        while self.is_ready(queue)? != Some(true) {
            if until < Instant::now() {
                return Err(PrintError::Failed { what: "queue takes no jobs".to_owned() });
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Ok(())
    }

    fn keep(&mut self, queue: &Queue) -> Result<(), PrintError> {
        match self.is_ready(queue)? {
            Some(_) => Ok(()),
            None => self.offer(queue),
        }
    }

    /// An administrator of printers may; for anybody else the daemon does it.
    fn withdraw(&mut self, queue: &Queue) -> Result<bool, PrintError> {
        match self.ask(DELETE_PRINTER, &uri_of(queue), Vec::new()) {
            Ok(_) => Ok(true),
            Err(PrintError::NotAllowed) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn uri_of(queue: &Queue) -> String {
    format!("ipp://localhost/printers/{}", queue.name)
}
