//! Runs one case through the public API of protocol and vault. True means: taken, and every stated output came out.

mod derivation;
mod form;
mod message;
mod phone;
mod typed;

use serde_json::Value;

/// Whether the case `test` of `group` is taken; `None` when no check has the group's type.
pub fn run(group: &Value, test: &Value) -> Option<bool> {
    let check: fn(&Value, &Value) -> Option<()> = match group["type"].as_str()? {
        "ServerMessage" => message::server,
        "KeySet" => message::keyset,
        "PhoneMessage" => phone::message,
        "Qr" => message::qr,
        "Text" => form::text,
        "Jwk" => form::jwk,
        "Signature" => form::signature,
        "SignatureForm" => form::signature_form,
        "Base64url" => form::base64url,
        "Json" => form::json,
        "Problem" => form::problem,
        "TypedCode" => typed::code,
        "TypedBox" => typed::sealed,
        "OfflineCodeTyped" => typed::offline_code,
        "Number" => typed::number,
        "PinKeys" => derivation::pin_keys,
        "Prf" => derivation::prf,
        "Kcv" => derivation::kcv,
        "OfflineKey" => derivation::offline_key,
        "OfflineCode" => derivation::offline_code,
        "Code" => derivation::code,
        "FactorHash" => derivation::factor_hash,
        "VaultRow" => derivation::vault_row,
        _ => return None,
    };
    Some(check(group, test).is_some())
}

/// Bytes of lower-case hexadecimal text.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).filter(|_| !byte.is_ascii_uppercase());
    let pair = |pair: &[u8]| match pair {
        [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}

/// The text of a member.
fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value[name].as_str()
}

/// The bytes of a member in hexadecimal.
fn bytes<const N: usize>(value: &Value, name: &str) -> Option<[u8; N]> {
    from_hex(text(value, name)?)?.try_into().ok()
}

/// Go on only if it holds.
fn must(holds: bool) -> Option<()> {
    holds.then_some(())
}

/// Whether the member is absent, or is this text.
fn stated(value: &Value, name: &str, found: &str) -> Option<()> {
    must(value.get(name).is_none_or(|member| member == found))
}
