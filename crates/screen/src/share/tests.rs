//! A share on a real X server, with a decoder at its other end.

use std::time::{Duration, Instant};

use tiles::{Decoder, Order, PacketHeader, Progress, Rect};
use tokio::sync::mpsc;

use super::{
    Channel, Preference, Share, ShareCommand, ShareEvent, ShareOptions, VideoTrack, Viewing, dirty::Dirty,
    flow::Flow,
};
use crate::{
    Part, Way, WayNow,
    capture::xvfb::{Painter, Xvfb},
    captures,
};

/// The console's half.
struct Console {
    share: Share,
    events: mpsc::Receiver<ShareEvent>,
    decoder: Decoder,
    bytes: usize,
    /// RTP time and whether it is a key picture, of all video so far.
    videos: Vec<(u32, bool)>,
    /// What its link lets through.
    bytes_per_s: usize,
}

impl Console {
    fn start(xvfb: &Xvfb) -> Self {
        Self::start_by(Way::Fast, xvfb)
    }

    fn start_by(way: Way, xvfb: &Xvfb) -> Self {
        Self::start_of(Part::Desktop, way, xvfb)
    }

    fn start_of(part: Part, way: Way, xvfb: &Xvfb) -> Self {
        let display = Some(xvfb.display.clone());
        let options = ShareOptions { display, part, way, ..ShareOptions::default() };
        let (share, events) = Share::start(options).unwrap();
        let decoder = Decoder::new(Order::Rgba);
        Self { share, events, decoder, bytes: 0, videos: Vec::new(), bytes_per_s: usize::MAX }
    }

