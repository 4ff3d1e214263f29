//! The voice, between the session and the machine's sound (F-14).

use session::customer::{ConnectionNo, Input, VoiceDevices, VoiceInput, VoiceOrder};

use super::Visit;
use super::incoming::Happening;
use crate::running::Show;
use crate::running::voice::{Heard, Talk};

impl Visit<'_> {
    pub(super) fn voice_order(&mut self, order: VoiceOrder) {
        match (order, &self.talk) {
            (VoiceOrder::Open { muted, .. }, Some((_, talk))) => talk.set_muted(muted),
            (VoiceOrder::Open { connection, muted }, None) => self.open_voice(connection, muted),
            (VoiceOrder::Close, _) => {
                if let Some((connection, _)) = self.talk.take() {
                    self.peers.set_voice_open(connection, false);
                }
            }
        }
    }

    fn open_voice(&mut self, connection: ConnectionNo, muted: bool) {
        let Some(peer) = self.peers.commands(connection) else { return };
        let sender = self.sender.clone();
        let talk = Talk::start(peer, muted, desktop::voice::open, move |heard| {
            // Levels that find no room are followed by others.
            let sent = match heard {
                Heard::Levels(_) => sender.try_send(Happening::Voice(heard)).is_ok(),
                Heard::Devices(_) => sender.blocking_send(Happening::Voice(heard)).is_ok(),
            };
            if !sent {
                tracing::trace!("Nobody hears of the voice just now");
            }
        });
        match talk {
            Ok(talk) => {
                self.peers.set_voice_open(connection, true);
                self.talk = Some((connection, talk));
            }
            Err(error) => {
                tracing::error!(%error, "Nobody can talk");
                let what = Some("voice-no-codec");
                let devices = VoiceDevices { microphone_lacks: what, speaker_lacks: what };
                self.handle(Input::Voice(VoiceInput::Devices(devices)));
            }
        }
    }

    pub(super) fn voice_heard(&self, heard: Heard) -> Option<Input> {
        match heard {
            // Of a voice that is over.
            _ if self.talk.is_none() => None,
            Heard::Levels(levels) => {
                (self.show)(Show::VoiceLevels(levels));
                None
            }
            Heard::Devices(lacks) => Some(Input::Voice(VoiceInput::Devices(VoiceDevices {
                microphone_lacks: lacks.microphone,
                speaker_lacks: lacks.speaker,
            }))),
        }
    }
}
