//! What is outside of the shared part never leaves a share, whatever windows do while it captures: a desktop of coloured windows
//! that move at every moment at which those of a real one may, with a decoder at the other end.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use proptest::{collection::vec, prelude::*};
use tiles::{Decoder, Order, Patch, Rect};
use tokio::sync::mpsc;

use super::{
    Channel, ShareCommand, ShareEvent,
    commands::Commands,
    viewer::{Newcomer, Newcomers},
    worker::Worker,
};
use crate::{
    Display, Part, PointerShape, ScreenError, Way, WayNow,
    capture::{Capture, Changes, Look, Mask},
};

const BOUNDS: Rect = Rect::new(0, 0, 96, 64);
const MONITOR: Rect = Rect::new(0, 0, 48, 64);
/// The colours of masks.
const UNSEEN: [u32; 2] = [0x00_0000, 0x80_8080];
/// The background's; window `n` has the colour `n + 1`.
const GROUND: u32 = 0xaa_aaaa;
const OWN: u32 = 3;

/// One thing that a window does.
#[derive(Debug, Clone, Copy)]
enum Act {
    Nothing,
    Move(u32, Rect),
    Raise(u32),
    Toggle(u32),
    Close(u32),
    Draw(u32),
}

#[derive(Debug, Clone, Copy)]
struct Window {
    number: u32,
    rect: Rect,
    mapped: bool,
    /// Changes with each drawing, and is the window's own all the same: in its upper byte.
    drawn: u32,
}

/// The desktop. Before each answer, and while pixels are read, the next act happens.
struct Desk {
    acts: std::vec::IntoIter<Act>,
    over: Arc<AtomicBool>,
    stack: Vec<Window>,
    part: Part,
    gone: bool,
    stale: bool,
    held: bool,
    damaged: bool,
    pixels: Vec<u8>,
}

impl Desk {
    fn act(&mut self) {
        if self.held {
            return;
        }
        let Some(act) = self.acts.next() else { return self.over.store(true, Ordering::SeqCst) };
        let at = |number| self.stack.iter().position(|window| window.number == number);
        match act {
            Act::Nothing => return,
            Act::Move(number, rect) => at(number).map(|at| self.stack[at].rect = rect),
            Act::Raise(number) => at(number).map(|at| {
                let window = self.stack.remove(at);
                self.stack.push(window);
            }),
            Act::Toggle(number) => at(number).map(|at| self.stack[at].mapped ^= true),
            Act::Close(number) => at(number).map(|at| {
                self.stack.remove(at);
            }),
            Act::Draw(number) => at(number).map(|at| self.stack[at].drawn += 0x1_0000),
        };
        self.gone |=
            matches!((act, self.part), (Act::Close(number), Part::Window(shared)) if number == shared);
        self.stale |= !matches!(act, Act::Draw(_));
        self.damaged = true;
    }

    fn colour_at(&self, x: u16, y: u16) -> u32 {
        let pixel = Rect::new(x, y, 1, 1);
        let top = self.stack.iter().rev().find(|window| window.mapped && window.rect.holds(&pixel));
        top.map_or(GROUND, |window| (window.number + 1) | (window.drawn & 0xff_0000))
    }
}

impl Capture for Desk {
    fn size(&self) -> (u16, u16) {
        (BOUNDS.width, BOUNDS.height)
    }

    fn refresh(&mut self) -> Result<Vec<Display>, ScreenError> {
        Ok(Vec::new())
    }

    fn wait(&mut self, _timeout: Option<Duration>) -> Result<Changes, ScreenError> {
        thread::sleep(Duration::from_micros(200));
        self.act();
        Ok(Changes { damaged: std::mem::take(&mut self.damaged), ..Changes::default() })
    }

    fn take_damage(&mut self) -> Result<Vec<Rect>, ScreenError> {
        Ok(vec![BOUNDS])
    }

    fn set_way(&mut self, _way: Way) -> Result<WayNow, ScreenError> {
        Ok(WayNow::default())
    }

    fn set_part(&mut self, part: Part) {
        (self.part, self.stale, self.gone) = (part, true, false);
    }

