//! The conformance kit: a scripted service and a scripted phone that send any message, right or wrong, to any server of
//! MAP/1, and the negative cases (`Nxx`) that they provoke there.
//!
//! [`backend::Backend`] is the service (3.11). [`phone::Phone`] has random P-256 keys where a real one derives them from
//! a PIN, which no server can tell apart. Start with [`run`], and [`cases`] for what is sent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step that fails is a verdict, which the runner catches: the server did not do what it should"
)]

pub mod backend;
pub mod cases;
pub mod edit;
pub mod http;
pub mod key;
pub mod phone;
pub mod run;
pub mod scene;
pub mod script;
pub mod sign_in;
pub mod witness;
