//! Pages of the recovery code (W9).

mod back;
pub mod file;
mod own;

pub use back::{AskPage, BackPage, BehindPage, Wrong};
pub use own::{CodePage, OwnPage};