    fn look(&mut self) -> Result<Option<Look>, ScreenError> {
        if !std::mem::take(&mut self.stale) {
            return Ok(None);
        }
        self.act();
        let mapped = |window: &&Window| window.mapped;
        let rects = |windows: &[Window]| -> Vec<Rect> {
            let others = windows.iter().filter(mapped).filter(|window| window.number != OWN);
            others.map(|window| window.rect).collect()
        };
        let own: Vec<Rect> = self
            .stack
            .iter()
            .filter(mapped)
            .filter(|window| window.number == OWN)
            .map(|own| own.rect)
            .collect();
        let (part, over) = match self.part {
            Part::Desktop => (vec![BOUNDS], Vec::new()),
            Part::Monitor(_) => (vec![MONITOR], Vec::new()),
            Part::Area(area) => (vec![area], Vec::new()),
            Part::Window(shared) => {
                let at = self.stack.iter().position(|window| window.number == shared && !self.gone);
                at.map(|at| (rects(&self.stack[at..=at]), rects(&self.stack[at + 1..]))).unwrap_or_default()
            }
        };
        self.act();
        let mask = Mask::new(BOUNDS, &part, &over, &own);
        Ok(Some(Look { shown: mask.shown(self.part, self.gone), mask }))
    }

    fn hold(&mut self, still: bool) -> Result<(), ScreenError> {
        self.held = still;
        Ok(())
    }

    fn capture(&mut self, areas: &[Rect], mask: &Mask) -> Result<Option<Vec<Patch<'_>>>, ScreenError> {
        self.pixels.clear();
        for area in areas {
            self.act();
            let rows = area.y..area.y + area.height;
            let pixels = rows.flat_map(|y| (area.x..area.x + area.width).map(move |x| (x, y)));
            let read: Vec<u8> = pixels.flat_map(|(x, y)| self.colour_at(x, y).to_le_bytes()).collect();
            self.pixels.extend(read);
            self.act();
        }
        let held = std::mem::take(&mut self.held);
        if !held && self.stale && matches!(self.part, Part::Window(_)) {
            return Ok(None);
        }
        let mut rest = self.pixels.as_mut_slice();
        for area in areas {
            let (own, others) = rest.split_at_mut(area.area() * 4);
            mask.apply(area, own);
            rest = others;
        }
        let mut rest = self.pixels.as_slice();
        let mut patches = Vec::new();
        for area in areas {
            let (own, others) = rest.split_at(area.area() * 4);
            patches.extend(Patch::new(*area, usize::from(area.width) * 4, own));
            rest = others;
        }
        Ok(Some(patches))
    }

    fn capacity_px(&self) -> usize {
        // Less than the picture, so that it comes in turns.
        BOUNDS.area() / 3
    }

    fn pointer_shape(&mut self) -> Result<PointerShape, ScreenError> {
        Ok(PointerShape { width: 0, height: 0, hot_x: 0, hot_y: 0, rgba_zstd: Vec::new() })
    }

    fn pointer_position(&mut self) -> Result<(i32, i32), ScreenError> {
        Ok((90, 60))
    }
}

fn rect() -> impl Strategy<Value = Rect> {
    (0_u16..80, 0_u16..50, 1_u16..60, 1_u16..40)
        .prop_map(|(x, y, width, height)| Rect::new(x, y, width, height).intersection(&BOUNDS))
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Nothing),
        6 => (0_u32..4, rect()).prop_map(|(number, rect)| Act::Move(number, rect)),
        3 => (0_u32..4).prop_map(Act::Raise),
        2 => (0_u32..4).prop_map(Act::Toggle),
        1 => (1_u32..3).prop_map(Act::Close),
        3 => (0_u32..4).prop_map(Act::Draw),
    ]
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        3 => Just(Part::Window(0)),
        1 => Just(Part::Window(1)),
        1 => rect().prop_map(Part::Area),
        1 => Just(Part::Monitor(7)),
    ]
}

/// Whether a pixel may have this colour while `part` is shared.
fn may_be(part: Part, x: u16, y: u16, colour: u32) -> bool {
    let pixel = Rect::new(x, y, 1, 1);
    let whose = colour & 0xff;
    UNSEEN.contains(&colour)
        || match part {
            Part::Desktop => true,
            Part::Monitor(_) => MONITOR.holds(&pixel),
            Part::Area(area) => area.holds(&pixel),
            Part::Window(shared) => whose == shared + 1,
        }
}

