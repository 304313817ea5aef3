//! The vault: what the engine keeps, sealed row by row before the store sees it (protocol 2.4).
//!
//! Nothing that depends on the PIN ever comes here (2.5). Each binding has a data key of its own, so that erasing it
//! erases the account, and a row that does not open makes that one account unusable and no other.

mod binding;
mod history;
mod pending;
mod rows;
mod settings;

pub(crate) use binding::{Binding, BindingState, Removal};
pub use history::{Deed, Outcome};
pub(crate) use history::{Entry, Sent};
pub(crate) use pending::{Bio, NewKeys, Pending, PendingRekey};
pub(crate) use rows::{LoadedBinding, Vault};
