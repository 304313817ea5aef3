//! `cargo xtask qr-stages OUT IMAGE…`: a sheet that shows how the scanner sees pictures, for `docs/scanner.md`.
//!
//! A row for each picture: the picture with the outline of what was found, then each look in the order of the looks,
//! in black and white. A look that reads the picture for itself has a frame.

use clap::Parser;
use countersign_scanner::{Found, Options, Plane, black_and_white, looks, read_image};
use countersign_scanner_lab::Luma;
use image::imageops::{FilterType, overlay, resize};
use image::{GrayImage, Luma as Shade};
use std::error::Error;
use std::path::PathBuf;

/// Pixels of a cell of the sheet, and around each of them.
const CELL: u32 = 150;
const GAP: u32 = 8;
/// Pixels of the frame of a look that read its picture.
const FRAME: u32 = 4;

/// Draws a sheet of what each look sees.
#[derive(Parser)]
struct Arguments {
    /// The PNG file.
    out: PathBuf,
    /// Pictures, a row for each.
    #[arg(required = true)]
    images: Vec<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let columns = u32::try_from(looks().len())? + 1;
    let rows = u32::try_from(arguments.images.len())?;
    let pitch = CELL + GAP;
    let mut sheet = GrayImage::from_pixel(columns * pitch + GAP, rows * pitch + GAP, Shade([225]));
    for (row, image) in (0_i64..).zip(&arguments.images) {
        for (column, cell) in (0_i64..).zip(cells(&Luma::open(image)?)?) {
            let place = |at: i64| at * i64::from(pitch) + i64::from(GAP);
            overlay(&mut sheet, &cell, place(column), place(row));
        }
    }
    sheet.save(&arguments.out)?;
    println!("{}: the picture, then {}", arguments.out.display(), looks().collect::<Vec<_>>().join(", "));
    Ok(())
}

fn cells(luma: &Luma) -> Result<Vec<GrayImage>, Box<dyn Error>> {
    let plane = Plane::new(&luma.pixels, (luma.width, luma.height), luma.width)?;
    let mut cells = vec![fitted(&outlined(luma, &read_image(&plane, &Options::default())))];
    for look in 0..looks().len() {
        let reads = !read_image(&plane, &Options { looks: (look, 1), ..Options::default() }).is_empty();
        cells.push(seen(&plane, look, reads));
    }
    Ok(cells)
}

fn seen(plane: &Plane<'_>, look: usize, reads: bool) -> GrayImage {
    let Some(view) = black_and_white(plane, look) else {
        return GrayImage::from_pixel(CELL, CELL, Shade([225]));
    };
    let pixels: Vec<u8> = view.dark.iter().map(|dark| if *dark { 0 } else { 255 }).collect();
    let width = u32::try_from(view.width).unwrap_or(1);
    let height = u32::try_from(pixels.len()).unwrap_or(0) / width.max(1);
    let cell = fitted(&GrayImage::from_raw(width, height, pixels).unwrap_or_default());
    if !reads {
        return cell;
    }
    let inner = resize(&cell, CELL - 2 * FRAME, CELL - 2 * FRAME, FilterType::Triangle);
    let mut framed = GrayImage::from_pixel(CELL, CELL, Shade([60]));
    overlay(&mut framed, &inner, i64::from(FRAME), i64::from(FRAME));
    framed
}

/// As large as a cell allows, in the middle of it.
fn fitted(picture: &GrayImage) -> GrayImage {
    let longest = picture.width().max(picture.height()).max(1);
    let side = |pixels: u32| (pixels * CELL / longest).max(1);
    let (width, height) = (side(picture.width()), side(picture.height()));
    let mut cell = GrayImage::from_pixel(CELL, CELL, Shade([225]));
    let small = resize(picture, width, height, FilterType::Triangle);
    overlay(&mut cell, &small, i64::from((CELL - width) / 2), i64::from((CELL - height) / 2));
    cell
}

/// The picture with a double line, dark and light, along the edges of each code.
fn outlined(luma: &Luma, found: &[Found]) -> GrayImage {
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or(1);
    let (width, height) = (side(luma.width), side(luma.height));
    let mut picture = GrayImage::from_raw(width, height, luma.pixels.clone()).unwrap_or_default();
    let thick = i64::from(width.max(height) / CELL + 1);
    for code in found {
        for i in 0..4 {
            let (from, to) = (code.corners[i], code.corners[(i + 1) % 4]);
            for step in 0_u16..=500 {
                let part = f32::from(step) / 500.0;
                let (x, y) = (from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
                dot(&mut picture, (x, y), thick);
            }
        }
    }
    picture
}

fn dot(picture: &mut GrayImage, (x, y): (f32, f32), thick: i64) {
    #[expect(clippy::cast_possible_truncation, reason = "a float as an integer saturates")]
    let (x, y) = (x as i64, y as i64);
    for (dx, dy) in (-thick..=thick).flat_map(|dx| (-thick..=thick).map(move |dy| (dx, dy))) {
        let shade = if dx.abs().max(dy.abs()) == thick { 255 } else { 0 };
        let at = u32::try_from(x + dx).ok().zip(u32::try_from(y + dy).ok());
        if let Some(pixel) = at.and_then(|(x, y)| picture.get_pixel_mut_checked(x, y)) {
            *pixel = Shade([shade]);
        }
    }
}
