//! The customer controls the operator's computer [F-15]: what the session in which that is wished does about it.

use super::Host;
use crate::sessions::{
    error::SessionError,
    reversed::{self, Wished},
};
use protocol::wire;
use session::hosting::{Input, ReversedEnd, ReversedOrder};
use store::{OperatorId, SessionId, connection_codes::Purpose};
use tokio::sync::oneshot;
use wire::{reversed::Act, reversed_state::Stage as Told};

impl Host {
    pub(super) fn reverse(&mut self, by: OperatorId, answer: oneshot::Sender<Result<(), SessionError>>) {
        let now = session::Timestamp::new(self.started.elapsed());
        // The session may have been handed over while this waited.
        let done = match by == self.operator.id {
            true => self.hosting.reverse(now).map_err(SessionError::from),
            false => Err(SessionError::NotReversed(session::hosting::NotReversed::Forbidden)),
        };
        // Whoever asked may be gone; the console is told.
        drop(answer.send(done));
    }

    pub(super) fn reversed_goes(&mut self, by: OperatorId) {
        if by == self.operator.id {
            self.handle(Input::ReversedOver(ReversedEnd::Operator));
        }
    }

    pub(super) async fn reversed_order(&mut self, order: ReversedOrder) -> Result<(), SessionError> {
        match order {
            ReversedOrder::Begin => {
                let begun = self.begin_reversed().await;
                if begun.is_err() {
                    self.handle(Input::ReversedOver(ReversedEnd::Over));
                }
                begun
            }
            ReversedOrder::End => {
                let Some(begun) = self.reversed.take() else { return Ok(()) };
                drop(begun);
                self.expire_codes().await
            }
        }
    }

    async fn begin_reversed(&mut self) -> Result<(), SessionError> {
        let issued = self.replace_code(Purpose::Reversed).await?;
        let machine = self.live.state().machine.clone().unwrap_or_default();
        // A machine without a name is called by its system.
        let viewer = if machine.host_name.is_empty() { machine.os } else { machine.host_name };
        let wished = Wished { parent: self.live.clone(), company: self.about.clone(), viewer };
        let begun = reversed::begin(&self.shared, wished, &issued);
        let act = Some(Act::Ticket(begun.ticket.clone()));
        self.reversed = Some(begun);
        self.live.state().reversed = Some(wire::ReversedState {
            stage: Told::Agreed.into(),
            code: issued.digits,
            code_expires_at_ms: u64::try_from(issued.expires_at_ms).unwrap_or_default(),
        });
        self.send_customer(wire::server_to_customer::Body::Reversed(wire::Reversed { act }));
        Ok(())
    }

    /// Tells the operator's consoles where it stands.
    pub(super) fn reversed_moved(&mut self, stage: Told) {
        {
            let mut state = self.live.state();
            let told = state.reversed.take().filter(|_| matches!(stage, Told::Agreed)).unwrap_or_default();
            state.reversed = Some(wire::ReversedState { stage: stage.into(), ..told });
        }
        self.shared.tell_consoles(&self.live);
    }

    /// The app on the operator's computer came: its code is nobody's any more.
    pub(super) fn reversed_joined(&mut self, id: SessionId) {
        if !self.is_reversed(id) {
            return;
        }
        if let Some(reversed) = &mut self.live.state().reversed {
            reversed.code.clear();
        }
        self.shared.tell_consoles(&self.live);
    }

    pub(super) fn reversed_active(&mut self, id: SessionId, host_name: String) {
        if self.is_reversed(id) {
            self.handle(Input::ReversedStarted { host_name });
        }
    }

    /// Whether it is the one that was wished last.
    fn is_reversed(&self, id: SessionId) -> bool {
        self.reversed.as_ref().is_some_and(|begun| begun.id == id)
    }

    /// It ended by itself. Its operator's side is the page of this session's customer.
    pub(super) fn reversed_ended(&mut self, id: SessionId, reason: wire::EndReason) {
        use wire::EndReason;
        if !self.is_reversed(id) {
            return;
        }
        self.handle(Input::ReversedOver(match reason {
            EndReason::OperatorEnded => ReversedEnd::Customer,
            EndReason::CustomerStopped | EndReason::CustomerDeclined => ReversedEnd::Operator,
            EndReason::Expired => ReversedEnd::Expired,
            _ => ReversedEnd::Over,
        }));
    }
}
