//! The server as its peers see it: section 4 of the protocol and the good paths, over real HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step that fails is a test that fails, with its place"
)]

mod common;

mod abuse;
mod attestation;
mod attestation_later;
mod audit_file;
mod backend;
mod backend_sign_ins;
mod biometrics;
mod conformance;
mod crashes;
mod database;
mod envelope_form;
mod envelope_jose;
mod envelope_signature;
mod idempotency;
mod laboratory;
mod links;
mod memory;
mod moving;
mod offline;
mod operator;
mod own_phone;
mod pairing;
mod pairing_claim;
mod proofs;
mod push;
mod push_counters;
mod push_wakes;
mod qr;
mod races;
mod recovery;
mod rekey;
mod restore;
mod retention;
mod robustness;
mod rotation;
mod same_device;
mod set_up_links;
mod sign_in_letters;
mod typed;
mod vanished;
