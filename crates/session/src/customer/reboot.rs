//! A restart of the customer's machine, and the way back into the same session (F-03, S-09).
//!
//! The operator asks; the customer's press alone begins it. Before anything restarts, the shell keeps what leads back: a token of
//! one use and what this customer had agreed to, for this user alone. The next run of the app comes back with it and with no
//! more than that; whoever has used it before is refused by the server.

use bytes::Bytes;
use protocol::{Nonce, Permissions, SessionId, limits, wire};
use wire::{reboot::What, reboot_request::Act, reboot_state};

use super::{
    Action, Customer, Error, Part,
    pace::Pace,
    state::{Consent, Member, State},
};
use crate::Timestamp;

/// What leads back into the session after a restart. Changes with each Welcome and each press of the customer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returning {
    /// Which session.
    pub session_id: SessionId,
    /// Of the last Welcome: single use.
    pub token: Bytes,
    /// By which the server knows that the same customer has agreed already.
    pub nonce: Nonce,
    /// What was offered to them.
    pub limit: Permissions,
    /// What they gave.
    pub rights: Permissions,
    /// What went with control, and comes back with it.
    pub with_control: Permissions,
    /// The screen was to be seen when they agreed.
    pub opened: bool,
    /// They held everything up.
    pub paused: bool,
    /// They shared the whole desktop; of a part they are asked again, since windows and monitors are others then.
    pub is_whole: bool,
}

/// How it stands with a restart, as the bar shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RebootView {
    /// Nobody asks for one.
    #[default]
    None,
    /// The operator asks; the answer names the question.
    Asked {
        /// Which question it is.
        no: u64,
        /// The customer restarts by hand (S-09).
        by_hand: bool,
    },
    /// The way back is kept; the machine restarts, or waits for the customer to do so.
    Prepared {
        /// The customer restarts by hand (S-09).
        by_hand: bool,
    },
    /// The machine did not restart; why, kebab-case.
    Failed(&'static str),
}

/// Restarts of a session.
#[derive(Debug, Default)]
pub(super) struct Reboots {
    stage: Stage,
    last_no: u64,
    pace: Pace,
    kept: Option<Returning>,
    /// The app came back, and no console has heard of it yet.
    returned: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    None,
    Asked(u64),
    Preparing,
    Prepared,
    Failed(&'static str),
}

impl Reboots {
    pub(super) fn is_asked(&self) -> bool {
        matches!(self.stage, Stage::Asked(_))
    }

    /// The app may go at any moment, and comes back.
    pub(super) fn is_prepared(&self) -> bool {
        self.stage == Stage::Prepared
    }

    pub(super) fn view(&self, by_hand: bool) -> RebootView {
        match self.stage {
            Stage::None | Stage::Preparing => RebootView::None,
            Stage::Asked(no) => RebootView::Asked { no, by_hand },
            Stage::Prepared => RebootView::Prepared { by_hand },
            Stage::Failed(problem) => RebootView::Failed(problem),
        }
    }
}

impl Customer {
    pub(super) fn reboot_requested(&mut self, now: Timestamp, request: wire::RebootRequest) {
        match request.act() {
            Act::Ask => self.reboot_asked(now),
            Act::Cancel => self.reboot_called_off(now),
            Act::AskSafeMode => {
                let what = "safe_mode_reconnect".to_owned();
                self.out.report(now, wire::event::Kind::Unsupported(wire::Unsupported { what }));
                self.reboot_over_with("unsupported");
            }
            Act::Unspecified => self.out.refuse("reboot-malformed"),
        }
    }

    fn reboot_asked(&mut self, now: Timestamp) {
        let State::Sharing(sharing) = &self.state else { return };
        let problem = if sharing.consent.is_paused() {
            Some(("reboot-paused", "paused"))
        } else if !sharing.permissions().ask_reboot {
            Some(("reboot-forbidden", "forbidden"))
        } else if self.asks.asking().is_some()
            || !matches!(self.reboots.stage, Stage::None | Stage::Failed(_))
            || !self.reboots.pace.has_room(now, limits::REBOOT_ASKS, limits::REBOOT_WINDOW)
        {
            Some(("reboot-too-fast", "busy"))
        } else {
            None
        };
        if let Some((refusal, problem)) = problem {
            self.out.refuse(refusal);
            return self.reboot_over_with(problem);
        }
        self.reboots.last_no = self.reboots.last_no.saturating_add(1);
        self.reboots.stage = Stage::Asked(self.reboots.last_no);
        self.report_reboot(now, What::Asked, "");
        self.question(true);
        self.tell_reboot(reboot_state::State::Asked);
    }

    /// The customer's press upon the question of this number. Errors: [`Error::OutOfTurn`] for any other.
    pub(super) fn reboot_answered(&mut self, now: Timestamp, no: u64, allowed: bool) -> Result<(), Error> {
        if self.reboots.stage != Stage::Asked(no) {
            return Err(Error::OutOfTurn);
        }
        self.question(false);
        if !allowed {
            self.reboots.stage = Stage::None;
            self.report_reboot(now, What::Refused, "");
            self.tell_reboot(reboot_state::State::Refused);
            return Ok(());
        }
        self.reboots.stage = Stage::Preparing;
        self.keep_return();
        Ok(())
    }

    /// The way back is kept, or cannot be.
    pub(super) fn return_kept(&mut self, now: Timestamp, done: Result<(), &'static str>) {
        match (self.reboots.stage, done) {
            (Stage::Preparing, Ok(())) => {
                self.reboots.stage = Stage::Prepared;
                let by_hand = self.reboots_by_hand();
                self.report_reboot(now, if by_hand { What::ByHand } else { What::Begun }, "");
                self.tell_reboot(reboot_state::State::Prepared);
                if !by_hand {
                    self.out.act(Action::Reboot);
                }
            }
            (Stage::Preparing | Stage::Prepared, Err(problem)) => self.reboot_failed(now, problem),
            _ => {}
        }
    }

