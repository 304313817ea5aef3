//! App on this phone (S4): a link that opens it, and the way back into this browser.

use super::Key;
use crate::backend::start::Method;
use crate::store::session::Acr;

/// The key.
pub const KEY: Key = Key {
    name: "here",
    title: "keys.here",
    hint: "keys.here_hint",
    icon: "phone",
    level: Acr::Strong,
    known_only: false,
    first_factor: false,
    method: Some(Method::Link),
};
