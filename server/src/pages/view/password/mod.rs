//! Pages on which a password is chosen.

mod choose;
mod forgotten;
mod over;
mod own;

pub use choose::{ChoosePage, Purpose, Wrong};
pub use forgotten::ForgottenPage;
pub use over::OverPage;
pub use own::OwnPage;
