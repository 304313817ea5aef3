//! The ways to look at a picture, in the order in which they are tried.

use crate::grey::Grey;
use crate::plane::Plane;
use crate::threshold::Threshold;
use std::fmt;

/// What is done to the grey values before they become black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    None,
    /// Light codes on dark ground.
    Inverted,
    /// Takes away some blur, and brings some noise.
    Sharp,
}

/// A way to look at a picture.
#[derive(Debug, PartialEq, Eq)]
pub struct Look {
    name: &'static str,
    /// Pixels of a side that become one.
    shrink: usize,
    filter: Filter,
    threshold: Threshold,
}

/// All of them, the one that reads most first; `docs/scanner.md` has what each adds to those before it.
pub const LOOKS: [Look; 8] = [
    look("plain", 1, Filter::None, Threshold::Blocks),
    look("half", 2, Filter::None, Threshold::Blocks),
    look("window", 1, Filter::None, Threshold::Window { parts: 8, margin: 8 }),
    look("inverted", 1, Filter::Inverted, Threshold::Blocks),
    look("narrow", 1, Filter::None, Threshold::Window { parts: 16, margin: 8 }),
    look("quarter", 4, Filter::None, Threshold::Blocks),
    look("sharp", 1, Filter::Sharp, Threshold::Blocks),
    look("third", 3, Filter::None, Threshold::Window { parts: 16, margin: 8 }),
];

/// The names of all looks, in their order.
pub fn looks() -> impl ExactSizeIterator<Item = &'static str> {
    LOOKS.iter().map(|look| look.name)
}

/// A plane in black and white, as one look sees it.
pub struct BlackAndWhite {
    /// Columns.
    pub width: usize,
    /// Row after row; `true` is dark.
    pub dark: Vec<bool>,
}

/// What a look makes of a plane, to be shown to people; `None` if there is no such look or it sees nothing.
pub fn black_and_white(plane: &Plane<'_>, look: usize) -> Option<BlackAndWhite> {
    let mut buffers = Buffers::default();
    let view = LOOKS.get(look)?.view(plane, 1, &mut buffers)?;
    let (width, height) = (view.dark.width(), view.dark.height());
    let dark =
        (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| view.dark.get(x, y)).collect();
    Some(BlackAndWhite { width: view.grey.width, dark })
}

const fn look(name: &'static str, shrink: usize, filter: Filter, threshold: Threshold) -> Look {
    Look { name, shrink, filter, threshold }
}

/// Buffers of a look, kept from one to the next.
#[derive(Default)]
pub struct Buffers {
    grey: Grey,
    filtered: Grey,
}

/// A picture prepared for the search.
pub struct View<'a> {
    pub grey: &'a Grey,
    pub dark: rxing::common::BitMatrix,
    /// Pixels of the plane for each of the view's.
    pub scale: usize,
}

impl Look {
    /// The plane, first scaled down by `base`, as this look sees it; `None` if that leaves nothing to see.
    pub fn view<'a>(&self, plane: &Plane<'_>, base: usize, buffers: &'a mut Buffers) -> Option<View<'a>> {
        let scale = base * self.shrink;
        let Buffers { grey, filtered } = buffers;
        grey.take(plane, scale);
        if grey.width.min(grey.height) < crate::MIN_SIDE {
            return None;
        }
        if self.filter == Filter::Inverted {
            grey.invert();
        }
        let seen = if self.filter == Filter::Sharp {
            grey.sharpen_into(SHARP_RADIUS, filtered);
            &*filtered
        } else {
            &*grey
        };
        let dark = self.threshold.dark(seen)?;
        Some(View { grey, dark, scale })
    }

    /// The stage of a code that this look read.
    pub const fn stage(&self, is_fitted: bool) -> Stage {
        Stage { look: self.name, is_fitted }
    }
}

/// Pixels on each side whose mean a sharp pixel is set off from.
const SHARP_RADIUS: usize = 4;

/// Which way of looking read a code, and whether a lattice had to be fitted to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    look: &'static str,
    is_fitted: bool,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lattice = if self.is_fitted { "+lattice" } else { "" };
        write!(f, "{}{lattice}", self.look)
    }
}
