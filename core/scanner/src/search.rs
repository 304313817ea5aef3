//! One look at one picture: finder patterns, combinations of three, and what each of them says.

use crate::bounds::{Bounds, PATTERNS};
use crate::fit;
use crate::grey::Grey;
use crate::symbol::{Sighting, decoded};
use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, FinderPatternSet, FinderPatterns, GenerateFinderPatternSets, SampleQR,
};
use rxing::{Point, point};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a search saw.
pub struct Seen {
    pub sightings: Vec<Sighting>,
    /// Whether every combination of patterns was read or shares a pattern with one that was.
    pub is_complete: bool,
}

/// All codes in `dark`, which is `grey` in black and white. Each pattern belongs to one code at most.
pub fn search(grey: &Grey, dark: &BitMatrix, bounds: &mut Bounds) -> Seen {
    let longest = bounds.longest_text();
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut unread: Vec<[ConcentricPattern; 3]> = Vec::new();
    let mut sightings = Vec::new();
    for set in combinations(dark, bounds) {
        let patterns = [set.tl, set.tr, set.bl];
        if patterns.iter().any(|pattern| used.contains(pattern)) {
            continue;
        }
        if !bounds.sample() {
            break;
        }
        let fitted = || if bounds.fit() { guarded(|| fit::read(grey, &set, longest)) } else { None };
        if let Some(sighting) = guarded(|| sampled(dark, &set, longest)).or_else(fitted) {
            used.extend(patterns);
            sightings.push(sighting);
        } else {
            unread.push(patterns);
        }
    }
    let is_used = |patterns: &[ConcentricPattern; 3]| patterns.iter().any(|pattern| used.contains(pattern));
    Seen { sightings, is_complete: unread.iter().all(is_used) }
}

/// The likeliest first.
fn combinations(dark: &BitMatrix, bounds: &mut Bounds) -> Vec<FinderPatternSet> {
    guarded(|| {
        let mut patterns: FinderPatterns = FindFinderPatterns(dark, true, 0);
        bounds.saw(patterns.len());
        patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.size));
        patterns.truncate(PATTERNS);
        Some(GenerateFinderPatternSets(&mut patterns))
    })
    .unwrap_or_default()
}

/// As the library samples it: exact for flat codes in focus, and fast.
fn sampled(dark: &BitMatrix, set: &FinderPatternSet, longest: usize) -> Option<Sighting> {
    let code = SampleQR(dark, set).ok()?;
    // The library tells them row by row, and half a pixel too far.
    let [top_left, top_right, bottom_left, bottom_right] = <[Point; 4]>::try_from(code.getPoints()).ok()?;
    let corners = [top_left, top_right, bottom_right, bottom_left].map(|corner| corner - point(0.5, 0.5));
    Some(Sighting { text: decoded(code.getBits(), longest)?, corners, is_fitted: false })
}

/// The library asserts what it believes of a picture. A panic there ends this one try: nothing that it changed
/// outlives it, since it only reads the picture.
fn guarded<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok().flatten()
}
