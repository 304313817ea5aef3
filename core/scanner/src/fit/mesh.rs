//! Paper that is bent: how far each alignment pattern lies from where a flat code would have it.

use super::layout::{Layout, centre, coordinate};
use super::place::{Lattice, alignment, square};
use crate::grey::Grey;
use rxing::{Point, point};

/// Steps of a quarter module up to which a pattern is looked for.
const REACH: usize = 6;
/// Levels of 255 that another place must show it better by: noise moves nothing.
const MARGIN: f32 = 2.0;

/// A lattice with the shifts of its alignment patterns.
pub struct Mesh<'a> {
    lattice: &'a Lattice,
    /// Columns and rows of the crossings.
    lines: &'a [usize],
    /// Pixels by which each crossing is shifted, row by row.
    shifts: Vec<Point>,
}

impl<'a> Mesh<'a> {
    /// Looks for each alignment pattern near its place on `lattice`.
    pub fn over(grey: &Grey, layout: &'a Layout, lattice: &'a Lattice) -> Self {
        let lines = layout.centres();
        let crossings = lines.iter().flat_map(|row| lines.iter().map(move |column| (*column, *row)));
        let shifts = crossings
            .map(|(column, row)| {
                if layout.is_finder(column, row) {
                    point(0.0, 0.0)
                } else {
                    shift(grey, lattice, column, row)
                }
            })
            .collect();
        Self { lattice, lines, shifts }
    }

    /// The pixel of a place in the code, in modules from its corner.
    pub fn pixel(&self, at: Point) -> Point {
        self.lattice.transform_point(at) + self.shift_at(at)
    }

    /// Between the four crossings around it, or beyond the outermost ones in the same slope.
    fn shift_at(&self, at: Point) -> Point {
        if self.lines.len() < 2 {
            return point(0.0, 0.0);
        }
        let (column, across) = self.field(at.x);
        let (row, down) = self.field(at.y);
        let shift =
            |x: usize, y: usize| self.shifts.get(y * self.lines.len() + x).copied().unwrap_or_default();
        let mix = |from: Point, to: Point, part: f32| from + (to - from) * part;
        let above = mix(shift(column, row), shift(column + 1, row), across);
        let below = mix(shift(column, row + 1), shift(column + 1, row + 1), across);
        mix(above, below, down)
    }

    /// The field between two lines in which a coordinate lies, and how far from the first of them.
    fn field(&self, at: f32) -> (usize, f32) {
        let line = |i: usize| coordinate(self.lines.get(i).copied().unwrap_or(0)) + 0.5;
        let field = (0..self.lines.len() - 2).take_while(|i| at > line(i + 1)).count();
        let part = (at - line(field)) / (line(field + 1) - line(field));
        (field, part.clamp(-0.2, 1.3))
    }
}

fn shift(grey: &Grey, lattice: &Lattice, column: usize, row: usize) -> Point {
    let middle = centre(column, row);
    let here = lattice.transform_point(middle);
    let module = Point::distance(here, lattice.transform_point(middle + point(1.0, 0.0)));
    let still = point(0.0, 0.0);
    let mut best = (alignment(grey, lattice, middle, still) + MARGIN, still);
    for (x, y) in square(REACH) {
        let offset = point(x, y) * (module / 4.0);
        let score = alignment(grey, lattice, middle, offset) - (x * x + y * y) / 10.0;
        if score > best.0 {
            best = (score, offset);
        }
    }
    best.1
}
