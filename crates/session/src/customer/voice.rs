//! The voice (F-14): whether there is one, who began and ended it, and whose microphone is off.
//!
//! An operator asks, and the customer's press alone begins it: no microphone is open before, during a pause, or after the end. What
//! the console sends on its audio line meanwhile is heard by nobody.

use std::time::Duration;

use protocol::{Right, limits, wire};
use wire::voice_changed::Change;
use wire::voice_state::{State as Told, Why};

use super::{Action, ConnectionNo, Customer, Error, pace::Pace, state::State};
use crate::Timestamp;

/// What was on its way when the voice ended, or was held, is no attempt to be heard without leave.
const ON_ITS_WAY: Duration = Duration::from_secs(2);

/// What the customer does with the voice, and what their machine tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceInput {
    /// The customer's microphone is to be off, or on again.
    Muted(bool),
    /// The customer ends the voice.
    Ended,
    /// What this machine has for it, after each [`VoiceOrder::Open`] and when it changes.
    Devices(VoiceDevices),
    /// The console sent something to hear, and there is no voice.
    Uninvited,
}

/// What of the machine's sound is missing, kebab-case ("voice-no-microphone"); `None`: it is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoiceDevices {
    /// For what the customer says.
    pub microphone_lacks: Option<&'static str>,
    /// For what they hear.
    pub speaker_lacks: Option<&'static str>,
}

/// What the shell does with microphone and speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceOrder {
    /// Open both. Said again where they are open: only the microphone's state changes.
    Open {
        /// On which connection they talk.
        connection: ConnectionNo,
        /// Nothing of the microphone leaves.
        muted: bool,
    },
    /// Close both.
    Close,
}

/// The voice as the bar shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoiceView {
    /// The customer's microphone is off.
    pub muted: bool,
    /// The operator's is.
    pub operator_muted: bool,
    /// A pause holds it.
    pub held: bool,
    /// What is missing.
    pub devices: VoiceDevices,
}

/// The voice of a session.
#[derive(Debug, Default)]
pub(super) struct Voice {
    /// The customer's press: it is on until somebody ends it.
    on: Option<On>,
    why: Why,
    told: Option<(ConnectionNo, wire::VoiceState)>,
    muted_told: bool,
    ordered: Option<VoiceOrder>,
    closed_at: Option<Timestamp>,
    requests: Pace,
    customer_mutes: Pace,
    operator_mutes: Pace,
}

#[derive(Clone, Copy, Debug, Default)]
struct On {
    muted: bool,
    operator_muted: bool,
    devices: VoiceDevices,
}

impl Customer {
    /// The operator wants to talk, or ends it.
    pub(super) fn voice_wanted(&mut self, now: Timestamp, on: bool) {
        if !on {
            self.voice_question_withdrawn(now);
            self.voice_ends(now, Change::EndedByOperator, Why::Unspecified);
            return self.answer_voice(Why::Unspecified);
        }
        let State::Sharing(sharing) = &self.state else { return };
        if !Right::Talk.is_in(sharing.could()) {
            return self.refuse_voice("voice-forbidden", Why::Forbidden);
        }
        if sharing.consent.is_paused() {
            return self.refuse_voice("voice-paused", Why::Paused);
        }
        if self.voice.on.is_some() || self.asks.is_asking(Right::Talk) {
            return self.answer_voice(Why::Unspecified);
        }
        let paced = self.voice.requests.has_room(now, limits::VOICE_REQUESTS, limits::VOICE_WINDOW);
        if !paced || !self.ask_to_begin(now, Right::Talk) {
            return self.refuse_voice("voice-too-fast", Why::Busy);
        }
        self.voice.why = Why::Unspecified;
    }

    /// The customer pressed Allow below the question of it.
    pub(super) fn voice_begins(&mut self, now: Timestamp) {
        if self.voice.on.is_none() {
            self.voice.on = Some(On::default());
            self.voice.why = Why::Unspecified;
            self.report_voice(now, Change::Started);
        }
    }

    /// The customer did not allow it.
    pub(super) fn voice_declined(&mut self) {
        self.answer_voice(Why::Declined);
    }

    pub(super) fn voice_input(&mut self, now: Timestamp, input: VoiceInput) -> Result<(), Error> {
        match (input, &mut self.voice.on) {
            (VoiceInput::Uninvited, _) => self.voice_uninvited(now),
            // Of a voice that has ended meanwhile.
            (VoiceInput::Devices(_), None) => {}
            (VoiceInput::Muted(_) | VoiceInput::Ended, None) => return Err(Error::OutOfTurn),
            (VoiceInput::Devices(devices), Some(on)) => {
                let lacks = [
                    (on.devices.microphone_lacks, devices.microphone_lacks),
                    (on.devices.speaker_lacks, devices.speaker_lacks),
                ];
                on.devices = devices;
                for what in lacks.into_iter().filter_map(|(before, lacks)| lacks.filter(|_| before.is_none()))
                {
                    let unsupported = wire::Unsupported { what: what.to_owned() };
                    self.out.report(now, wire::event::Kind::Unsupported(unsupported));
                }
            }
            (VoiceInput::Muted(muted), Some(on)) => {
                if std::mem::replace(&mut on.muted, muted) != muted {
                    let (change, pace) = match muted {
                        true => (Change::CustomerMuted, &mut self.voice.customer_mutes),
                        false => (Change::CustomerUnmuted, &mut self.voice.customer_mutes),
                    };
                    if pace.has_room(now, limits::VOICE_MUTES, limits::VOICE_WINDOW) {
                        self.report_voice(now, change);
                    }
                }
            }
            (VoiceInput::Ended, Some(_)) => self.voice_ends(now, Change::EndedByCustomer, Why::Ended),
        }
        Ok(())
    }

