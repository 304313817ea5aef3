//! Every parser is total: random bytes and mutated valid messages give a value or an error, never a panic.

#![allow(clippy::unwrap_used, reason = "a step that fails is a test that fails, with its place")]

use countersign_protocol::answer::{
    ClaimAnswer, EnrolAnswer, GetAnswer, KeysetsAnswer, ListAnswer, OfferAnswer, ResponseAnswer, ScanBody,
    SelfAnswer,
};
use countersign_protocol::id::Thumbprint;
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::jose::compact::Compact;
use countersign_protocol::jose::envelope::Envelope;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::json;
use countersign_protocol::keyset::{Pinned, accept};
use countersign_protocol::message::PhoneMessage;
use countersign_protocol::message::enrol::Enrol;
use countersign_protocol::message::op::Op;
use countersign_protocol::message::request::{Request, is_return_url};
use countersign_protocol::message::response::Response;
use countersign_protocol::problem::Problem;
use proptest::prelude::*;

const REQUEST: &str = include_str!("published/request.json");
const OP: &str = r#"{"v":1,"iss":"BgYGBgYGBgYGBgYGBgYGBg","aud":"https://id.example.eu","op":"get","args":{"tid":"ExMTExMTExMTExMTExMTEw"},"nonce":"n0","jti":"FxcXFxcXFxcXFxcXFxcXFw","iat":1790000000}"#;

fn feed(bytes: &[u8]) {
    let _ = Envelope::parse(bytes, DeviceTyp::Response);
    let _ = Envelope::parse(bytes, DeviceTyp::Enrol);
    let _ = (PhoneMessage::parse(bytes).is_ok(), Op::parse(bytes).is_ok(), Response::parse(bytes).is_ok());
    let _ = (Enrol::parse(bytes).is_ok(), Problem::from_body(bytes).is_some());
    let _ = (json::parse::<Request>(bytes).is_ok(), json::parse::<ScanBody>(bytes).is_ok());
    let _ = (json::parse::<KeysetsAnswer>(bytes).is_ok(), json::parse::<OfferAnswer>(bytes).is_ok());
    let _ = (json::parse::<EnrolAnswer>(bytes).is_ok(), json::parse::<ResponseAnswer>(bytes).is_ok());
    let _ = (json::parse::<SelfAnswer>(bytes).is_ok(), json::parse::<ListAnswer>(bytes).is_ok());
    let _ = (json::parse::<GetAnswer>(bytes).is_ok(), json::parse::<ClaimAnswer>(bytes).is_ok());
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = (Compact::parse(text, "map-request+jws").is_ok(), is_return_url(text));
        let iss = Issuer::parse("https://id.example.eu", Profile::Production).unwrap();
        let _ = accept(&Pinned::root_only(Thumbprint::from_bytes([0; 32])), &iss, &[text.to_owned()], None)
            .is_ok();
    }
}

proptest! {
    #[test]
    fn n139_random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        feed(&bytes);
    }

    #[test]
    fn n139_mutated_messages(at in 0usize..150, byte in any::<u8>(), cut in 0usize..600) {
        for text in [REQUEST, OP] {
            let mut bytes = text.as_bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            feed(&bytes);
            bytes.truncate(cut);
            feed(&bytes);
        }
    }
}

#[test]
fn n24_unknown_members_and_wrong_types_are_refused_towards_the_server() {
    assert!(Op::parse(OP.as_bytes()).is_ok());
    for (from, to) in [
        (r#""v":1"#, r#""v":2"#),
        (r#""v":1"#, r#""v":1,"x":0"#),
        (r#""args":{"#, r#""args":{"x":1,"#),
        (r#""op":"get""#, r#""op":"gets""#),
        (r#""args":{"tid":"ExMTExMTExMTExMTExMTEw"}"#, r#""args":{}"#),
        (r#""args":{"tid":"ExMTExMTExMTExMTExMTEw"}"#, r#""args":[]"#),
        (r#""iat":1790000000"#, r#""iat":1790000000.0"#),
        (r#""iat":1790000000"#, r#""iat":"1790000000""#),
        (r#""nonce":"n0","#, ""),
    ] {
        let changed = OP.replacen(from, to, 1);
        assert_ne!(changed, OP);
        assert!(Op::parse(changed.as_bytes()).is_err(), "{changed}");
    }
}

#[test]
fn n71_requests_with_texts_that_hide_something_are_refused() {
    use countersign_protocol::message::ServerMessage;
    let good: Request = json::parse(REQUEST.as_bytes()).unwrap();
    assert!(good.is_well_formed());
    for name in ["Grants\u{202e}Portal", "Grants\u{200b}Portal", &"x".repeat(41), ""] {
        let mut request = good.clone();
        request.client.name = name.to_owned();
        assert!(!request.is_well_formed(), "{name:?}");
    }
    let mut long = good.clone();
    long.exp = long.iat.plus(601);
    assert!(!long.is_well_formed(), "lives too long");
    let mut never = good;
    never.exp = never.iat;
    assert!(!never.is_well_formed(), "never lived");
}

#[test]
fn n91_return_addresses() {
    assert!(is_return_url("https://id.example.eu/return"));
    assert!(is_return_url("http://127.0.0.1:8080/return"));
    let long = format!("https://id.example.eu/{}", "x".repeat(200));
    for bad in [
        "http://id.example.eu/return",
        "https://id.example.eu/return?x=1",
        "https://id.example.eu/return#x",
        "https://u@id.example.eu/return",
        "https://id.example.eu\\@evil.example/",
        "javascript:alert(1)",
        "//id.example.eu/",
        &long,
    ] {
        assert!(!is_return_url(bad), "{bad}");
    }
}
