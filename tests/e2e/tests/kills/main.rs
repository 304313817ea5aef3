//! Every deed is killed at every place of `countersign-failpoint`, at each passing of it, and survives.
//!
//! `cargo xtask kills` builds this with its feature; without it there is no place to die at.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step that fails is a test that fails, with its place"
)]

mod repeats;

use countersign_e2e::mortal::{Deed, Doom, Stage};
use countersign_failpoint::{PHONE, SERVER};

const BINARY: &str = env!("CARGO_BIN_EXE_countersign-under-test");
/// More wrong PINs than this in 30 days come near the lock.
const DEEDS_OF_ONE: u32 = 8;
/// A place that is passed more often than this in one deed would be a loop.
const PASSINGS: u32 = 40;

/// Kills the deed at each passing of each place; every place is passed at least once.
fn walk(deed: Deed) {
    let mut stage = Stage::start(BINARY);
    let mut kills = 0;
    for (index, _) in deed.dooms(1).iter().enumerate() {
        let mut person = stage.newcomer();
        for passing in 1..=PASSINGS {
            let doom = deed.dooms(passing)[index].clone();
            eprintln!("{deed:?} {doom:?}");
            if !stage.perform(deed, &mut person, Some(doom.clone())) {
                assert!(passing > 1, "{deed:?} never passes {doom:?}");
                break;
            }
            assert!(passing < PASSINGS, "{doom:?} without end");
            kills += 1;
            if passing % DEEDS_OF_ONE == 0 {
                person = stage.newcomer();
            }
        }
    }
    println!("{deed:?}: {kills} kills");
}

#[test]
fn every_place_is_on_the_way_of_some_deed() {
    let dooms: Vec<Doom> = Deed::ALL.iter().flat_map(|deed| deed.dooms(1)).collect();
    let at = |name: &str| format!("{name}:1");
    assert!(SERVER.iter().all(|name| dooms.contains(&Doom::Server(at(name)))));
    assert!(PHONE.iter().all(|name| dooms.contains(&Doom::Phone(at(name)))));
}

#[test]
fn a_pairing_survives_every_kill() {
    walk(Deed::Pair);
}

#[test]
fn an_approval_is_neither_lost_nor_doubled_by_any_kill() {
    walk(Deed::Approve);
}

#[test]
fn a_wrong_pin_counts_once_whoever_dies_of_it() {
    walk(Deed::Mistype);
}

#[test]
fn after_any_kill_of_a_pin_change_exactly_one_pin_counts() {
    walk(Deed::ChangePin);
}

#[test]
fn a_wrong_old_pin_counts_once_whoever_dies_of_it() {
    walk(Deed::MistypeChange);
}

#[test]
fn renewed_keys_survive_every_kill() {
    walk(Deed::RenewKeys);
}

#[test]
fn a_move_survives_every_kill() {
    walk(Deed::Move);
}
