//! The thread that makes video of one area: it always takes the newest picture and never has a queue.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use motion::{Chroma, Encoder, Frame, MotionError, Settings};
use tiles::Rect;
use tracing::{debug, warn};

use crate::{ScreenError, ShareEvent, share::outlet::Outlet};

/// One picture of the area.
pub(super) struct Picture {
    /// Rows of the area, four bytes a pixel, blue first, without gaps.
    pub(super) bgrx: Vec<u8>,
    pub(super) rtp_time: u32,
}

/// The running thread of one area; dropping it ends it.
pub(super) struct Film(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    next: Option<Picture>,
    spare: Vec<Vec<u8>>,
    key: bool,
    bits_per_s: u32,
    closed: bool,
    failed: bool,
    /// How long the last picture took.
    took: Duration,
}

impl Film {
    /// Starts the thread for pictures of the size of `rect`; video comes out by `outlet`.
    pub(super) fn start(
        rect: &Rect,
        chroma: Chroma,
        bits_per_s: u32,
        outlet: Outlet,
    ) -> Result<Self, ScreenError> {
        let shared = Arc::new(Shared::default());
        shared.lock().bits_per_s = bits_per_s;
        let settings = Settings { width: rect.width, height: rect.height, chroma, bits_per_s };
        let theirs = Arc::clone(&shared);
        thread::Builder::new()
            .name("motion".to_owned())
            .spawn(move || {
                if let Err(error) = theirs.film(settings, &outlet) {
                    warn!(%error, "Motion cannot be encoded");
                    theirs.lock().failed = true;
                }
            })
            .map_err(|error| ScreenError::Resources { reason: error.to_string() })?;
        Ok(Self(shared))
    }

    /// An empty buffer for the next picture.
    pub(super) fn spare(&self) -> Vec<u8> {
        self.0.lock().spare.pop().unwrap_or_default()
    }

    /// Shows a picture, in place of one that still waits.
    pub(super) fn show(&self, picture: Picture) {
        let mut state = self.0.lock();
        if let Some(passed_over) = state.next.replace(picture) {
            state.spare.push(passed_over.bgrx);
        }
        drop(state);
        self.0.bell.notify_one();
    }

    /// The next picture must be decodable by itself.
    pub(super) fn want_key(&self) {
        self.0.lock().key = true;
    }

    pub(super) fn set_bits_per_s(&self, bits_per_s: u32) {
        self.0.lock().bits_per_s = bits_per_s;
    }

    /// How long the last picture took.
    pub(super) fn took(&self) -> Duration {
        self.0.lock().took
    }

    pub(super) fn failed(&self) -> bool {
        self.0.lock().failed
    }
}

impl Drop for Film {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.bell.notify_one();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn film(&self, settings: Settings, outlet: &Outlet) -> Result<(), MotionError> {
        let mut encoder = Encoder::new(settings)?;
        let mut bits_per_s = settings.bits_per_s;
        let began = Instant::now();
        while let Some((picture, key, wanted_bits_per_s)) = self.take() {
            if wanted_bits_per_s != bits_per_s {
                bits_per_s = wanted_bits_per_s;
                encoder.set_bits_per_s(bits_per_s)?;
            }
            let start = Instant::now();
            let frame = Frame { bgrx: &picture.bgrx, stride_bytes: usize::from(settings.width) * 4 };
            let coded = encoder.encode(&frame, start - began, key)?;
            self.done(picture.bgrx, start.elapsed(), key && coded.is_none());
            let Some(coded) = coded else { continue };
            let event = ShareEvent::Video {
                full_chroma: settings.chroma == Chroma::Full,
                rtp_time: picture.rtp_time,
                key: coded.key,
                bytes: coded.bytes,
            };
            if !outlet.send(&event) {
                debug!("Nobody takes the video any more");
                break;
            }
        }
        Ok(())
    }

    /// Waits for a picture; `None` when the film is over.
    fn take(&self) -> Option<(Picture, bool, u32)> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            if let Some(picture) = state.next.take() {
                return Some((picture, std::mem::take(&mut state.key), state.bits_per_s));
            }
            state = self.bell.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn done(&self, buffer: Vec<u8>, took: Duration, key_still_wanted: bool) {
        let mut state = self.lock();
        state.spare.push(buffer);
        state.took = took;
        state.key |= key_still_wanted;
    }
}
