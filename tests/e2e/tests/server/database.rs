//! Somebody with a hand in the database (T15): a changed column grants nothing and is noticed.

use crate::common::{world, world_with_phone};
use countersign_e2e::database::{change_one, id_bytes, open};
use countersign_e2e::key::Key;
use countersign_e2e::phone::Phone;
use countersign_e2e::world::World;
use rusqlite::params;
use serde_json::json;
use std::path::Path;

/// An approved sign-in.
fn approved(world: &World, phone: &Phone) -> String {
    let (sign_in, request) = world.ask(phone);
    phone.approve(&request, sign_in.number()).ok();
    sign_in.tid
}

/// `complete` finds the evidence wanting and raises an alarm.
#[track_caller]
fn invalid(world: &World, tid: &str) {
    assert!(!world.server.log().contains("alarm"), "{}", world.server.log());
    world.service.complete(tid).refused(409, "evidence_invalid");
    assert!(world.server.log().contains("alarm"));
    assert_eq!(world.service.state_name(tid), "approved");
}

#[test]
fn n74_a_sign_in_flipped_to_approved_has_no_evidence() {
    let (world, phone) = world_with_phone();
    let sign_in = world.push();
    let now = i64::try_from(world.lab().now()).unwrap();
    let sql = "UPDATE sign_in SET state='approved', decided_at=?2, decided_by=?3 WHERE tid=?1";
    change_one(&world.server, sql, params![id_bytes(&sign_in.tid), now, id_bytes(&phone.aid)]);
    invalid(&world, &sign_in.tid);
}

#[test]
fn n178_evidence_under_another_device_key_is_invalid() {
    let (world, phone) = world_with_phone();
    let tid = approved(&world, &phone);
    let forger = Key::new();
    let sql = "UPDATE evidence SET pk_dev=?2, jkt=?3 WHERE tid=?1";
    let (point, jkt) = (forger.public().as_sec1(), forger.thumbprint());
    change_one(&world.server, sql, params![id_bytes(&tid), &point[..], &jkt.as_bytes()[..]]);
    invalid(&world, &tid);
}

#[test]
fn every_column_of_the_evidence_is_covered() {
    for column in ["request", "payload", "protected", "signature"] {
        let (world, phone) = world_with_phone();
        let (tid, other) = (approved(&world, &phone), approved(&world, &phone));
        let sql =
            format!("UPDATE evidence SET {column}=(SELECT {column} FROM evidence WHERE tid=?2) WHERE tid=?1");
        change_one(&world.server, &sql, params![id_bytes(&tid), id_bytes(&other)]);
        invalid(&world, &tid);
    }
}

#[test]
fn n179_an_account_that_was_changed_in_the_database_is_noticed() {
    let (world, phone) = world_with_phone();
    let other = world.service.add_account("boris@example.eu");
    let tid = approved(&world, &phone);
    change_one(&world.server, "UPDATE sign_in SET account=?2 WHERE tid=?1", params![id_bytes(&tid), other]);
    invalid(&world, &tid);

    let (world, phone) = world_with_phone();
    let other = world.service.add_account("boris@example.eu");
    change_one(
        &world.server,
        "UPDATE phone SET account=?2 WHERE aid=?1",
        params![id_bytes(&phone.aid), other],
    );
    refused_as_unknown(&world, &phone);
}

/// The phone is unknown to a server whose row of it was changed, and there is an alarm.
#[track_caller]
fn refused_as_unknown(world: &World, phone: &Phone) {
    let before = world.lab().phone(&phone.aid);
    phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    assert!(world.server.log().contains("alarm"));
    assert_eq!(world.lab().phone(&phone.aid), before);
}

