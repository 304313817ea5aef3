//! The examples and the error registry of `docs/protocol.md` are made here and compared with the page, so that no
//! example is a typing error. After a change on purpose: `BLESS=1 cargo test -p countersign-protocol specification`.

use crate::keys::{OFFLINE, REQUEST, TIME, dev, iss};
use crate::messages::{answer, by_server, enrol, op, oqr_jws, request_jws, root, sent, sign};
use countersign_protocol::code::frame_mac;
use countersign_protocol::id::{Eid, Thumbprint};
use countersign_protocol::issuer::Profile;
use countersign_protocol::jose::compact;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::json;
use countersign_protocol::keyset::{self, KeySet, Pinned};
use countersign_protocol::message::binding::Binding;
use countersign_protocol::message::notice::Notice;
use countersign_protocol::message::offer::Offer;
use countersign_protocol::message::offline::OfflineRequest;
use countersign_protocol::message::op::Operation;
use countersign_protocol::message::receipt::ResponseReceipt;
use countersign_protocol::message::request::Request;
use countersign_protocol::message::response::{Decision, DenyWhy};
use countersign_protocol::message::{ServerMessage, VERSION};
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::qr::{Pairing, frame_text, link_text, pairing_text, parse_qr};
use countersign_protocol::secret::{EnrolSecret, Handle, Number};
use std::path::PathBuf;

const SET: &str = r#"{"v":1,"versions":[1],"iss":"https://id.example.eu","name":"Example ID","ver":7,"iat":1790000000,"exp":1797776000,"sign":[{"kid":"s1","jwk":SIGN,"nbf":1790000000,"exp":1805552000}],"off":[{"kid":"off1","jwk":OFF,"exp":1805552000}],"tls_pins":["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"],"return_origins":["https://id.example.eu"],"next_root":"KioqKioqKioqKioqKioqKioqKioqKioqKioqKioqKio","policy":{"pin_min":4,"factors":["pin","bio"],"bio_days":14,"offline":{"on":true},"tx_ttl":180,"min_app":{"android":"1.0.0","ios":"1.0.0"}}}"#;
const OFFER: &str = r#"{"v":1,"iss":"https://id.example.eu","iat":1790000000,"eid":"ERERERERERERERERERERERERERERE","nonce":"FhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhY","exp":1790000300,"account":"a***@example.eu","kind":"new","attest":"off","min_level":"software","ret":null}"#;
const BINDING: &str = r#"{"v":1,"iss":"https://id.example.eu","iat":1790000060,"aid":"BgYGBgYGBgYGBgYGBgYGBg","ref":"FxcXFxcXFxcXFxcXFxcXFw","cnf":{"jkt":"JKT"},"fid":"AwMDAwMDAwMDAwMDAwMDAw","bio_fid":null,"account":"anna.keller@example.eu","level":"software","ver":7}"#;
const RECEIPT: &str = r#"{"v":1,"iss":"https://id.example.eu","aud":"BgYGBgYGBgYGBgYGBgYGBg","iat":1790000031,"ref":"FxcXFxcXFxcXFxcXFxcXFw","tid":"ExMTExMTExMTExMTExMTEw","dec":"approve","req":"hu6mdRPiPGavZejFGYK_NEu-jG_wqT_0PGs9N2L2BU8"}"#;
const NOTICE: &str = r#"{"v":1,"iss":"https://id.example.eu","iat":1790000400,"aud":"BgYGBgYGBgYGBgYGBgYGBg","cnf":{"jkt":"JKT"},"state":"revoked","why":"web","at":1790000390}"#;

#[test]
fn every_example_is_what_the_published_keys_give() {
    let mut page = read();
    for (name, text) in examples() {
        page = replaced(&page, &name, &text);
    }
    settle(&page);
}

#[test]
fn the_error_registry_is_the_codes() {
    let mut rows = String::from("| status | code | meaning |\n|---|---|---|\n");
    for code in Code::ALL {
        rows.push_str(&format!("| {} | `{}` | {} |\n", code.status(), code.as_str(), code.title()));
    }
    let page = read();
    let (head, rest) = page.split_once("<!-- registry -->").unwrap();
    let (_, tail) = rest.split_once("<!-- end of the registry -->").unwrap();
    settle(&format!("{head}<!-- registry -->\n{rows}<!-- end of the registry -->{tail}"));
}

#[test]
fn the_server_examples_pass_a_phones_checks() {
    let set = keyset();
    opens::<Offer>(&set, &offer());
    opens::<Binding>(&set, &BINDING.replace("JKT", &jkt()));
    opens::<ResponseReceipt>(&set, RECEIPT);
    opens::<Notice>(&set, &NOTICE.replace("JKT", &jkt()));
    opens::<Request>(&set, REQUEST);
    opens::<OfflineRequest>(&set, OFFLINE);
}

