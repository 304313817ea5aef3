//! Rotation of the server's keys while it runs (3.8): no phone has to be paired anew, nothing that was begun is lost.

use crate::common::{world, world_with_phone};
use countersign_e2e::database;
use countersign_e2e::lab::Point;
use countersign_e2e::parallel::held;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::world::World;
use countersign_protocol::answer::NewEnrolment;
use countersign_protocol::encoding::from_b64u;
use countersign_protocol::id::Thumbprint;
use countersign_protocol::issuer::Profile;
use countersign_protocol::message::request::Request;
use countersign_protocol::qr::{Payload, parse_qr};
use serde_json::{Value, json};

const DAY: u64 = 86_400;

/// Rotates a key; the server has taken it into use when this returns.
#[track_caller]
fn rotate(world: &World, arguments: &[&str]) -> Value {
    let (done, said) = world.operate(&[&["keys", "rotate"], arguments].concat());
    assert!(done, "{said}");
    world.lab().advance(0);
    said
}

fn status(world: &World) -> Value {
    world.operate(&["keys", "status"]).1
}

fn kid(jws: &Value) -> String {
    let header = jws.as_str().unwrap().split('.').next().unwrap().to_owned();
    let header: Value = serde_json::from_slice(&from_b64u(&header).unwrap()).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

/// The request of a new sign-in, as it came.
fn request(world: &World, phone: &Phone) -> Value {
    phone.get(&world.push().tid).ok()["request"].clone()
}

fn signs_in(world: &World, phone: &Phone) {
    world.try_right_pin(phone).ok();
}

#[test]
fn a_sign_key_stands_in_the_key_set_for_30_days_before_it_signs() {
    let (world, mut phone) = world_with_phone();
    let before = phone.binding().ver;
    let said = rotate(&world, &["sign"]);
    assert_eq!(said["signing"], "s1");
    assert_eq!(kid(&request(&world, &phone)), "s1");
    assert_eq!(phone.refresh(), before + 1);
    world.lab().advance(30 * DAY - 60);
    assert_eq!(kid(&request(&world, &phone)), "s1");
    world.lab().advance(61);
    let new = request(&world, &phone);
    assert_eq!(kid(&new), "s2");
    assert!(phone.trusts::<Request>(&new));
    signs_in(&world, &phone);
}

#[test]
fn a_sign_key_that_is_not_to_be_trusted_goes_at_once() {
    let (world, mut phone) = world_with_phone();
    let old = request(&world, &phone);
    assert_eq!(rotate(&world, &["sign", "--at-once"])["signing"], "s2");
    let new = request(&world, &phone);
    assert_eq!(kid(&new), "s2");
    // The old set does not know the key: that is what makes a phone fetch the new one (3.2).
    assert!(!phone.trusts::<Request>(&new));
    phone.refresh();
    assert!(phone.trusts::<Request>(&new) && !phone.trusts::<Request>(&old));
    signs_in(&world, &phone);
}

#[test]
fn an_off_key_is_used_for_a_phone_that_has_acknowledged_it() {
    let (world, mut phone) = world_with_phone();
    let begun = world.offline();
    rotate(&world, &["off"]);
    let code = |phone: &Phone, qr: &str| (phone.read_offline(qr).0.ok.clone(), phone.code(qr));
    let later = world.offline();
    assert_eq!(code(&phone, later.qr()).0, "off1");
    for sign_in in [begun, later] {
        world.service.code(&sign_in.tid, &phone.code(sign_in.qr())).ok();
    }
    let ver = phone.refresh();
    assert_eq!(code(&phone, world.offline().qr()).0, "off1");
    phone.done("ack_keyset", &json!({"ver": ver}));
    let sign_in = world.offline();
    let (ok, digits) = code(&phone, sign_in.qr());
    assert_eq!(ok, "off2");
    world.service.code(&sign_in.tid, &digits).ok();
}

#[test]
fn the_key_encryption_key_changes_under_a_phone_that_notices_nothing() {
    const SEAL: &str = "SELECT hex(substr(pin_keys, 1, 1)) FROM phone";
    let (mut world, phone) = world_with_phone();
    signs_in(&world, &phone);
    let sealed = |world: &World| {
        database::open(&world.server).query_row(SEAL, [], |row| row.get::<_, String>(0)).unwrap()
    };
    assert_eq!(sealed(&world), "01");
    rotate(&world, &["kek"]);
    assert_eq!(sealed(&world), "02");
    signs_in(&world, &phone);
    // Answers of this day are still sealed under the first: a second rotation would lose them.
    let (done, said) = world.operate(&["keys", "rotate", "kek"]);
    assert!(!done && said.to_string().contains("still sealed"), "{said}");
    world.server.restart();
    signs_in(&world, &phone);
    world.lab().advance(2 * DAY);
    assert_eq!(status(&world)["waiting"], 0);
    rotate(&world, &["kek"]);
    assert_eq!(sealed(&world), "03");
    signs_in(&world, &phone);
}

#[test]
fn nonces_repeats_and_qr_frames_of_the_generation_before_still_count() {
    let (world, phone) = world_with_phone();
    let ver = json!({"ver": phone.binding().ver});
    let (script, twice) = (phone.op_script("ack_keyset", &ver), phone.op_script("ack_keyset", &ver));
    let (sign_in, request) = world.ask(&phone);
    let approval = phone.approval(&request, sign_in.number());
    let (answer, body) = (phone.answer_script(&approval), phone.answer_body(&approval, &[phone.keys.pin()]));
    let http = world.http();
    let first = answer.post(&http, body.clone());
    let (_, scan) = world.scan();
    for key in ["nonce", "idem", "qr"] {
        rotate(&world, &[key]);
    }
    script.send(&http).ok();
    assert_eq!(answer.post(&http, body).ok(), first.ok());
    scan.post(&http).ok();
    rotate(&world, &["nonce"]);
    twice.send(&http).refused(401, "use_nonce");
}

#[test]
fn a_phone_that_was_away_follows_two_changes_of_root() {
    let (world, mut phone) = world_with_phone();
    rotate(&world, &["root"]);
    let second = status(&world)["ring"]["root"].clone();
    rotate(&world, &["root"]);
    assert_eq!((second, status(&world)["ring"]["root"].clone()), (json!(2), json!(3)));
    let ver = phone.refresh();
    phone.done("ack_keyset", &json!({"ver": ver}));
    signs_in(&world, &phone);
    // The set after a change of root that has another reason is of the new root alone.
    rotate(&world, &["off"]);
    assert_eq!(phone.refresh(), ver + 1);
}

#[test]
fn a_second_change_of_root_waits_until_the_first_was_published() {
    let (mut world, mut phone) = world_with_phone();
    world.server.stop();
    let rotate_root = |world: &World| world.operate(&["keys", "rotate", "root"]);
    assert!(rotate_root(&world).0);
    let (done, said) = rotate_root(&world);
    assert!(!done && said.to_string().contains("not published"), "{said}");
    world.server.restart();
    assert!(rotate_root(&world).0);
    world.lab().advance(0);
    let ver = phone.refresh();
    phone.done("ack_keyset", &json!({"ver": ver}));
    signs_in(&world, &phone);
}

#[test]
fn a_change_of_root_ends_pairing_links_that_name_the_old_one() {
    let world = world();
    let (_, link) = world.service.enrolment(&world.account);
    rotate(&world, &["root"]);
    Invitation::read(&link).fetch(&world.http()).refused(410, "enrolment_cancelled");
    let (_, link) = world.service.enrolment(&world.account);
    Invitation::read(&link).open(&world.http());
}

/// The root that a pairing link names.
fn root_of(link: &str) -> Thumbprint {
    match parse_qr(link.as_bytes(), Profile::Development).unwrap().payload {
        Payload::Pairing(pairing) => pairing.root,
        _ => panic!("not a pairing link: {link}"),
    }
}

/// A pairing link that the server made after a change of root, before it took the new one into use.
fn late_link(world: &World) -> String {
    for _ in 0..5 {
        let before = root_of(&world.service.enrolment(&world.account).1);
        let (done, said) = world.operate(&["keys", "rotate", "root"]);
        assert!(done, "{said}");
        let (_, link) = world.service.enrolment(&world.account);
        if root_of(&link) == before {
            return link;
        }
        world.lab().advance(0);
    }
    panic!("the server was faster each time");
}

#[test]
fn a_pairing_link_that_was_made_just_after_a_change_of_root_ends_too() {
    let world = world();
    let link = late_link(&world);
    world.lab().advance(0);
    Invitation::read(&link).fetch(&world.http()).refused(410, "enrolment_cancelled");
}

#[test]
fn a_pairing_link_of_before_a_change_of_root_ends_when_no_server_ran() {
    let mut world = world();
    let (_, link) = world.service.enrolment(&world.account);
    world.server.stop();
    assert!(world.operate(&["keys", "rotate", "root"]).0);
    world.server.restart();
    Invitation::read(&link).fetch(&world.http()).refused(410, "enrolment_cancelled");
}

#[test]
fn a_phone_that_asks_for_a_pairing_beside_a_change_of_root_gets_one_of_the_new_root() {
    let (world, phone) = world_with_phone();
    phone.op("self", &json!({})).ok();
    let mut script = phone.op_script("new_enrolment", &json!({"kind": "add"}));
    script.factors = vec![(phone.keys.fid.clone(), phone.keys.sig.clone())];
    let body = script.seal().body();
    let send = || script.post(phone.http(), body.clone());
    let answer = held(
        &world.lab(),
        Point::BeforeCommit,
        send,
        || world.lab().phone(&phone.aid).pin_fail == 1,
        || drop(rotate(&world, &["root"])),
    );
    answer.refused(503, "unavailable");
    world.lab().advance(31);
    let made: NewEnrolment = serde_json::from_value(send().ok()["enrolment"].clone()).unwrap();
    let link = world.service.enrolment(&world.service.add_account("boris@example.eu")).1;
    assert_eq!(made.root_jkt, root_of(&link));
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn a_live_server_takes_rotated_keys_into_use_by_itself() {
    let (world, mut phone) = world_with_phone();
    let before = phone.refresh();
    let (done, said) = world.operate(&["keys", "rotate", "off"]);
    assert!(done, "{said}");
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while phone.refresh() == before {
        assert!(std::time::Instant::now() < patience, "the server did not follow");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let (done, said) = world.operate(&["audit", "verify"]);
    assert!(done && said["sound"] == true, "{said}");
}

#[test]
fn phones_follow_a_server_that_lost_the_file_of_its_key_set() {
    let (mut world, mut phone) = world_with_phone();
    rotate(&world, &["off"]);
    rotate(&world, &["root"]);
    let ver = phone.refresh();
    phone.done("ack_keyset", &json!({"ver": ver}));
    world.server.stop();
    std::fs::remove_file(world.server.data().join("keyset.json")).unwrap();
    world.server.restart();
    assert_eq!(phone.refresh(), ver + 1, "phones refuse a version that they have passed");
    signs_in(&world, &phone);
}

#[test]
fn phones_follow_a_server_whose_key_set_was_put_back_from_a_copy() {
    let (mut world, mut phone) = world_with_phone();
    let path = world.server.data().join("keyset.json");
    let copy = std::fs::read(&path).unwrap();
    rotate(&world, &["off"]);
    let ver = phone.refresh();
    phone.done("ack_keyset", &json!({"ver": ver}));
    // Beside a running server first, which knows what it gave out; then to one that has only what phones acknowledged.
    std::fs::write(&path, &copy).unwrap();
    world.lab().advance(0);
    let ver = phone.refresh();
    phone.done("ack_keyset", &json!({"ver": ver}));
    world.server.stop();
    std::fs::write(&path, &copy).unwrap();
    world.server.restart();
    assert_eq!(phone.refresh(), ver + 1, "phones refuse a version that they have passed");
    signs_in(&world, &phone);
}

#[test]
fn a_phone_that_was_away_follows_a_change_of_root_whose_file_was_lost() {
    let (mut world, mut phone) = world_with_phone();
    rotate(&world, &["root"]);
    world.server.stop();
    std::fs::remove_file(world.server.data().join("keyset.json")).unwrap();
    world.server.restart();
    phone.refresh();
    signs_in(&world, &phone);
}
