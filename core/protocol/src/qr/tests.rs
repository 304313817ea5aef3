//! Vectors and hostile texts for the QR parser.

use super::*;
use proptest::prelude::*;

const E: &str = "https://id.example.eu/a/e#ARERERERERERERERERERERESEhISEhISEhISEhISEhISwn8-axFKnOFEnnaYJBgkGYUyDjm328I-jp-j7aegW-kA";
const S: &str = "https://id.example.eu/a/s#AhQUFBQUFBQUFBQUFBQUFBQAAAAHfGoplfapsPY";
const L: &str = "https://id.example.eu/a/l#AxQUFBQUFBQUFBQUFBQUFBQ";

fn read(text: &str) -> Result<Qr, BadQr> {
    parse_qr(text.as_bytes(), Profile::Production)
}

fn iss() -> Issuer {
    Issuer::parse("https://id.example.eu", Profile::Production).unwrap()
}

#[test]
fn vector_pairing() {
    let Ok(Qr { payload: Payload::Pairing(pairing), .. }) = read(E) else { panic!("not a pairing") };
    assert_eq!(pairing.eid.as_bytes(), &[0x11; 16]);
    assert_eq!(pairing.secret.expose(), &[0x12; 16]);
    assert!(!pairing.same_device);
    assert_eq!(pairing_text(&iss(), &pairing), E);
}

#[test]
fn vector_frame_and_link() {
    let Ok(Qr { payload: Payload::Frame { handle, step, mac }, .. }) = read(S) else { panic!("not a frame") };
    assert_eq!((handle.expose(), step), (&[0x14; 16], 7));
    assert_eq!(frame_text(&iss(), &handle, step, &mac), S);
    let Ok(Qr { payload: Payload::Link(handle), .. }) = read(L) else { panic!("not a link") };
    assert_eq!(link_text(&iss(), &handle), L);
}

#[test]
fn n86_authorities_that_are_not_exact_are_bad() {
    for bad in [
        L.replace("https://", "HTTPS://"),
        L.replace("https://", "http://"),
        L.replace("id.example.eu", "u@id.example.eu"),
        L.replace("id.example.eu", "id.example.eu:443"),
        L.replace("id.example.eu", "ID.example.eu"),
        L.replace("/a/l", "/b/a/l"),
        L.replace("/a/l", "/a/l?x=1"),
        L.replace("/a/l", "/a/l/"),
    ] {
        assert!(read(&bad).is_err(), "{bad}");
    }
    let other_host = read(&L.replace("id.example.eu", "xn--id-xample-43g.eu")).unwrap();
    assert_ne!(other_host.iss, iss(), "a look-alike is another server");
}

#[test]
fn n87_wrong_version_letter_flag_length_kind_and_size_are_bad() {
    let flag = format!("{}C", E.strip_suffix('A').unwrap());
    let version = L.replace("#A", "#B");
    let truncated = L[..L.len() - 2].to_owned();
    let trailing = format!("{L}AA");
    let padded = format!("{L}=");
    let letter = L.replace("/a/l", "/a/s");
    let kind_four = L.replace("/a/l#Ax", "/a/x#BB");
    let long = format!("https://id.example.eu/a/l#{}", "A".repeat(3000));
    for bad in [&flag, &version, &truncated, &trailing, &padded, &letter, &kind_four, &long] {
        assert!(read(bad).is_err(), "{bad}");
    }
    assert!(parse_qr(&[0, 159, 146, 150], Profile::Production).is_err());
    assert!(parse_qr("https://id.example.eu/a/l#Ä".as_bytes(), Profile::Production).is_err());
}

#[test]
fn n87_an_offline_text_has_three_parts_and_600_bytes_at_most() {
    assert!(read("https://id.example.eu/a/o#AA.AA.AA").is_ok());
    for bad in ["AA.AA", "AA.AA.AA.AA", "AA..AA", "AA.A=.AA"] {
        assert!(read(&format!("https://id.example.eu/a/o#{bad}")).is_err(), "{bad}");
    }
    let data = |n: usize| format!("https://id.example.eu/a/o#AA.{}.AA", "A".repeat(n));
    let base = data(0).len();
    assert!(read(&data(600 - base)).is_ok());
    assert!(read(&data(604 - base)).is_err());
}

proptest! {
    #[test]
    fn n139_random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1200)) {
        let _ = parse_qr(&bytes, Profile::Development);
    }

    #[test]
    fn n139_mutated_texts_never_panic(at in 0usize..110, byte in any::<u8>()) {
        let mut bytes = E.as_bytes().to_vec();
        bytes[at] = byte;
        let _ = parse_qr(&bytes, Profile::Development);
    }
}
