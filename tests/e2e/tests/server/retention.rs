//! What has had its time goes (2.5, 3.10): secrets with their object, rows a day later, and an idle server stands still.

use crate::common::world_with_phone;
use countersign_e2e::database::open;
use countersign_e2e::world::World;

const DAY: u64 = 86_400;

/// Tables whose rows stay: who there is, what was approved, what happened. What owners look up stays for half a year.
const LASTING: [&str; 9] = [
    "account",
    "former_fid",
    "service",
    "service_account",
    "return_origin",
    "phone",
    "evidence",
    "audit",
    "history",
];

fn tables(world: &World) -> Vec<String> {
    let database = open(&world.server);
    let sql = "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut names = database.prepare(sql).unwrap();
    names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn rows(world: &World, table: &str) -> i64 {
    open(&world.server).query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

fn short_lived(world: &World) -> Vec<(String, i64)> {
    let names = tables(world).into_iter().filter(|name| !LASTING.contains(&name.as_str()));
    names.map(|name| (name.clone(), rows(world, &name))).filter(|(_, count)| *count > 0).collect()
}

/// One of everything that ends by itself.
fn busy() -> World {
    let (world, phone) = world_with_phone();
    let (sign_in, request) = world.ask(&phone);
    phone.approve(&request, sign_in.number()).ok();
    let (wrong, request) = world.ask(&phone);
    phone.approve_wrongly(&request, wrong.number()).refused(403, "pin_incorrect");
    let other = world.service.add_account("boris@example.eu");
    world.service.enrolment(&other);
    world.push();
    world
}

#[test]
fn after_a_month_only_people_evidence_and_the_audit_are_left() {
    let world = busy();
    assert!(short_lived(&world).len() >= 5, "{:?}", short_lived(&world));
    world.lab().advance(31 * DAY);
    assert_eq!(short_lived(&world), []);
    assert_eq!(rows(&world, "evidence"), 1);
    assert_eq!(rows(&world, "phone"), 1);
    world.lab().advance(152 * DAY);
    assert_eq!(rows(&world, "history"), 0);
}

#[test]
fn secrets_go_with_what_they_belong_to_and_not_a_day_later() {
    let world = busy();
    world.lab().advance(601);
    let left: i64 = open(&world.server)
        .query_row(
            "SELECT (SELECT count(*) FROM sign_in WHERE num IS NOT NULL OR h IS NOT NULL)
                  + (SELECT count(*) FROM enrolment WHERE es IS NOT NULL OR cc IS NOT NULL)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(left, 0);
}

#[test]
fn an_idle_server_does_not_grow() {
    let world = busy();
    world.lab().advance(31 * DAY);
    let pages = || -> i64 {
        open(&world.server)
            .query_row("SELECT page_count FROM pragma_page_count", [], |row| row.get(0))
            .unwrap()
    };
    let before = pages();
    for _ in 0..200 {
        world.lab().advance(30);
    }
    assert_eq!(pages(), before);
}
