//! The operator's screen (F-09): a console's packets become pictures for the window. On a thread of its own, since a stranger decides
//! how much there is to decode.

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use protocol::limits::OPERATOR_SCREEN_SIDE_PX;
use slint::{Rgba8Pixel, SharedPixelBuffer};
use tiles::{Decoder, Order, PacketHeader, Picture};

/// Packets that wait: twice the longest update. A console that waits for its acknowledgements never has more than one on its way.
const WAITING_PACKETS: usize = 2 * tiles::limits::MAX_PACKETS as usize;
/// The thread rests as long as it worked, and no longer than this.
const LONGEST_REST: Duration = Duration::from_millis(200);

/// What the thread tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// This update is in the picture. Whether the window has to look for it: else it has not yet taken the one before.
    Shown { epoch: u32, update: u32, look: Option<OperatorPicture> },
    /// What came is no picture.
    Faulty,
}

/// Where the newest picture lies until the window takes it: never are there two, however fast a console sends.
#[derive(Clone, Debug, Default)]
pub(crate) struct OperatorPicture(Arc<Mutex<Option<SharedPixelBuffer<Rgba8Pixel>>>>);

impl OperatorPicture {
    /// Takes the picture out.
    pub(crate) fn take(&self) -> Option<SharedPixelBuffer<Rgba8Pixel>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Puts one in; whether there was none.
    fn put(&self, picture: SharedPixelBuffer<Rgba8Pixel>) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(picture).is_none()
    }
}

/// Two are the same where they are one place.
impl PartialEq for OperatorPicture {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for OperatorPicture {}

/// Packets are decoded until this is dropped.
pub(super) struct Watch {
    packets: SyncSender<Bytes>,
    place: OperatorPicture,
    /// What waits is not decoded any more.
    over: Arc<AtomicBool>,
}

impl Watch {
    /// Decodes from the first packet of an epoch of at least `from_epoch` on. `tell` is called on a thread of its own.
    pub(super) fn start(from_epoch: u32, tell: impl Fn(Seen) + Send + 'static) -> Self {
        let (packets, coming) = sync_channel::<Bytes>(WAITING_PACKETS);
        let place = OperatorPicture::default();
        let over = Arc::new(AtomicBool::new(false));
        let (shown, ends) = (place.clone(), Arc::clone(&over));
        let work = move || {
            let mut decoder = Decoder::within(Order::Rgba, OPERATOR_SCREEN_SIDE_PX);
            while let Ok(packet) = coming.recv() {
                let began = Instant::now();
                if ends.load(Ordering::SeqCst)
                    || decode(&mut decoder, from_epoch, &packet, &shown, &tell).is_err()
                {
                    return;
                }
                if ends.load(Ordering::SeqCst) {
                    drop(shown.take());
                    return;
                }
                // A stranger decides how much there is to draw: half of a processor at most, and who sends more fills the queue.
                std::thread::sleep(began.elapsed().min(LONGEST_REST));
            }
        };
        if let Err(error) = std::thread::Builder::new().name("operator-screen".to_owned()).spawn(work) {
            tracing::error!(%error, "The operator's screen cannot be shown");
        }
        Self { packets, place, over }
    }

    /// Takes a packet; `false`: too many wait.
    pub(super) fn take(&self, packet: Bytes) -> bool {
        self.packets.try_send(packet).is_ok()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // What the window has not taken, it never shows.
        self.over.store(true, Ordering::SeqCst);
        drop(self.place.take());
    }
}

/// No picture any more: nothing that comes after it is one.
struct Faulty;

fn decode(
    decoder: &mut Decoder,
    from_epoch: u32,
    packet: &[u8],
    place: &OperatorPicture,
    tell: &impl Fn(Seen),
) -> Result<(), Faulty> {
    // What was sent before this showing began.
    if PacketHeader::read(packet).is_ok_and(|(header, _)| header.epoch < from_epoch) {
        return Ok(());
    }
    match decoder.receive(packet) {
        Ok(None) => Ok(()),
        Ok(Some(progress)) if !progress.mismatch && decoder.areas().is_empty() => {
            let Some(picture) = decoder.picture() else { return Ok(()) };
            let look = place.put(pixels(picture)).then(|| place.clone());
            tell(Seen::Shown { epoch: progress.epoch, update: progress.update, look });
            Ok(())
        }
        // Areas are of another stream's video, which this one has not.
        Ok(Some(_)) | Err(_) => {
            tell(Seen::Faulty);
            Err(Faulty)
        }
    }
}

fn pixels(picture: &Picture) -> SharedPixelBuffer<Rgba8Pixel> {
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or_default();
    let mut buffer = SharedPixelBuffer::new(side(picture.width()), side(picture.height()));
    for (to, from) in buffer.make_mut_slice().iter_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.to_le_bytes();
        *to = Rgba8Pixel::new(red, green, blue, alpha);
    }
    buffer
}
