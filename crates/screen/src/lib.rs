//! Shows the customer's screen: captures what changed, encodes it with the exact layer's codec and hands packets
//! out while there is room for them. It knows no network, no policy and no session: whoever starts a [`Share`] has
//! the customer's consent, and nothing is captured before (see [`captures`]).

mod capture;
mod error;
mod part;
mod share;

pub use capture::{Display, Lack, PointerShape, Way, WayNow, captures, displays, windows};
pub use error::ScreenError;
pub use part::{OpenWindow, Part, PartState, Shown};
pub use share::{Channel, Preference, Share, ShareCommand, ShareEvent, ShareOptions, VideoTrack, Viewing};
pub use tiles::Rect;
