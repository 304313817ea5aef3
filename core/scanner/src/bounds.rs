//! How much may be tried on one picture, whatever it shows.
//!
//! Counted in tries and not in time, so that the same picture gives the same answer on every machine. A poster full
//! of finder patterns would otherwise keep the search busy for minutes.

/// Finder patterns of one stage that are combined, the largest first.
pub const PATTERNS: usize = 120;
/// More patterns than this in one stage are a texture: no further stage is tried.
pub const TEXTURE: usize = 3000;
/// Combinations of three patterns that one stage samples as they are.
const SAMPLES_A_STAGE: usize = 60;
/// Combinations that one stage fits a lattice to, which takes some milliseconds each.
const FITS_A_STAGE: usize = 6;

/// What is left of the tries.
pub struct Bounds {
    samples: usize,
    fits: usize,
    /// Fits left over all stages of the picture.
    all_fits: usize,
    is_texture: bool,
    longest_text: usize,
}

impl Bounds {
    /// For a picture on which `fits` lattices may be fitted in all, and texts of so many bytes are handed on.
    pub const fn of_picture(fits: usize, longest_text: usize) -> Self {
        Self { samples: 0, fits: 0, all_fits: fits, is_texture: false, longest_text }
    }

    /// Most bytes of a text that is handed on.
    pub const fn longest_text(&self) -> usize {
        self.longest_text
    }

    /// Another stage begins; `false` if none may any more.
    pub const fn next_stage(&mut self) -> bool {
        (self.samples, self.fits) = (SAMPLES_A_STAGE, FITS_A_STAGE);
        !self.is_texture
    }

    /// So many finder patterns were seen.
    pub const fn saw(&mut self, patterns: usize) {
        self.is_texture = patterns > TEXTURE;
    }

    /// Whether one more combination may be sampled.
    pub const fn sample(&mut self) -> bool {
        take(&mut self.samples)
    }

    /// Whether one more lattice may be fitted.
    pub const fn fit(&mut self) -> bool {
        self.all_fits > 0 && take(&mut self.fits) && take(&mut self.all_fits)
    }
}

const fn take(left: &mut usize) -> bool {
    let some = *left > 0;
    if some {
        *left -= 1;
    }
    some
}
