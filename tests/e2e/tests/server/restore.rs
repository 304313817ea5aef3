//! A server that comes back from a backup (3.9.1, N142): no guess is given back, no removed phone returns.

use crate::common::{backup, restore, world, world_with_phone};
use countersign_e2e::backend::start_body;
use countersign_e2e::browser::Browser;
use countersign_e2e::database::{self, id_bytes};
use countersign_e2e::key::Key;
use countersign_e2e::parallel;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::{Factor, new_fid};
use countersign_e2e::world::World;
use countersign_protocol::encoding::b64u;
use countersign_protocol::label::sha256;
use rusqlite::params;
use serde_json::json;

fn rekeyed(phone: &Phone) -> Factor {
    let new = countersign_e2e::phone::keys::Keys::new();
    phone.op("self", &json!({})).ok();
    let args = json!({"pin": {"fid": new.fid, "sig": new.sig.jwk(), "ka": new.ka.jwk()}, "new_dev": null});
    let mut script = phone.op_script("rekey", &args);
    script.factors =
        vec![(phone.keys.fid.clone(), phone.keys.sig.clone()), (new.fid.clone(), new.sig.clone())];
    script.send(phone.http()).ok();
    new.pin()
}

#[test]
fn n142_one_wrong_pin_locks_and_one_right_one_clears() {
    let mut world = world();
    let [one, two] = world.two_phones();
    let file = backup(&world);
    let said = restore(&mut world, &file);
    assert!(said["replayed"].is_u64(), "{said}");
    let counters = world.lab().phone(&one.aid);
    assert_eq!((counters.pin_fail, counters.off_fail, counters.num_fail), (4, 5, 7));
    world.try_right_pin(&one).ok();
    assert_eq!(world.lab().phone(&one.aid).pin_fail, 0);
    world.try_wrong_pin(&two).refused(403, "authenticator_locked");
}

#[test]
fn n142_no_offline_sign_in_before_a_good_pin() {
    let (mut world, phone) = world_with_phone();
    let file = backup(&world);
    restore(&mut world, &file);
    let body = start_body("offline", Some(&world.account));
    let refusal = world.service.post("/sign-ins", &body);
    assert_eq!(refusal.refused(403, "method_unavailable")["reason"], "codes");
    world.try_right_pin(&phone).ok();
    world.service.post("/sign-ins", &body).is(201);
}

#[test]
fn n142_what_was_removed_locked_or_rekeyed_since_stays_so() {
    let mut world = world();
    let [removed, rekeyed_phone] = world.two_phones();
    let (_, locked) = world.other_phone();
    let file = backup(&world);
    removed.done("revoke_self", &json!({}));
    let new_pin = rekeyed(&rekeyed_phone);
    let other = World { account: account_of(&world, "boris@example.eu"), ..world };
    other.fail_pins(&locked, 4);
    other.pass_waits(&locked);
    other.try_wrong_pin(&locked).refused(403, "authenticator_locked");
    world = other;
    restore(&mut world, &file);
    removed.op("self", &json!({})).refused(403, "authenticator_revoked");
    rekeyed_phone.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert_eq!(world.lab().phone(&locked.aid).state, "locked");
    drop(new_pin);
}

fn account_of(world: &World, email: &str) -> String {
    world.operate(&["account", "show", email]).1["account"].as_str().unwrap().to_owned()
}

#[test]
fn n142_without_the_log_every_phone_is_locked_until_an_operator_says_so() {
    let (mut world, phone) = world_with_phone();
    set_password(&world);
    let file = backup(&world);
    world.server.stop();
    std::fs::remove_file(world.server.data().join("audit.log")).unwrap();
    let said = restore(&mut world, &file);
    assert!(said["replayed"].is_null(), "{said}");
    assert_eq!(passwords(&world), 0, "nobody knows whether it was replaced since");
    let refusal = phone.op("list_devices", &json!({})).refused(403, "authenticator_locked");
    assert_eq!(serde_json::to_value(phone.notice(&refusal).why).unwrap(), "operator");
    let account = world.account.clone();
    assert!(world.operate(&["account", "unlock", &account]).0);
    world.try_right_pin(&phone).ok();
}

