//! One effect at a time, in three strengths: weak, middle, and strong, which is where the scanner begins to fail.

use super::cover::Spot;
use super::effect::{Effect, Print};
use super::shot::Shot;

/// An effect's folder and its pictures.
type Folder = (&'static str, Vec<Shot>);

/// All folders.
pub fn all() -> Vec<Folder> {
    vec![
        tilted(),
        turned(),
        bent(),
        blurred(),
        moved(),
        grainy(),
        lit(),
        glaring(),
        on_screen(),
        faint(),
        inverted(),
        mirrored(),
        covered(),
        compressed(),
        small(),
    ]
}

/// Each strength as one picture of a first and one of a second kind; each kind has its own measure.
fn series(
    folder: &'static str,
    strengths: [(f32, f32); 3],
    first: impl Fn(f32) -> Shot,
    second: impl Fn(f32) -> Shot,
) -> Folder {
    (folder, strengths.into_iter().flat_map(|(a, b)| [first(a), second(b)]).collect())
}

/// In degrees: from the side, and from the side and below.
fn tilted() -> Folder {
    let from_below = |degrees: f32| Shot::of(600, 2.4).tilted((degrees, 0.8 * degrees), 1.2);
    let from_the_side = |degrees: f32| Shot::of(65, 3.0).tilted((degrees, 0.0), 1.6);
    series("tilted", [(25.0, 6.0), (37.0, 9.5), (48.0, 13.0)], from_the_side, from_below)
}

/// In pixels of a module: a turned code needs more of them than one that lies straight.
fn turned() -> Folder {
    let upside_down = |scale: f32| Shot::of(157, scale).turned(160.0);
    let diagonal = |scale: f32| Shot::of(458, scale).turned(44.0);
    series("turned", [(2.4, 2.2), (1.9, 2.05), (1.45, 1.6)], upside_down, diagonal)
}

/// In degrees from middle to edge.
fn bent() -> Folder {
    let short = |degrees: f32| Shot::of(114, 3.0).bent(degrees);
    let long = |degrees: f32| Shot::of(458, 2.5).bent(degrees).turned(90.0);
    series("bent", [(30.0, 14.0), (45.0, 20.0), (55.0, 34.0)], short, long)
}

/// In pixels: a soft lens, and one out of focus.
fn blurred() -> Folder {
    let soft = |deviation: f32| Shot::of(114, 3.0).with(Effect::Soft(deviation));
    let out_of_focus = |radius: f32| Shot::of(600, 2.5).with(Effect::OutOfFocus(radius));
    series("blurred", [(0.9, 1.0), (1.3, 1.6), (1.5, 2.2)], soft, out_of_focus)
}

/// In pixels while the shutter is open.
fn moved() -> Folder {
    let aslant = |length: f32| Shot::of(157, 3.0).with(Effect::Moved(length, 30.0));
    let down = |length: f32| Shot::of(458, 2.5).with(Effect::Moved(length, 90.0));
    series("moved", [(2.0, 1.5), (4.0, 3.0), (5.2, 4.2)], aslant, down)
}

/// In levels of grain.
fn grainy() -> Folder {
    let short = |levels: f32| Shot::of(65, 2.5).grainy(levels);
    let longer = |levels: f32| Shot::of(157, 2.5).grainy(levels);
    series("grainy", [(12.0, 12.0), (30.0, 25.0), (75.0, 60.0)], short, longer)
}

/// In what is left of the light: a lamp at one side, and a shadow with an edge.
fn lit() -> Folder {
    let from_one_side = |darkest: f32| Shot::of(458, 2.5).with(Effect::Gradient(darkest, 35.0));
    let in_a_shadow = |through: f32| Shot::of(65, 3.0).with(Effect::Shadow(through, 30.0));
    series("lit", [(0.4, 0.5), (0.15, 0.36), (0.0, 0.16)], from_one_side, in_a_shadow)
}

/// In parts of the picture that a lamp's reflection is wide.
fn glaring() -> Folder {
    let glare = |radius: f32| Effect::Glare((0.55, 0.5), radius, 240.0);
    let short = |radius: f32| Shot::of(65, 3.0).with(glare(radius));
    let long = |radius: f32| Shot::of(458, 2.5).with(glare(radius));
    series("glaring", [(0.06, 0.06), (0.1, 0.12), (0.14, 0.19)], short, long)
}

/// In pixels of the screen for each of the camera's: moiré is worst where both are alike.
fn on_screen() -> Folder {
    let straight = |pitch: f32| Shot::of(114, 3.0).turned(4.0).on_screen(3.0 * pitch);
    let from_the_side = |pitch: f32| Shot::of(157, 3.0).tilted((24.0, 0.0), 1.6).on_screen(3.0 * pitch);
    series("on-screen", [(1.6, 1.6), (1.3, 1.25), (1.04, 0.98)], straight, from_the_side)
}

/// In levels between black and white: faded print, and haze.
fn faint() -> Folder {
    let faded = |levels: f32| Shot::of(114, 3.0).printed(Print::Shades(130.0, 130.0 + levels));
    let hazy = |levels: f32| Shot::of(458, 2.5).with(Effect::Faint(120.0, 120.0 + levels));
    series("faint", [(50.0, 60.0), (30.0, 36.0), (20.0, 24.0)], faded, hazy)
}

/// White on black, in pixels of a soft lens.
fn inverted() -> Folder {
    let of = |length: usize, scale: f32| Shot::of(length, scale).printed(Print::Inverted);
    let short = |deviation: f32| of(65, 3.0).with(Effect::Soft(deviation));
    let long = |deviation: f32| of(458, 2.5).with(Effect::Soft(deviation));
    series("inverted", [(0.5, 0.5), (1.2, 0.9), (1.5, 1.25)], short, long)
}

/// In a mirror, in degrees from the side.
fn mirrored() -> Folder {
    let of = |length: usize, scale: f32| Shot::of(length, scale).printed(Print::Mirrored);
    let short = |degrees: f32| of(114, 3.0).tilted((degrees, 0.0), 1.6);
    let long = |degrees: f32| of(458, 2.5).tilted((0.0, degrees), 1.6);
    series("mirrored", [(10.0, 10.0), (30.0, 25.0), (50.0, 44.0)], short, long)
}

/// In modules: a sticker's radius, and how far a finger's tip comes over the edge.
fn covered() -> Folder {
    let sticker = |radius: f32| Shot::of(65, 3.0).under(Spot::Sticker { middle: (3.0, 2.0), radius });
    let finger =
        |reach: f32| Shot::of(157, 3.0).under(Spot::Finger { tip: (26.5 - reach, 4.0), radius: 7.0 });
    series("covered", [(3.0, 4.0), (5.0, 9.0), (7.5, 16.0)], sticker, finger)
}

/// In the quality of a JPEG file.
fn compressed() -> Folder {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a quality from 1 to 100")]
    let of =
        |length: usize, scale: f32, quality: f32| Shot::of(length, scale).turned(9.0).stored(quality as u8);
    let short = |quality: f32| of(114, 2.5, quality);
    let long = |quality: f32| of(600, 2.2, quality);
    series("compressed", [(40.0, 40.0), (15.0, 15.0), (2.0, 2.0)], short, long)
}

/// In pixels of a module.
fn small() -> Folder {
    let short = |scale: f32| Shot::of(65, scale).turned(5.0);
    let long = |scale: f32| Shot::of(600, scale).turned(7.0);
    series("small", [(2.2, 2.2), (1.7, 1.7), (1.2, 1.2)], short, long)
}
