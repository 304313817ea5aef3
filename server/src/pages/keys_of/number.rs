//! App with a number (S1, S2): a request to the phones of an account, which is told only where a stranger cannot ask.

use super::Key;
use crate::backend::start::Method;
use crate::store::session::Acr;

/// The key.
pub const KEY: Key = Key {
    name: "number",
    title: "keys.number",
    hint: "keys.number_hint",
    icon: "phone",
    level: Acr::Strong,
    known_only: true,
    first_factor: false,
    method: Some(Method::Push),
};
