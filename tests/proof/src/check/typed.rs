//! What people type.

use super::{must, stated, text};
use countersign_protocol::encoding::{array_from_b64u, b64u, from_b64u};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::secret::{Number, OfflineCode};
use countersign_protocol::typed::{TypedCode, TypedKeys};
use serde_json::Value;

pub fn code(_: &Value, test: &Value) -> Option<()> {
    let code = TypedCode::parse(text(test, "text")?).ok()?;
    stated(test, "shown", &code.shown())?;
    stated(test, "symbols", std::str::from_utf8(code.symbols()).ok()?)?;
    match text(test, "random") {
        Some(random) => {
            stated(test, "shown", &TypedCode::from_random(&array_from_b64u(random).ok()?).shown())
        }
        None => Some(()),
    }
}

pub fn sealed(group: &Value, test: &Value) -> Option<()> {
    let iss = Issuer::parse(text(group, "iss")?, Profile::Production).ok()?;
    let keys = TypedKeys::from_stretched(&array_from_b64u(text(test, "stretched")?).ok()?, &iss).ok()?;
    stated(test, "lookup", &b64u(keys.lookup()))?;
    let pairing = keys.open(&iss, &from_b64u(text(test, "box")?).ok()?).ok()?;
    stated(test, "eid", &pairing.eid.to_string())?;
    stated(test, "es", &pairing.secret.to_wire())?;
    stated(test, "root", &pairing.root.to_string())?;
    match text(test, "nonce") {
        Some(nonce) => {
            stated(test, "box", &b64u(&keys.seal(&iss, &pairing, array_from_b64u(nonce).ok()?).ok()?))
        }
        None => Some(()),
    }
}

pub fn offline_code(_: &Value, test: &Value) -> Option<()> {
    stated(test, "code", OfflineCode::parse_typed(text(test, "text")?).ok()?.expose())
}

pub fn number(_: &Value, test: &Value) -> Option<()> {
    let typed = text(test, "text")?;
    must(Number::parse(typed).ok()?.expose() == typed)
}
