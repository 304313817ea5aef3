//! What may lie on a code and hide a part of it.

/// Something on the page, in modules from its middle.
pub enum Spot {
    /// A finger that reaches in from the right edge: its tip, and half its breadth.
    Finger {
        /// Where the tip is.
        tip: (f32, f32),
        /// Half the breadth.
        radius: f32,
    },
    /// A round sticker.
    Sticker {
        /// Its middle.
        middle: (f32, f32),
        /// Half its breadth.
        radius: f32,
    },
}

/// Levels of skin and of a sticker's print.
const SKIN: f32 = 150.0;
const STICKER: f32 = 178.0;

impl Spot {
    /// The level at a point of the page, with this over it.
    pub fn over(&self, level: f32, across: f32, down: f32) -> f32 {
        let (middle, radius) = match self {
            // A capsule: right of its tip, what counts is the distance from its axis.
            Self::Finger { tip, radius } => ((across.max(tip.0 + radius), tip.1), radius),
            Self::Sticker { middle, radius } => (*middle, radius),
        };
        let (x, y) = (across - middle.0, down - middle.1);
        let distance = (x * x + y * y).sqrt() / radius;
        match self {
            _ if distance >= 1.12 => level,
            // A soft shadow around it.
            _ if distance >= 1.0 => level * (0.65 + 0.35 * (distance - 1.0) / 0.12),
            // Skin is round and darker at its sides.
            Self::Finger { .. } => SKIN - 55.0 * distance * distance,
            Self::Sticker { .. } => STICKER - ring(distance),
        }
    }
}

/// A sticker's printed ring.
fn ring(distance: f32) -> f32 {
    if (0.7..0.85).contains(&distance) { 80.0 } else { 0.0 }
}