    /// The next event, if one comes within `patience`.
    fn next(&mut self, patience: Duration) -> Option<ShareEvent> {
        let end = Instant::now() + patience;
        while Instant::now() < end {
            if let Ok(event) = self.events.try_recv() {
                return Some(event);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        None
    }

    /// Draws and acknowledges what comes until `wanted`, or gives up.
    fn until(&mut self, wanted: impl Fn(&Decoder, &Progress) -> bool) -> Progress {
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end {
            if let Some(progress) = self.step()
                && wanted(&self.decoder, &progress)
            {
                return progress;
            }
        }
        panic!("the picture never came");
    }

    /// The same until `wanted` of the video's pictures: RTP time, and whether it stands by itself.
    fn until_videos(&mut self, wanted: impl Fn(&[(u32, bool)]) -> bool) -> Vec<(u32, bool)> {
        self.videos.clear();
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end {
            self.step();
            if wanted(&self.videos) {
                return std::mem::take(&mut self.videos);
            }
        }
        panic!("the video never came");
    }

    /// One event; what was drawn by it.
    fn step(&mut self) -> Option<Progress> {
        let (channel, bytes) = match self.next(Duration::from_secs(5))? {
            ShareEvent::Packet { channel, bytes } => (channel, bytes),
            ShareEvent::Video { rtp_time, key, .. } => {
                self.videos.push((rtp_time, key));
                return None;
            }
            _ => return None,
        };
        if channel == Channel::Ordered {
            let took_us = (bytes.len() * 1000).div_ceil(self.bytes_per_s) as u64 * 1000;
            std::thread::sleep(Duration::from_micros(took_us).saturating_sub(Duration::from_millis(1)));
            self.share.send(ShareCommand::Room { bytes: bytes.len() });
            self.bytes += bytes.len();
        }
        let progress = self.decoder.receive(&bytes).unwrap()?;
        let Progress { epoch, update, .. } = progress;
        self.share.send(ShareCommand::Acknowledged { epoch, update });
        Some(progress)
    }

    fn open_room(&self) {
        self.share.send(ShareCommand::Room { bytes: 64 * 1024 });
    }
}

fn shows(decoder: &Decoder, x: usize, y: usize, colour: u32) -> bool {
    decoder.picture().is_some_and(|picture| picture.colour_at(x, y) == Some(colour))
}

const WAYS: [Way; 2] = [Way::Fast, Way::Plain];

#[test]
fn the_picture_becomes_exact_and_follows_the_screen() {
    for way in WAYS {
        let xvfb = Xvfb::start("1280x1024x24", &[]);
        let painter = xvfb.painter();
        let mut console = Console::start_by(way, &xvfb);
        console.open_room();
        console.until(|decoder, progress| progress.exact && shows(decoder, 5, 5, 0x80_8080));
        painter.fill(Rect::new(40, 40, 100, 100), 0x00_ff00);
        console.until(|decoder, progress| progress.exact && shows(decoder, 60, 60, 0x00_ff00));
        painter.scroll_up(Rect::new(0, 0, 1280, 1024), 30);
        console.until(|decoder, progress| progress.exact && shows(decoder, 60, 15, 0x00_ff00));
    }
}

/// S-04: switched while it runs, for both who look, and the picture goes on from what they have.
#[test]
fn the_way_changes_while_the_share_runs() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start(&xvfb);
    let (_viewing, mut second) = console.share.join();
    console.open_room();
    let first = console.until(|_, progress| progress.exact);
    for (way, colour) in [(Way::Plain, 0x00_ff00), (Way::Fast, 0x00_00ff), (Way::Plain, 0xff_0000)] {
        console.share.send(ShareCommand::Way(way));
        let told = |event: &ShareEvent| *event == ShareEvent::Way(WayNow { way, lack: None });
        while !second.blocking_recv().is_some_and(|event| told(&event)) {}
        painter.fill(Rect::new(40, 40, 100, 100), colour);
        let now = console.until(|decoder, progress| progress.exact && shows(decoder, 60, 60, colour));
        assert_eq!(now.epoch, first.epoch, "no picture begins anew for it");
    }
}

/// F-01 with S-04 off: of a window that moves over others, nothing of these is ever seen, though the whole was read before.
#[test]
fn a_window_that_moves_shows_nothing_of_others_in_either_way() {
    for way in WAYS {
        let xvfb = Xvfb::start("640x480x24", &[]);
        let painter = xvfb.painter();
        painter.window(Rect::new(200, 100, 300, 300), 0x00_00ff);
        let shared = painter.window(Rect::new(20, 20, 160, 120), 0xff_0000);
        let mut console = Console::start_of(Part::Window(shared), way, &xvfb);
        console.open_room();
        console.until(|decoder, progress| progress.exact && shows(decoder, 60, 60, 0xff_0000));
        for step in 1..13 {
            let (x, y) = (20 + step * 37 % 400, 20 + step * 53 % 300);
            painter.move_window(shared, x, y);
            let (right, below) = (usize::try_from(x).unwrap() + 155, usize::try_from(y).unwrap() + 115);
            console.until(|decoder, progress| {
                let picture = decoder.picture().unwrap();
                for (x, y) in (0..640).step_by(5).flat_map(|x| (0..480).step_by(5).map(move |y| (x, y))) {
                    let colour = picture.colour_at(x, y).unwrap();
                    assert!(matches!(colour, 0 | 0xff_0000), "{colour:06x} at {x}, {y}");
                }
                progress.exact && shows(decoder, right, below, 0xff_0000)
            });
        }
    }
}

/// S-05: a program that puts the pointer elsewhere is no hand that moves it; it is seen all the same.
#[test]
fn a_pointer_that_a_program_moves_is_told() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start(&xvfb);
    console.open_room();
    console.until(|_, progress| progress.exact);
    while console.next(Duration::from_millis(700)).is_some() {}
    painter.warp_pointer(321, 123);
    let told = console.next(Duration::from_secs(5));
    assert_eq!(told, Some(ShareEvent::PointerPosition { x: 321, y: 123 }));
}

