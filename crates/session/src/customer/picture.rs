//! What the console says about the pictures it gets.

use protocol::wire;

use super::{Action, Customer, PictureWish, state::State};

/// Codecs that a console may name: three times those there are.
const CODECS: usize = 16;
/// Longest name of one.
const CODEC_BYTES: usize = 32;

impl Customer {
    pub(super) fn picture_request(&mut self, request: wire::PictureRequest) {
        use wire::picture_request::What;
        let wish = match request.what() {
            What::NewEpoch => PictureWish::NewEpoch,
            What::Pause => PictureWish::Pause,
            What::Resume => PictureWish::Resume,
            What::FullState => PictureWish::FullState,
            What::Unspecified => return self.out.refuse("message-malformed"),
        };
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

    pub(super) fn picture_settings(&mut self, settings: wire::PictureSettings) {
        let is_name = |codec: &String| codec.len() <= CODEC_BYTES;
        if CODECS < settings.codecs.len() || !settings.codecs.iter().all(is_name) {
            return self.out.refuse("message-malformed");
        }
        self.out.act(Action::Picture(PictureWish::Settings(settings)));
    }
}
