//! Another PIN (A1), other derivation parameters or another device key: all by the operation `rekey` (protocol 3.7.1).
//!
//! The new values are on the disk before anything is sent, beside the old ones. Only a signed binding decides which of
//! them count; every other answer, a refusal too, leaves that open until it is settled.

mod everywhere;
mod flow;
mod rekey;

pub use everywhere::{AccountChange, ChangeOutcome};
pub use flow::{PinChangeFlow, PinChangeState};