#[test]
fn n142_a_second_restore_without_the_log_frees_no_phone_that_the_first_locked() {
    let (mut world, phone) = world_with_phone();
    let file = backup(&world);
    world.server.stop();
    std::fs::remove_file(world.server.data().join("audit.log")).unwrap();
    assert!(restore(&mut world, &file)["replayed"].is_null());
    assert!(restore(&mut world, &file)["replayed"].is_u64());
    phone.op("list_devices", &json!({})).refused(403, "authenticator_locked");
    let account = world.account.clone();
    assert!(world.operate(&["account", "unlock", &account]).0);
    restore(&mut world, &file);
    world.try_right_pin(&phone).ok();
}

/// Turns biometrics on, and gives the id of their key.
fn with_biometrics(phone: &Phone) -> String {
    let (fid, key) = (new_fid(), Key::new());
    phone.op("self", &json!({})).ok();
    let args = json!({"fid": fid, "jwk": key.jwk(), "att": {"fmt": "none"}});
    let mut script = phone.op_script("add_factor", &args);
    script.factors = vec![(phone.keys.fid.clone(), phone.keys.sig.clone()), (fid.clone(), key)];
    script.send(phone.http()).ok();
    fid
}

#[test]
fn n142_a_row_that_was_changed_in_the_backup_gets_no_tag_by_the_replay() {
    let (mut world, phone) = world_with_phone();
    let fid = with_biometrics(&phone);
    let victim = world.service.add_account("boris@example.eu");
    let file = backup(&world);
    phone.done("remove_factor", &json!({"fid": fid}));
    let sql = "UPDATE phone SET account=?2 WHERE aid=?1";
    let changed =
        rusqlite::Connection::open(&file).unwrap().execute(sql, params![id_bytes(&phone.aid), victim]);
    assert_eq!(changed.unwrap(), 1);
    restore(&mut world, &file);
    phone.op("self", &json!({})).refused(401, "invalid_device_signature");
    assert_eq!(world.lab().phone(&phone.aid).state, "revoked");
}

#[test]
fn n142_a_log_that_was_changed_counts_as_none() {
    let (mut world, phone) = world_with_phone();
    let file = backup(&world);
    phone.done("revoke_self", &json!({}));
    world.server.stop();
    let path = world.server.data().join("audit.log");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("phone_revoked", "phone_renamed")).unwrap();
    assert!(restore(&mut world, &file)["replayed"].is_null());
    assert_eq!(world.lab().phone(&phone.aid).state, "locked");
}

#[test]
fn n142_a_nonce_from_before_is_refused_and_nothing_under_way_goes_on() {
    let (mut world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    let (eid, _) = {
        let other = world.service.add_account("carla@example.eu");
        world.service.enrolment(&other)
    };
    let before = phone.op_script("list_devices", &json!({}));
    let file = backup(&world);
    restore(&mut world, &file);
    before.send(phone.http()).refused(401, "use_nonce");
    phone.approve(&request, sign_in.number()).refused(410, "transaction_cancelled");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 4, "the approval was not judged");
    assert_eq!(world.service.enrolment_state(&eid)["state"], "cancelled");
}

#[test]
fn what_is_no_backup_and_a_running_server_are_refused() {
    let (mut world, phone) = world_with_phone();
    let file = backup(&world);
    assert!(!world.operate(&["restore", file.to_str().unwrap()]).0, "a server is running");
    assert!(!world.operate(&["backup", file.to_str().unwrap()]).0, "nothing is written over");
    world.server.stop();
    let junk = world.server.data().join("../junk");
    for bytes in [&b""[..], b"SQLite format 3\0 and nothing more", &std::fs::read(&file).unwrap()[..5000]] {
        std::fs::write(&junk, bytes).unwrap();
        assert!(!world.operate(&["restore", junk.to_str().unwrap()]).0);
    }
    world.server.restart();
    world.try_right_pin(&phone).ok();
}

