//! What may go wrong inside the server, for whatever it is asked.

use crate::keys::{KeysFault, SignFault};
use crate::policy::chosen::PolicyFault;
use crate::seal::SealFault;
use crate::store::StoreFault;
use countersign_protocol::json;

/// Something of the server itself failed: the caller hears `unavailable`, the log says what.
#[derive(Debug, thiserror::Error)]
pub enum AppFault {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A sealed value.
    #[error(transparent)]
    Seal(#[from] SealFault),
    /// A signature.
    #[error(transparent)]
    Sign(#[from] SignFault),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysFault),
    /// The policy that an operator chose.
    #[error(transparent)]
    Policy(#[from] PolicyFault),
    /// A value that has no JSON form.
    #[error(transparent)]
    Json(#[from] json::BadJson),
}
