//! The harness of the border tests: a real server process, and everybody who talks to it over HTTP.
//!
//! [`server::Server`] is the process, [`lab::Lab`] its laboratory (protocol 3.12), [`backend::Backend`] a service
//! (3.11) and [`phone::Phone`] a scripted phone; both are the conformance kit's. Nothing here mocks the server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step of the harness that fails is a test that fails, with its place"
)]

pub use countersign_conformance::{backend, edit, http, key, phone, script, sign_in, witness};

pub mod browser;
pub mod camera;
pub mod database;
pub mod lab;
pub mod maker;
pub mod memory;
pub mod mortal;
pub mod parallel;
pub mod proof;
pub mod server;
pub mod tap;
pub mod typed;
pub mod watch;
pub mod world;