#[test]
fn nothing_is_captured_before_there_is_room() {
    let xvfb = Xvfb::start("320x200x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start(&xvfb);
    painter.fill(Rect::new(0, 0, 9, 9), 0xff_0000);
    while let Some(event) = console.next(Duration::from_millis(200)) {
        assert!(!matches!(event, ShareEvent::Packet { .. }));
    }
}

#[test]
fn what_is_made_ahead_waits_for_its_room_and_then_follows_the_screen() {
    let xvfb = Xvfb::start("1280x1024x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start(&xvfb);
    console.share.send(ShareCommand::Ahead);
    while let Some(event) = console.next(Duration::from_millis(200)) {
        assert!(!matches!(event, ShareEvent::Packet { .. }));
    }
    painter.fill(Rect::new(40, 40, 100, 100), 0x00_ff00);
    console.open_room();
    console.until(|decoder, progress| {
        progress.exact && shows(decoder, 5, 5, 0x80_8080) && shows(decoder, 60, 60, 0x00_ff00)
    });
}

/// Other tests of this process may capture meanwhile; only an idle share's own silence is looked at.
#[test]
fn a_still_screen_sends_nothing() {
    let xvfb = Xvfb::start("320x200x24", &[]);
    let mut console = Console::start(&xvfb);
    console.open_room();
    console.until(|_, progress| progress.exact);
    // The check of every row after the last change may still come.
    while let Some(event) = console.next(Duration::from_millis(600)) {
        let ShareEvent::Packet { bytes, .. } = event else { continue };
        if let Some(Progress { epoch, update, .. }) = console.decoder.receive(&bytes).unwrap() {
            console.share.send(ShareCommand::Acknowledged { epoch, update });
        }
    }
    assert_eq!(console.next(Duration::from_secs(2)), None);
    assert!(captures() != 0);
}

#[test]
fn a_lost_small_update_is_repeated_until_acknowledged() {
    let xvfb = Xvfb::start("320x200x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start(&xvfb);
    console.open_room();
    console.until(|decoder, progress| progress.exact && shows(decoder, 0, 0, 0x80_8080));
    while console.next(Duration::from_millis(700)).is_some() {}
    painter.fill(Rect::new(10, 10, 4, 4), 0x0000_00ff);
    let mut seen = Vec::new();
    while let Some(event) = console.next(Duration::from_millis(500)) {
        if let ShareEvent::Packet { channel, bytes } = event {
            seen.push((channel, PacketHeader::read(&bytes).unwrap().0.update));
        }
    }
    let (_, update) = seen[0];
    assert_eq!(seen[0].0, Channel::Ordered);
    assert!(seen.contains(&(Channel::Repeat, update)), "{seen:?}");
}

#[test]
fn a_new_epoch_is_drawn_from_the_beginning() {
    let xvfb = Xvfb::start("320x200x24", &[]);
    let mut console = Console::start(&xvfb);
    console.open_room();
    let first = console.until(|_, progress| progress.exact);
    console.share.send(ShareCommand::NewEpoch);
    let second = console.until(|_, progress| progress.epoch != first.epoch);
    assert!(first.epoch < second.epoch);
    assert_eq!(second.update, 0);
}

/// F-13: a recording can be shown from there on; who looks sees no difference.
#[test]
fn a_full_state_is_the_whole_picture_once_more() {
    let xvfb = Xvfb::start("320x200x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start(&xvfb);
    console.open_room();
    painter.fill(Rect::new(10, 10, 40, 40), 0x0000_00ff);
    let first = console.until(|decoder, progress| progress.exact && shows(decoder, 20, 20, 0x0000_00ff));
    console.share.send(ShareCommand::FullState);
    let second = console.until(|decoder, progress| progress.exact && shows(decoder, 20, 20, 0x0000_00ff));
    assert!(first.epoch < second.epoch);
}

#[test]
fn a_paused_share_is_silent_and_begins_anew() {
    WAYS.into_iter().for_each(pauses);
}

fn pauses(way: Way) {
    let xvfb = Xvfb::start("320x200x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start_by(way, &xvfb);
    console.open_room();
    let first = console.until(|decoder, progress| progress.exact && shows(decoder, 0, 0, 0x80_8080));
    console.share.send(ShareCommand::Pause);
    while console.next(Duration::from_millis(700)).is_some() {}
    painter.fill(Rect::new(0, 0, 100, 100), 0xff_0000);
    assert_eq!(console.next(Duration::from_millis(300)), None);
    console.share.send(ShareCommand::Resume);
    let second = console.until(|decoder, progress| progress.exact && shows(decoder, 50, 50, 0xff_0000));
    assert!(first.epoch < second.epoch);
}

#[test]
fn a_smaller_screen_is_shown_in_its_new_size() {
    WAYS.into_iter().for_each(shrinks);
}

fn shrinks(way: Way) {
    let xvfb = Xvfb::start("1024x768x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start_by(way, &xvfb);
    console.open_room();
    console.until(|_, progress| progress.exact);
    painter.resize(800, 600);
    console.until(|decoder, progress| {
        progress.exact
            && decoder.picture().is_some_and(|picture| (picture.width(), picture.height()) == (800, 600))
    });
}

#[test]
fn the_end_of_the_display_is_told() {
    let xvfb = Xvfb::start("320x200x24", &[]);
    let mut console = Console::start(&xvfb);
    console.open_room();
    drop(xvfb);
    let mut last = None;
    while let Some(event) = console.next(Duration::from_secs(2)) {
        last = Some(event);
    }
    assert!(matches!(last, Some(ShareEvent::Failed(_))), "{last:?}");
}

/// Draws noise 30 times a second until the thread is told to stop by its handle's sender.
fn play(painter: Painter, rect: Rect) -> (std::sync::mpsc::Sender<()>, std::thread::JoinHandle<Painter>) {
    let (stop, stopped) = std::sync::mpsc::channel();
    let player = std::thread::spawn(move || {
        for seed in 0.. {
            painter.noise(rect, seed);
            let wait = Duration::from_millis(33);
            if stopped.recv_timeout(wait) != Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                break;
            }
        }
        painter
    });
    (stop, player)
}

#[test]
fn what_moves_goes_as_video_and_becomes_exact_when_it_rests() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let painter = xvfb.painter();
    let moving = Rect::new(100, 60, 320, 240);
    let mut console = Console::start(&xvfb);
    console.share.send(ShareCommand::Video(Some(VideoTrack { full_chroma: true })));
    console.open_room();
    console.until(|decoder, progress| progress.exact && shows(decoder, 5, 5, 0x80_8080));
    // The window has just been painted as a whole: that is to be forgotten.
    while console.next(Duration::from_millis(700)).is_some() {}
    let (stop, player) = play(painter, moving);
    console.until(|decoder, progress| !progress.exact && !decoder.areas().is_empty());
    let (id, area) = console.decoder.areas()[0];
    assert_eq!(area, moving);
    let pictures = console.until_videos(|pictures| 5 <= pictures.len());
    for pair in pictures.windows(2) {
        assert!(pair[0].0 < pair[1].0, "the clock runs forward");
    }
    assert!(pictures.iter().all(|(rtp_time, _)| rtp_time & 15 == u32::from(id) & 15));
    console.share.send(ShareCommand::VideoKey);
    console.until_videos(|pictures| pictures.iter().any(|(_, key)| *key));
    stop.send(()).unwrap();
    console.until(|decoder, progress| progress.exact && decoder.areas().is_empty());
    player.join().unwrap();
}

/// S-04: what is recognised by its changes is so also where they are found by comparing.
#[test]
fn a_film_becomes_video_in_the_plain_way_and_exact_when_it_rests() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let mut console = Console::start_by(Way::Plain, &xvfb);
    console.share.send(ShareCommand::Video(Some(VideoTrack { full_chroma: true })));
    console.open_room();
    console.until(|_, progress| progress.exact);
    while console.next(Duration::from_millis(700)).is_some() {}
    let (stop, player) = play(xvfb.painter(), Rect::new(100, 60, 320, 240));
    console.until(|decoder, _| !decoder.areas().is_empty());
    console.until_videos(|pictures| 5 <= pictures.len());
    stop.send(()).unwrap();
    let painter = player.join().unwrap();
    painter.fill(Rect::new(0, 0, 9, 9), 0x0000_00ff);
    console.until(|decoder, progress| {
        progress.exact && decoder.areas().is_empty() && shows(decoder, 5, 5, 0x0000_00ff)
    });
}

/// A film that runs, as video already.
fn filmed(xvfb: &Xvfb) -> (Console, std::sync::mpsc::Sender<()>) {
    let mut console = Console::start(xvfb);
    console.share.send(ShareCommand::Video(Some(VideoTrack { full_chroma: true })));
    console.open_room();
    console.until(|_, progress| progress.exact);
    while console.next(Duration::from_millis(700)).is_some() {}
    let (stop, _player) = play(xvfb.painter(), Rect::new(100, 60, 320, 240));
    console.until(|decoder, _| !decoder.areas().is_empty());
    (console, stop)
}

#[test]
fn a_film_goes_exactly_as_soon_as_that_is_asked_for() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let (mut console, stop) = filmed(&xvfb);
    console.share.send(ShareCommand::Preference(Preference::Quality));
    console.until(|decoder, _| decoder.areas().is_empty());
    stop.send(()).unwrap();
}

#[test]
fn a_film_that_nobody_looks_at_asks_nothing_of_the_link() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let (mut console, stop) = filmed(&xvfb);
    console.share.send(ShareCommand::Pause);
    let mut demands = Vec::new();
    while let Some(event) = console.next(Duration::from_millis(500)) {
        demands.extend(matches!(event, ShareEvent::VideoDemand { .. }).then_some(event));
    }
    assert_eq!(demands.last(), Some(&ShareEvent::VideoDemand { bits_per_s: 0 }));
    stop.send(()).unwrap();
}

#[test]
fn a_film_becomes_video_though_a_thin_link_lets_little_of_it_through() {
    let xvfb = Xvfb::start("1280x1024x24", &[]);
    let moving = Rect::new(100, 60, 320, 240);
    let mut console = Console::start(&xvfb);
    console.share.send(ShareCommand::Video(Some(VideoTrack { full_chroma: true })));
    console.open_room();
    console.until(|_, progress| progress.exact);
    while console.next(Duration::from_millis(700)).is_some() {}
    console.bytes_per_s = 150_000;
    let (stop, _player) = play(xvfb.painter(), moving);
    console.until(|decoder, _| decoder.areas().iter().any(|(_, area)| *area == moving));
    stop.send(()).unwrap();
}

#[test]
fn a_console_without_video_gets_everything_exactly() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let mut console = Console::start(&xvfb);
    console.open_room();
    console.until(|_, progress| progress.exact);
    let (stop, player) = play(xvfb.painter(), Rect::new(100, 60, 320, 240));
    let end = Instant::now() + Duration::from_secs(2);
    while Instant::now() < end {
        console.until(|_, _| true);
        assert!(console.decoder.areas().is_empty());
    }
    stop.send(()).unwrap();
    let painter = player.join().unwrap();
    painter.fill(Rect::new(0, 0, 9, 9), 0x0000_00ff);
    console.until(|decoder, progress| progress.exact && shows(decoder, 5, 5, 0x0000_00ff));
}