#[test]
fn the_rules_are_numbered_without_gaps() {
    let page = read();
    let numbers: Vec<usize> =
        page.split("**M").skip(1).filter_map(|rest| rest.split_once("**")?.0.parse().ok()).collect();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
}

/// Name of a block, as it stands behind the three ticks, and its text.
fn examples() -> Vec<(String, String)> {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let approve = answer(Decision::ApproveNumber(Number::parse("483920").unwrap())).to_payload().unwrap();
    let deny = answer(Decision::Deny(DenyWhy::NotMe)).to_payload().unwrap();
    let self_op = op(Operation::SelfState).to_payload().unwrap();
    let problem = Problem::with(Code::PinIncorrect, |m| {
        m.attempts_left = Some(2);
        m.retry_after = Some(60);
    });
    [
        ("json problem", text(problem.to_body())),
        ("json binding", BINDING.replace("JKT", &jkt())),
        ("json receipt", RECEIPT.to_owned()),
        ("json notice", NOTICE.replace("JKT", &jkt())),
        ("json keyset", set_payload()),
        ("jws keyset", set_jws()),
        ("text qr-e", qr(pairing_text(&iss(), &pairing()))),
        ("json offer", offer()),
        ("json enrol", text(enrol().0)),
        ("json request", REQUEST.trim_end().to_owned()),
        ("jws request", request_jws()),
        ("json approve", text(approve.clone())),
        ("http approve", text(sent(&approve, DeviceTyp::Response, true))),
        ("json deny", text(deny)),
        ("text qr-s", qr(frame())),
        ("text qr-l", qr(link_text(&iss(), &Handle::from_bytes([0x14; 16])))),
        ("json offline", OFFLINE.trim_end().to_owned()),
        ("jws offline", oqr_jws()),
        ("json op-self", text(self_op.clone())),
        ("http op-self", text(sent(&self_op, DeviceTyp::Op, false))),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .to_vec()
}

fn jkt() -> String {
    dev().public().thumbprint().to_string()
}

fn offer() -> String {
    OFFER.replace("ERERERERERERERERERERERERERERE", &Eid::from_bytes([0x11; 16]).to_string())
}

fn set_payload() -> String {
    let jwk = |key: countersign_protocol::key::PublicKey| serde_json::to_string(&key.to_jwk()).unwrap();
    let off = crate::keys::Rfc6979::scalar(&[5; 32]).public();
    SET.replace("SIGN", &jwk(sign().public())).replace("OFF", &jwk(off))
}

fn set_jws() -> String {
    compact::sign_self_keyed(keyset::TYP, &root().public(), set_payload().as_bytes(), &root()).unwrap()
}

/// The example's set, as a phone accepts it that pinned the published root.
fn keyset() -> KeySet {
    let pinned = Pinned::root_only(root().public().thumbprint());
    keyset::accept(&pinned, &iss(), &[set_jws()], Some(TIME)).ok().unwrap().keyset
}

fn opens<T: ServerMessage>(set: &KeySet, payload: &str) {
    let message = set.open::<T>(&by_server(T::TYP, payload)).ok().unwrap();
    assert_eq!(message.head().v, VERSION);
    assert!(json::check(payload.trim_end().as_bytes()).is_ok());
}

fn pairing() -> Pairing {
    Pairing {
        eid: Eid::from_bytes([0x11; 16]),
        secret: EnrolSecret::from_bytes([0x12; 16]),
        root: root().public().thumbprint(),
        same_device: false,
    }
}

fn frame() -> String {
    let handle = Handle::from_bytes([0x14; 16]);
    frame_text(&iss(), &handle, 7, &frame_mac(&[0x18; 32], &handle, 7))
}

fn qr(text: String) -> String {
    assert!(parse_qr(text.as_bytes(), Profile::Production).is_ok());
    text
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/protocol.md")
}

fn read() -> String {
    std::fs::read_to_string(path()).unwrap()
}

/// The page with the text of one block exchanged.
fn replaced(page: &str, name: &str, text: &str) -> String {
    let open = format!("```{name}\n");
    let (head, rest) = page.split_once(&open).ok_or(name).unwrap();
    let end = rest.find("```").unwrap();
    format!("{head}{open}{text}\n{}", &rest[end..])
}

fn settle(page: &str) {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path(), page).unwrap();
    }
    assert!(read() == page, "docs/protocol.md differs: run again with BLESS=1 and look at the difference");
}

#[test]
fn the_root_of_the_examples_is_the_published_one() {
    let published = Thumbprint::parse("wn8-axFKnOFEnnaYJBgkGYUyDjm328I-jp-j7aegW-k").unwrap();
    assert_eq!(pairing().root, published);
}
