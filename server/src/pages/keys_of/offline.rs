//! App without network (S5): eight digits, which could be passed on by whoever reads them.

use super::Key;
use crate::backend::start::Method;
use crate::store::session::Acr;

/// The key.
pub const KEY: Key = Key {
    name: "offline",
    title: "keys.offline",
    hint: "keys.offline_hint",
    icon: "no-network",
    level: Acr::Code,
    known_only: true,
    first_factor: false,
    method: Some(Method::Offline),
};
