//! A lattice over a code that the library could not sample: blurred, bent, too small, seen from the side.
//!
//! The three finder patterns give a first guess. Then everything about a code that is known before it is read (finder,
//! timing and alignment patterns) is compared with the grey picture, and the lattice moves until they agree best
//! ([`place`]). Bent paper is followed from one alignment pattern to the next ([`mesh`]). Each module is read from the
//! grey values, with the blur of its neighbours taken out by degrees ([`modules`]).

mod layout;
mod mesh;
mod modules;
mod place;

use crate::grey::Grey;
use crate::symbol::{Sighting, decoded};
use layout::Layout;
use mesh::Mesh;
use rxing::qrcode::cpp_port::detector::FinderPatternSet;
use rxing::{Point, point};

/// Sizes of a code that are tried for one combination of patterns.
const SIZES: usize = 2;

/// The code whose finder patterns these are, if it can be read.
pub fn read(grey: &Grey, set: &FinderPatternSet, longest: usize) -> Option<Sighting> {
    let frame = place::Frame::of(set)?;
    frame.sizes(grey).into_iter().take(SIZES).find_map(|version| {
        let layout = Layout::of(version)?;
        let lattice = frame.place(grey, &layout)?;
        let mesh = Mesh::over(grey, &layout, &lattice);
        let values = modules::values(grey, layout.side(), |at| mesh.pixel(at));
        let text = modules::readings(&values, layout.side()).find_map(|bits| decoded(&bits, longest))?;
        Some(Sighting { text, corners: corners(&mesh, layout.side()), is_fitted: true })
    })
}

fn corners(mesh: &Mesh<'_>, side: usize) -> [Point; 4] {
    let end = layout::coordinate(side);
    [(0.0, 0.0), (end, 0.0), (end, end), (0.0, end)].map(|(x, y)| mesh.pixel(point(x, y)))
}
