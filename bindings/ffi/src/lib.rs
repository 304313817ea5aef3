//! The core as Kotlin and Swift see it: an object for each flow, records and enums for every state, one error.
//!
//! Thin on purpose (architecture.md 2): a function here is one or two lines, converts, and decides nothing. Nothing is
//! `async`, every exported function returns a `Result`, and no lock is held while a flow works, because a flow may call
//! back into the shell's key store. The PIN crosses as single digits only ([`pin::PinEntry`]).

#![expect(
    clippy::needless_pass_by_value,
    reason = "arguments are made from the caller's bytes for this one call, and nobody else holds them"
)]

mod account;
mod authenticator;
mod biometrics;
mod claim;
mod compose;
mod devices;
mod enclave;
mod history;
mod inbox;
mod keys;
mod moving;
mod offline;
mod pairing;
mod pin;
mod pin_change;
mod problem;
mod qr;
mod refusal;
mod scanner;
mod self_test;
mod shared_types;
mod sign_in;
mod turn;

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

/// Freed memory is wiped: a message that a PIN signed has passed through many buffers when it is sent (2.7).
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

uniffi::setup_scaffolding!();
