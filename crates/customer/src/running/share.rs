//! The running share of a session: the `screen` crate's packets go straight to the peer, all else to the session.

use bytes::Bytes;
use peer::Command;
use protocol::wire;
use screen::{ScreenError, Share, ShareCommand, ShareEvent, ShareOptions};
use session::customer::{ConnectionNo, Input, PictureWish};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

use super::Trouble;

/// A share; dropping it ends capture and whatever is on its way to the peer.
pub(super) struct Sharing {
    share: Share,
    pump: AbortHandle,
    pub(super) connection: ConnectionNo,
}

impl Drop for Sharing {
    fn drop(&mut self) {
        self.pump.abort();
    }
}

/// What the share tells the session.
#[derive(Debug)]
pub(super) enum Told {
    /// For the console.
    Input(Input),
    /// It is over.
    Failed(ScreenError),
}

impl Sharing {
    /// Begins. Only for a grant of the session.
    ///
    /// Errors: [`ScreenError`].
    pub(super) fn start<T: Send + 'static>(
        connection: ConnectionNo,
        peer: mpsc::Sender<Command>,
        told: mpsc::Sender<T>,
        wrap: impl Fn(Told) -> T + Send + 'static,
        tasks: &mut JoinSet<()>,
    ) -> Result<Self, ScreenError> {
        let (share, mut events) = Share::start(ShareOptions::default())?;
        let pump = tasks.spawn(async move {
            while let Some(event) = events.recv().await {
                let sent = match translate(event) {
                    Out::Packet(channel, bytes) => peer.send(Command::Send(channel, bytes)).await.is_ok(),
                    Out::Told(what) => told.send(wrap(what)).await.is_ok(),
                };
                if !sent {
                    return;
                }
            }
        });
        Ok(Self { share, pump, connection })
    }

    pub(super) fn room(&self, bytes: usize) {
        self.share.send(ShareCommand::Room { bytes });
    }

    pub(super) fn wish(&self, wish: PictureWish) {
        let command = match wish {
            PictureWish::Acknowledged(drawn) => {
                ShareCommand::Acknowledged { epoch: drawn.epoch, update: drawn.update }
            }
            PictureWish::NewEpoch => ShareCommand::NewEpoch,
            PictureWish::Pause => ShareCommand::Pause,
            PictureWish::Resume => ShareCommand::Resume,
            // Everything goes by the exact layer, whatever the preference.
            PictureWish::Settings(_) => return,
        };
        self.share.send(command);
    }
}

enum Out {
    Packet(peer::Channel, Bytes),
    Told(Told),
}

fn translate(event: ShareEvent) -> Out {
    match event {
        ShareEvent::Packet { channel, bytes } => {
            let channel = match channel {
                screen::Channel::Ordered => peer::Channel::Screen,
                screen::Channel::Repeat => peer::Channel::Repeat,
            };
            Out::Packet(channel, bytes.into())
        }
        ShareEvent::PointerShape(shape) => Out::Told(Told::Input(Input::PointerShape(wire::PointerShape {
            width: shape.width.into(),
            height: shape.height.into(),
            hot_x: shape.hot_x.into(),
            hot_y: shape.hot_y.into(),
            rgba_zstd: shape.rgba_zstd.into(),
        }))),
        ShareEvent::PointerPosition { x, y } => {
            Out::Told(Told::Input(Input::PointerPosition(wire::PointerPosition { x, y })))
        }
        ShareEvent::Displays(displays) => {
            Out::Told(Told::Input(Input::Displays(displays.into_iter().map(to_wire).collect())))
        }
        ShareEvent::Failed(error) => Out::Told(Told::Failed(error)),
    }
}

fn to_wire(display: screen::Display) -> wire::Display {
    wire::Display {
        id: display.id,
        name: display.name,
        x: display.x,
        y: display.y,
        width: display.width,
        height: display.height,
        primary: display.primary,
    }
}

/// The name under which the console hears that this screen cannot be shared.
pub(super) fn unsupported(error: &ScreenError) -> &'static str {
    match error {
        ScreenError::NoDisplay { .. } => "screen-no-display",
        ScreenError::Missing { .. } => "screen-missing",
        ScreenError::Depth { .. } => "screen-depth",
        ScreenError::Size { .. } => "screen-size",
        ScreenError::Unsupported => "screen-no-platform",
        ScreenError::Lost { .. } => "screen-lost",
        ScreenError::Resources { .. } => "screen-resources",
    }
}

/// The same for the customer.
pub(super) fn trouble(error: &ScreenError) -> Trouble {
    match error {
        ScreenError::Depth { depth } => Trouble::Depth(depth.to_string()),
        other => Trouble::Screen(other.to_string()),
    }
}
