//! Camera-like pictures of codes, made by arithmetic: a printed or shown code, seen by a lens, lit, blurred and stored.
//!
//! Every picture comes out the same on every machine: nothing here asks for randomness, and nothing uses a function of
//! the system whose last bit may differ (sine and its like are our own, in [`angle`]).

mod angle;
mod blur;
mod corpus;
mod cover;
mod draw;
mod effect;
mod frame;
mod light;
mod mixture;
mod page;
mod pose;
mod sensor;
mod series;
mod shot;

pub use corpus::{Recipe, recipes};
pub use frame::Frame;
