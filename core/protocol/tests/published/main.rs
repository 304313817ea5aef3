//! What is published of the protocol: the values of 2.9, and the examples of `docs/protocol.md`.

#![allow(clippy::unwrap_used, reason = "a step that fails is a test that fails, with its place")]

mod keys;
mod messages;
mod specification;
mod vectors;
