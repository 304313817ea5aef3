//! The memory and the files of a live phone after each flow, and what crosses the wire (N136, 63B-4 §3.1.3.1).

use crate::common::BINARY;
use countersign_e2e::backend::{Backend, start_body};
use countersign_e2e::memory::{holds, of_process};
use countersign_e2e::server::{ALL_SCOPES, Server};
use countersign_e2e::tap::Tap;
use countersign_protocol::code::offline_key;
use countersign_protocol::encoding::{b64u, from_b64u, hex};
use countersign_protocol::id::{Aid, Fid};
use countersign_protocol::key::{Jwk, PublicKey};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

const PHONE: &str = env!("CARGO_BIN_EXE_phone-in-memory");
const PINS: [&str; 2] = ["493716580264", "580264937161"];

/// A phone in a process of its own.
struct Live {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Live {
    fn start(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let mut child = Command::new(PHONE)
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the phone starts");
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output }
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the phone ended");
        line.trim_end().to_owned()
    }

    fn ready(&mut self) {
        assert_eq!(self.line(), "ready");
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server behind a tap, a service and an account.
struct Scene {
    server: Server,
    service: Backend,
    account: String,
    tap: Tap,
    folder: tempfile::TempDir,
}

impl Scene {
    fn set() -> Self {
        let front = TcpListener::bind("127.0.0.1:0").unwrap();
        let public = format!("http://{}", front.local_addr().unwrap());
        let server = Server::start_at(BINARY, &public);
        let tap = Tap::listen(front, server.address());
        let service = server.add_service("Grants Portal", "https://grants.example.eu", ALL_SCOPES);
        let account = service.add_account("anna@example.eu");
        Self { server, service, account, tap, folder: tempfile::tempdir().unwrap() }
    }

    fn pair(&self, phone: &mut Live) {
        let (eid, link) = self.service.enrolment(&self.account);
        phone.tell(&format!("pair {link}"));
        let code = phone.line();
        phone.ready();
        self.service.confirm(&eid, &code).ok();
        phone.tell("paired");
        phone.ready();
    }

    /// Everything of the traffic so far that tells something of the PIN.
    fn secrets(&self) -> Vec<(String, Vec<u8>)> {
        let mut secrets: Vec<(String, Vec<u8>)> =
            PINS.iter().map(|pin| ("PIN".to_owned(), pin.as_bytes().to_vec())).collect();
        for body in self.tap.tape.bodies() {
            let Some(list) = body["signatures"].as_array() else { continue };
            for entry in &list[..list.len() - 1] {
                secrets.push((
                    "factor signature".into(),
                    from_b64u(entry["signature"].as_str().unwrap()).unwrap(),
                ));
            }
            let header = decoded(&list[list.len() - 1]["protected"]);
            if let Some(fsh) = header["fsh"].as_str() {
                secrets.push(("fsh".into(), from_b64u(fsh).unwrap()));
            }
            let payload = decoded(&body["payload"]);
            for pin in [&payload["pin"], &payload["args"]["pin"]] {
                for name in ["sig", "ka"] {
                    if let Ok(jwk) = serde_json::from_value::<Jwk>(pin[name].clone()) {
                        let key = PublicKey::from_jwk(&jwk).unwrap();
                        secrets.push((format!("{name} public key"), key.as_sec1()[1..33].to_vec()));
                        secrets.push((format!("{name} thumbprint"), key.thumbprint().as_bytes().to_vec()));
                    }
                }
            }
        }
        secrets
    }

    /// `K_off` of the pairing: what the server computes from its key and the phone's.
    fn offline_key(&self, aid: &str) -> [u8; 32] {
        let bodies = self.tap.tape.bodies();
        let enrol =
            bodies.iter().map(|body| decoded(&body["payload"])).find(|payload| !payload["es_mac"].is_null());
        let pin = enrol.expect("a pairing message")["pin"].clone();
        let ka = PublicKey::from_jwk(&serde_json::from_value(pin["ka"].clone()).unwrap()).unwrap();
        let text = std::fs::read_to_string(self.server.data().join("keys/off-off1.key")).unwrap();
        let secret = from_b64u(text.trim()).unwrap();
        let shared = countersign_e2e::key::shared(&secret, &ka);
        let fid = Fid::parse(pin["fid"].as_str().unwrap()).unwrap();
        offline_key(&shared, &Aid::parse(aid).unwrap(), &fid, "off1")
    }

    fn assert_clean(&self, phone: &Live, after: &str, more: &[(String, Vec<u8>)]) {
        let mut parts = of_process(phone.child.id());
        assert!(parts.iter().map(Vec::len).sum::<usize>() > 100_000, "the memory was read");
        assert!(holds(&parts, b"In memory"), "what the phone does hold is found");
        parts.extend(files(self.folder.path()));
        parts.push(self.server.log().into_bytes());
        for (what, secret) in self.secrets().iter().chain(more) {
            let base64 = data_encoding::BASE64.encode(secret).into_bytes();
            for form in [secret.clone(), hex(secret).into_bytes(), b64u(secret).into_bytes(), base64] {
                assert!(!holds(&parts, &form), "{what} after {after}");
            }
        }
    }
}

fn decoded(text: &Value) -> Value {
    let bytes = from_b64u(text.as_str().unwrap_or_default()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(std::fs::read(path).unwrap()) }
    }
    all
}

#[test]
fn n136_no_flow_leaves_pin_keys_signatures_or_codes_in_memory_files_or_logs() {
    let scene = Scene::set();
    let mut phone = Live::start(&scene.folder.path().join("phone"));
    scene.pair(&mut phone);
    scene.assert_clean(&phone, "pairing", &[]);

    let push = scene.service.start(&start_body("push", Some(&scene.account)));
    phone.tell(&format!("approve {}", push.number()));
    phone.ready();
    let done = scene.service.complete(&push.tid).ok();
    scene.assert_clean(&phone, "an approval", &[]);

    let evidence = decoded(&done["evidence"]["payload"]);
    let aid = evidence["iss"].as_str().unwrap();
    let offline = scene.service.start(&start_body("offline", Some(&scene.account)));
    phone.tell(&format!("offline {}", offline.qr()));
    let code = phone.line();
    phone.ready();
    scene.service.code(&offline.tid, &code).ok();
    let more = [
        ("offline code".to_owned(), code.into_bytes()),
        ("K_off".to_owned(), scene.offline_key(aid).to_vec()),
    ];
    scene.assert_clean(&phone, "an offline code", &more);

    phone.tell("change-pin");
    phone.ready();
    scene.assert_clean(&phone, "a change of PIN", &more);
    let push = scene.service.start(&start_body("push", Some(&scene.account)));
    phone.tell(&format!("approve {}", push.number()));
    phone.ready();
    assert_eq!(scene.service.state_name(&push.tid), "approved");
    scene.assert_clean(&phone, "an approval with the new PIN", &more);
}

#[test]
fn the_number_never_leaves_the_server_towards_the_phone() {
    let scene = Scene::set();
    let mut phone = Live::start(&scene.folder.path().join("phone"));
    scene.pair(&mut phone);
    let mut numbers = Vec::new();
    for _ in 0..20 {
        let push = scene.service.start(&start_body("push", Some(&scene.account)));
        phone.tell(&format!("approve {}", push.number()));
        phone.ready();
        assert_eq!(scene.service.state_name(&push.tid), "approved");
        numbers.push(push.number().to_owned());
    }
    let (down, up) = (scene.tap.tape.down(), scene.tap.tape.up());
    let decoded_down = every_jws(&down);
    let times: Vec<String> =
        numbers.iter().filter(|number| decoded_down.contains(&format!("\"{number}\""))).cloned().collect();
    assert!(times.is_empty(), "{times:?}");
    let raw = String::from_utf8_lossy(&down);
    assert!(numbers.iter().all(|number| !raw.contains(&format!("\"{number}\""))));
    let sent = every_jws(&up);
    assert!(numbers.iter().all(|number| sent.contains(&format!("\"num\":\"{number}\""))), "the tape is read");
}

/// Every base64url part of a text, decoded where it is JSON.
fn every_jws(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    let decoded = parts.filter(|part| part.len() > 20).filter_map(|part| from_b64u(part).ok());
    decoded.filter_map(|bytes| String::from_utf8(bytes).ok()).filter(|text| text.starts_with('{')).collect()
}

#[test]
fn the_scan_finds_what_a_phone_does_keep() {
    let scene = Scene::set();
    let mut phone = Live::start(&scene.folder.path().join("phone"));
    scene.pair(&mut phone);
    assert!(holds(&of_process(phone.child.id()), json!("In memory").as_str().unwrap().as_bytes()));
}
