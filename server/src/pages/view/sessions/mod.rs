//! Pages of sessions (W4).

mod list;
mod signed_out;

pub use list::{BrowserLine, SessionLine, SessionsPage};
pub use signed_out::SignedOutPage;
