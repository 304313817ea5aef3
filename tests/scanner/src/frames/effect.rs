//! What may happen to a page or to its picture, with how much of it.

use super::cover::Spot;
use super::frame::Frame;
use super::page::Page;
use super::{blur, light};

/// What is done to the page, before the camera sees it.
pub enum Print {
    /// White on black.
    Inverted,
    /// In a mirror, or on the back of a pane.
    Mirrored,
    /// In other shades, of ink and of paper.
    Shades(f32, f32),
    /// With something on it.
    Under(Spot),
}

impl Print {
    /// The page after that.
    pub fn on(&self, page: &Page) -> Page {
        match self {
            Self::Inverted => page.inverted(),
            Self::Mirrored => page.mirrored(),
            Self::Shades(ink, paper) => page.printed_in(*ink, *paper),
            Self::Under(spot) => page.under(spot),
        }
    }
}

/// What is done to the picture, on its way to the sensor.
pub enum Effect {
    /// A soft lens, by its standard deviation in pixels.
    Soft(f32),
    /// Out of focus, by the radius of a point's disc in pixels.
    OutOfFocus(f32),
    /// A moving hand, by pixels and direction in degrees.
    Moved(f32, f32),
    /// Light from one side: what is left of it at the other, and the direction in degrees.
    Gradient(f32, f32),
    /// The edge of a shadow: what it lets through, and the direction in degrees.
    Shadow(f32, f32),
    /// A lamp's reflection: where, how large, and how many levels.
    Glare((f32, f32), f32, f32),
    /// Haze, by the levels that become of black and of white.
    Faint(f32, f32),
}

impl Effect {
    /// The picture after that.
    pub fn on(&self, frame: &Frame) -> Frame {
        match self {
            Self::Soft(deviation) => blur::soft(frame, *deviation),
            Self::OutOfFocus(radius) => blur::out_of_focus(frame, *radius),
            Self::Moved(length, degrees) => blur::moved(frame, *length, *degrees),
            Self::Gradient(darkest, degrees) => light::gradient(frame, *darkest, *degrees),
            Self::Shadow(through, degrees) => light::shadow(frame, *through, *degrees),
            Self::Glare(at, radius, levels) => light::glare(frame, *at, *radius, *levels),
            Self::Faint(black, white) => light::faint(frame, *black, *white),
        }
    }
}
