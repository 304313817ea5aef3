//! A camera in front of a page: paints the squares of a QR picture (SVG) and lets the phone's scanner read them.

use countersign_scanner::{Options, Plane, read_image};

/// The text of the QR in an SVG that draws its dark modules as `M x y h w v h …` squares of one path.
#[track_caller]
pub fn text_of_svg(svg: &str) -> String {
    let side = number(svg.split_once("width=\"").expect("a picture").1);
    let mut luma = vec![255; side * side];
    let path = svg.split_once("d=\"").expect("a path").1.split_once('"').expect("a path").0;
    for square in path.split('M').skip(1) {
        let numbers: Vec<usize> =
            square.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let [x, y, width, height, ..] = numbers[..] else { panic!("not a square: {square}") };
        for row in y..y + height {
            luma[row * side + x..row * side + x + width].fill(0);
        }
    }
    text_of_luma(&luma, side, side)
}

/// The text of the one QR in a picture, given as the brightness of its points, row by row.
#[track_caller]
pub fn text_of_luma(luma: &[u8], width: usize, height: usize) -> String {
    let plane = Plane::new(luma, (width, height), width).expect("a picture that can be read");
    let found = read_image(&plane, &Options::default());
    assert_eq!(found.len(), 1, "one code on the page");
    found[0].text.as_str().to_owned()
}

fn number(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse().ok()).expect("a number")
}
