//! Pairing (P1 by scanning, P2 on one phone, P3 by a pasted link or a typed code), protocol 3.3.
//!
//! Begins with a code that the entry rules let through; ends when the server's signed binding has come and was
//! checked, or when the enrolment is over. Nothing is sent before the server's root key was found to be the code's,
//! and nothing before aliases, seed and enrolment are on the disk.

mod enrol;
mod flow;
mod offer;
mod typed;

pub use flow::{PairingEnd, PairingFlow, PairingState};
