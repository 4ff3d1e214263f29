//! From entries to a file.

use crate::{
    canvas::Canvas,
    mixer::Mixer,
    outline::{Plan, Source},
    pointer::Pointer,
    webm::{Block, Muxer, Track},
};
use motion::{Decoded, Frame, MotionError};
use protocol::recording::{Codec, Content, Entry, Piece};
use std::{collections::VecDeque, time::Duration};
use tiles::{Order, Rect};
use voice::NoCodec;

/// Between two pictures of the film: what changes faster is seen at the next one.
const STEP_MS: u32 = 33;
/// At least so often a picture that differs stands by itself, so that players find it: for the price of a picture.
const KEY_MS: u32 = 10_000;
/// So many of the lowest bits of a video picture's time name its area.
const AREA: u32 = 15;

/// Why a film could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilmError {
    /// The pictures' codec.
    #[error(transparent)]
    Picture(#[from] MotionError),
    /// The voices' codec.
    #[error(transparent)]
    Sound(#[from] NoCodec),
}

/// Makes one file.
pub struct Film {
    plan: Plan,
    muxer: Muxer,
    mixer: Option<Mixer>,
    pictures: Pictures,
    /// Pictures that wait for the sound beside them.
    video: VecDeque<Block>,
    audio: VecDeque<Block>,
    last_ms: Option<u32>,
    last_key_ms: u32,
}

/// What is shown, and what encodes it.
struct Pictures {
    canvas: Canvas,
    pointer: Pointer,
    decoder: tiles::Decoder,
    video: motion::Decoder,
    /// One that came before its area opened: the track may be faster than the channel.
    early: Option<(u32, Decoded)>,
    encoder: motion::Encoder,
    /// Since when it differs from the last one of the film.
    since_ms: u32,
}

impl Film {
    /// Begins. `plan`: what an [`crate::Outline`] found in the same pieces.
    ///
    /// Errors: [`FilmError`].
    pub fn new(plan: Plan) -> Result<Self, FilmError> {
        let mixer = plan.sound.then(Mixer::new).transpose()?;
        let pictures = Pictures {
            canvas: Canvas::new(plan.width, plan.height),
            pointer: Pointer::new(),
            decoder: tiles::Decoder::new(Order::Bgrx),
            video: motion::Decoder::new()?,
            early: None,
            encoder: motion::Encoder::for_file(plan.width, plan.height)?,
            since_ms: 0,
        };
        let (video, audio) = (VecDeque::new(), VecDeque::new());
        let muxer = Muxer::new(plan);
        Ok(Self { plan, muxer, mixer, pictures, video, audio, last_ms: None, last_key_ms: 0 })
    }

    /// Takes the next piece; gives what of the file is whole, which follows what was given before.
    ///
    /// Errors: [`FilmError`].
    pub fn take(&mut self, piece: &Piece<'_>) -> Result<Vec<u8>, FilmError> {
        let mut out = Vec::new();
        for entry in &piece.entries {
            self.see(entry)?;
            self.hear(entry);
            self.write(&mut out);
        }
        self.write_until(piece.ends_ms, &mut out);
        Ok(out)
    }

    /// After the last piece: the rest of the file, and its head, which stands before everything else.
    ///
    /// Errors: [`FilmError`].
    pub fn finish(mut self) -> Result<(Vec<u8>, Vec<u8>), FilmError> {
        let end_ms = self.plan.length_ms;
        if self.plan.source == Source::Composed {
            self.show_until(end_ms)?;
            // The last picture once more at the very end: what follows the last change is as long as it was.
            let last_ms = self.last_ms.unwrap_or_default();
            if last_ms + STEP_MS < end_ms {
                self.show(end_ms)?;
            }
        }
        if let Some(mixer) = &mut self.mixer {
            mixer.finish(end_ms, &mut self.audio);
        }
        let mut out = Vec::new();
        self.write_before(u32::MAX, &mut out);
        let (last, head) = self.muxer.finish();
        out.extend(last.into_iter().flatten());
        Ok((out, head))
    }

    fn see(&mut self, entry: &Entry<'_>) -> Result<(), FilmError> {
        if self.plan.source == Source::Composed {
            // What is shown at this moment does not know of the entry yet.
            self.show_until(entry.at_ms)?;
            self.pictures.take(entry);
        } else if let Content::Video { key, data, .. } = entry.content
            && (key || self.last_ms.is_some())
        {
            let at_ms = self.last_ms.map_or(entry.at_ms, |last_ms| entry.at_ms.max(last_ms + 1));
            self.last_ms = Some(at_ms);
            self.video.push_back(Block { at_ms, track: Track::Video { key }, data: data.to_vec() });
        }
        Ok(())
    }

    fn hear(&mut self, entry: &Entry<'_>) {
        let Some(mixer) = &mut self.mixer else { return };
        // First, so that a gap of hours is not held in memory.
        mixer.advance(entry.at_ms, &mut self.audio);
        if let Content::Sound { speaker, packet } = entry.content {
            mixer.take(speaker, entry.at_ms, packet);
        }
    }

    /// Encodes a picture that is due before this moment.
    fn show_until(&mut self, now_ms: u32) -> Result<(), FilmError> {
        if !self.pictures.canvas.changed {
            return Ok(());
        }
        let due_ms = self.last_ms.map_or(0, |last_ms| last_ms + STEP_MS).max(self.pictures.since_ms);
        if due_ms < now_ms { self.show(due_ms) } else { Ok(()) }
    }

    fn show(&mut self, at_ms: u32) -> Result<(), FilmError> {
        let key = self.last_ms.is_none() || KEY_MS <= at_ms.saturating_sub(self.last_key_ms);
        let stride_bytes = usize::from(self.plan.width) * 4;
        let Pictures { canvas, pointer, encoder, .. } = &mut self.pictures;
        let coded = canvas.with(pointer, |bgrx| {
            encoder.encode(&Frame { bgrx, stride_bytes }, Duration::from_millis(at_ms.into()), key)
        })?;
        canvas.changed = false;
        self.last_ms = Some(at_ms);
        if let Some(coded) = coded {
            if coded.key {
                self.last_key_ms = at_ms;
            }
            self.video.push_back(Block { at_ms, track: Track::Video { key: coded.key }, data: coded.bytes });
        }
        Ok(())
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        let until_ms = self.mixer.as_ref().map_or(u32::MAX, Mixer::until_ms);
        self.write_before(until_ms, out);
    }

    fn write_until(&mut self, now_ms: u32, out: &mut Vec<u8>) {
        if let Some(mixer) = &mut self.mixer {
            mixer.advance(now_ms, &mut self.audio);
        }
        self.write(out);
    }

    /// Blocks of both tracks leave in the order of their times.
    fn write_before(&mut self, until_ms: u32, out: &mut Vec<u8>) {
        loop {
            let video_ms = self.video.front().map(|block| block.at_ms).filter(|at_ms| *at_ms < until_ms);
            let audio_ms = self.audio.front().map(|block| block.at_ms);
            let queue = match (video_ms, audio_ms) {
                (Some(video_ms), Some(audio_ms)) if audio_ms < video_ms => &mut self.audio,
                (Some(_), _) => &mut self.video,
                (None, Some(_)) => &mut self.audio,
                (None, None) => return,
            };
            if let Some(block) = queue.pop_front() {
                out.extend(self.muxer.take(&block).into_iter().flatten());
            }
        }
    }
}

impl Pictures {
    fn take(&mut self, entry: &Entry<'_>) {
        let before = self.canvas.changed;
        match entry.content {
            Content::Screen { begins, packet } => self.draw(begins, packet),
            Content::Video { codec: Codec::Av1, rtp_time, data, .. } => self.draw_video(rtp_time, data),
            Content::PointerAt { x, y } => self.canvas.changed |= self.pointer.move_to(x, y),
            Content::PointerShape(shape) => self.canvas.changed |= self.pointer.take_shape(shape),
            Content::Blank => {
                self.canvas.clear();
                self.pointer.move_to(-1, -1);
                self.early = None;
            }
            Content::Video { .. } | Content::Sound { .. } => {}
        }
        if self.canvas.changed && !before {
            self.since_ms = entry.at_ms;
        }
    }

    fn draw(&mut self, begins: bool, packet: &[u8]) {
        if begins {
            // It needs nothing from before, also where it is of another connection, whose epochs count from the beginning.
            self.decoder = tiles::Decoder::new(Order::Bgrx);
        }
        // One that cannot be read costs what the console lost as well: everything up to the next full state.
        if self.decoder.receive(packet).is_err() {
            return;
        }
        let Some(picture) = self.decoder.picture() else { return };
        self.canvas.fit(picture.width(), picture.height());
        for rect in self.decoder.changed() {
            self.canvas.draw(picture, rect);
        }
        if let Some((rtp_time, video)) = self.early.take()
            && !self.place(rtp_time, &video)
        {
            self.early = Some((rtp_time, video));
        }
    }

    fn draw_video(&mut self, rtp_time: u32, unit: &[u8]) {
        let Ok(Some(video)) = self.video.decode(unit) else { return };
        self.early = if self.place(rtp_time, &video) { None } else { Some((rtp_time, video)) };
    }

    /// Whether the picture's area is open, and of its size.
    fn place(&mut self, rtp_time: u32, video: &Decoded) -> bool {
        let belongs = |(id, area): &&(u8, Rect)| {
            u32::from(*id) & AREA == rtp_time & AREA
                && (usize::from(area.width), usize::from(area.height)) == (video.width(), video.height())
        };
        let Some((_, area)) = self.decoder.areas().iter().find(belongs) else { return false };
        self.canvas.draw_video(video, area);
        true
    }
}
