//! A hand in the database grants nothing: evidence, row tags, seals; and what must never stand there (2.5).

use crate::{approved, scene};
use countersign_e2e::database::{change_one, files, id_bytes, open};
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::server::ALL_SCOPES;
use countersign_e2e::sign_in::SignIn;
use countersign_e2e::world::World;
use rusqlite::params;
use serde_json::json;

fn is_invalid(world: &World, sign_in: &SignIn) {
    world.service.complete(&sign_in.tid).refused(409, "evidence_invalid");
    assert!(world.server.log().contains("an approval does not verify"), "no alarm");
    assert_eq!(world.service.state_name(&sign_in.tid), "approved", "nothing was completed");
}

#[test]
fn n74_a_column_that_says_approved_is_no_approval() {
    let (world, phone) = scene();
    let (sign_in, _) = world.ask(&phone);
    let now = i64::try_from(world.lab().now()).unwrap();
    let sql = "UPDATE sign_in SET state='approved', decided_at=?2, decided_by=?3 WHERE tid=?1";
    change_one(&world.server, sql, params![id_bytes(&sign_in.tid), now, id_bytes(&phone.aid)]);
    is_invalid(&world, &sign_in);
}

#[test]
fn n178_evidence_under_another_device_key_is_invalid() {
    let (world, phone) = scene();
    let (_, other) = world.other_phone();
    let (sign_in, foreign) = (approved(&world, &phone), approved(&world, &phone));
    let columns = ["pk_dev", "jkt", "payload", "signature", "request", "ev"];
    let before = |column: &str| -> Vec<u8> {
        let sql = format!("SELECT CAST({column} AS BLOB) FROM evidence WHERE tid=?1");
        open(&world.server).query_row(&sql, [id_bytes(&sign_in.tid)], |row| row.get(0)).unwrap()
    };
    let own: Vec<Vec<u8>> = columns.iter().map(|column| before(column)).collect();
    let stranger = "UPDATE evidence SET pk_dev=(SELECT pk_dev FROM phone WHERE aid=?2),
                           jkt=(SELECT jkt FROM phone WHERE aid=?2) WHERE tid=?1";
    change_one(&world.server, stranger, params![id_bytes(&sign_in.tid), id_bytes(&other.aid)]);
    is_invalid(&world, &sign_in);
    let mend = "UPDATE evidence SET pk_dev=?2, jkt=?3 WHERE tid=?1";
    change_one(&world.server, mend, params![id_bytes(&sign_in.tid), own[0], own[1]]);
    let swap = "UPDATE evidence SET payload=(SELECT payload FROM evidence WHERE tid=?2),
                       signature=(SELECT signature FROM evidence WHERE tid=?2) WHERE tid=?1";
    change_one(&world.server, swap, params![id_bytes(&sign_in.tid), id_bytes(&foreign.tid)]);
    is_invalid(&world, &sign_in);
}

#[test]
fn n179_an_account_column_that_was_changed_is_noticed() {
    let (world, phone) = scene();
    let (other, _) = world.other_phone();
    let sign_in = approved(&world, &phone);
    change_one(
        &world.server,
        "UPDATE sign_in SET account=?2 WHERE tid=?1",
        params![id_bytes(&sign_in.tid), other],
    );
    is_invalid(&world, &sign_in);
    change_one(
        &world.server,
        "UPDATE phone SET account=?2 WHERE aid=?1",
        params![id_bytes(&phone.aid), other],
    );
    phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    assert!(world.server.log().contains("does not fit its tag"), "no alarm");
}

#[test]
fn n180_a_device_key_that_was_replaced_signs_for_nobody() {
    let (world, phone) = scene();
    let intruder = Keys::new();
    let public = intruder.dev.public();
    let sql = "UPDATE phone SET pk_dev=?2, jkt=?3 WHERE aid=?1";
    let jkt = public.thumbprint();
    change_one(&world.server, sql, params![id_bytes(&phone.aid), &public.as_sec1()[..], jkt.as_bytes()]);
    phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    let mut forged = phone;
    forged.keys = intruder;
    forged.op("self", &json!({})).refused(401, "invalid_device_signature");
    assert!(world.server.log().contains("does not fit its tag"), "no alarm");
}

