//! The audit log outside the database (3.0.7, 3.9.1): what stands in it when something is said to be done.

use crate::common::{backup, restore, world_with_phone};
use countersign_e2e::world::World;
use serde_json::{Value, json};
use std::io::Write;

fn log(world: &World) -> String {
    std::fs::read_to_string(world.server.data().join("audit.log")).unwrap()
}

/// The name of the phone in the lists of its account.
fn name_of_phone(world: &World) -> String {
    let shown = world.operate(&["account", "show", &world.account]).1;
    shown["phones"][0]["ref"].as_str().unwrap().to_owned()
}

#[track_caller]
fn is_sound(world: &World) {
    let (sound, said) = world.operate(&["audit", "verify"]);
    assert!(sound && said["file"] == said["database"], "{said}");
}

#[test]
fn n142_what_an_operator_did_while_no_server_ran_survives_the_database() {
    let (mut world, phone) = world_with_phone();
    let file = backup(&world);
    let (account, name) = (world.account.clone(), name_of_phone(&world));
    world.server.stop();
    assert!(world.operate(&["account", "revoke-phone", &account, &name]).0);
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(world.server.data().join(format!("countersign.db{suffix}")));
    }
    assert!(restore(&mut world, &file)["replayed"].is_u64());
    phone.op("self", &json!({})).refused(403, "authenticator_revoked");
}

#[test]
fn what_an_operator_did_beside_a_server_stands_in_the_log_when_it_is_said_to_be_done() {
    let (world, phone) = world_with_phone();
    for (command, what) in [("lock", "account_locked"), ("unlock", "account_active")] {
        let (done, said) = world.operate(&["account", command, &world.account]);
        assert!(done, "{said}");
        let last: Value = serde_json::from_str(log(&world).lines().last().unwrap()).unwrap();
        let record: Value = serde_json::from_str(last["record"].as_str().unwrap()).unwrap();
        assert_eq!(record["what"], what);
        world.service.add_account(&format!("{what}@example.eu"));
        is_sound(&world);
    }
    world.try_right_pin(&phone).ok();
    is_sound(&world);
}

#[test]
fn a_log_that_is_another_databases_stays_what_it_is_under_an_operators_hand() {
    let (mut world, phone) = world_with_phone();
    let file = backup(&world);
    phone.done("revoke_self", &json!({}));
    world.server.stop();
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(world.server.data().join(format!("countersign.db{suffix}")));
    }
    let before = log(&world);
    assert!(world.operate(&["account", "add", "dora@example.eu"]).0, "to a new database, by mistake");
    assert_eq!(log(&world), before);
    assert!(restore(&mut world, &file)["replayed"].is_u64());
    phone.op("self", &json!({})).refused(403, "authenticator_revoked");
}

/// The begin of a line whose end a crash, or a look in between, kept from the file.
const HALF: &str = "{\"seq\":99,\"chain\"";

fn append_half(world: &World) {
    let path = world.server.data().join("audit.log");
    let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(HALF.as_bytes()).unwrap();
}

#[test]
fn whoever_looks_at_the_log_cuts_nothing_off_and_the_next_record_begins_a_line() {
    let (mut world, phone) = world_with_phone();
    append_half(&world);
    let before = log(&world);
    let (sound, said) = world.operate(&["audit", "verify"]);
    assert!(sound, "{said}");
    assert_eq!(log(&world), before, "the end of the line may be on its way");
    phone.done("revoke_self", &json!({}));
    is_sound(&world);
    append_half(&world);
    world.server.restart();
    assert!(!log(&world).contains(HALF), "nobody else writes when a server starts");
    is_sound(&world);
}

#[test]
fn a_log_that_became_shorter_under_a_server_is_whole_again_with_its_next_record() {
    let (world, phone) = world_with_phone();
    let path = world.server.data().join("audit.log");
    let length = log(&world).len();
    std::fs::OpenOptions::new().write(true).open(path).unwrap().set_len(length as u64 / 2).unwrap();
    phone.done("revoke_self", &json!({}));
    is_sound(&world);
}
