//! Codes that are drawn are read; anything else is a list or an error, never a panic.

use crate::{Found, LiveScanner, MAX_SIDE, MAX_TEXT, Options, Plane, Region, ScanError, read_image};
use proptest::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around a code.
const QUIET: usize = 4;

/// A square picture of 8-bit luma, without padding.
#[derive(Clone)]
struct Picture {
    luma: Vec<u8>,
    side: usize,
}

impl Picture {
    /// Draws `text` at level M with a quiet zone, `scale` pixels per module.
    fn of(text: &str, scale: usize) -> Self {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let (colors, modules) = (code.to_colors(), code.width());
        let side = (modules + 2 * QUIET) * scale;
        let is_dark = |x: usize, y: usize| {
            let (column, row) = ((x / scale).wrapping_sub(QUIET), (y / scale).wrapping_sub(QUIET));
            column < modules && row < modules && colors[row * modules + column] == Color::Dark
        };
        let luma = (0..side * side).map(|i| if is_dark(i % side, i / side) { 20 } else { 235 }).collect();
        Self { luma, side }
    }

    fn turned(&self) -> Self {
        let side = self.side;
        let luma = (0..side * side).map(|i| self.luma[(side - 1 - i % side) * side + i / side]).collect();
        Self { luma, side }
    }

    fn padded(&self, stride: usize) -> Vec<u8> {
        // Black, so that padding taken for pixels would spoil the code.
        let row = |pixels: &[u8]| [pixels, &vec![0; stride - self.side]].concat();
        self.luma.chunks(self.side).flat_map(row).collect()
    }

    fn beside(&self, other: &Self) -> (Vec<u8>, usize, usize) {
        let (width, height) = (self.side + other.side, self.side.max(other.side));
        let pixel = |x: usize, y: usize| {
            let (picture, x) = if x < self.side { (self, x) } else { (other, x - self.side) };
            if y < picture.side { picture.luma[y * picture.side + x] } else { 235 }
        };
        ((0..width * height).map(|i| pixel(i % width, i / width)).collect(), width, height)
    }

    fn texts(&self) -> Vec<String> {
        texts(&self.luma, self.side, self.side, self.side)
    }
}

fn read(luma: &[u8], width: usize, height: usize, stride: usize) -> Result<Vec<Found>, ScanError> {
    Plane::new(luma, (width, height), stride).map(|plane| read_image(&plane, &Options::default()))
}

fn texts(luma: &[u8], width: usize, height: usize, stride: usize) -> Vec<String> {
    said(&read(luma, width, height, stride).unwrap())
}

fn said(found: &[Found]) -> Vec<String> {
    found.iter().map(|code| code.text.as_str().to_owned()).collect()
}

/// A text of that many characters, of the form of ours.
fn payload(length: usize) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::from("https://id.example.eu/a/o#");
    text.extend((0_usize..).map(|i| char::from(ALPHABET[i * i * 31 % 64])).take(length - text.len()));
    text
}

#[test]
fn each_size_of_our_codes_is_read_at_each_scale() {
    for length in [65, 114, 157, 458, 600] {
        let text = payload(length);
        for scale in [2, 3, 4, 5, 8] {
            assert_eq!(Picture::of(&text, scale).texts(), [text.as_str()], "{length} at {scale}");
        }
    }
}

#[test]
fn a_photograph_larger_than_the_decoder_takes_is_scaled_down() {
    let text = payload(600);
    for scale in [13, 20, 31] {
        let picture = Picture::of(&text, scale);
        assert!(picture.side > 1280);
        assert_eq!(picture.texts(), [text.as_str()], "{scale}");
    }
}

#[test]
fn padding_after_each_row_is_no_part_of_the_picture() {
    let text = payload(114);
    let picture = Picture::of(&text, 4);
    let stride = picture.side + 64;
    let luma = picture.padded(stride);
    assert_eq!(texts(&luma, picture.side, picture.side, stride), [text.as_str()]);
    let without_last_padding = &luma[..luma.len() - 64];
    assert_eq!(texts(without_last_padding, picture.side, picture.side, stride), [text]);
}