/// Runs a share of `part` until the desktop has nothing more to do; every picture that a console sees goes to `look`.
fn run(
    part: Part,
    rects: &[Rect],
    acts: Vec<Act>,
    mut look: impl FnMut(&ShareEvent, Option<&tiles::Picture>),
) {
    let over = Arc::new(AtomicBool::new(false));
    let stack = (0_u32..).zip(rects);
    let desk = Desk {
        acts: acts.into_iter(),
        over: Arc::clone(&over),
        stack: stack.map(|(number, rect)| Window { number, rect: *rect, mapped: true, drawn: 0 }).collect(),
        part,
        gone: false,
        stale: true,
        held: false,
        damaged: true,
        pixels: Vec::new(),
    };
    let (events, mut received) = mpsc::channel(256);
    let (commands, stopped) = (Arc::new(Commands::default()), Arc::new(AtomicBool::new(false)));
    commands.add(ShareCommand::Room { bytes: usize::MAX / 2 });
    let first = Newcomer { commands: Arc::clone(&commands), events, gone: Arc::default() };
    let newcomers = Arc::<Newcomers>::default();
    let worker =
        Worker::new((Box::new(desk), WayNow::default()), first, newcomers, Arc::clone(&stopped)).unwrap();
    let thread = thread::spawn(move || worker.run());
    let mut decoder = Decoder::new(Order::Rgba);
    let mut quiet = 0;
    while quiet < 20 {
        let Ok(event) = received.try_recv() else {
            thread::sleep(Duration::from_millis(1));
            quiet = if over.load(Ordering::SeqCst) { quiet + 1 } else { 0 };
            continue;
        };
        quiet = 0;
        if let ShareEvent::Packet { channel: Channel::Ordered, bytes } = &event
            && let Some(progress) = decoder.receive(bytes).unwrap()
        {
            commands.add(ShareCommand::Acknowledged { epoch: progress.epoch, update: progress.update });
        }
        look(&event, decoder.picture());
    }
    stopped.store(true, Ordering::SeqCst);
    received.close();
    thread.join().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_pixel_outside_of_the_part_reaches_a_console(
        part in part(),
        rects in vec(rect(), 4),
        acts in vec(act(), 0..60),
    ) {
        let mut found = None;
        run(part, &rects, acts, |event, picture| {
            if let ShareEvent::PointerPosition { x, y } = event
                && let (Ok(x), Ok(y)) = (u16::try_from(*x), u16::try_from(*y))
                && matches!(part, Part::Monitor(_))
            {
                found = Some(format!("the pointer at {x}, {y}"));
            }
            let Some(picture) = picture else { return };
            for y in 0..BOUNDS.height {
                for x in 0..BOUNDS.width {
                    let colour = picture.colour_at(x.into(), y.into()).unwrap();
                    if !may_be(part, x, y, colour) {
                        found = Some(format!("{colour:06x} at {x}, {y}"));
                    }
                }
            }
        });
        prop_assert_eq!(found, None);
    }
}

#[test]
fn what_may_be_seen_is_seen_when_the_desktop_rests() {
    let rects = [
        Rect::new(10, 10, 40, 30),
        Rect::new(30, 20, 40, 30),
        Rect::new(0, 0, 4, 4),
        Rect::new(12, 12, 4, 4),
    ];
    let acts =
        vec![Act::Move(0, Rect::new(14, 8, 40, 30)), Act::Draw(0), Act::Move(1, Rect::new(32, 20, 40, 30))];
    let mut last = Vec::new();
    run(Part::Window(0), &rects, acts, |_, picture| {
        let at = |x, y| picture.and_then(|picture| picture.colour_at(x, y));
        last = vec![at(20, 12), at(40, 24), at(8, 8), at(14, 13), at(52, 10)];
    });
    let own_colour = Some(0x01_0001);
    // Its own pixels; covered; beside it; the program's own window over it; where it has moved to.
    assert_eq!(last, [own_colour, Some(UNSEEN[0]), Some(UNSEEN[0]), Some(UNSEEN[1]), own_colour]);
}
