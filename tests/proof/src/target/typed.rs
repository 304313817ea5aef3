//! What a camera or a person brings, and the forms beneath the messages.

use countersign_protocol::issuer::Profile;
use countersign_protocol::json as strict;
use countersign_protocol::problem::Problem;
use countersign_protocol::qr::{self as codes, Payload};
use countersign_protocol::secret::{ConfirmCode, Number, OfflineCode};
use countersign_protocol::text::is_clean;
use countersign_protocol::typed::TypedCode;
use countersign_scanner::{LiveScanner, MAX_TEXT, Options, Plane, read_image};
use countersign_vault::device_key::normalise_signature;

/// A text that is taken is the only one that says the same.
pub fn qr(data: &[u8]) {
    for profile in [Profile::Production, Profile::Development] {
        let Ok(read) = codes::parse_qr(data, profile) else { continue };
        let iss = &read.iss;
        let again = match &read.payload {
            Payload::Pairing(pairing) => codes::pairing_text(iss, pairing),
            Payload::Frame { handle, step, mac } => codes::frame_text(iss, handle, *step, mac),
            Payload::Link(handle) => codes::link_text(iss, handle),
            Payload::Offline(jws) => codes::offline_text(iss, jws),
        };
        assert_eq!(again.as_bytes(), data);
    }
}

/// Texts that are shown, and codes that are typed.
pub fn text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for limit in [16, 24, 40, 120] {
        if is_clean(&text, limit) {
            assert!((1..=limit).contains(&text.chars().count()));
            assert!(is_clean(&text, limit + 1));
            assert!(!text.chars().any(char::is_control));
        }
    }
    if let Ok(code) = TypedCode::parse(&text) {
        let again = TypedCode::parse(&code.shown()).ok().unwrap();
        assert_eq!(again.symbols(), code.symbols());
    }
    if let Ok(code) = OfflineCode::parse_typed(&text) {
        assert!(OfflineCode::parse(code.expose()).is_ok());
    }
    assert_eq!(Number::parse(&text).is_ok(), ConfirmCode::parse(&text).is_ok());
}

/// Whatever is strict JSON is JSON.
pub fn json(data: &[u8]) {
    if strict::check(data).is_ok() {
        assert!(serde_json::from_slice::<serde_json::Value>(data).is_ok());
    }
}

/// What was read of a problem reads again as the same.
pub fn problem(data: &[u8]) {
    if let Some(problem) = Problem::from_body(data) {
        assert_eq!(Problem::from_body(&problem.to_body()), Some(problem));
    }
}

/// A signature in either form.
pub fn signature(data: &[u8]) {
    if let Ok(raw) = normalise_signature(data) {
        assert_eq!(normalise_signature(&raw), Ok(raw));
    }
}

/// The first byte is the width, the second the padding of a row; the rest is the picture.
pub fn scanner(data: &[u8]) {
    let [width, padding, luma @ ..] = data else { return };
    let (width, stride) = (usize::from(*width), usize::from(*width) + usize::from(*padding % 8));
    let height = (luma.len() + stride - width) / stride.max(1);
    let Ok(plane) = Plane::new(luma, (width, height), stride) else { return };
    // Under a fuzzer's instruments a lattice takes a hundred times as long, and two dozen of them look like a hang.
    let found = read_image(&plane, &Options { lattices: 3, ..Options::default() });
    let live = LiveScanner::new().scan(&plane);
    for code in found.iter().chain(&live) {
        assert!(code.text.as_bytes().len() <= MAX_TEXT);
        assert!(code.corners.iter().all(|corner| corner.x.is_finite() && corner.y.is_finite()));
        qr(code.text.as_bytes());
    }
}