#[test]
fn a_dirty_area_is_taken_in_parts() {
    let mut dirty = Dirty::default();
    dirty.add([Rect::new(0, 0, 100, 100)]);
    let bounds = Rect::new(0, 0, 100, 90);
    assert_eq!(dirty.take(&bounds, 5_000), [Rect::new(0, 0, 100, 50)]);
    assert_eq!(dirty.take(&bounds, 5_000), [Rect::new(0, 50, 100, 40)]);
    assert!(dirty.is_empty());
}

#[test]
fn a_thin_link_gets_short_updates_and_a_wide_one_long() {
    let mut now = Instant::now();
    let mut flow = Flow::default();
    let mut send = |flow: &mut Flow, bytes: usize, took_ms: u64, update: u32| {
        flow.sent(now, update, bytes);
        now += Duration::from_millis(took_ms);
        flow.acknowledged(now, update);
    };
    for update in 0..8 {
        send(&mut flow, 40_000, 200, update);
    }
    assert_eq!(flow.target_bytes(), 12 * 1024);
    for update in 8..24 {
        send(&mut flow, 60_000, 5, update);
    }
    assert_eq!(flow.target_bytes(), 128 * 1024);
}

#[test]
fn commands_that_wait_become_one() {
    let commands = super::Commands::default();
    assert!(commands.add(ShareCommand::Room { bytes: 1 }), "the thread is woken");
    for update in 0..100_000 {
        assert!(!commands.add(ShareCommand::Room { bytes: 1 }), "once");
        commands.add(ShareCommand::Acknowledged { epoch: 1, update });
    }
    for command in [ShareCommand::Pause, ShareCommand::Resume, ShareCommand::Pause] {
        commands.add(command);
    }
    let taken = commands.take();
    assert_eq!((taken.room_bytes, taken.acknowledged), (100_001, Some((1, 99_999))));
    assert_eq!((taken.new_epoch, taken.paused), (true, Some(true)), "the screen changed unseen in between");
    let nothing = commands.take();
    assert_eq!((nothing.room_bytes, nothing.acknowledged, nothing.paused), (0, None, None));
    assert!(commands.add(ShareCommand::NewEpoch), "woken again");
}

