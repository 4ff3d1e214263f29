//! The customer's clipboard, in a thread of its own (S-11): whoever pastes what was put there is answered at once, and an owner
//! that is slow to give what the customer copied holds up nothing else.

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::{Duration, Instant};

use desktop::Unsupported;
use desktop::clipboard::{self, Clipboard, ClipboardError, Content, Copied, Limits, Waker};
use protocol::clipboard::{Clip, ClipKind};
use protocol::limits;
use session::customer::{ClipboardNews, ClipboardOrder, CopiedFile, CopiedFiles, Puttable};

/// Nothing wakes the thread but orders and the display; this is for deadlines.
const LOOK: Duration = Duration::from_secs(1);
/// A program that copies again and again: the last of it counts, and a person copies less often.
const BETWEEN: Duration = Duration::from_millis(50);

/// Who looks after the clipboard; dropping it lets go of what was put there.
pub(super) struct Clips {
    orders: Sender<ClipboardOrder>,
    waker: Option<Waker>,
}

impl Clips {
    /// Begins. `tell` is called on the thread, and here where there is no clipboard.
    pub(super) fn start(tell: impl Fn(ClipboardNews) + Send + 'static) -> Result<Self, Unsupported> {
        let most = Limits {
            text_bytes: limits::CLIP_TEXT_BYTES,
            picture_bytes: limits::CLIP_PICTURE_BYTES,
            files: limits::CLIP_FILES,
        };
        let (clipboard, waker) = clipboard::open(None, most)?;
        let (orders, received) = channel();
        let spawned = std::thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
            if obey(clipboard, &received, &tell).is_err() {
                tell(ClipboardNews::Lacks("clipboard-display-lost"));
            }
        });
        spawned.map_err(|_| Unsupported { what: "clipboard-no-display" })?;
        Ok(Self { orders, waker: Some(waker) })
    }

    /// Takes an order. `false`: the clipboard is gone.
    pub(super) fn order(&self, order: ClipboardOrder) -> bool {
        let taken = self.orders.send(order).is_ok();
        self.waker.iter().for_each(Waker::wake);
        taken
    }
}

impl Drop for Clips {
    fn drop(&mut self) {
        // The thread sees that nobody gives orders any more.
        let (gone, _) = channel();
        self.orders = gone;
        self.waker.iter().for_each(Waker::wake);
    }
}

fn obey(
    mut clipboard: Box<dyn Clipboard>,
    orders: &Receiver<ClipboardOrder>,
    tell: &impl Fn(ClipboardNews),
) -> Result<(), ClipboardError> {
    let mut last: Option<Instant> = None;
    loop {
        match orders.try_recv() {
            Ok(ClipboardOrder::Watch(on)) => clipboard.watch(on),
            Ok(ClipboardOrder::Put(no, what)) => match clipboard.put(content(what)) {
                Ok(()) => tell(ClipboardNews::Put(no, Ok(()))),
                Err(ClipboardError::Refused) => tell(ClipboardNews::Put(no, Err("clipboard-refused"))),
                Err(ClipboardError::Lost) => return Err(ClipboardError::Lost),
            },
            Err(TryRecvError::Disconnected) => return Ok(()),
            Err(TryRecvError::Empty) => {
                if let Some(copied) = clipboard.next(LOOK)? {
                    let now = Instant::now();
                    let is_rush = last.replace(now).is_some_and(|at| now < at + BETWEEN);
                    if is_rush {
                        std::thread::sleep(BETWEEN);
                    }
                    news(copied).into_iter().for_each(tell);
                }
            }
        }
    }
}

fn content(what: Puttable) -> Content {
    match what {
        Puttable::Clip(Clip::Text(text)) => Content::Text(text),
        Puttable::Clip(Clip::Picture(png)) => Content::Picture(png.into()),
        Puttable::Files(paths) => Content::Files(paths),
    }
}

/// What a program calls text or a picture, and is none, is not told.
fn news(copied: Copied) -> Option<ClipboardNews> {
    let clip = |kind, bytes| Clip::parse(kind, bytes).ok().map(ClipboardNews::Copied);
    match copied {
        Copied::Text(bytes) => clip(ClipKind::Text, bytes),
        Copied::Picture(bytes) => clip(ClipKind::Picture, bytes),
        Copied::LongText(bytes) => Some(ClipboardNews::TooLarge(ClipKind::Text, bytes)),
        Copied::LargePicture(bytes) => Some(ClipboardNews::TooLarge(ClipKind::Picture, bytes)),
        Copied::Files(clipboard::CopiedFiles { files, more }) => {
            let files = files.into_iter().map(|file| CopiedFile {
                path: file.path,
                is_folder: file.is_folder,
                size_bytes: file.size_bytes,
                modified_ms: file.modified_ms,
            });
            Some(ClipboardNews::CopiedFiles(CopiedFiles { files: files.collect(), more }))
        }
    }
}
