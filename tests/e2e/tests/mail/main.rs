//! Letters that leave: a real server, a real SMTP server beside it (aiosmtpd), and what arrives there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step that fails is a test that fails, with its place"
)]

mod arriving;
mod failing;
mod keeping;
mod scene;
