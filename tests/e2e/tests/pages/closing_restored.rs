//! Accounts that their owners close, and servers that come back from a backup (3.9.1).

use crate::closing::{
    BACK, DAY, close, closing, keep, link, one, operate, signed_in, start_and_be_refused, state,
};
use crate::scene::Scene;
use serde_json::json;

/// Takes a backup, lets something happen, and goes back; without the log outside the database if that is said.
fn restore_after(scene: &mut Scene, with_log: bool, since: impl FnOnce(&Scene)) {
    let file = scene.server.data().join("../backup.db");
    assert!(scene.server.operate(&["backup", file.to_str().unwrap()]).status.success());
    since(scene);
    scene.server.stop();
    if !with_log {
        std::fs::remove_file(scene.server.data().join("audit.log")).unwrap();
    }
    assert!(scene.server.operate(&["restore", file.to_str().unwrap()]).status.success());
    std::fs::remove_file(file).unwrap();
    scene.server.restart();
}

#[test]
fn a_restore_goes_on_closing_keeps_what_was_kept_and_closes_what_was_closed() {
    let mut scene = Scene::set();
    let phone = scene.pair();
    restore_after(&mut scene, true, |scene| {
        close(&mut signed_in(scene, &phone));
    });
    assert_eq!(state(&scene), "closing", "since the backup");
    start_and_be_refused(&scene, &phone);
    let until: i64 = one(&scene, "SELECT closing_until FROM account");
    restore_after(&mut scene, true, |scene| assert!(operate(scene, "lock") && operate(scene, "unlock")));
    assert_eq!(
        (state(&scene).as_str(), one::<i64>(&scene, "SELECT closing_until FROM account")),
        ("closing", until)
    );
    start_and_be_refused(&scene, &phone);
}

#[test]
fn a_link_of_before_a_restore_keeps_the_account_and_what_was_kept_since_stays() {
    let mut scene = Scene::set();
    let phone = scene.pair();
    let mut sent = String::new();
    restore_after(&mut scene, true, |scene| {
        close(&mut signed_in(scene, &phone));
        sent = link(scene);
    });
    assert_eq!((state(&scene), keep(&scene, &sent)), ("closing".to_owned(), BACK.to_owned()));
    close(&mut signed_in(&scene, &phone));
    let sent = link(&scene);
    restore_after(&mut scene, true, |scene| assert_eq!(keep(scene, &sent), BACK));
    assert_eq!(state(&scene), "active", "kept since the backup");
    signed_in(&scene, &phone);
}

#[test]
fn a_restore_closes_what_was_closed_since() {
    let mut scene = Scene::set();
    let phone = closing(&scene);
    restore_after(&mut scene, true, |scene| {
        scene.server.lab().advance(14 * DAY + 1);
        assert_eq!(state(scene), "closed");
    });
    assert_eq!(state(&scene), "closed");
    phone.op("self", &json!({})).refused(403, "authenticator_revoked");
}

#[test]
fn a_restore_without_the_log_ends_no_account_that_may_have_been_kept() {
    let mut scene = Scene::set();
    let phone = closing(&scene);
    let sent = link(&scene);
    restore_after(&mut scene, false, |scene| assert_eq!(keep(scene, &sent), BACK));
    assert_eq!(state(&scene), "locked", "nobody knows whether it was kept");
    scene.server.lab().advance(15 * DAY);
    assert_eq!(state(&scene), "locked");
    start_and_be_refused(&scene, &phone);
    assert!(operate(&scene, "unlock"));
    signed_in(&scene, &phone);
}
