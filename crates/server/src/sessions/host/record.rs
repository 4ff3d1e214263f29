//! Lines of the record: into the chain first, then the side that reported one is told that it is kept.

use super::{Host, kept::Verdict};
use crate::{
    clock::now_ms,
    sessions::{
        error::SessionError,
        facts::{self, Line},
        offered,
    },
};
use protocol::wire;
use session::hosting::Fact;
use store::{
    StoreError, Write, records,
    session_events::{self, NewEvent, Source},
    sessions,
};

impl Host {
    pub(super) async fn record(&mut self, fact: &Fact) -> Result<(), SessionError> {
        let Some(line) = facts::line_of(fact) else { return Ok(()) };
        match self.verdict(&line) {
            Verdict::Keep => {}
            Verdict::Known => {
                self.tell_kept(line.source);
                return Ok(());
            }
            Verdict::Refuse => return Ok(()),
        }
        let body = line.body.to_string();
        let new = NewEvent {
            source: line.source,
            source_seq: line.source_seq,
            at_ms: now_ms(),
            kind: line.kind,
            body: &body,
        };
        let write = self.shared.store.write(self.live.company).await?;
        session_events::append(&write, self.live.id, new).await?;
        self.follow(&write, fact).await?;
        write.commit().await?;
        self.note_kept(&line);
        Ok(())
    }

    /// What else a fact changes, in the same transaction.
    async fn follow(&self, write: &Write, fact: &Fact) -> Result<(), StoreError> {
        match fact {
            Fact::Consented(permissions) => {
                sessions::set_consent(write, self.live.id, offered::to_store(*permissions), now_ms()).await
            }
            Fact::FromCustomer(event) | Fact::FromConsole(event) => {
                let Some(wire::event::Kind::Connected(connected)) = &event.kind else { return Ok(()) };
                let connection = if connected.relayed {
                    records::Connection::Relayed
                } else {
                    records::Connection::Direct
                };
                records::set_connection(write, self.live.id, connection).await
            }
            _ => Ok(()),
        }
    }

    fn verdict(&self, line: &Line) -> Verdict {
        match (line.source, line.source_seq) {
            (Source::Customer, Some(seq)) => self.kept.customer.verdict(seq),
            (Source::Operator, Some(seq)) => self.kept.operator.verdict(seq),
            (Source::Server, _) | (_, None) => Verdict::Keep,
        }
    }

    fn note_kept(&mut self, line: &Line) {
        match (line.source, line.source_seq) {
            (Source::Customer, Some(seq)) => self.kept.customer.note(seq),
            (Source::Operator, Some(seq)) => self.kept.operator.note(seq),
            (Source::Server, _) | (_, None) => return,
        }
        self.tell_kept(line.source);
    }

    fn tell_kept(&self, source: Source) {
        match source {
            Source::Customer => self.tell_kept_customer(),
            Source::Operator => {
                let kept = wire::EventsKept { source_seq: self.kept.operator.source_seq() };
                if let Some(console) = &self.console {
                    console.send(&self.to_console(wire::server_to_console::Body::EventsKept(kept)));
                }
            }
            Source::Server => {}
        }
    }

    pub(super) fn tell_kept_customer(&self) {
        let kept = wire::EventsKept { source_seq: self.kept.customer.source_seq() };
        self.send_customer(wire::server_to_customer::Body::EventsKept(kept));
    }
}
