//! The reference server of MAP/1: device interface, backend interface, plain pages, lab.
//!
//! It uses the protocol crate and nothing else of the phone: a server must not be able to open a vault. Start with
//! [`app`] (what is shared), [`device`] (what phones call) and [`store`] (what is kept).

pub mod app;
pub mod attestation;
pub mod backend;
pub mod binding;
pub mod caller;
pub mod clock;
mod closing;
pub mod crowd;
pub mod device;
mod fault;
#[cfg(test)]
mod fixture;
mod housekeeping;
pub mod hub;
pub mod keys;
#[cfg(feature = "lab")]
pub mod lab;
pub mod letters;
pub mod limiter;
mod locking;
pub mod mail;
pub mod nonce;
pub mod operator;
pub mod pages;
mod pairing;
pub mod password;
mod persist;
pub mod points;
pub mod policy;
pub mod published;
pub mod push;
pub mod random;
pub mod refusals;
mod removal;
pub mod reply;
pub mod requests;
pub mod seal;
pub mod serve;
mod signed_link;
pub mod store;
pub mod tag;
pub mod trusted;
mod turns;