#[test]
fn a_code_is_read_however_the_phone_is_held() {
    let text = payload(458);
    let mut picture = Picture::of(&text, 4);
    for quarter in 0..4 {
        assert_eq!(picture.texts(), [text.as_str()], "{quarter} quarters");
        picture = picture.turned();
    }
}

#[test]
fn two_codes_in_one_picture_are_both_read() {
    let (long, short) = (payload(157), payload(65));
    let (luma, width, height) = Picture::of(&long, 4).beside(&Picture::of(&short, 5));
    let mut found = texts(&luma, width, height, width);
    found.sort_by_key(String::len);
    assert_eq!(found, [short, long]);
}

#[test]
fn a_text_longer_than_any_of_ours_is_not_handed_on() {
    let picture = |length| Picture::of(&payload(length), 4);
    assert_eq!(picture(MAX_TEXT).texts(), [payload(MAX_TEXT)]);
    assert!(picture(MAX_TEXT + 1).texts().is_empty());
}

#[test]
fn a_secret_in_a_code_is_not_printed() {
    let found = read(&Picture::of("secret", 4).luma, 116, 116, 116).unwrap();
    assert!(!format!("{found:?}").contains("secret"));
    assert_eq!(format!("{:?}", found[0].text), "Text(6 bytes)");
    assert_eq!(found[0].text.as_bytes(), b"secret");
}

#[test]
fn a_picture_without_a_code_is_an_empty_list() {
    for shade in [0, 128, 255] {
        assert!(texts(&[shade; 640 * 480], 640, 480, 640).is_empty());
    }
    // A code whose upper half is missing.
    let mut picture = Picture::of(&payload(114), 4);
    let half = picture.luma.len() / 2;
    picture.luma[..half].fill(235);
    assert!(picture.texts().is_empty());
}

/// Each pattern of a poster goes with any two others, so that without bounds this takes minutes. Counted in looks at a
/// picture, since a test must not time anything: the texture is given up after the first.
#[test]
fn a_poster_of_finder_patterns_is_given_up() {
    let ring = |x: usize, y: usize| (x % 10).abs_diff(3).max((y % 10).abs_diff(3));
    let luma: Vec<u8> =
        (0..900 * 900).map(|i| if [0, 1, 3].contains(&ring(i % 900, i / 900)) { 20 } else { 235 }).collect();
    assert!(read(&luma, 900, 900, 900).unwrap().is_empty());
}

#[test]
fn corners_go_around_the_code_from_the_one_that_lies_opposite_the_bare_one() {
    let picture = Picture::of(&payload(114), 4);
    let (near, far) = (16.0, (picture.side - 16) as f32);
    let mut turned = picture.clone();
    for quarter in 0..4 {
        let found = read(&turned.luma, turned.side, turned.side, turned.side).unwrap();
        let mut square = [(near, near), (far, near), (far, far), (near, far)];
        square.rotate_left(quarter);
        for (corner, (x, y)) in found[0].corners.iter().zip(square) {
            assert!(
                (corner.x - x).abs() < 2.0 && (corner.y - y).abs() < 2.0,
                "{quarter}: {:?}",
                found[0].corners
            );
        }
        turned = turned.turned();
    }
}

#[test]
fn a_region_is_searched_alone_and_its_corners_are_those_of_the_plane() {
    let (left, right) = (Picture::of(&payload(114), 4), Picture::of(&payload(65), 4));
    let (luma, width, height) = left.beside(&right);
    let plane = Plane::new(&luma, (width, height), width).unwrap();
    let region = Region { left: left.side, top: 0, width: right.side, height: right.side };
    let found = read_image(&plane.region(region).unwrap(), &Options::default());
    assert_eq!(said(&found), [payload(65)]);
    let corner = found[0].corners[0];
    assert!((corner.x - (left.side + 16) as f32).abs() < 2.0 && (corner.y - 16.0).abs() < 2.0, "{corner:?}");
}

#[test]
fn a_region_that_is_not_in_the_plane_is_an_error() {
    let luma = [0; 100 * 100];
    let plane = Plane::new(&luma, (100, 100), 100).unwrap();
    let region = |left, top, width, height| plane.region(Region { left, top, width, height }).err();
    assert_eq!(region(0, 0, 100, 100), None);
    assert_eq!(region(1, 0, 100, 100), Some(ScanError::BadRegion));
    assert_eq!(region(0, 80, 100, 21), Some(ScanError::BadRegion));
    assert_eq!(region(usize::MAX, 0, 2, 100), Some(ScanError::BadRegion));
    assert_eq!(region(0, 0, 100, 0), Some(ScanError::TooSmall));
}

