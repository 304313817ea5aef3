//! Password: alone where one factor is enough, else before another key. Where the browser is known already, nobody needs it
//! as a first factor.

use super::Key;
use crate::store::session::Acr;

/// The key.
pub const KEY: Key = Key {
    name: "password",
    title: "keys.password",
    hint: "keys.password_hint",
    icon: "key",
    level: Acr::Basic,
    known_only: false,
    first_factor: true,
    method: None,
};
