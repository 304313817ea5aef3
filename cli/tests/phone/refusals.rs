//! Exit status, codes and sentences of what is refused without a server.

use crate::desk::{Done, countersign};
use serde_json::{Value, json};
use tempfile::TempDir;

fn phone(folder: &TempDir, arguments: &[&str], input: &str) -> Done {
    let state = folder.path().join("phone");
    let head = ["phone", "--state", state.to_str().unwrap(), "--pin-stdin"];
    countersign(&[&head, arguments].concat(), input)
}

#[test]
fn a_pin_is_never_an_argument_and_wrong_usage_is_status_2() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(phone(&folder, &["approve", "--pin", "4927"], "").status, 2);
    assert_eq!(phone(&folder, &["approve", "--number", "12345"], "").status, 2);
    assert_eq!(phone(&folder, &["scan"], "").status, 2);
    assert_eq!(phone(&folder, &["scan", "a.png", "--scanned", "x"], "").status, 2);
    let nobody = countersign(&["phone", "accounts"], "");
    assert_eq!((nobody.status, nobody.err.as_str()), (2, "state_missing: Say which phone: --state DIR.\n"));
}

#[test]
fn n86_n87_foreign_codes_are_refused_with_their_code() {
    let folder = tempfile::tempdir().unwrap();
    let frame = "https://id.example.eu/a/s#AhQUFBQUFBQUFBQUFBQUFBQAAAAHfGoplfapsPY";
    for (text, problem) in [("hello", "bad_qr"), (frame, "unknown_service")] {
        let refused = phone(&folder, &["scan", "--scanned", text, "--json"], "");
        let said: Value = serde_json::from_str(&refused.err).unwrap();
        assert_eq!((refused.status, &said["problem"]), (1, &json!(problem)));
        assert!(said["sentence"].as_str().unwrap().ends_with('.'));
    }
    let link = "https://id.example.eu/a/l#AxQUFBQUFBQUFBQUFBQUFBQ";
    let refused = phone(&folder, &["pair", link], "");
    assert!(refused.status == 1 && refused.err.contains("entry_not_allowed: "), "{}", refused.err);
}

#[test]
fn codes_are_drawn_and_read_and_a_picture_without_one_is_status_1() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (code, blank) = (path("code.png"), path("blank.png"));
    assert_eq!(countersign(&["qr", "write", "https://example.eu/ä", "--out", &code], "").status, 0);
    image::GrayImage::from_pixel(100, 100, image::Luma([255])).save(&blank).unwrap();
    let read = countersign(&["qr", "read", &code], "");
    assert_eq!((read.status, read.out), (0, format!("{code}\thttps://example.eu/ä\n")));
    let both = countersign(&["qr", "read", &blank, &code], "");
    assert_eq!((both.status, both.out.lines().count()), (1, 1));
    assert!(both.err.starts_with("no_code: "), "{}", both.err);
    let scanned = phone(&folder, &["scan", &blank], "");
    assert!(scanned.status == 1 && scanned.err.starts_with("no_code: "), "{}", scanned.err);
}

#[test]
fn a_phone_whose_keys_are_gone_asks_for_repair() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(phone(&folder, &["accounts"], "").status, 0);
    std::fs::remove_dir_all(folder.path().join("phone/keys")).unwrap();
    let refused = phone(&folder, &["accounts"], "");
    assert!(refused.status == 1 && refused.err.starts_with("needs_repair: "), "{}", refused.err);
}

#[test]
fn ids_that_begin_with_a_hyphen_are_ids() {
    let folder = tempfile::tempdir().unwrap();
    for tid in ["-PAAAAAAAAAAAAAAAAAAAA", "-hAAAAAAAAAAAAAAAAAAAA", "--AAAAAAAAAAAAAAAAAAAA"] {
        for command in ["approve", "deny", "not-me", "end-session"] {
            let done = phone(&folder, &[command, tid], "");
            assert_eq!(done.status, 1, "{command} {tid}: {}", done.err);
        }
        let numbered = phone(&folder, &["approve", tid, "--number", "271828"], "");
        assert_eq!(numbered.status, 1, "{}", numbered.err);
    }
    assert!(phone(&folder, &["revoke", "-hAAAAAAAAA"], "").err.starts_with("no_accounts"));
    let data = folder.path().join("data");
    let operator = [
        "account",
        "revoke-phone",
        "-hAAAAAAAAAAAAAAAAAAAA",
        "-hAAAAAAAAA",
        "--data",
        data.to_str().unwrap(),
    ];
    assert_eq!(countersign(&operator, "").status, 1);
    let usage = phone(&folder, &["approve", "--numbre", "271828"], "");
    assert_eq!(usage.status, 2, "a mistyped option is no id: {}", usage.err);
}