#[test]
fn n180_a_device_key_that_was_replaced_in_the_database_opens_nothing() {
    let (world, mut phone) = world_with_phone();
    let forger = Key::new();
    let sql = "UPDATE phone SET pk_dev=?2, jkt=?3 WHERE aid=?1";
    let (point, jkt) = (forger.public().as_sec1(), forger.thumbprint());
    change_one(&world.server, sql, params![id_bytes(&phone.aid), &point[..], &jkt.as_bytes()[..]]);
    phone.keys.dev = forger;
    refused_as_unknown(&world, &phone);
}

#[test]
fn a_raised_level_in_the_database_is_noticed() {
    let (world, phone) = world_with_phone();
    for (sql, back) in [
        ("UPDATE phone SET level=3 WHERE aid=?1", "UPDATE phone SET level=0 WHERE aid=?1"),
        ("UPDATE phone SET attested=1 WHERE aid=?1", "UPDATE phone SET attested=0 WHERE aid=?1"),
    ] {
        change_one(&world.server, sql, [id_bytes(&phone.aid)]);
        refused_as_unknown(&world, &phone);
        change_one(&world.server, back, [id_bytes(&phone.aid)]);
        phone.binding();
    }
}

#[test]
fn n181_an_offline_approval_is_bound_to_service_account_and_qr() {
    let changes = [
        "UPDATE sign_in SET account=(SELECT id FROM account WHERE email='boris@example.eu') WHERE tid=?1",
        "UPDATE sign_in SET oqr=(SELECT oqr FROM sign_in WHERE oqr IS NOT NULL AND tid<>?1) WHERE tid=?1",
    ];
    for sql in changes {
        let (world, phone) = world_with_phone();
        world.service.add_account("boris@example.eu");
        let (sign_in, _other) = (world.offline(), world.offline());
        world.service.code(&sign_in.tid, &phone.code(sign_in.qr())).ok();
        change_one(&world.server, sql, [id_bytes(&sign_in.tid)]);
        invalid(&world, &sign_in.tid);
    }
    let (world, phone) = world_with_phone();
    let thief = world.server.add_service("Thief", "https://thief.example.eu", "sign-in");
    let sign_in = world.offline();
    world.service.code(&sign_in.tid, &phone.code(sign_in.qr())).ok();
    let sql = "UPDATE sign_in SET service=?2 WHERE tid=?1";
    change_one(&world.server, sql, params![id_bytes(&sign_in.tid), thief.id()]);
    thief.complete(&sign_in.tid).refused(409, "evidence_invalid");
}

#[test]
fn n211_an_answer_sealed_for_another_message_is_not_given_out() {
    let (world, phone) = world_with_phone();
    let bodies = [(); 2].map(|()| {
        let (sign_in, request) = world.ask(&phone);
        let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.pin()]);
        phone.post(&request.path(), body.clone()).ok();
        (sign_in, request, body)
    });
    let before = world.lab().phone(&phone.aid);
    let database = open(&world.server);
    // From a copy: a statement that reads the rows it writes could give one its own answer back.
    database.execute_batch("CREATE TEMP TABLE kept AS SELECT * FROM attempt").unwrap();
    let swapped = database
        .execute(
            "UPDATE attempt SET answer=(SELECT kept.answer FROM kept
              WHERE kept.jti<>attempt.jti AND kept.http=200 AND kept.answer IS NOT NULL
              ORDER BY kept.at DESC LIMIT 1)",
            [],
        )
        .unwrap();
    assert!(swapped >= 2);
    for (sign_in, request, body) in &bodies {
        phone.post(&request.path(), body.clone()).refused(503, "unavailable");
        assert_eq!(world.service.state_name(&sign_in.tid), "approved");
    }
    assert!(world.server.log().contains("alarm"));
    assert_eq!(world.lab().phone(&phone.aid), before);
}

#[test]
fn the_data_folder_and_every_key_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let world = world();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let data = world.server.data();
    assert_eq!(mode(&data), 0o700);
    let keys: Vec<_> =
        std::fs::read_dir(data.join("keys")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!keys.is_empty());
    for key in keys {
        assert_eq!(mode(&key), 0o600, "{}", key.display());
    }
}
