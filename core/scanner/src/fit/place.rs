//! Where a code's lattice lies: from three finder patterns to the position that agrees best with what is known.

use super::layout::{Layout, centre, coordinate};
use crate::grey::Grey;
use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{PerspectiveTransform, Quadrilateral};
use rxing::qrcode::cpp_port::detector::FinderPatternSet;
use rxing::{Point, point};

/// From modules to pixels.
pub type Lattice = PerspectiveTransform;

/// Fewest pixels of a module: below, nothing tells modules apart.
const MIN_MODULE: f32 = 0.8;
/// Rounds in which the corners look for a better place. The step is halved when none of them finds one.
const ROUNDS: usize = 6;

/// Three finder patterns as the corners of a code whose fourth one is a guess.
pub struct Frame {
    /// Centres of the patterns, and the fourth corner of their parallelogram: around the code.
    corners: [Point; 4],
    /// The version that the distances of the patterns and their sizes suggest.
    version: usize,
}

impl Frame {
    /// `None` if the patterns are too small or too far apart for any code.
    pub fn of(set: &FinderPatternSet) -> Option<Self> {
        let module = coordinate(usize::try_from(set.tl.size + set.tr.size + set.bl.size).ok()?) / 21.0;
        if module < MIN_MODULE {
            return None;
        }
        let side = f32::midpoint(modules_between(set.tl, set.tr), modules_between(set.tl, set.bl)) + 7.0;
        let version = (1..=40).min_by(|a, b| {
            let miss = |version: &usize| (coordinate(17 + 4 * version) - side).abs();
            miss(a).total_cmp(&miss(b))
        })?;
        let (tl, tr, bl) = (set.tl.p, set.tr.p, set.bl.p);
        Some(Self { corners: [tl, tr, tr + bl - tl, bl], version })
    }

    /// The versions around the suggested one, those first whose timing patterns show best.
    pub fn sizes(&self, grey: &Grey) -> Vec<usize> {
        let reach = 1 + self.version / 6;
        let first = self.version.saturating_sub(reach).max(1);
        let mut rated: Vec<(f32, usize)> = (first..=(self.version + reach).min(40))
            .filter_map(|version| {
                Some((timing(grey, self.lattice(17 + 4 * version)?, 17 + 4 * version), version))
            })
            .collect();
        rated.sort_by(|a, b| b.0.total_cmp(&a.0));
        rated.into_iter().map(|(_, version)| version).collect()
    }

    /// The lattice of a code of this layout.
    pub fn place(&self, grey: &Grey, layout: &Layout) -> Option<Lattice> {
        let first = self.lattice(layout.side())?;
        let mut anchors = Anchors { modules: finder_centres(layout.side()), pixels: self.corners };
        let module = self.module(layout.side());
        if let Some(last) = layout.centres().last() {
            anchors.modules[2] = centre(*last, *last);
            anchors.pixels[2] = last_alignment(grey, &first, *last, module);
        }
        anchors.climb(grey, layout, module)
    }

    fn lattice(&self, side: usize) -> Option<Lattice> {
        between(finder_centres(side), self.corners)
    }

    /// Pixels of a module, on the average.
    fn module(&self, side: usize) -> f32 {
        let [tl, tr, _, bl] = self.corners;
        f32::midpoint(Point::distance(tl, tr), Point::distance(tl, bl)) / (coordinate(side) - 7.0)
    }
}

/// Four points of a code and where they lie in the picture.
struct Anchors {
    modules: [Point; 4],
    pixels: [Point; 4],
}

impl Anchors {
    /// Moves one anchor at a time as long as that makes the known modules agree better with the picture.
    fn climb(mut self, grey: &Grey, layout: &Layout, module: f32) -> Option<Lattice> {
        let mut lattice = between(self.modules, self.pixels)?;
        let mut best = agreement(grey, layout, &lattice);
        let mut step = module;
        for _ in 0..ROUNDS {
            let mut has_moved = false;
            for (anchor, direction) in moves() {
                // The finder patterns are known well; the fourth point is not.
                let length = if anchor == 2 { 1.5 * step } else { 0.6 * step };
                let mut pixels = self.pixels;
                pixels[anchor] += direction * length;
                let Some(moved) = between(self.modules, pixels) else { continue };
                let score = agreement(grey, layout, &moved);
                if score > best {
                    (best, lattice, self.pixels, has_moved) = (score, moved, pixels, true);
                }
            }
            if !has_moved {
                step /= 2.0;
            }
        }
        Some(lattice)
    }
}

