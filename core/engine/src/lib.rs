//! The phone's flows as typed state machines: pairing, sign-in by list, scan and offline code, refusing, history.
//!
//! Rust decides, shells show (architecture.md 2.1): a method is a transition and returns the new state; there are no
//! words for people here, no HTTP or SQL outside `adapter`, and nothing that waits for a person or sleeps. What the
//! engine needs from outside are the traits of `port`. Section numbers are those of `docs/protocol.md`.

pub mod account;
pub mod adapter;
pub mod attested;
pub mod authenticator;
pub mod biometrics;
mod call;
mod countdown;
mod device;
pub mod devices;
mod entry;
mod fresh_keys;
pub mod history;
mod keyring;
pub mod moving;
pub mod offline;
mod outbox;
pub mod pairing;
mod patience;
pub mod pin_change;
pub mod pin_op;
pub mod port;
pub mod problem;
mod return_url;
pub mod self_test;
pub mod settle;
mod shared;
pub mod sign_in;
mod trust;
mod vault;

pub use account::{Account, AccountId, AccountState};
pub use authenticator::{Authenticator, Scanned};
pub use countersign_vault::pin_entry::PinEntry;
pub use countersign_vault::pin_rules::PinRejected;
pub use entry::Entry;
pub use problem::Problem;
pub use return_url::ReturnUrl;
pub use shared::{KEY_STORE_PATIENCE, Kdf, Options, Platform, Ports};
