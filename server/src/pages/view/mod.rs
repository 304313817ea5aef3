//! The view layer of the pages: plain structs in, HTML out (product.md §2 W2 and W3, look.md).
//!
//! Nothing here reads state, a clock or the network, and nothing decides: a handler fills one struct per page
//! and calls `render`. Every dynamic value passes through the template engine's escaping; the only markup
//! that is not escaped is our own drawings ([`icon`]). All sentences come from the catalogue ([`texts`]).

mod add_phone;
pub mod assets;
mod confirm;
mod done;
mod help;
mod here;
mod icon;
mod keys;
mod number;
mod offline;
mod page;
mod parts;
mod problem;
mod qr;
mod report;
mod sign_in;
mod start;
mod state;
pub mod texts;
mod undo;

pub use add_phone::{AddPhonePage, CodeError, ConfirmPhonePage};
pub use confirm::ConfirmAccountPage;
pub use done::{AddPhoneLink, DonePage};
pub use help::HelpPage;
pub use here::{HerePage, HerePurpose, ReturnedPage};
pub use keys::{KeysPage, Way, WayKind};
pub use number::NumberPage;
pub use offline::{OfflineError, OfflinePage};
pub use page::{Page, Session};
pub use parts::{Countdown, Go, Moment, Next, Post, Step, Target, Wait};
pub use problem::{Problem, ProblemPage, Support};
pub use qr::QrPage;
pub use report::{ReportMailPage, ReportPage};
pub use sign_in::{IdentifierError, SignInPage};
pub use start::StartPage;
pub use state::{Outcome, StatePage};
pub use undo::UndoPage;

/// The value of `Content-Security-Policy` that every page is written for and must be served with.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

#[cfg(test)]
mod tests;