#[test]
fn n181_an_offline_sign_in_that_was_changed_after_its_code_is_invalid() {
    for (column, value) in [("service", "portal"), ("account", "u-nobody"), ("oqr", "e30.e30.AAAA")] {
        let (world, phone) = scene();
        let other = world.server.add_service("Other", "https://other.example.eu", ALL_SCOPES);
        let sign_in = world.offline();
        world.service.code(&sign_in.tid, &phone.code(sign_in.qr())).ok();
        let sql = format!("UPDATE sign_in SET {column}=?2 WHERE tid=?1");
        let value = if column == "service" { other.id() } else { value };
        change_one(&world.server, &sql, params![id_bytes(&sign_in.tid), value]);
        if column == "service" {
            // Now it is the other service's to complete, by the row alone.
            other.complete(&sign_in.tid).refused(409, "evidence_invalid");
        } else {
            is_invalid(&world, &sign_in);
        }
    }
}

#[test]
fn n211_sealed_answers_that_were_exchanged_do_not_open() {
    let (world, phone) = scene();
    let (one, two) = (world.ask(&phone), world.ask(&phone));
    let bodies = [&one, &two].map(|(sign_in, request)| {
        let payload = phone.approval(request, sign_in.number());
        let body = phone.answer_body(&payload, &[phone.keys.pin()]);
        phone.post(&request.path(), body.clone()).ok();
        (request.path(), body, payload["jti"].as_str().unwrap().to_owned())
    });
    let answer = |jti: &str| -> Vec<u8> {
        let sql = "SELECT answer FROM attempt WHERE jti=?1";
        open(&world.server).query_row(sql, [id_bytes(jti)], |row| row.get(0)).unwrap()
    };
    let exchanged = answer(&bodies[1].2);
    change_one(
        &world.server,
        "UPDATE attempt SET answer=?2 WHERE jti=?1",
        params![id_bytes(&bodies[0].2), exchanged],
    );
    phone.post(&bodies[0].0, bodies[0].1.clone()).refused(503, "unavailable");
    assert!(world.server.log().contains("sealed value does not open"), "no alarm");
    phone.post(&bodies[1].0, bodies[1].1.clone()).ok();
}

#[test]
fn n186_n197_nothing_that_tests_a_guess_stands_in_the_database() {
    let (world, phone) = scene();
    let account = world.service.add_account("neu@example.eu");
    let (_, link) = world.service.enrolment(&account);
    let secret = link.split_once('#').unwrap().1.to_owned();
    let invitation = Invitation::read(&link);
    let keys = Keys::new();
    let body = invitation.ready_script(&world.http(), &keys).seal();
    let needles = [
        ("PIN key", keys.sig.public().as_sec1().to_vec()),
        ("PIN key without head", keys.sig.public().as_sec1()[1..].to_vec()),
        ("key of the codes", keys.ka.public().as_sec1()[1..].to_vec()),
        ("thumbprint of the PIN key", keys.sig.public().thumbprint().as_bytes().to_vec()),
        ("pairing secret in its link", secret.into_bytes()),
    ];
    let sent = String::from_utf8(body.body()).unwrap();
    world.http().post_jose(&invitation.path(), sent.clone().into_bytes()).ok();
    let parts: serde_json::Value = serde_json::from_str(&sent).unwrap();
    let texts = ["/payload", "/signatures/0/signature", "/signatures/1/signature", "/signatures/1/protected"];
    let sign_in = world.offline();
    let code = phone.code(sign_in.qr());
    world.service.code(&sign_in.tid, &code).ok();
    for (path, bytes) in files(&world.server) {
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        for (what, needle) in &needles {
            assert!(!holds(needle), "{what} in {}", path.display());
        }
        for pointer in texts {
            let text = parts.pointer(pointer).unwrap().as_str().unwrap();
            assert!(!holds(text.as_bytes()), "{pointer} in {}", path.display());
        }
        assert!(!holds(code.as_bytes()), "the offline code in {}", path.display());
    }
}
