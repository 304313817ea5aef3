//! The backend interface as services see it (protocol 3.11): who may what, repeats, completion, evidence.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step that fails is a test that fails, with its place"
)]

mod access;
mod completion;
mod evidence;
mod repeats;
mod starts;

use countersign_e2e::phone::Phone;
use countersign_e2e::sign_in::SignIn;
use countersign_e2e::world::World;

/// The program under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_countersign-under-test");

/// Server, service, account and a paired phone.
pub fn scene() -> (World, Phone) {
    let world = World::start(BINARY);
    let phone = world.phone();
    (world, phone)
}

/// A push sign-in that the phone has approved.
pub fn approved(world: &World, phone: &Phone) -> SignIn {
    let (sign_in, request) = world.ask(phone);
    phone.approve(&request, sign_in.number()).ok();
    sign_in
}
