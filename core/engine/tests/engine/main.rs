//! The engine against a scripted server in this process, with the real SQLite vault and the real software key store.
//!
//! Test names carry the ids of protocol section 4. Time is moved, never slept.

// Without this the helpers of the tests count as production code, where `unwrap` is denied.
#![cfg(test)]

mod attestation;
mod biometrics;
mod broken_keys;
mod crashes;
mod devices;
mod history;
mod key_sets;
mod lab;
mod moving;
mod offline;
mod pairing;
mod phone;
mod pin_change;
mod processes;
mod requests;
mod resending;
mod same_device;
mod scanning;
mod secrecy;
mod self_test;
mod sign_in;
mod storage;
