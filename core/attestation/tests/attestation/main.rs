//! Verdicts on chains that a maker for tests certified, on chains of real phones, and on garbage.

#![allow(clippy::unwrap_used, reason = "a step that fails is a test that fails, with its place")]

mod apple;
mod chains;
mod files;
mod garbage;
mod keys;
mod real;
mod scene;
