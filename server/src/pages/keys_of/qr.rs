//! App with a QR code (S3): names no account before the phone has scanned it.

use super::Key;
use crate::backend::start::Method;
use crate::store::session::Acr;

/// The key.
pub const KEY: Key = Key {
    name: "qr",
    title: "keys.qr",
    hint: "keys.qr_hint",
    icon: "qr",
    level: Acr::Strong,
    known_only: false,
    first_factor: false,
    method: Some(Method::Qr),
};
