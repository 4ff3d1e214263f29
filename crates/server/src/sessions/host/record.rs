//! Lines of the record: into the chain first, together with all that they say happened; then the sides are told.

use super::{
    Host,
    kept::Verdict,
    patience::{self, Patience},
};
use crate::{
    clock::now_ms,
    sessions::{
        error::SessionError,
        facts::{self, Line},
        keys::Keys,
        registry::Shared,
        seal, survey,
    },
};
use protocol::wire;
use session::hosting::{Fact, Input, SecondFact, Side, Stage};
use store::{
    CompanyId, SessionId, StoreError, Write, connection_codes, records,
    session_events::{self, NewEvent, Source},
    sessions,
};

/// Whether what follows a line may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The line is in the chain, or needs not be.
    Kept,
    /// It cannot be kept.
    Lost,
    /// The server ends before it could be.
    Stopped,
}

impl Host {
    /// Writes a line, again and again while the database is away.
    pub(super) async fn record(&mut self, fact: &Fact) -> Outcome {
        let Some(line) = facts::line_of(fact) else { return Outcome::Kept };
        match self.verdict(&line) {
            Verdict::Keep => {}
            Verdict::Known => {
                self.tell_kept(line.source);
                return Outcome::Kept;
            }
            Verdict::Refuse => return Outcome::Kept,
        }
        let outcome = self.keep_patiently(&line, fact, Patience::in_session()).await;
        if outcome == Outcome::Kept {
            self.note_kept(&line);
        }
        outcome
    }

    /// The session cannot go on, since nothing of it would be written down.
    pub(super) fn not_kept(&mut self) {
        tracing::error!(session.id = %self.live.id, "Session ends: its record cannot be kept");
        // Nobody has welcomed these yet.
        let waiting = self.arriving.take().into_iter().chain(self.app.take());
        for newcomer in waiting {
            newcomer.refuse("internal");
        }
        self.handle(Input::NotKept);
    }

    /// Writes the end of a session whose sides are gone, however long the database is away.
    pub(super) async fn keep_end(&mut self) {
        let Stage::Ended(reason) = self.hosting.stage() else { return };
        let fact = Fact::Ended(reason);
        if let Some(line) = facts::line_of(&fact).filter(|_| !self.end_is_kept) {
            self.keep_patiently(&line, &fact, Patience::endless()).await;
        }
    }

    async fn keep_patiently(&mut self, line: &Line, fact: &Fact, mut patience: Patience) -> Outcome {
        let body = line.body.to_string();
        let new = event_of(line, &body);
        let mut is_first = true;
        loop {
            let error = match self.keep(new, fact, is_first).await {
                Ok(()) => {
                    self.follow_here(fact);
                    return Outcome::Kept;
                }
                Err(error) => error,
            };
            tracing::warn!(session.id = %self.live.id, kind = line.kind, error = %error, "Line not kept yet");
            is_first = false;
            match patience.after(&error, &self.shared.shutdown).await {
                patience::Verdict::Again => {}
                patience::Verdict::Lost => return Outcome::Lost,
                patience::Verdict::Stopped => return Outcome::Stopped,
            }
        }
    }

    async fn keep(&self, new: NewEvent<'_>, fact: &Fact, is_first: bool) -> Result<(), SessionError> {
        let write = self.shared.store.write(self.live.company).await?;
        // The answer to a commit may be lost, and nothing else of the try before.
        if !is_first && session_events::holds(&write, self.live.id, new).await? {
            return Ok(());
        }
        session_events::append(&write, self.live.id, new).await?;
        self.follow(&write, fact).await?;
        Ok(write.commit().await?)
    }

    /// What else a fact changes, in the same transaction.
    async fn follow(&self, write: &Write, fact: &Fact) -> Result<(), SessionError> {
        match fact {
            Fact::CustomerJoined { .. } | Fact::CustomerReturned => {
                if let Some(newcomer) = &self.arriving {
                    self.keep_customer(write, newcomer).await?;
                }
            }
            Fact::AppTookOver => {
                if let Some(app) = &self.app {
                    self.keep_customer(write, app).await?;
                }
            }
            Fact::Consented(permissions) => {
                let at_ms = now_ms();
                sessions::set_consent(write, self.live.id, *permissions, at_ms).await?;
                records::set_consented(write, self.live.id, at_ms).await?;
            }
            Fact::FromCustomer(event) | Fact::FromConsole(event) => {
                let Some(wire::event::Kind::Connected(connected)) = &event.kind else { return Ok(()) };
                let connection = if connected.relayed {
                    records::Connection::Relayed
                } else {
                    records::Connection::Direct
                };
                records::set_connection(write, self.live.id, connection).await?;
            }
            Fact::Second { fact: SecondFact::HandedOver, .. } => self.keep_hand_over(write).await?,
            Fact::Ended(reason) => end(write, &self.shared.keys, self.live.id, *reason).await?,
            _ => {}
        }
        Ok(())
    }

    /// What a kept fact changes in this program.
    fn follow_here(&mut self, fact: &Fact) {
        match fact {
            Fact::CustomerJoined { .. } | Fact::CustomerReturned => {
                if let Some(newcomer) = &self.arriving {
                    self.show_customer(newcomer);
                }
            }
            Fact::AppTookOver => {
                if let Some(app) = &self.app {
                    self.show_customer(app);
                }
            }
            Fact::Second { fact: SecondFact::HandedOver, .. } => self.hand_over(),
            Fact::Ended(reason) => {
                self.end_is_kept = true;
                let reason = facts::reason_name(*reason);
                tracing::info!(session.id = %self.live.id, reason, "Session ended");
            }
            _ => {}
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
        let side = match (line.source, line.source_seq) {
            (Source::Customer, Some(seq)) => {
                self.kept.customer.note(seq);
                Side::Customer
            }
            (Source::Operator, Some(seq)) => {
                self.kept.operator.note(seq);
                Side::Operator
            }
            (Source::Server, _) | (_, None) => return,
        };
        let bytes = u64::try_from(line.body.to_string().len()).unwrap_or(u64::MAX);
        self.handle(Input::EventKept { side, bytes });
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

/// Writes the end of a session that no host can take up.
pub(in crate::sessions) async fn give_up(
    shared: &Shared,
    company: CompanyId,
    id: SessionId,
) -> Result<(), SessionError> {
    let reason = wire::EndReason::ServerFailed;
    let write = shared.store.write(company).await?;
    if let Some(line) = facts::line_of(&Fact::Ended(reason)) {
        let body = line.body.to_string();
        session_events::append(&write, id, event_of(&line, &body)).await?;
    }
    end(&write, &shared.keys, id, reason).await?;
    Ok(write.commit().await?)
}

async fn end(write: &Write, keys: &Keys, id: SessionId, reason: wire::EndReason) -> Result<(), SessionError> {
    survey::ask(write, id).await?;
    let (at_ms, reason) = (now_ms(), facts::reason_name(reason));
    sessions::set_ended(write, id, reason, at_ms).await?;
    connection_codes::expire_of_session(write, id, at_ms).await?;
    match records::set_ended(write, id, reason, at_ms).await {
        // Nobody joined.
        Ok(()) | Err(StoreError::Missing) => {}
        Err(error) => return Err(error.into()),
    }
    seal::seal(write, keys, id).await
}

fn event_of<'a>(line: &'a Line, body: &'a str) -> NewEvent<'a> {
    NewEvent { source: line.source, source_seq: line.source_seq, at_ms: now_ms(), kind: line.kind, body }
}
