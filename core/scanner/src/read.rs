//! One picture, read as well as can be.

use crate::bounds::Bounds;
use crate::found::{Corner, Found, MAX_TEXT};
use crate::plane::Plane;
use crate::search::search;
use crate::stage::{Buffers, LOOKS, Look};
use crate::symbol::Sighting;

/// Most pixels of the longer side that is searched (6.1); larger planes are scaled down by a whole number.
const SEARCHED_SIDE: usize = 1920;
/// Lattices that may be fitted to one picture.
const LATTICES: usize = 24;
/// Looks that are tried after the first one that read something, if that one left patterns unread.
const LOOKS_AFTER: usize = 2;

/// What is wanted of a picture.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Most bytes of a text; codes that say more are passed over.
    pub longest_text: usize,
    /// How many of the looks are skipped, and how many are tried then; all of them, unless somebody measures what each
    /// of them buys.
    pub looks: (usize, usize),
    /// How many lattices may be fitted to codes that cannot be sampled as they are.
    pub lattices: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { longest_text: MAX_TEXT, looks: (0, LOOKS.len()), lattices: LATTICES }
    }
}

/// Every code in the plane. The order says nothing; no code is an empty list.
///
/// Takes up to some hundred milliseconds, so not for the thread that draws.
pub fn read_image(plane: &Plane<'_>, options: &Options) -> Vec<Found> {
    let (mut buffers, mut bounds) =
        (Buffers::default(), Bounds::of_picture(options.lattices, options.longest_text));
    let (skipped, tried) = options.looks;
    let base = base_scale(plane, SEARCHED_SIDE);
    let mut found: Vec<Found> = Vec::new();
    let mut after = 0;
    let mut has_read = false;
    for look in LOOKS.iter().skip(skipped).take(tried) {
        let looked = look_once(plane, look, base, (&mut buffers, &mut bounds));
        add_new(&mut found, looked.found);
        has_read |= looked.has_read;
        if has_read {
            after += 1;
        }
        if (has_read && looked.is_complete) || after > LOOKS_AFTER {
            break;
        }
    }
    found
}

/// Whole number by which the plane is scaled down so that no side is longer than `longest`.
pub fn base_scale(plane: &Plane<'_>, longest: usize) -> usize {
    let (width, height) = plane.size();
    width.max(height).div_ceil(longest)
}

/// What one look came to.
#[derive(Default)]
pub struct Looked {
    pub found: Vec<Found>,
    /// Whether it read a code, be it one whose text is too long to be handed on.
    pub has_read: bool,
    /// Whether it left no combination of patterns unread.
    pub is_complete: bool,
}

/// One look at the plane.
pub fn look_once(
    plane: &Plane<'_>,
    look: &Look,
    base: usize,
    (buffers, bounds): (&mut Buffers, &mut Bounds),
) -> Looked {
    if !bounds.next_stage() {
        return Looked::default();
    }
    let Some(view) = look.view(plane, base, buffers) else { return Looked::default() };
    let seen = search(view.grey, &view.dark, bounds);
    let has_read = !seen.sightings.is_empty();
    let in_plane = |sighting: Sighting| placed(sighting, plane, look, view.scale);
    let found = seen.sightings.into_iter().filter_map(in_plane).collect();
    Looked { found, has_read, is_complete: seen.is_complete }
}

fn placed(sighting: Sighting, plane: &Plane<'_>, look: &Look, scale: usize) -> Option<Found> {
    let Sighting { text, corners, is_fitted } = sighting;
    #[expect(clippy::cast_precision_loss, reason = "a side has at most 2^14 pixels")]
    let [left, top, scale] = [plane.origin().0, plane.origin().1, scale].map(|pixels| pixels as f32);
    let corners = corners.map(|at| Corner { x: at.x.mul_add(scale, left), y: at.y.mul_add(scale, top) });
    Some(Found { text: text?, corners, stage: look.stage(is_fitted) })
}

/// Adds those that stand nowhere where the same text was found before.
fn add_new(found: &mut Vec<Found>, new: Vec<Found>) {
    let earlier = found.len();
    for code in new {
        if !found[..earlier].iter().any(|old| old.text == code.text && is_inside(centre(&code), old)) {
            found.push(code);
        }
    }
}

fn centre(code: &Found) -> Corner {
    let [a, b, c, d] = code.corners;
    Corner { x: (a.x + b.x + c.x + d.x) / 4.0, y: (a.y + b.y + c.y + d.y) / 4.0 }
}

/// Whether a point lies on the same side of all four edges.
fn is_inside(point: Corner, code: &Found) -> bool {
    let corners = code.corners;
    let side = |i: usize| {
        let (from, to) = (corners[i], corners[(i + 1) % 4]);
        (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
    };
    let sides = [side(0), side(1), side(2), side(3)];
    sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
}
