//! Pages on which a password is chosen.

mod choose;
mod over;

pub use choose::{ChoosePage, Purpose, Wrong};
pub use over::OverPage;
