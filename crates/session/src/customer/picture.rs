//! What the console says about the pictures it gets.

use protocol::wire;

use super::{Action, CaptureWay, Customer, PictureWish, state::State};
use crate::Timestamp;

/// Codecs that a console may name: three times those there are.
const CODECS: usize = 16;
/// Longest name of one.
const CODEC_BYTES: usize = 32;

/// It has drawn that.
pub(super) fn acknowledged(drawn: wire::PictureAcknowledged) -> PictureWish {
    PictureWish::Acknowledged(drawn)
}

/// What it asks for; nothing: of no kind that is known.
pub(super) fn wish(request: wire::PictureRequest) -> Option<PictureWish> {
    use wire::picture_request::What;
    match request.what() {
        What::NewEpoch => Some(PictureWish::NewEpoch),
        What::Pause => Some(PictureWish::Pause),
        What::Resume => Some(PictureWish::Resume),
        What::FullState => Some(PictureWish::FullState),
        What::Unspecified => None,
    }
}

/// Its settings; nothing: they are out of bounds.
pub(super) fn settings(settings: wire::PictureSettings) -> Option<PictureWish> {
    let is_name = |codec: &String| codec.len() <= CODEC_BYTES;
    let fits = settings.codecs.len() <= CODECS && settings.codecs.iter().all(is_name);
    fits.then_some(PictureWish::Settings(settings))
}

impl Customer {
    pub(super) fn picture_request(&mut self, request: wire::PictureRequest) {
        let Some(wish) = wish(request) else { return self.out.refuse("message-malformed") };
        if let State::Sharing(sharing) = &mut self.state {
            match wish {
                PictureWish::Pause => sharing.hidden = true,
                PictureWish::Resume => sharing.hidden = false,
                _ => {}
            }
        }
        // Whoever looks or wants it anew sees it once the customer shows it again.
        if !self.held {
            self.out.act(Action::Picture(wish));
        }
    }

    pub(super) fn picture_settings(&mut self, now: Timestamp, told: wire::PictureSettings) {
        let way = CaptureWay::asked(&told);
        let Some(wish) = settings(told) else { return self.out.refuse("message-malformed") };
        if !self.capture_asked(now, way) {
            return self.out.refuse("capture-too-fast");
        }
        self.out.act(Action::Picture(wish));
    }
}
