//! What every code of a version looks like before it says anything (ISO/IEC 18004, 6.3).

use rxing::qrcode::common::{Version, VersionRef};
use rxing::{Point, point};

/// A module whose colour is known.
pub struct Known {
    /// Its centre, in modules from the code's corner.
    pub at: Point,
    /// How much it counts; below 0 for a light one.
    pub weight: f32,
}

/// The known modules of one version.
pub struct Layout {
    side: usize,
    centres: Vec<usize>,
    /// Finder, timing and alignment patterns.
    pub known: Vec<Known>,
}

impl Layout {
    /// Of version 1 to 40.
    pub fn of(version: usize) -> Option<Self> {
        let reference: VersionRef = Version::getVersionForNumber(u32::try_from(version).ok()?).ok()?;
        let centres = reference.getAlignmentPatternCenters();
        let centres: Vec<usize> = centres.iter().filter_map(|at| usize::try_from(*at).ok()).collect();
        let mut layout = Self { side: 17 + 4 * version, centres, known: Vec::new() };
        layout.add_finders();
        layout.add_timing();
        layout.add_alignment();
        Some(layout)
    }

    /// Modules of a side.
    pub const fn side(&self) -> usize {
        self.side
    }

    /// Columns, and rows too, in which the centres of alignment patterns lie; none for version 1.
    pub fn centres(&self) -> &[usize] {
        &self.centres
    }

    /// Whether the crossing of these columns and rows is where a finder pattern stands.
    pub const fn is_finder(&self, column: usize, row: usize) -> bool {
        let far = self.side - 9;
        (column < 9 && (row < 9 || row > far)) || (column > far && row < 9)
    }

    fn add_finders(&mut self) {
        let far = self.side - 4;
        for (column, row) in [(3, 3), (far, 3), (3, far)] {
            for (x, y) in around(column, row, 4) {
                let (Some(x), Some(y)) = (x, y) else { continue };
                if x < self.side && y < self.side {
                    let ring = x.abs_diff(column).max(y.abs_diff(row));
                    // The light ring around it is often spoilt by what the code is printed on.
                    let weight = if ring == 4 { -0.7 } else { shade(ring != 2) };
                    self.known.push(Known { at: centre(x, y), weight });
                }
            }
        }
    }

    fn add_timing(&mut self) {
        for i in 8..self.side - 8 {
            let weight = shade(i % 2 == 0);
            self.known.push(Known { at: centre(i, 6), weight });
            self.known.push(Known { at: centre(6, i), weight });
        }
    }

    fn add_alignment(&mut self) {
        let crossings =
            self.centres.iter().flat_map(|row| self.centres.iter().map(move |column| (*column, *row)));
        let crossings: Vec<_> = crossings.filter(|(column, row)| !self.is_finder(*column, *row)).collect();
        for (column, row) in crossings {
            let modules = around(column, row, 2).filter_map(|(x, y)| Some((x?, y?)));
            self.known.extend(modules.map(|(x, y)| {
                let ring = x.abs_diff(column).max(y.abs_diff(row));
                Known { at: centre(x, y), weight: shade(ring != 1) }
            }));
        }
    }
}

const fn shade(is_dark: bool) -> f32 {
    if is_dark { 1.0 } else { -1.0 }
}

/// The modules up to `reach` away; `None` for a coordinate below 0.
fn around(column: usize, row: usize, reach: usize) -> impl Iterator<Item = (Option<usize>, Option<usize>)> {
    let span = 2 * reach + 1;
    (0..span * span)
        .map(move |i| ((column + i % span).checked_sub(reach), (row + i / span).checked_sub(reach)))
}

/// The middle of a module.
pub fn centre(column: usize, row: usize) -> Point {
    point(coordinate(column) + 0.5, coordinate(row) + 0.5)
}

/// A number of modules as a coordinate.
#[expect(clippy::cast_precision_loss, reason = "a code has at most 177 modules")]
pub const fn coordinate(modules: usize) -> f32 {
    modules as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{Color, EcLevel, QrCode, Version as Drawn};

    #[test]
    fn the_known_modules_are_those_of_drawn_codes() {
        for version in [1, 2, 7, 14, 32] {
            let drawn = QrCode::with_version(b"x", Drawn::Normal(version), EcLevel::M).unwrap();
            let layout = Layout::of(usize::try_from(version).unwrap()).unwrap();
            assert_eq!(layout.side(), drawn.width());
            let modules = (0..layout.side()).flat_map(|y| (0..layout.side()).map(move |x| (x, y)));
            let mut met = 0;
            for (x, y) in modules {
                for known in layout.known.iter().filter(|known| known.at == centre(x, y)) {
                    assert_eq!(drawn[(x, y)] == Color::Dark, known.weight > 0.0, "{version}: {x} {y}");
                    met += 1;
                }
            }
            assert_eq!(met, layout.known.len(), "none lies outside");
        }
    }

    #[test]
    fn there_is_no_other_version() {
        assert!(Layout::of(0).is_none() && Layout::of(41).is_none());
    }
}
