//! The lab is closed to everybody without its secret, and exists on loopback only (3.12).

use crate::common::{BINARY, world, world_with_phone};
use countersign_e2e::lab::Lab;
use countersign_e2e::parallel::wait_until;
use reqwest::Method;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::process::{Child, Command, Stdio};

#[test]
fn n171_without_its_secret_the_lab_is_not_there() {
    let (world, phone) = world_with_phone();
    let before = world.lab().now();
    for secret in ["", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", world.service.authorization()] {
        let stranger = Lab::new(world.http(), secret);
        for (method, path, body) in [
            (Method::POST, "/lab/clock".to_owned(), json!({"advance": 1000})),
            (Method::GET, format!("/lab/phones/{}", phone.aid), Value::Null),
            (Method::GET, format!("/lab/mails?account={}", world.account), Value::Null),
            (Method::PUT, "/lab/policy".to_owned(), json!({"offline": false})),
            (Method::POST, "/lab/kill".to_owned(), json!({"point": "before_reserve"})),
            (Method::POST, "/lab/hold".to_owned(), json!({"point": "before_reserve"})),
            (Method::POST, "/lab/release".to_owned(), json!({})),
            (Method::GET, format!("/lab/wakes?aid={}", phone.aid), Value::Null),
        ] {
            stranger.call(method, &path, &body).refused(404, "not_found");
        }
    }
    assert!(world.lab().now() < before + 100);
    world.try_right_pin(&phone).ok();
}

/// A process that does not outlive its test.
struct Started(RefCell<Child>);

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.get_mut().kill();
        let _ = self.0.get_mut().wait();
    }
}

#[test]
fn n171_a_lab_on_another_address_than_loopback_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let mut command = Command::new(BINARY);
        command
            .args(["serve", "--lab", "--json", "--listen", listen, "--data"])
            .arg(folder.path().join("data"));
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let started = Started(RefCell::new(child));
        wait_until(|| started.0.borrow_mut().try_wait().unwrap().is_some());
        assert_eq!(started.0.borrow_mut().wait().unwrap().code(), Some(1), "{listen}");
    }
}

#[test]
fn the_server_says_that_it_is_a_lab() {
    let world = world();
    let health = world.http().get("/health", &[]);
    assert_eq!(health.status, 200);
    assert!(health.text().contains("lab"), "{}", health.text());
    world.http().get("/health", &[("authorization", "Bearer wrong")]).is(200);
}

#[test]
fn the_policy_is_set_member_by_member_and_shown_whole() {
    let world = world();
    let whole = world.lab().policy(&json!({}));
    for limit in
        ["scan_ip_min", "anon_ip_min", "msg_aid_min", "signins_account_10min", "phones_max", "wakes_10min"]
    {
        assert_eq!(whole[limit], 0, "{limit} is off in a lab");
    }
    let changed = world.lab().policy(&json!({"phones_max": 2}));
    let mut expected = whole;
    expected["phones_max"] = json!(2);
    assert_eq!(changed, expected);
    world.lab().call(Method::PUT, "/lab/policy", &json!({"unknown": 1})).refused(400, "malformed");
    assert_eq!(world.lab().policy(&json!({})), expected);
}

#[test]
fn unknown_phones_and_places_are_said_to_be_so() {
    let world = world();
    let lab = world.lab();
    lab.call(Method::GET, "/lab/phones/AAAAAAAAAAAAAAAAAAAAAA", &Value::Null).refused(404, "not_found");
    lab.call(Method::POST, "/lab/kill", &json!({"point": "nowhere"})).refused(400, "malformed");
    lab.call(Method::POST, "/lab/clock", &json!({"advance": -1})).refused(400, "malformed");
    assert!(lab.mails(&world.account).is_empty());
}
