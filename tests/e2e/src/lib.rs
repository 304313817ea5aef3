//! The harness of the border tests: a real server process, and everybody who talks to it over HTTP.
//!
//! [`server::Server`] is the process, [`lab::Lab`] its laboratory (protocol 3.12), [`backend::Backend`] a service
//! (3.11) and [`phone::Phone`] a *scripted* phone: it has random P-256 keys where a real one derives them from a PIN,
//! which no server can tell apart, and builds any message, right or wrong. Nothing here mocks the server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step of the harness that fails is a test that fails, with its place"
)]

pub mod backend;
pub mod browser;
pub mod camera;
pub mod database;
pub mod edit;
pub mod http;
pub mod key;
pub mod lab;
pub mod maker;
pub mod memory;
pub mod mortal;
pub mod parallel;
pub mod phone;
pub mod proof;
pub mod script;
pub mod server;
pub mod sign_in;
pub mod tap;
pub mod watch;
pub mod witness;
pub mod world;
