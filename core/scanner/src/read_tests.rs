//! Codes that are drawn are read; anything else is a list or an error, never a panic.

use crate::{MAX_SIDE, MAX_TEXT, ScanError, read};
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

fn texts(luma: &[u8], width: usize, height: usize, stride: usize) -> Vec<String> {
    let found = read(luma, width, height, stride).unwrap();
    found.iter().map(|text| text.as_str().to_owned()).collect()
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
    assert_eq!(format!("{found:?}"), "[Text(6 bytes)]");
    assert_eq!(found[0].as_bytes(), b"secret");
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

/// Without a limit this picture takes a quarter of a minute, and one of 1280 pixels takes hours.
#[test]
fn a_poster_of_finder_patterns_is_given_up() {
    let ring = |x: usize, y: usize| (x % 10).abs_diff(3).max((y % 10).abs_diff(3));
    let luma: Vec<u8> =
        (0..300 * 300).map(|i| if [0, 1, 3].contains(&ring(i % 300, i / 300)) { 20 } else { 235 }).collect();
    assert_eq!(read(&luma, 300, 300, 300), Err(ScanError::Decoder));
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
