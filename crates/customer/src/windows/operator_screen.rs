//! The window that shows the operator's own screen (F-09).

use std::cell::RefCell;
use std::collections::HashMap;

use session::customer::View;
use slint::{ComponentHandle, Image, Rgba8Pixel, SharedPixelBuffer};

use super::generated::OperatorScreenWindow;
use super::scaled;
use super::visible::Visible;
use crate::running::{OperatorPicture, Show};
use crate::texts::Texts;

pub(super) struct OperatorScreen {
    pub(super) window: OperatorScreenWindow,
    /// As it came.
    newest: RefCell<Option<SharedPixelBuffer<Rgba8Pixel>>>,
    visible: Visible,
}

impl OperatorScreen {
    pub(super) fn new(window: OperatorScreenWindow) -> Self {
        Self { window, newest: RefCell::default(), visible: Visible::default() }
    }

    /// Follows the session: there while the operator's screen is shown, and empty while a pause holds it.
    pub(super) fn show(&self, show: &Show, texts: &Texts) {
        let Show::View(View::Sharing { host, operator, operator_screen: Some(shown), .. }) = show else {
            if !matches!(show, Show::Printer(_)) {
                self.set_visible(false);
            }
            return;
        };
        let names = HashMap::from([
            ("operator", operator.clone().unwrap_or_default()),
            ("company", host.company.clone()),
        ]);
        let who = match operator {
            Some(_) => "customer-operator-screen-who",
            None => "customer-operator-screen-who-unnamed",
        };
        self.window.set_who(texts.with(who, &names).into());
        self.window.set_held(shown.held);
        if shown.held {
            self.blank();
        }
        self.set_visible(true);
    }

    /// A newer picture lies ready.
    pub(super) fn picture(&self, picture: &OperatorPicture) {
        let newest = picture.take().filter(|_| self.visible.get() && !self.window.get_held());
        if newest.is_some() {
            self.newest.replace(newest);
            self.refit();
            self.window.set_seen(true);
        }
    }

    /// Shows the newest picture in the size that is wanted now.
    pub(super) fn refit(&self) {
        let newest = self.newest.borrow();
        let Some(pixels) = &*newest else { return };
        let scale = self.window.window().scale_factor();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a window's side is some thousand pixels, and a cast of what is below zero gives zero"
        )]
        let room = |side: f32| (side * scale) as u32;
        let shown = if self.window.get_original() {
            pixels.clone()
        } else {
            scaled::within(pixels, room(self.window.get_room_width()), room(self.window.get_room_height()))
        };
        self.window.set_picture(Image::from_rgba8(shown));
    }

    fn blank(&self) {
        self.newest.replace(None);
        self.window.set_picture(Image::default());
        self.window.set_seen(false);
    }

    fn set_visible(&self, visible: bool) {
        if visible == self.visible.get() {
            return;
        }
        self.blank();
        self.window.set_live(visible);
        self.visible.set(&self.window, visible);
        if visible {
            self.window.invoke_take_focus();
        }
    }
}
