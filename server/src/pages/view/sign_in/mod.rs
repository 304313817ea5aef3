//! Pages of signing in (W2, W3).

mod confirm;
mod first;
mod here;
mod keys;
mod number;
mod offline;
mod password;
mod qr;

pub use confirm::ConfirmAccountPage;
pub use first::{IdentifierError, SignInPage};
pub use here::{HerePage, HerePurpose};
pub use keys::{KeysPage, Way};
pub use number::NumberPage;
pub use offline::{OfflineError, OfflinePage};
pub use password::{PasswordError, PasswordPage};
pub use qr::QrPage;
