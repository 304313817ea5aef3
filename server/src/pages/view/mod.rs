//! The view layer of the pages: plain structs in, HTML out (product.md W1–W9 and W12, look.md).
//!
//! Nothing here reads state, a clock or the network, and nothing decides: a handler fills one struct per page
//! and calls `render`. Every dynamic value passes through the template engine's escaping; the only markup
//! that is not escaped is our own drawings ([`icon`]). All sentences come from the catalogue ([`texts`]).
//! One folder an area, as the handlers have; what areas share stands here.

pub mod about;
pub mod address;
pub mod assets;
mod calendar;
mod icon;
pub mod letters;
pub mod me;
pub mod new;
pub mod operator;
mod page;
mod parts;
pub mod password;
mod plural;
pub mod recover;
pub mod sessions;
pub mod sign_in;
mod state;
pub mod texts;

pub use page::{Page, Session, address, escaped};
pub use parts::{Countdown, Go, Moment, Next, Post, Step, Target, TargetLevel, Wait};
pub use state::{Outcome, StatePage};

#[cfg(test)]
mod tests;
