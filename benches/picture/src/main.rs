//! What the picture bench shows on the customer's screen: the same pictures for every system measured.
//!
//! A window that covers the screen and draws one workload. Every picture is a pure function of its number, so that
//! the bench can ask for the true pixels of picture *n* (`--dump n`) and compare. The number itself stands in the
//! picture's top left corner (of the video region, where only that changes) as [`canvas::STRIP_BITS`] black and white
//! squares, so that a page's pixels tell which picture it shows.

mod canvas;
mod scene;
mod window;

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// The workloads of `cargo xtask bench picture`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Workload {
    /// A square that changes colour with each press of a button.
    Click,
    /// Korean and English text, partly coloured, nothing moves.
    Still,
    /// One character every 100 ms.
    Typing,
    /// The whole window scrolls by 24 px, 30 times a second.
    Scroll,
    /// A region of 640×360 changes entirely, 30 times a second.
    Video,
}

/// Draws a workload of the picture bench on `$DISPLAY`.
#[derive(Debug, Parser)]
struct Arguments {
    /// What to draw.
    workload: Workload,
    /// How many pictures to draw, then the last one stays. 0: no end.
    #[arg(long, default_value_t = 0)]
    pictures: u32,
    /// Writes picture N as BGRX rows to FILE instead of opening a window.
    #[arg(long, value_names = ["N"], requires_all = ["out", "size"])]
    dump: Option<u32>,
    /// Where `--dump` writes.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The size for `--dump`, in pixels, as 1920x1080.
    #[arg(long)]
    size: Option<String>,
    /// A TrueType font with Korean and Latin letters.
    #[arg(long, default_value = "/usr/share/fonts/truetype/nanum/NanumGothic.ttf")]
    font: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let scene = scene::Scene::new(arguments.workload, &arguments.font)?;
    match (arguments.dump, arguments.out, arguments.size) {
        (Some(number), Some(out), Some(size)) => {
            let (width, height) = window::parse_size(&size)?;
            Ok(std::fs::write(out, scene.picture(number, width, height).into_bytes())?)
        }
        _ => window::show(&scene, arguments.pictures),
    }
}
