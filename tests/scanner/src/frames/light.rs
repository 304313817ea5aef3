//! Light that is not even.

use super::angle::cosine_and_sine;
use super::frame::{Frame, real};

/// From full light at one side down to a part of it at the other; the angle is that of the way from light to dark.
pub fn gradient(frame: &Frame, darkest: f32, degrees: f32) -> Frame {
    let (cos, sin) = cosine_and_sine(degrees);
    let (width, height) = (real(frame.width), real(frame.height));
    let reach = width * cos.abs() + height * sin.abs();
    frame.map(|x, y, level| {
        let along = ((x - width / 2.0) * cos + (y - height / 2.0) * sin) / reach + 0.5;
        level * (1.0 - along * (1.0 - darkest))
    })
}

/// The edge of a shadow, some pixels broad, that lets a part of the light through.
pub fn shadow(frame: &Frame, through: f32, degrees: f32) -> Frame {
    let (cos, sin) = cosine_and_sine(degrees);
    let (width, height) = (real(frame.width), real(frame.height));
    frame.map(|x, y, level| {
        let beyond = (x - width * 0.55) * cos + (y - height * 0.5) * sin;
        level * (1.0 - (beyond / 6.0 + 0.5).clamp(0.0, 1.0) * (1.0 - through))
    })
}

/// A lamp that the paper throws back: where it is, and how large, in parts of the picture, and how many levels it adds.
pub fn glare(frame: &Frame, at: (f32, f32), radius: f32, levels: f32) -> Frame {
    let (width, height) = (real(frame.width), real(frame.height));
    let reach = radius * width.max(height);
    frame.map(|x, y, level| {
        let (x, y) = ((x - at.0 * width) / reach, (y - at.1 * height) / reach);
        let distance = x * x + y * y;
        // A flat middle with a long, soft edge; the sensor is full at 255.
        (level + levels * (1.5 / (1.0 + distance * distance)).min(1.0)).min(255.0)
    })
}

/// Haze or an old screen: black and white come near each other.
pub fn faint(frame: &Frame, black: f32, white: f32) -> Frame {
    frame.map(|_, _, level| black + level / 255.0 * (white - black))
}