fn moves() -> impl Iterator<Item = (usize, Point)> {
    let directions = [point(1.0, 0.0), point(-1.0, 0.0), point(0.0, 1.0), point(0.0, -1.0)];
    (0..4).flat_map(move |anchor| directions.map(|direction| (anchor, direction)))
}

fn between(modules: [Point; 4], pixels: [Point; 4]) -> Option<Lattice> {
    PerspectiveTransform::quadrilateralToQuadrilateral(Quadrilateral(modules), Quadrilateral(pixels))
        .ok()
        .filter(PerspectiveTransform::isValid)
}

/// Centres of the finder patterns, around the code, with the place where the fourth would be.
fn finder_centres(side: usize) -> [Point; 4] {
    let (near, far) = (3.5, coordinate(side) - 3.5);
    [point(near, near), point(far, near), point(far, far), point(near, far)]
}

/// Modules from one pattern to the other, by the sizes of both.
fn modules_between(a: ConcentricPattern, b: ConcentricPattern) -> f32 {
    let sizes = coordinate(usize::try_from(a.size + b.size).unwrap_or(1).max(1));
    Point::distance(a.p, b.p) / (sizes / 14.0)
}

/// How much lighter the light modules of the timing patterns are than the dark ones.
fn timing(grey: &Grey, lattice: Lattice, side: usize) -> f32 {
    let shade = |at: Point| value(grey, &lattice, at);
    let sum: f32 = (8..side - 8)
        .map(|i| {
            let both = shade(centre(i, 6)) + shade(centre(6, i));
            if i % 2 == 0 { -both } else { both }
        })
        .sum();
    sum / coordinate(side - 16)
}

/// How much lighter the known light modules are than the known dark ones.
fn agreement(grey: &Grey, layout: &Layout, lattice: &Lattice) -> f32 {
    let (mut dark, mut darks, mut light, mut lights) = (0.0, 0.0, 0.0, 0.0);
    for known in &layout.known {
        let seen = value(grey, lattice, known.at) * known.weight;
        if known.weight > 0.0 {
            (dark, darks) = (dark + seen, darks + known.weight);
        } else {
            (light, lights) = (light - seen, lights - known.weight);
        }
    }
    light / lights - dark / darks
}

/// The alignment pattern farthest from the three finder patterns, near where their parallelogram expects it.
fn last_alignment(grey: &Grey, lattice: &Lattice, at: usize, module: f32) -> Point {
    let middle = centre(at, at);
    let steps = (4 + at / 6).min(20);
    let reach = coordinate(steps);
    let start = lattice.transform_point(middle);
    let mut best = (f32::MIN, start);
    for (x, y) in square(steps) {
        let offset = point(x, y) * (module / 2.0);
        // A pattern near the expected place wins over one that looks alike farther away.
        let far = 6.0 * (x * x + y * y) / (reach * reach);
        let score = alignment(grey, lattice, middle, offset) - far;
        if score > best.0 {
            best = (score, start + offset);
        }
    }
    best.1
}

/// How well an alignment pattern shows around a module, with all of it moved by `offset` pixels.
pub fn alignment(grey: &Grey, lattice: &Lattice, middle: Point, offset: Point) -> f32 {
    let (mut dark, mut light) = (0.0, 0.0);
    for (x, y) in square(2) {
        let at = lattice.transform_point(middle + point(x, y)) + offset;
        let is_light = x.abs().max(y.abs()) == 1.0;
        *(if is_light { &mut light } else { &mut dark }) += grey.at(at.x, at.y);
    }
    light / 8.0 - dark / 17.0
}

/// The whole steps up to `reach` in both directions.
pub fn square(reach: usize) -> impl Iterator<Item = (f32, f32)> {
    let (span, middle) = (2 * reach + 1, coordinate(reach));
    (0..span * span).map(move |i| (coordinate(i % span) - middle, coordinate(i / span) - middle))
}

fn value(grey: &Grey, lattice: &Lattice, at: Point) -> f32 {
    let pixel = lattice.transform_point(at);
    grey.at(pixel.x, pixel.y)
}
