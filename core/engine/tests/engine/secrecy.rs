//! Nothing that depends on the PIN reaches the disk: protocol 2.5, what N136 asks of files; and one pairing at full
//! cost.

use crate::lab::{Fault, Lab};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use crate::sign_in::listed;
use countersign_engine::sign_in::SignInState;
use countersign_engine::{Entry, Scanned};
use countersign_protocol::encoding::{b64u, from_b64u, hex};
use std::path::Path;

fn files(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.extend(std::fs::read(path).unwrap());
        }
    }
    all
}

fn holds(all: &[u8], needle: &[u8]) -> bool {
    all.windows(needle.len()).any(|part| part == needle)
}

/// Signatures of a message as they were sent.
pub fn signatures(body: &[u8]) -> Vec<Vec<u8>> {
    let value: serde_json::Value = serde_json::from_slice(body).unwrap();
    let list = value["signatures"].as_array().unwrap();
    list.iter().map(|entry| from_b64u(entry["signature"].as_str().unwrap()).unwrap()).collect()
}

#[test]
fn no_file_holds_a_pin_key_a_signature_a_code_or_the_vaults_plain_rows() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let mut flow = listed(&phone);
    lab.seen();
    lab.next([Fault::AnswerLost]);
    flow.approve(Some(&number()), pin(PIN)).unwrap();
    assert!(matches!(flow.resend().unwrap(), SignInState::Approved { .. }));
    let sent = lab.seen();
    let (_, text) = lab.at(ISS, |server| server.start_offline(ANNA, |_| ()));
    let Scanned::Offline(mut offline) = phone.auth.open_code(text.as_bytes(), Entry::Scanner).unwrap() else {
        panic!()
    };
    let mut code = offline.code(pin(PIN)).unwrap();

    let mut secrets: Vec<Vec<u8>> = vec![code.digits().unwrap().as_bytes().to_vec()];
    lab.at(ISS, |server| {
        for key in [server.phones[0].pin_sig, server.phones[0].pin_ka] {
            secrets.push(key.as_sec1()[1..33].to_vec());
            secrets.push(key.thumbprint().as_bytes().to_vec());
        }
    });
    secrets.extend(sent.iter().flat_map(|seen| signatures(&seen.body)));
    secrets.push(ANNA.as_bytes().to_vec());
    secrets.push(b"Grants Portal".to_vec());
    assert_absent(phone.folder.path(), &secrets);
}

/// No file below `folder` holds any of these, raw, in base64url or in hexadecimal digits.
pub fn assert_absent(folder: &Path, secrets: &[Vec<u8>]) {
    let all = files(folder);
    for secret in secrets {
        let forms = [secret.clone(), b64u(secret).into_bytes(), hex(secret).into_bytes()];
        assert!(forms.iter().all(|form| !holds(&all, form)), "{}", hex(secret));
    }
    assert!(holds(&all, b"kept-by") || holds(&all, b"file"), "the scan does read the files");
}

#[test]
fn a_calibrated_phone_pairs_at_full_cost_and_measures_once() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::calibrated(&lab);
    phone.pair(ISS, ANNA);
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    assert!(matches!(
        listed(&phone).approve(Some(&number()), pin(PIN)).unwrap(),
        SignInState::Approved { .. }
    ));
    let rows = rusqlite::Connection::open(phone.vault())
        .unwrap()
        .query_row("SELECT count(*) FROM settings", [], |row| row.get::<_, i64>(0))
        .unwrap();
    assert_eq!(rows, 3, "the parameters, the count of entries and the place in the history");
}
