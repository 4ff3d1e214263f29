//! Lines of the record: into the chain first, then the side that reported one is told that it is kept.

use super::Host;
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
        self.note_kept(&line).await?;
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

    async fn note_kept(&mut self, line: &Line) -> Result<(), SessionError> {
        let Some(seq) = line.source_seq else { return Ok(()) };
        let before = match line.source {
            Source::Server => return Ok(()),
            Source::Customer => self.kept.customer,
            Source::Operator => self.kept.operator,
        };
        let kept = if seq == before + 1 {
            seq
        } else {
            let (store, company, id) = (&self.shared.store, self.live.company, self.live.id);
            session_events::kept_without_gap(company, store, id, line.source).await?
        };
        if line.source == Source::Customer {
            self.kept.customer = kept;
            self.tell_kept_customer();
        } else {
            self.kept.operator = kept;
            let source_seq = u64::try_from(kept).unwrap_or_default();
            if let Some(console) = &self.console {
                let kept = wire::EventsKept { source_seq };
                console.send(&self.to_console(wire::server_to_console::Body::EventsKept(kept)));
            }
        }
        Ok(())
    }

    pub(super) fn tell_kept_customer(&self) {
        let source_seq = u64::try_from(self.kept.customer).unwrap_or_default();
        let kept = wire::EventsKept { source_seq };
        self.send_customer(wire::server_to_customer::Body::EventsKept(kept));
    }
}
