//! From grey values to modules: how dark each one is, and from where on it counts as dark.

use super::layout::centre;
use crate::grey::Grey;
use rxing::common::BitMatrix;
use rxing::{Point, point};

/// Where a module is looked at, in modules from its centre, and how much each look counts.
const LOOKS: [(f32, f32, f32); 5] =
    [(0.0, 0.0, 2.0), (-0.22, 0.0, 1.0), (0.22, 0.0, 1.0), (0.0, -0.22, 1.0), (0.0, 0.22, 1.0)];
/// How much of what a module differs by from its neighbours is added to it: blur takes that away.
const DEBLURRING: [f32; 3] = [0.0, 0.7, 1.5];
/// Modules in each direction whose mean is the threshold.
const SURROUNDINGS: [usize; 2] = [5, 10];

/// The grey value of each module, row by row.
pub fn values(grey: &Grey, side: usize, pixel: impl Fn(Point) -> Point) -> Vec<f32> {
    let value = |column: usize, row: usize| {
        let looks = LOOKS.map(|(x, y, weight)| {
            let at = pixel(centre(column, row) + point(x, y));
            weight * grey.at(at.x, at.y)
        });
        looks.iter().sum::<f32>() / 6.0
    };
    (0..side * side).map(|i| value(i % side, i / side)).collect()
}

/// What the values may mean, the plainest reading first.
pub fn readings(values: &[f32], side: usize) -> impl Iterator<Item = BitMatrix> {
    DEBLURRING.into_iter().flat_map(move |amount| {
        let sharp = deblurred(values, side, amount);
        SURROUNDINGS.into_iter().filter_map(move |reach| darker_than_around(&sharp, side, reach))
    })
}

fn deblurred(values: &[f32], side: usize, amount: f32) -> Vec<f32> {
    let value = |x: usize, y: usize| values.get(y * side + x).copied().unwrap_or_default();
    let last = side - 1;
    let of = |x: usize, y: usize| {
        let (before, after) = (value(x.saturating_sub(1), y), value((x + 1).min(last), y));
        let (above, below) = (value(x, y.saturating_sub(1)), value(x, (y + 1).min(last)));
        let around = (before + after + above + below) / 4.0;
        value(x, y) + amount * (value(x, y) - around)
    };
    (0..side * side).map(|i| of(i % side, i / side)).collect()
}

/// The modules that are darker than the mean of those around them.
fn darker_than_around(values: &[f32], side: usize, reach: usize) -> Option<BitMatrix> {
    let sums = Sums::of(values, side);
    let mut dark = BitMatrix::with_single_dimension(u32::try_from(side).ok()?).ok()?;
    for (i, value) in values.iter().enumerate() {
        let (x, y) = (i % side, i / side);
        if *value < sums.mean(span(x, reach, side), span(y, reach, side)) {
            dark.set(u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        }
    }
    Some(dark)
}

const fn span(at: usize, reach: usize, side: usize) -> (usize, usize) {
    let end = at + reach + 1;
    (at.saturating_sub(reach), if end < side { end } else { side })
}

/// Sums of all values above and to the left of each corner between modules.
struct Sums {
    sums: Vec<f32>,
    pitch: usize,
}

impl Sums {
    fn of(values: &[f32], side: usize) -> Self {
        let pitch = side + 1;
        let mut sums = vec![0.0; pitch * pitch];
        for (y, row) in values.chunks_exact(side).enumerate() {
            let mut of_row = 0.0;
            for (x, value) in row.iter().enumerate() {
                of_row += value;
                sums[(y + 1) * pitch + x + 1] = sums[y * pitch + x + 1] + of_row;
            }
        }
        Self { sums, pitch }
    }

    /// Over a range of columns and one of rows, each from its first to before its second.
    fn mean(&self, (left, right): (usize, usize), (top, bottom): (usize, usize)) -> f32 {
        let sum = |x: usize, y: usize| self.sums.get(y * self.pitch + x).copied().unwrap_or_default();
        let count = super::layout::coordinate((right - left) * (bottom - top));
        (sum(right, bottom) - sum(right, top) - sum(left, bottom) + sum(left, top)) / count
    }
}
