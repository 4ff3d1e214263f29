//! Which pixels a canvas that shows the picture must draw anew, while video is shown upon its open areas.
//!
//! The picture and such a canvas differ on purpose: an area is black here as soon as it opens, and on the canvas the
//! old pixels stay until the first video picture, and the last one until exact pixels overwrite it.

use crate::{
    Rect,
    areas::Areas,
    limits::{MAX_AREAS, MAX_SEPARATE_RECTS},
    rect::subtract_all,
};

/// What was written since the canvas was drawn, and what it still shows of the time before.
#[derive(Debug)]
pub(crate) struct Repaint {
    bounds: Rect,
    written: Vec<Rect>,
    /// Areas that closed: what was not written there since is black here and a rest of the video on the canvas.
    closed: Vec<Rect>,
    /// Until an update of the epoch is settled, the canvas may show what it showed before the epoch.
    fresh: bool,
}

impl Repaint {
    /// For a picture that fills `bounds`, upon a canvas of which nothing is known.
    pub(crate) fn new(bounds: Rect) -> Self {
        Self { bounds, written: Vec::new(), closed: Vec::new(), fresh: true }
    }

    /// The sender wrote `rect`.
    pub(crate) fn write(&mut self, rect: Rect) {
        self.written.push(rect);
    }

    /// The area at `rect` closed. The sender writes only what is not black there, so it waits for
    /// [`Repaint::settle`]; of too many areas the first is drawn as it is.
    pub(crate) fn close(&mut self, rect: Rect) {
        if MAX_AREAS <= self.closed.len() {
            self.written.push(self.closed.remove(0));
        }
        self.closed.push(rect);
    }

    /// The picture is the newest captured one outside of open areas: a black pixel is black.
    pub(crate) fn settle(&mut self) {
        self.written.append(&mut self.closed);
        if std::mem::take(&mut self.fresh) {
            self.written = vec![self.bounds];
        }
    }

    /// What is to be drawn now, none of it in an open area; few rectangles, whatever was written.
    pub(crate) fn take(&mut self, areas: &Areas) -> Vec<Rect> {
        let mut rects = std::mem::take(&mut self.written);
        if MAX_SEPARATE_RECTS < rects.len() {
            rects = self.joined(&rects);
        }
        subtract_all(&rects, &areas.rects())
    }

    /// One rectangle around all, but for closed areas: between what was written there the video stays.
    fn joined(&self, rects: &[Rect]) -> Vec<Rect> {
        let hull = hull_of(rects.iter().copied());
        let mut joined = subtract_all(&[hull], &self.closed);
        for area in &self.closed {
            let parts: Vec<_> =
                rects.iter().map(|rect| rect.intersection(area)).filter(|part| !part.is_empty()).collect();
            if MAX_SEPARATE_RECTS < parts.len() {
                joined.push(hull_of(parts.into_iter()));
            } else {
                joined.extend(parts);
            }
        }
        joined
    }
}

fn hull_of(rects: impl Iterator<Item = Rect>) -> Rect {
    rects.fold(Rect::default(), |hull, rect| hull.hull(&rect))
}
