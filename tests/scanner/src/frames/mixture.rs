//! Several effects at once, as a camera has them. Six pictures of each, from easy to hard.

use super::cover::Spot;
use super::effect::{Effect, Print};
use super::frame::real;
use super::shot::Shot;

/// Characters of the texts of one folder's pictures, and pixels of a module: all sizes of our codes.
const SIZES: [(usize, f32); 6] = [(65, 3.5), (458, 2.4), (114, 3.2), (600, 2.4), (157, 3.2), (114, 3.0)];

/// The folders.
pub fn all() -> Vec<(&'static str, Vec<Shot>)> {
    let hard = |i: usize| real(i) / real(SIZES.len() - 1);
    let folder = |shot: fn(Shot, f32) -> Shot| {
        SIZES
            .iter()
            .enumerate()
            .map(|(i, (length, scale))| shot(Shot::of(*length, *scale), hard(i)))
            .collect()
    };
    vec![
        ("mixed-hand", folder(in_a_hand)),
        ("mixed-screen", folder(on_a_screen)),
        ("mixed-print", folder(on_a_bottle)),
        ("mixed-night", folder(at_night)),
    ]
}

/// Held aslant, a little out of focus, stored as a messenger does.
fn in_a_hand(shot: Shot, hard: f32) -> Shot {
    shot.turned(12.0 + 40.0 * hard)
        .tilted((14.0 + 14.0 * hard, 10.0 + 8.0 * hard), 1.8)
        .with(Effect::OutOfFocus(0.6 + 0.9 * hard))
        .grainy(3.0 + 5.0 * hard)
        .stored(80)
}

/// A dark page on a monitor, with a lamp in it.
fn on_a_screen(shot: Shot, hard: f32) -> Shot {
    shot.printed(Print::Inverted)
        .turned(-6.0)
        .tilted((12.0 + 16.0 * hard, 0.0), 1.8)
        .on_screen(5.0)
        .with(Effect::Glare((0.5, 0.6), 0.05 + 0.1 * hard, 200.0))
        .with(Effect::Soft(0.6))
        .stored(75)
}

/// A faded label around a bottle, in a shadow, with a sticker on it.
fn on_a_bottle(shot: Shot, hard: f32) -> Shot {
    shot.printed(Print::Shades(70.0, 200.0 - 50.0 * hard))
        .under(Spot::Sticker { middle: (2.0, 5.0), radius: 2.0 + 2.0 * hard })
        .bent(10.0 + 30.0 * hard)
        .turned(97.0)
        .with(Effect::Shadow(0.75 - 0.3 * hard, 20.0))
        .with(Effect::Soft(0.6 + 0.4 * hard))
        .stored(85)
}

/// A moving hand in little light.
fn at_night(shot: Shot, hard: f32) -> Shot {
    shot.turned(-20.0)
        .tilted((0.0, 15.0), 2.0)
        .with(Effect::Gradient(0.5 - 0.3 * hard, 140.0))
        .with(Effect::Faint(4.0, 150.0 - 60.0 * hard))
        .with(Effect::Moved(1.5 + 2.5 * hard, 60.0))
        .grainy(5.0 + 6.0 * hard)
        .stored(85)
}
