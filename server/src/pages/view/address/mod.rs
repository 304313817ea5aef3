//! Pages on which an account gets another e-mail address (W7).

mod behind;
mod own;

pub use behind::{Behind, BehindPage};
pub use own::{Asked, OwnPage, Wrong};
