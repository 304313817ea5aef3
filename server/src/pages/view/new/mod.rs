//! Pages of a new account.

mod form;
mod sent;

pub use form::{Field, Fields, NewPage, Wrong};
pub use sent::SentPage;
