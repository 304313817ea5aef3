//! What the scanner takes of memory for one frame of a phone's preview, besides the frame itself.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use allocation_counter::{AllocationInfo, measure};
use countersign_scanner::{LiveScanner, Options, Plane, read_image};
use countersign_scanner_lab::Luma;
use std::path::Path;

const WIDTH: usize = 1280;
const HEIGHT: usize = 720;
/// Bytes of the frame.
const FRAME: u64 = (WIDTH * HEIGHT) as u64;
/// Frames after which the live scanner has tried all that it tries, and begins again.
const ROUND: usize = 12;

/// A picture of the corpus in the frame, twice as large as it is.
fn with_a_code() -> Vec<u8> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/mixed-night/03.jpg");
    let luma = Luma::open(&file).expect("a picture");
    let mut frame = vec![120; WIDTH * HEIGHT];
    for y in 0..HEIGHT.min(2 * luma.height) {
        for x in 0..2 * luma.width {
            frame[y * WIDTH + x + 300] = luma.pixels[y / 2 * luma.width + x / 2];
        }
    }
    frame
}

fn of_noise() -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..WIDTH * HEIGHT).map(|_| draw()).collect()
}

fn plane(frame: &[u8]) -> Plane<'_> {
    Plane::new(frame, (WIDTH, HEIGHT), WIDTH).expect("a plane")
}

#[test]
fn a_picture_takes_at_most_four_times_its_own_size_besides_it() {
    for (name, frame) in [("a code", with_a_code()), ("noise", of_noise())] {
        let plane = plane(&frame);
        let mut found = 0;
        let info = measure(|| found = read_image(&plane, &Options::default()).len());
        println!(
            "{name}: {found} read, at most {} KB, {} allocations",
            info.bytes_max / 1024,
            info.count_total
        );
        assert_eq!(found, usize::from(name == "a code"), "{name}");
        assert!(info.bytes_max <= 4 * FRAME, "{name}: {} bytes", info.bytes_max);
    }
}

/// What it keeps from frame to frame counts, too.
#[test]
fn a_live_scanner_takes_at_most_four_times_a_frame() {
    for (name, frame) in [("a code", with_a_code()), ("noise", of_noise())] {
        let (first, second) = two_rounds(&frame);
        let mut kept = 0;
        for info in first.iter().chain(&second) {
            let most = kept + signed(info.bytes_max);
            assert!(most <= signed(4 * FRAME), "{name}: {most} bytes");
            kept += info.bytes_current;
        }
    }
}

#[test]
fn a_live_scanner_allocates_no_block_as_large_as_a_frame_after_its_first_round() {
    for (name, frame) in [("a code", with_a_code()), ("noise", of_noise())] {
        let (first, second) = two_rounds(&frame);
        let allocations = |round: &[AllocationInfo]| round.iter().map(|info| info.count_total).sum::<u64>();
        println!("{name}: {} allocations, then {}", allocations(&first), allocations(&second));
        for info in &second {
            assert!(info.bytes_max < FRAME, "{name}: {info:?}");
            assert_eq!(info.bytes_current, 0, "{name} leaves more behind: {info:?}");
            // Nor does it put a new buffer in the place of an old one, where all blocks together are smaller than that.
            assert!(name == "noise" || info.bytes_total < FRAME, "{name}: {info:?}");
        }
    }
}

/// What each frame takes, in the first round of looks and in the second.
fn two_rounds(frame: &[u8]) -> (Vec<AllocationInfo>, Vec<AllocationInfo>) {
    let (plane, mut scanner) = (plane(frame), LiveScanner::new());
    let mut round = || (0..ROUND).map(|_| measure(|| drop(scanner.scan(&plane)))).collect();
    (round(), round())
}

fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).expect("fewer than 2^63")
}
