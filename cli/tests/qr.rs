//! `countersign qr` as a person or a script uses it: the real binary on real files.

// Without this the helpers of the tests count as production code, where `unwrap` is denied.
#![cfg(test)]

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_countersign");

fn countersign(arguments: &[&str], files: &[PathBuf]) -> Output {
    Command::new(BINARY).args(arguments).args(files).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A drawn code as a file.
fn drawn(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("drawn.png");
    let out = countersign(&["qr", "write", text, "--out"], std::slice::from_ref(&path));
    assert!(out.status.success(), "{out:?}");
    path
}

#[test]
fn many_pictures_of_every_kind_are_read_in_the_order_in_which_they_are_named() {
    let folder = TempDir::new().unwrap();
    let formats = [("png", ImageFormat::Png), ("jpg", ImageFormat::Jpeg), ("webp", ImageFormat::WebP)];
    let files: Vec<PathBuf> = (0..40)
        .map(|number| {
            let (ending, format) = formats[number % formats.len()];
            let picture =
                image::open(drawn(folder.path(), &format!("picture {number}"))).unwrap().into_rgb8();
            let path = folder.path().join(format!("{number}.{ending}"));
            picture.save_with_format(&path, format).unwrap();
            path
        })
        .collect();
    let out = countersign(&["qr", "read"], &files);
    assert_eq!(
        (out.status.code(), out.stderr.as_slice()),
        (Some(0), b"".as_slice()),
        "no bar off a terminal"
    );
    let expected: String = files
        .iter()
        .enumerate()
        .map(|(number, file)| format!("{}\tpicture {number}\n", file.display()))
        .collect();
    assert_eq!(String::from_utf8(out.stdout).unwrap(), expected);
}

#[test]
fn a_photograph_is_read_upright_with_corners_and_the_stage_that_read_it() {
    let folder = TempDir::new().unwrap();
    let upright = image::open(drawn(folder.path(), "upright")).unwrap();
    // A strip below the code, so that up and down differ.
    let mut photograph =
        image::GrayImage::from_pixel(upright.width(), upright.height() + 100, image::Luma([128]));
    image::imageops::overlay(&mut photograph, &upright.into_luma8(), 0, 0);
    // What a phone stores that was held sideways: the pixels lie down, and orientation 6 says so.
    let lying = DynamicImage::ImageLuma8(photograph).rotate270();
    let path = folder.path().join("sideways.jpg");
    let mut encoder = JpegEncoder::new(std::fs::File::create(&path).unwrap());
    encoder.set_exif_metadata(orientation(6)).unwrap();
    lying.write_with_encoder(encoder).unwrap();

    let found = lines(&countersign(&["qr", "read", "--json"], &[path]));
    assert_eq!(found[0]["text"], "upright");
    assert_eq!(found[0]["stage"], "plain");
    let corners: Vec<(f64, f64)> = serde_json::from_value(found[0]["corners"].clone()).unwrap();
    // Drawn with four modules of eight pixels around 21 of them.
    let (near, far) = (32.0, 32.0 + 21.0 * 8.0);
    for (corner, at) in corners.iter().zip([(near, near), (far, near), (far, far), (near, far)]) {
        assert!((corner.0 - at.0).abs() < 2.0 && (corner.1 - at.1).abs() < 2.0, "{corners:?}");
    }
}

#[test]
fn a_code_that_says_more_than_any_of_ours_is_still_read() {
    let folder = TempDir::new().unwrap();
    let text = "countersign ".repeat(120);
    let out = countersign(&["qr", "read", "--json"], &[drawn(folder.path(), &text)]);
    assert_eq!(lines(&out)[0]["text"], text);
}

#[test]
fn what_is_no_picture_is_said_and_the_others_are_read() {
    let folder = TempDir::new().unwrap();
    let broken = folder.path().join("broken.webp");
    std::fs::write(&broken, b"RIFF\x04\0\0\0WEBP").unwrap();
    let missing = folder.path().join("missing.png");
    let good = drawn(folder.path(), "good");
    let out = countersign(&["qr", "read"], &[broken, missing, good.clone()]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(String::from_utf8(out.stdout).unwrap(), format!("{}\tgood\n", good.display()));
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("broken.webp") && said.contains("missing.png"), "{said}");
}

/// EXIF data that holds the orientation alone (TIFF 6.0, section 2; Exif 2.3, tag 274).
fn orientation(value: u8) -> Vec<u8> {
    let entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, value, 0, 0, 0];
    [b"II*\0\x08\0\0\0\x01\0".as_slice(), &entry, &[0; 4]].concat()
}