    /// The operator's microphone is off, or on again: for the customer to see, and for the record.
    pub(super) fn operator_muted(&mut self, now: Timestamp, muted: bool) {
        // Said while it ended.
        let Some(on) = &mut self.voice.on else { return };
        if on.operator_muted == muted {
            return;
        }
        if !self.voice.operator_mutes.has_room(now, limits::VOICE_MUTES, limits::VOICE_WINDOW) {
            return self.out.refuse("voice-too-fast");
        }
        on.operator_muted = muted;
        self.report_voice(now, if muted { Change::OperatorMuted } else { Change::OperatorUnmuted });
    }

    /// The connection is over, perhaps with the session.
    pub(super) fn voice_left(&mut self, now: Timestamp) {
        self.voice_ends(now, Change::Ended, Why::Unspecified);
        self.order_voice(now, None);
        self.voice.told = None;
    }

    /// What policy and customer do not allow any more, ends; a pause holds it. Then all who must know are told.
    pub(super) fn voice_within_permissions(&mut self, now: Timestamp) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, granted, held) =
            (sharing.connection, sharing.granted().talk, sharing.consent.is_paused());
        if !granted {
            self.voice_ends(now, Change::Ended, Why::Forbidden);
        }
        let open = self.voice.on.filter(|_| !held);
        self.order_voice(now, open.map(|on| VoiceOrder::Open { connection, muted: on.muted }));
        self.tell_voice(connection, held);
    }

    pub(super) fn voice_view(&self) -> Option<VoiceView> {
        let State::Sharing(sharing) = &self.state else { return None };
        self.voice.on.map(|On { muted, operator_muted, devices }| VoiceView {
            muted,
            operator_muted,
            held: sharing.consent.is_paused(),
            devices,
        })
    }

    fn voice_ends(&mut self, now: Timestamp, change: Change, why: Why) {
        if self.voice.on.take().is_some() {
            self.voice.why = why;
            self.report_voice(now, change);
        }
    }

    /// Opens, changes or closes, where that is not how it stands.
    fn order_voice(&mut self, now: Timestamp, wanted: Option<VoiceOrder>) {
        if self.voice.ordered == wanted {
            return;
        }
        if wanted.is_none() {
            self.voice.closed_at = Some(now);
        }
        self.voice.ordered = wanted;
        self.out.act(Action::Voice(wanted.unwrap_or(VoiceOrder::Close)));
    }

    /// Nothing of it was heard; a hand-made console is a line in the record.
    fn voice_uninvited(&mut self, now: Timestamp) {
        let is_late = self.voice.closed_at.is_some_and(|at| now < at + ON_ITS_WAY);
        if self.voice.ordered.is_none() && !is_late {
            self.out.refuse("voice-uninvited");
        }
    }

    fn tell_voice(&mut self, connection: ConnectionNo, held: bool) {
        let state = match (&self.voice.on, held) {
            (Some(_), true) => Told::Held,
            (Some(_), false) => Told::On,
            (None, _) if self.asks.is_asking(Right::Talk) => Told::Asked,
            (None, _) => Told::Off,
        };
        let why = if state == Told::Off { self.voice.why } else { Why::Unspecified };
        let devices = self.voice.on.map(|on| on.devices).unwrap_or_default();
        let now = wire::VoiceState {
            state: state.into(),
            why: why.into(),
            microphone_lacks: devices.microphone_lacks.unwrap_or_default().to_owned(),
            speaker_lacks: devices.speaker_lacks.unwrap_or_default().to_owned(),
        };
        let before = self.voice.told.as_ref().filter(|(told, _)| *told == connection).map(|(_, state)| state);
        // A console that hears nothing of a voice has none.
        let is_news = before.map_or(state != Told::Off, |before| *before != now);
        if is_news {
            self.voice.told = Some((connection, now.clone()));
            self.tell(wire::peer_message::Body::VoiceState(now));
        }
        let muted = self.voice.on.is_some_and(|on| on.muted);
        if self.voice.muted_told != muted {
            self.voice.muted_told = muted;
            self.tell(wire::peer_message::Body::VoiceMuted(wire::VoiceMuted { on: muted }));
        }
    }

    fn refuse_voice(&mut self, refusal: &'static str, why: Why) {
        self.out.refuse(refusal);
        self.answer_voice(why);
    }

    /// Says how it stands, also where that is as before: whoever wished waits for it.
    fn answer_voice(&mut self, why: Why) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, held) = (sharing.connection, sharing.consent.is_paused());
        self.voice.why = why;
        // Anything that differs from whatever is told now.
        let unspecified = wire::VoiceState::default();
        self.voice.told = Some((connection, unspecified));
        self.tell_voice(connection, held);
    }

    fn report_voice(&mut self, now: Timestamp, change: Change) {
        let changed = wire::VoiceChanged { change: change.into() };
        self.out.report(now, wire::event::Kind::VoiceChanged(changed));
    }
}