#[test]
fn the_log_outside_the_database_follows_it_and_shows_a_change() {
    let (mut world, phone) = world_with_phone();
    let (sound, said) = world.operate(&["audit", "verify"]);
    assert!(sound && said["file"] == said["database"], "{said}");
    phone.done("rename", &json!({"name": "Other"}));
    phone.done("revoke_self", &json!({}));
    world.server.restart();
    let (sound, said) = world.operate(&["audit", "verify"]);
    assert!(sound && said["file"] == said["database"], "{said}");
    let (_, last) = world.operate(&["audit", "tail", "-n", "1"]);
    assert_eq!(last["record"]["what"], "phone_revoked");
    let changed = database::open(&world.server)
        .execute("UPDATE audit SET record=replace(record, 'phone_added', 'phone_addex')", [])
        .unwrap();
    assert!(changed > 0);
    let (sound, said) = world.operate(&["audit", "verify"]);
    assert!(!sound && said["sound"] == false, "{said}");
}

#[test]
fn a_set_up_link_that_was_used_since_does_not_come_back() {
    let mut world = world();
    let (done, made) = world.operate(&["account", "add", "dora@example.eu"]);
    assert!(done, "{made}");
    let link = made["setup_link"].as_str().unwrap().to_owned();
    let path = link.strip_prefix(world.server.base()).unwrap().to_owned();
    let file = backup(&world);
    let browser = |world: &World| Browser::new(world.http());
    let mut owner = browser(&world);
    let page = owner.open(&path);
    owner.submit(&page, &path, &[]);
    restore(&mut world, &file);
    assert_ne!(browser(&world).open(&path).title(), "Pair your first phone?");
}

/// Sets a password for the account by the link in a letter.
fn set_password(world: &World) {
    let find = "SELECT email FROM account WHERE id=?1";
    let email: String =
        database::open(&world.server).query_row(find, [&world.account], |row| row.get(0)).unwrap();
    let mut browser = Browser::new(world.server.http());
    let page = browser.open("/password/forgotten");
    browser.submit(&page, "/password/forgotten", &[("email", &email)]);
    let letter = world.lab().mails_to(&email).pop().expect("a letter");
    let path = letter.links[0].strip_prefix(world.server.base()).unwrap();
    let page = browser.open(path);
    let typed = [("password", "four horses in a field"), ("again", "four horses in a field")];
    assert!(browser.submit(&page, path, &typed).answer.status < 400);
}

