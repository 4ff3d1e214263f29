//! Parts of the customer's screen (F-01), as an operator asks for them.

use crate::{limits, wire};

/// A rectangle of the picture, pixels: within [`limits::COORDINATE_PX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Area {
    /// Whether it holds this pixel.
    #[must_use]
    pub fn holds(&self, x: i32, y: i32) -> bool {
        let inside = |at: i32, start: u32, length: u32| {
            u32::try_from(at).is_ok_and(|at| start <= at && at - start < length)
        };
        inside(x, self.x, self.width) && inside(y, self.y, self.height)
    }
}

/// What an operator asks the customer to share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Another part, whichever the customer likes.
    Any,
    /// All of it.
    Desktop,
    /// A monitor, by its number among the displays told.
    Monitor(u32),
    /// One window, which the customer chooses.
    Window,
    /// A rectangle, at least [`limits::PART_PX`] each way.
    Area(Area),
}

impl Ask {
    /// On the wire and in records.
    #[must_use]
    pub fn kind(self) -> wire::PartKind {
        match self {
            Self::Any => wire::PartKind::Unspecified,
            Self::Desktop => wire::PartKind::Desktop,
            Self::Monitor(_) => wire::PartKind::Monitor,
            Self::Window => wire::PartKind::Window,
            Self::Area(_) => wire::PartKind::Area,
        }
    }
}

/// A message that asks for nothing that can be shared.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("no part of a screen")]
pub struct AskError;

impl TryFrom<wire::AskPart> for Ask {
    type Error = AskError;

    fn try_from(wire: wire::AskPart) -> Result<Self, AskError> {
        // A kind of a later version is not known here, and none is guessed in its place.
        Ok(match wire::PartKind::try_from(wire.kind).map_err(|_| AskError)? {
            wire::PartKind::Unspecified => Self::Any,
            wire::PartKind::Desktop => Self::Desktop,
            wire::PartKind::Monitor => Self::Monitor(wire.display),
            wire::PartKind::Window => Self::Window,
            wire::PartKind::Area => Self::Area(area(wire.area.ok_or(AskError)?)?),
        })
    }
}

fn area(wire: wire::PartArea) -> Result<Area, AskError> {
    let fits = |start: u32, length: u32| {
        let end = start.checked_add(length).and_then(|end| i32::try_from(end).ok());
        limits::PART_PX <= length && end.is_some_and(|end| end <= limits::COORDINATE_PX)
    };
    let wire::PartArea { x, y, width, height } = wire;
    if fits(x, width) && fits(y, height) { Ok(Area { x, y, width, height }) } else { Err(AskError) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(kind: i32, area: Option<(u32, u32, u32, u32)>) -> Result<Ask, AskError> {
        let area = area.map(|(x, y, width, height)| wire::PartArea { x, y, width, height });
        Ask::try_from(wire::AskPart { kind, display: 7, area })
    }

    #[test]
    fn a_part_is_asked_for_whole_or_not_at_all() {
        assert_eq!(asked(0, None), Ok(Ask::Any));
        assert_eq!(asked(2, None), Ok(Ask::Monitor(7)));
        assert_eq!(asked(3, None), Ok(Ask::Window));
        let area = Area { x: 10, y: 20, width: 300, height: 16 };
        assert_eq!(asked(4, Some((10, 20, 300, 16))), Ok(Ask::Area(area)));
        for bad in [
            None,
            Some((0, 0, 15, 100)),
            Some((0, 0, 0, 0)),
            Some((u32::MAX, 0, 100, 100)),
            Some((32_700, 0, 100, 100)),
        ] {
            assert_eq!(asked(4, bad), Err(AskError), "{bad:?}");
        }
        assert_eq!(asked(9, None), Err(AskError));
    }

    #[test]
    fn an_area_holds_its_first_pixel_and_not_the_one_after_its_last() {
        let area = Area { x: 10, y: 20, width: 5, height: 5 };
        assert!(area.holds(10, 20) && area.holds(14, 24));
        assert!(!area.holds(15, 24) && !area.holds(9, 20) && !area.holds(-1, 22));
    }
}
