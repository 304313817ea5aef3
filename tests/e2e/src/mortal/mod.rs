//! A server and phones that are killed in the middle of what they do, and the people who go on afterwards.
//!
//! A [`Stage`] performs one [`Deed`] under one [`Doom`]: the deed is begun, somebody is killed or not, everything is
//! started again, the person does what a person would, and then what must hold is checked (protocol 3.0.5, 3.3, 3.7.1,
//! 3.7.3): no approval lost, none doubled, no guess refunded or burnt, no orphan.

mod check;
mod deed;
mod handset;
mod moving;
mod pairing;
mod pins;
mod sign_in;
mod stage;
mod victim;

pub use deed::{Deed, Doom};
pub use stage::{Person, Stage};
pub use victim::{Victim, was_killed};