fn passwords(world: &World) -> u32 {
    let count = "SELECT count(*) FROM password";
    database::open(&world.server).query_row(count, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_password_that_was_replaced_since_does_not_come_back() {
    let mut world = world();
    set_password(&world);
    let file = backup(&world);
    restore(&mut world, &file);
    assert_eq!(passwords(&world), 1, "it is in the backup");
    set_password(&world);
    restore(&mut world, &file);
    assert_eq!(passwords(&world), 0);
}

/// Has the address of the account changed as both its mailboxes would.
fn change_address(world: &World, to: &str) {
    let hashes = [("address_old", [1; 32]), ("address_new", [2; 32])];
    let far = i64::try_from(world.lab().now()).unwrap() + 3600;
    database::change_one(
        &world.server,
        "UPDATE account SET email_next=?1 WHERE id=?2",
        params![to, world.account],
    );
    let insert = "INSERT INTO link (hash, purpose, account, exp) VALUES (?1, ?2, ?3, ?4)";
    for (purpose, token) in hashes {
        let row = params![&sha256(&token)[..], purpose, world.account, far];
        database::change_one(&world.server, insert, row);
    }
    for (_, token) in hashes {
        let (path, mut browser) = (format!("/address/{}", b64u(&token)), Browser::new(world.server.http()));
        let page = browser.open(&path);
        browser.submit(&page, &path, &[("answer", "yes")]);
    }
}

fn address(world: &World) -> (String, String) {
    let find = "SELECT email, state FROM account WHERE id=?1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    database::open(&world.server).query_row(find, [&world.account], row).unwrap()
}

#[test]
fn an_address_that_was_replaced_since_stays_replaced() {
    let mut world = world();
    let before = address(&world);
    let file = backup(&world);
    change_address(&world, "other@example.eu");
    let after = address(&world);
    assert_eq!(after.0, "other@example.eu");
    restore(&mut world, &file);
    assert_eq!(address(&world), after);
    // Where the backup has another account with it, nobody knows whose it is.
    change_address(&world, &before.0);
    assert!(world.operate(&["account", "add", "other@example.eu"]).0);
    std::fs::remove_file(&file).unwrap();
    let file = backup(&world);
    let holder = "UPDATE account SET email='gone@example.eu' WHERE email='other@example.eu'";
    database::change_one(&world.server, holder, []);
    change_address(&world, "other@example.eu");
    restore(&mut world, &file);
    assert_eq!(address(&world), (before.0, "locked".to_owned()));
}

#[test]
fn who_got_or_lost_the_operators_pages_since_has_or_lacks_them() {
    let mut world = world();
    let (who, _) = address(&world);
    let operators = |world: &World| -> u32 {
        let count = "SELECT count(*) FROM operator";
        database::open(&world.server).query_row(count, [], |row| row.get(0)).unwrap()
    };
    let file = backup(&world);
    assert!(world.operate(&["operator", "add", &who]).0);
    restore(&mut world, &file);
    assert_eq!(operators(&world), 1);
    std::fs::remove_file(&file).unwrap();
    let file = backup(&world);
    assert!(world.operate(&["operator", "remove", &who]).0);
    restore(&mut world, &file);
    assert_eq!(operators(&world), 0);
}

#[test]
fn a_services_secret_that_was_replaced_since_does_not_come_back() {
    let mut world = world();
    let start = start_body("push", Some(&world.account));
    let file = backup(&world);
    assert!(world.operate(&["service", "rotate", world.service.id()]).0);
    restore(&mut world, &file);
    world.service.post("/sign-ins", &start).refused(401, "service_unauthorised");
    assert!(world.operate(&["service", "rotate", world.service.id()]).0, "it is there and gets a new one");
}

#[test]
fn a_backup_from_two_key_encryption_keys_ago_still_opens() {
    let (mut world, phone) = world_with_phone();
    let file = backup(&world);
    for _ in 0..2 {
        let (done, said) = world.operate(&["keys", "rotate", "kek"]);
        assert!(done, "{said}");
        world.server.restart();
        world.lab().advance(2 * 86_400);
        parallel::wait_until(|| world.operate(&["keys", "status"]).1["waiting"] == 0);
    }
    restore(&mut world, &file);
    world.try_right_pin(&phone).ok();
}

#[test]
fn a_service_that_goes_on_where_it_was_hears_what_happens_after_a_restore() {
    let (mut world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    phone.approve(&request, sign_in.number()).ok();
    world.service.complete(&sign_in.tid).ok();
    let file = backup(&world);
    let account = world.account.clone();
    phone.done("report", &json!({"tid": sign_in.tid}));
    phone.done("revoke_self", &json!({}));
    let before = world.service.events();
    let cursor = before.last().unwrap()["id"].as_str().unwrap().to_owned();
    assert_eq!(before.len(), 2);
    restore(&mut world, &file);
    let heard = world.service.get(&format!("/events?after={cursor}")).ok();
    assert_eq!(heard[0]["type"], "phone_revoked", "told again: {heard}");
    assert_eq!(heard[0]["account"], account);
}