#[test]
fn light_modules_on_dark_ground_are_read() {
    let text = payload(157);
    let mut picture = Picture::of(&text, 4);
    picture.luma.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
    assert_eq!(picture.texts(), [text]);
}

#[test]
fn a_code_in_a_mirror_is_read() {
    let text = payload(157);
    let mut picture = Picture::of(&text, 4);
    picture.luma.chunks_mut(picture.side).for_each(<[u8]>::reverse);
    assert_eq!(picture.texts(), [text]);
}

#[test]
fn a_live_scanner_says_nothing_twice_until_it_starts_over() {
    let picture = Picture::of(&payload(114), 4);
    let frame = Plane::new(&picture.luma, (picture.side, picture.side), picture.side).unwrap();
    let mut scanner = LiveScanner::new();
    assert_eq!(said(&scanner.scan(&frame)), [payload(114)]);
    assert!((0..30).all(|_| scanner.scan(&frame).is_empty()));
    let other = Picture::of(&payload(65), 4);
    let next = Plane::new(&other.luma, (other.side, other.side), other.side).unwrap();
    let said_next: Vec<String> = (0..12).flat_map(|_| said(&scanner.scan(&next))).collect();
    assert_eq!(said_next, [payload(65)]);
    scanner.start_over();
    assert_eq!(said(&scanner.scan(&frame)), [payload(114)]);
}

/// A light code on dark ground needs another look than the first: later frames get it.
#[test]
fn a_live_scanner_goes_through_its_looks() {
    let mut picture = Picture::of(&payload(114), 4);
    picture.luma.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
    let frame = Plane::new(&picture.luma, (picture.side, picture.side), picture.side).unwrap();
    let mut scanner = LiveScanner::new();
    assert!(scanner.scan(&frame).is_empty());
    let later: Vec<String> = (0..11).flat_map(|_| said(&scanner.scan(&frame))).collect();
    assert_eq!(later, [payload(114)]);
}

#[test]
fn numbers_that_do_not_fit_the_buffer_are_errors() {
    let luma = [0; 100 * 100];
    let cases = [
        ((0, 0, 0), ScanError::TooSmall),
        ((1, 1, 1), ScanError::TooSmall),
        ((100, 20, 100), ScanError::TooSmall),
        ((MAX_SIDE + 1, 100, MAX_SIDE + 1), ScanError::TooLarge),
        ((usize::MAX, usize::MAX, usize::MAX), ScanError::TooLarge),
        ((100, 100, 99), ScanError::BadBuffer),
        ((100, 101, 100), ScanError::BadBuffer),
        ((100, 100, 101), ScanError::BadBuffer),
        ((100, 100, usize::MAX), ScanError::BadBuffer),
    ];
    for ((width, height, stride), error) in cases {
        assert_eq!(read(&luma, width, height, stride).err(), Some(error), "{width} {height} {stride}");
    }
    assert_eq!(read(&[], 100, 100, 100).err(), Some(ScanError::BadBuffer));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn garbage_never_panics(
        luma in proptest::collection::vec(any::<u8>(), 0..20_000),
        (width, height, stride) in (0..200_usize, 0..200_usize, 0..220_usize),
    ) {
        let _ = read(&luma, width, height, stride);
    }

    /// Finder patterns stay, so that the decoder goes deep; modules are spoilt.
    #[test]
    fn a_damaged_code_gives_its_own_text_or_none(
        spots in proptest::collection::vec((0..212_usize, 0..212_usize, any::<u8>()), 0..80),
    ) {
        let text = payload(114);
        let mut picture = Picture::of(&text, 4);
        prop_assert_eq!(picture.side, 212);
        for (x, y, shade) in spots {
            for row in y..(y + 4).min(212) {
                picture.luma[row * 212 + x..row * 212 + (x + 4).min(212)].fill(shade);
            }
        }
        for found in picture.texts() {
            prop_assert_eq!(found.as_str(), text.as_str());
        }
    }
}
