//! What is not sharp: lens, focus, and a hand that moves.

use super::angle::cosine_and_sine;
use super::frame::{Frame, real, whole};

/// A soft lens: a bell of this standard deviation in pixels.
pub fn soft(frame: &Frame, deviation: f32) -> Frame {
    // (1 - x^2)^4 is a bell with a deviation of 1 / sqrt(11), and needs no exponential of the system.
    let reach = deviation * 11.0_f32.sqrt();
    let weight = |offset: f32| {
        let inside = (1.0 - (offset / reach) * (offset / reach)).max(0.0);
        inside * inside * inside * inside
    };
    let weights = kernel(reach, weight);
    let across = |frame: &Frame| convolved(frame, &weights, |at, offset| (at.0 + offset, at.1));
    convolved(&across(frame), &weights, |at, offset| (at.0, at.1 + offset))
}

/// Out of focus: each point becomes a disc of this radius in pixels.
pub fn out_of_focus(frame: &Frame, radius: f32) -> Frame {
    let reach = radius + 0.5;
    let offsets = kernel(reach, |offset| offset);
    let mut disc = Vec::new();
    for (x, y) in offsets.iter().flat_map(|(y, _)| offsets.iter().map(|(x, _)| (*x, *y))) {
        let covered = (reach - (x * x + y * y).sqrt()).clamp(0.0, 1.0);
        if covered > 0.0 {
            disc.push((x, y, covered));
        }
    }
    let whole: f32 = disc.iter().map(|(_, _, covered)| covered).sum();
    frame.map(|x, y, _| {
        let level = |(dx, dy, covered): &(f32, f32, f32)| frame.at(x + 0.5 + dx, y + 0.5 + dy) * covered;
        disc.iter().map(level).sum::<f32>() / whole
    })
}

/// A hand that moves by so many pixels while the shutter is open.
pub fn moved(frame: &Frame, length: f32, degrees: f32) -> Frame {
    let (cos, sin) = cosine_and_sine(degrees);
    let steps = whole(2.0 * length) + 1;
    let offset = |step: usize| ((real(step) + 0.5) / real(steps) - 0.5) * length;
    frame.map(|x, y, _| {
        let level = |step: usize| frame.at(x + 0.5 + offset(step) * cos, y + 0.5 + offset(step) * sin);
        (0..steps).map(level).sum::<f32>() / real(steps)
    })
}

/// Offsets up to `reach` in both directions, with their weights.
fn kernel(reach: f32, weight: impl Fn(f32) -> f32) -> Vec<(f32, f32)> {
    let after = (1..=whole(reach)).map(real);
    let before = (1..=whole(reach)).rev().map(|offset| -real(offset));
    before.chain(std::iter::once(0.0)).chain(after).map(|offset| (offset, weight(offset))).collect()
}

fn convolved(frame: &Frame, weights: &[(f32, f32)], moved: impl Fn((f32, f32), f32) -> (f32, f32)) -> Frame {
    let whole: f32 = weights.iter().map(|(_, weight)| weight).sum();
    frame.map(|x, y, _| {
        let level = |(offset, weight): &(f32, f32)| {
            let (x, y) = moved((x + 0.5, y + 0.5), *offset);
            frame.at(x, y) * weight
        };
        weights.iter().map(level).sum::<f32>() / whole
    })
}