/// Another one who looks at the same share.
struct Joined {
    viewing: Viewing,
    events: mpsc::Receiver<ShareEvent>,
    decoder: Decoder,
    epoch: u32,
}

impl Joined {
    fn of(console: &Console) -> Self {
        let (viewing, events) = console.share.join();
        Self { viewing, events, decoder: Decoder::new(Order::Rgba), epoch: 0 }
    }

    /// Draws what has come; with `room` for what follows, or none.
    fn draw(&mut self, room: bool) {
        while let Ok(event) = self.events.try_recv() {
            let ShareEvent::Packet { channel, bytes } = event else { continue };
            if channel == Channel::Ordered && room {
                self.viewing.send(ShareCommand::Room { bytes: bytes.len() });
            }
            if let Some(Progress { epoch, update, .. }) = self.decoder.receive(&bytes).unwrap() {
                self.epoch = epoch;
                self.viewing.send(ShareCommand::Acknowledged { epoch, update });
            }
        }
    }

    fn until(&mut self, console: &mut Console, wanted: impl Fn(&Self, u32) -> bool) {
        let end = Instant::now() + Duration::from_secs(10);
        let mut epoch = 0;
        while Instant::now() < end {
            if let Some(ShareEvent::Packet { channel, bytes }) = console.next(Duration::from_millis(5)) {
                if channel == Channel::Ordered {
                    console.share.send(ShareCommand::Room { bytes: bytes.len() });
                }
                if let Some(progress) = console.decoder.receive(&bytes).unwrap() {
                    epoch = progress.epoch;
                    let update = progress.update;
                    console.share.send(ShareCommand::Acknowledged { epoch, update });
                }
            }
            self.draw(true);
            if wanted(self, epoch) {
                return;
            }
        }
        panic!("the second picture never came");
    }
}