    /// The machine does not restart.
    pub(super) fn reboot_failed(&mut self, now: Timestamp, problem: &'static str) {
        if !matches!(self.reboots.stage, Stage::Preparing | Stage::Prepared) {
            return;
        }
        self.forget_return();
        self.reboots.stage = Stage::Failed(problem);
        self.report_reboot(now, What::Failed, problem);
        self.reboot_over_with(problem);
    }

    /// The operator or the customer wants none any more.
    pub(super) fn reboot_called_off(&mut self, now: Timestamp) {
        match std::mem::take(&mut self.reboots.stage) {
            Stage::None | Stage::Failed(_) => return,
            Stage::Asked(_) => self.question(false),
            Stage::Preparing | Stage::Prepared => self.forget_return(),
        }
        self.report_reboot(now, What::Cancelled, "");
        self.reboot_over_with("");
    }

    /// The connection of whoever asked is over.
    pub(super) fn reboot_left(&mut self, now: Timestamp) {
        if self.reboots.is_asked() {
            self.reboots.stage = Stage::None;
            self.report_reboot(now, What::Cancelled, "");
        }
    }

    /// The session is over: nothing leads back into it.
    pub(super) fn reboot_over(&mut self) {
        self.reboots.stage = Stage::None;
        self.forget_return();
    }

    /// The program is asked to end by the system, or its display goes. With the way back kept the session goes on without it.
    pub(super) fn going_down(&mut self, now: Timestamp) {
        if !self.reboots.is_prepared() {
            return self.stopped(now);
        }
        self.leave_peer(now);
        self.out.send_events(now);
    }

    /// A question that is no longer allowed goes, and what leads back is never wider than what holds now.
    pub(super) fn reboot_within_permissions(&mut self, now: Timestamp) {
        if let State::Sharing(sharing) = &self.state
            && self.reboots.is_asked()
            && !sharing.permissions().ask_reboot
        {
            self.reboot_called_off(now);
        }
        if self.reboots.is_prepared() {
            self.keep_return();
        }
    }

    /// Keeps what leads back, if it is other than what is kept.
    fn keep_return(&mut self) {
        let Some(returning) = self.returning() else { return };
        if self.reboots.kept.as_ref() != Some(&returning) {
            self.reboots.kept = Some(returning.clone());
            self.out.act(Action::KeepReturn(Box::new(returning)));
        }
    }

    fn forget_return(&mut self) {
        if self.reboots.kept.take().is_some() {
            self.out.act(Action::ForgetReturn);
        }
    }

    fn returning(&self) -> Option<Returning> {
        let (member, consent) = match &self.state {
            State::Agreed(member, consent) => (member, *consent),
            State::Connecting(connecting) => (&connecting.member, connecting.consent),
            State::Sharing(sharing) => (&sharing.member, sharing.consent),
            _ => return None,
        };
        Some(Returning {
            session_id: member.session_id,
            token: self.out.resume_token.clone()?,
            nonce: self.out.options.nonce,
            limit: consent.limit,
            rights: consent.rights,
            with_control: consent.with_control,
            opened: consent.opened,
            paused: consent.is_paused(),
            is_whole: self.part.is(Part::Desktop),
        })
    }

    /// After a restart: the same customer, who has agreed before, in the same session. `None`: they are asked anew.
    pub(super) fn come_back(
        &mut self,
        now: Timestamp,
        welcome: &wire::Welcome,
        member: &Member,
    ) -> Option<Consent> {
        let returning = self.out.options.returning.take()?;
        if !welcome.resumed || returning.session_id != member.session_id {
            return None;
        }
        let offered = member.offered;
        let consent = Consent {
            limit: returning.limit.intersect(offered),
            rights: returning.rights.intersect(offered),
            with_control: returning.with_control.intersect(offered),
            opened: returning.opened,
            paused: returning.paused,
        };
        self.part = super::part::Parts::at_start(member.chooses_part || !returning.is_whole);
        self.reboots.returned = true;
        self.report_reboot(now, What::Returned, "");
        Some(consent)
    }

    /// The first console on a connection hears that the machine is back.
    pub(super) fn tell_return(&mut self) {
        if std::mem::take(&mut self.reboots.returned) {
            self.tell_reboot(reboot_state::State::Returned);
        } else if self.reboots.is_prepared() {
            self.tell_reboot(reboot_state::State::Prepared);
        }
    }

    pub(super) fn reboots_by_hand(&self) -> bool {
        match &self.state {
            State::Sharing(sharing) => sharing.member.reboots_by_hand,
            State::Agreed(member, _) => member.reboots_by_hand,
            State::Connecting(connecting) => connecting.member.reboots_by_hand,
            _ => false,
        }
    }

    fn tell_reboot(&mut self, state: reboot_state::State) {
        let by_hand = self.reboots_by_hand();
        let told = wire::RebootState { state: state.into(), by_hand, problem: String::new() };
        self.tell(wire::peer_message::Body::RebootState(told));
    }

    fn reboot_over_with(&mut self, problem: &str) {
        let state = reboot_state::State::Ended.into();
        let told = wire::RebootState { state, by_hand: false, problem: problem.to_owned() };
        self.tell(wire::peer_message::Body::RebootState(told));
    }

    fn report_reboot(&mut self, now: Timestamp, what: What, problem: &str) {
        let reboot = wire::Reboot { what: what.into(), problem: problem.to_owned() };
        self.out.report(now, wire::event::Kind::Reboot(reboot));
    }
}
