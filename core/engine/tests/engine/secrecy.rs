//! Nothing that depends on the PIN reaches the disk: protocol 2.5, what N136 asks of files; and one pairing at full
//! cost.

use crate::lab::{Fault, Lab};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use crate::sign_in::listed;
use countersign_engine::pin_change::PinChangeState;
use countersign_engine::sign_in::SignInState;
use countersign_engine::{Entry, Scanned};
use countersign_protocol::encoding::{b64u, from_b64u, hex};
use std::path::Path;
use std::sync::Arc;

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

#[test]
fn a_changed_pin_costs_a_thief_what_the_phone_affords_by_then_and_never_less() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::calibrated(&lab);
    phone.set_pace(2);
    let account = phone.pair(ISS, ANNA);
    let connection = rusqlite::Connection::open(phone.vault()).unwrap();
    let all = "SELECT bidx, ct FROM settings";
    let row = |id: &[u8]| -> Vec<u8> {
        connection.query_row("SELECT ct FROM settings WHERE bidx=?1", [id], |row| row.get(0)).unwrap()
    };
    let (id, weak): (Vec<u8>, Vec<u8>) =
        connection.query_row(all, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let change = |old: &str, new: &str| {
        let mut flow = phone.auth.change_pin(account).unwrap();
        assert!(matches!(flow.submit(pin(old), pin(new), pin(new)).unwrap(), PinChangeState::Changed));
    };
    change(PIN, "6402");
    assert_eq!(row(&id), weak, "still slow");
    phone.set_pace(0);
    change("6402", "8305");
    let strong = row(&id);
    assert_ne!(strong, weak, "a faster system");
    phone.set_pace(2);
    change("8305", "6402");
    assert_eq!(row(&id), strong, "a slow moment");
}

/// Names and sizes of all files, the history's journal included.
fn sizes(folder: &Path) -> Vec<(String, u64)> {
    let mut sizes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            sizes.extend(self::sizes(&entry.path()));
        } else {
            sizes.push((name, entry.metadata().unwrap().len()));
        }
    }
    sizes.sort();
    sizes
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), there).unwrap();
        }
    }
}

#[test]
fn n135_a_stolen_copy_treats_the_right_pin_like_any_other() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, text) = lab.at(ISS, |server| server.start_offline(ANNA, |_| ()));
    let phone = phone.closed();
    let pins = [PIN, "8315", "6402", "5050505", "493716", "4926", "4928", "942761835062"];
    let mut seen = Vec::new();
    for digits in pins {
        // A fresh copy for each guess, with the keys of this phone: what the thief's hardware would compute.
        let folder = Arc::new(tempfile::tempdir().unwrap());
        copy(phone.path(), folder.path());
        let stolen = Phone::opened(&lab, folder);
        let Scanned::Offline(mut flow) = stolen.auth.open_code(text.as_bytes(), Entry::Scanner).unwrap()
        else {
            panic!()
        };
        let code = flow.code(pin(digits)).unwrap().digits().unwrap().to_owned();
        drop(flow);
        seen.push((code, sizes(stolen.closed().path())));
    }
    let codes: std::collections::HashSet<_> = seen.iter().map(|(code, _)| code).collect();
    assert_eq!(codes.len(), pins.len(), "every PIN has a code");
    assert!(seen.iter().all(|(code, sizes)| code.len() == 8 && *sizes == seen[0].1), "and leaves the same");
    assert!(lab.paths().iter().all(|path| path != "/v1/ops"), "nothing was sent");
}
