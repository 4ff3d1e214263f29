//! Areas of motion: what is shown there by video is unknown to the exact picture.

use crate::{DecodeError, Rect, limits::MAX_AREAS};

/// The open areas, the same at both ends after the same update.
///
/// INVARIANT: at most [`MAX_AREAS`], each id once, and no two meet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Areas(Vec<(u8, Rect)>);

impl Areas {
    pub(crate) fn open(&mut self, id: u8, rect: Rect) -> Result<(), DecodeError> {
        if MAX_AREAS <= self.0.len() || self.0.iter().any(|(other, _)| *other == id) || self.meet(&rect) {
            return Err(DecodeError::Limit);
        }
        self.0.push((id, rect));
        Ok(())
    }

    /// Removes an area and tells where it was.
    pub(crate) fn close(&mut self, id: u8) -> Result<Rect, DecodeError> {
        let place = self.0.iter().position(|(other, _)| *other == id).ok_or(DecodeError::Order)?;
        Ok(self.0.swap_remove(place).1)
    }

    pub(crate) fn meet(&self, rect: &Rect) -> bool {
        self.0.iter().any(|(_, area)| area.meets(rect))
    }

    pub(crate) fn rects(&self) -> Vec<Rect> {
        self.0.iter().map(|(_, area)| *area).collect()
    }

    pub(crate) fn list(&self) -> &[(u8, Rect)] {
        &self.0
    }
}
