//! What lies before the camera: a page with a code on it, and the desk around.

use super::cover::Spot;
use super::draw::Draw;
use super::frame::{Frame, real, whole};
use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

/// Pixels of a module on the page: more than any lens here resolves.
const FINENESS: usize = 8;
/// Modules of white around a code.
const QUIET: usize = 4;
/// Modules of paper beyond the quiet zone; below the code stand some letters.
const BORDER: usize = 3;
/// Levels of ink and of paper.
const INK: f32 = 32.0;
const PAPER: f32 = 218.0;

/// A page.
pub struct Page {
    /// Its pixels, [`FINENESS`] for each module.
    pub picture: Frame,
    /// Modules of its side.
    pub side: usize,
}

impl Page {
    /// With the code of a text at level M and some print below.
    pub fn of(text: &str, draw: &mut Draw) -> Result<Self, QrError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
        let (colors, modules, margin) = (code.to_colors(), code.width(), QUIET + BORDER);
        let side = modules + 2 * margin;
        let letters: Vec<bool> = (0..3 * side).map(|_| draw.below(5) > 1).collect();
        let is_ink = |x: usize, y: usize| {
            let (column, row) = ((x / FINENESS).wrapping_sub(margin), (y / FINENESS).wrapping_sub(margin));
            if column < modules && row < modules {
                return colors[row * modules + column] == Color::Dark;
            }
            // Letters are finer than modules: three strokes in each.
            let line = row.wrapping_sub(modules + QUIET);
            line == 1 && column < modules && letters[x * 3 / FINENESS]
        };
        let level = |x, y| if is_ink(x, y) { INK } else { PAPER };
        Ok(Self { picture: Frame::of((side * FINENESS, side * FINENESS), level), side })
    }

    /// The level at a point, in modules from the middle of the page.
    pub fn at(&self, across: f32, down: f32) -> f32 {
        if !self.holds(across, down) {
            return desk(across, down);
        }
        let half = real(self.side) / 2.0;
        self.picture.at((across + half) * real(FINENESS), (down + half) * real(FINENESS))
    }

    /// Whether a point is on it, and not on the desk.
    pub fn holds(&self, across: f32, down: f32) -> bool {
        across.abs().max(down.abs()) < real(self.side) / 2.0
    }

    /// White becomes black, as on a screen that is kept dark.
    pub fn inverted(&self) -> Self {
        self.with(self.picture.map(|_, _, level| INK + PAPER - level))
    }

    /// As a mirror shows it.
    pub fn mirrored(&self) -> Self {
        let (size, picture) = ((self.picture.width, self.picture.height), &self.picture);
        self.with(Frame::of(size, |x, y| picture.pixels[y * size.0 + size.0 - 1 - x]))
    }

    /// Printed in other shades: the first for ink, the second for paper.
    pub fn printed_in(&self, ink: f32, paper: f32) -> Self {
        let shade = |level: f32| ink + (level - INK) / (PAPER - INK) * (paper - ink);
        self.with(self.picture.map(|_, _, level| shade(level)))
    }

    /// With something on it.
    pub fn under(&self, spot: &Spot) -> Self {
        let half = real(self.side) / 2.0;
        let module = |pixel: f32| (pixel + 0.5) / real(FINENESS) - half;
        self.with(self.picture.map(|x, y, level| spot.over(level, module(x), module(y))))
    }

    fn with(&self, picture: Frame) -> Self {
        Self { picture, side: self.side }
    }
}

/// Grain of wood: long in one direction, of no contrast to speak of.
fn desk(across: f32, down: f32) -> f32 {
    104.0 + 30.0 * grain(across / 18.0, down / 2.5) + 16.0 * grain(across / 7.0 + 50.0, down / 0.9)
}

/// Between 0 and 1, smooth from one lattice point to the next.
fn grain(x: f32, y: f32) -> f32 {
    let (column, row) = (x.floor(), y.floor());
    let smooth = |part: f32| part * part * (3.0 - 2.0 * part);
    let (across, down) = (smooth(x - column), smooth(y - row));
    let between = |from: f32, to: f32, part: f32| from + (to - from) * part;
    let line = |row: f32| between(at_lattice(column, row), at_lattice(column + 1.0, row), across);
    between(line(row), line(row + 1.0), down)
}

fn at_lattice(column: f32, row: f32) -> f32 {
    // Far from zero, so that no point of any picture is negative.
    let (column, row) = (whole(column + 4096.0), whole(row + 4096.0));
    let mixed = (column * 7919 + row * 104_729) % 65_521;
    real(mixed * mixed % 65_521) / 65_521.0
}