/// F-18: whoever joins gets the whole picture, and from then on both take the same updates.
#[test]
fn two_who_keep_up_take_one_stream() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start(&xvfb);
    console.open_room();
    painter.fill(Rect::new(40, 40, 100, 100), 0x00_ff00);
    console.until(|decoder, progress| progress.exact && shows(decoder, 60, 60, 0x00_ff00));
    let mut second = Joined::of(&console);
    second.viewing.send(ShareCommand::Room { bytes: 64 * 1024 });
    second.until(&mut console, |second, epoch| {
        second.epoch == epoch && shows(&second.decoder, 60, 60, 0x00_ff00)
    });
    painter.fill(Rect::new(200, 40, 100, 100), 0x00_00ff);
    second.until(&mut console, |second, epoch| {
        second.epoch == epoch && shows(&second.decoder, 210, 60, 0x00_00ff)
    });
    assert!(shows(&console.decoder, 210, 60, 0x00_00ff), "the same update went to both");
}

/// F-18: whoever has no room any more slows nobody, and gets the picture when there is some again.
#[test]
fn a_slow_viewer_slows_nobody() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let painter = xvfb.painter();
    let mut console = Console::start(&xvfb);
    console.open_room();
    let mut second = Joined::of(&console);
    second.viewing.send(ShareCommand::Room { bytes: 64 * 1024 });
    second.until(&mut console, |second, epoch| second.epoch != 0 && second.epoch == epoch);
    // Its link takes nothing more from here on: what room it has is soon used up.
    for step in 0..40_u16 {
        painter.fill(Rect::new(step * 10, 0, 10, 400), 0x10_0000 + u32::from(step));
        console
            .until(|decoder, _| shows(decoder, usize::from(step) * 10 + 5, 300, 0x10_0000 + u32::from(step)));
        second.draw(false);
    }
    second.viewing.send(ShareCommand::Room { bytes: 1024 * 1024 });
    second.until(&mut console, |second, _| shows(&second.decoder, 395, 300, 0x10_0027));
    drop(second);
    painter.fill(Rect::new(0, 0, 9, 9), 0xff_0000);
    console.until(|decoder, _| shows(decoder, 5, 5, 0xff_0000));
}
