//! Derivations of vault and protocol.

use super::{bytes, from_hex, must, stated, text};
use countersign_protocol::code as protocol;
use countersign_protocol::encoding::{array_from_b64u, b64u, hex};
use countersign_protocol::id::{Aid, Eid, Fid, Thumbprint, Tid};
use countersign_protocol::jose::envelope::hash_signatures;
use countersign_protocol::secret::{EnrolSecret, Handle, OfflineCode};
use countersign_vault::derive::{PinEpoch, PinKeys};
use countersign_vault::device_key::DeviceKey;
use countersign_vault::hwprf::{SoftwarePrf, enclave_prf};
use countersign_vault::kcv::{is_same_prf, prf_kcv_input};
use countersign_vault::kdf::KdfParams;
use countersign_vault::pin_entry::PinEntry;
use countersign_vault::seal::{RowPlace, VaultKey};
use serde_json::Value;
use std::cell::Cell;

pub fn pin_keys(_: &Value, test: &Value) -> Option<()> {
    let keys = derived(test)?;
    stated(test, "pk_sig", &hex(&keys.sig_public()))?;
    stated(test, "pk_ka", &hex(&keys.ka_public()))?;
    // The published scalars are those of the public keys.
    let public = |name: &str| Some(DeviceKey::from_bytes(&bytes(test, name)?).ok()?.public());
    must(public("sk_sig")? == keys.sig_public() && public("sk_ka")? == keys.ka_public())
}

fn derived(test: &Value) -> Option<PinKeys> {
    let mut pin = PinEntry::new();
    text(test, "pin")?.bytes().try_for_each(|digit| pin.push(digit)).ok()?;
    let kdf = kdf(&test["kdf"])?;
    let epoch =
        PinEpoch { salt: bytes(test, "salt")?, seed: bytes(test, "seed")?, fid: bytes(test, "fid")?, kdf };
    let asked = Cell::new(None);
    let keys = PinKeys::derive(&mut pin, &epoch, text(test, "iss")?, |x| {
        let answer = hardware(&test["prf"], x).ok_or(())?;
        asked.set(Some((*x, answer)));
        Ok::<_, ()>(answer)
    });
    let keys = keys.ok()?;
    let (x, b) = asked.take()?;
    stated(test, "x", &hex(&x))?;
    stated(test, "b", &hex(&b)).map(|()| keys)
}

fn kdf(value: &Value) -> Option<KdfParams> {
    let number = |name: &str| u32::try_from(value[name].as_u64()?).ok();
    match text(value, "name")? {
        "argon2id" => Some(KdfParams::Argon2id { m_kib: number("m")?, t: number("t")?, p: number("p")? }),
        _ => Some(KdfParams::Pbkdf2Sha256 { iterations: number("c")? }),
    }
}

fn hardware(prf: &Value, x: &[u8; 32]) -> Option<[u8; 32]> {
    match text(prf, "kind")? {
        "hmac" => Some(SoftwarePrf::from_bytes(bytes(prf, "key")?).evaluate(x)),
        _ => enclave_prf(&bytes(prf, "z")?, x),
    }
}

pub fn prf(_: &Value, test: &Value) -> Option<()> {
    let (key, x) = (bytes(test, "key")?, bytes(test, "x")?);
    let answer = match text(test, "kind")? {
        "hmac" => SoftwarePrf::from_bytes(key).evaluate(&x),
        _ => enclave_prf(&key, &x)?,
    };
    stated(test, "b", &hex(&answer))
}

pub fn kcv(_: &Value, test: &Value) -> Option<()> {
    let answer = SoftwarePrf::from_bytes(bytes(test, "key")?).evaluate(&prf_kcv_input(&bytes(test, "fid")?));
    must(is_same_prf(&answer, &bytes(test, "kcv")?))
}

/// Both sides: the phone from its PIN, the server from the shared value.
pub fn offline_key(_: &Value, test: &Value) -> Option<()> {
    let (aid, ok) = (bytes::<16>(test, "aid")?, text(test, "ok")?);
    let phone = derived(test)?.offline_key(&aid, ok, &bytes(test, "off")?).ok()?;
    stated(test, "k_off", &hex(phone.as_bytes()))?;
    let fid = Fid::from_bytes(bytes(test, "fid")?);
    let server = protocol::offline_key(&bytes::<32>(test, "z")?, &Aid::from_bytes(aid), &fid, ok);
    stated(test, "k_off", &hex(&server))
}

pub fn offline_code(_: &Value, test: &Value) -> Option<()> {
    let stated = OfflineCode::parse(text(test, "code")?).ok()?;
    must(protocol::offline_code(&bytes(test, "k_off")?, text(test, "jws")?).matches(&stated))
}

pub fn code(_: &Value, test: &Value) -> Option<()> {
    let input = &test["inputs"];
    let tid = || Tid::parse(text(input, "tid")?).ok();
    let eid = || Eid::parse(text(input, "eid")?).ok();
    let handle = || Handle::parse(text(input, "h")?).ok();
    let secret = || EnrolSecret::parse(text(input, "es")?).ok();
    let value = match text(test, "of")? {
        "sign_in_code" => protocol::sign_in_code(&tid()?),
        "device_hint" => protocol::device_hint(&Aid::parse(text(input, "aid")?).ok()?),
        "transfer_hash" => protocol::transfer_hash(&handle()?, &tid()?).to_string(),
        "frame_mac" => {
            let key: [u8; 32] = array_from_b64u(text(input, "k_qr")?).ok()?;
            b64u(protocol::frame_mac(&key, &handle()?, u32::try_from(input["t"].as_u64()?).ok()?).expose())
        }
        "offer_mac" => protocol::offer_mac(&secret()?, &eid()?).to_string(),
        "enrol_mac" => {
            let jkt = Thumbprint::parse(text(input, "jkt")?).ok()?;
            protocol::enrol_mac(&secret()?, &eid()?, &jkt).to_string()
        }
        _ => {
            let nonce: [u8; 32] = array_from_b64u(text(input, "nonce")?).ok()?;
            b64u(&protocol::attestation_challenge(&array_from_b64u(text(input, "binding")?).ok()?, &nonce))
        }
    };
    must(text(test, "value")? == value)
}

pub fn factor_hash(_: &Value, test: &Value) -> Option<()> {
    let factors = test["factors"].as_array()?;
    let pairs: Option<Vec<_>> =
        factors.iter().map(|f| text(f, "protected").zip(text(f, "signature"))).collect();
    stated(test, "fsh", &hash_signatures(pairs?.into_iter()).to_string())
}

pub fn vault_row(_: &Value, test: &Value) -> Option<()> {
    let key = VaultKey::from_bytes(bytes(test, "vault_key")?).row_key().ok()?;
    let id = from_hex(text(test, "id")?)?;
    let schema_version = u32::try_from(test["schema_version"].as_u64()?).ok()?;
    let place = RowPlace { table: text(test, "table")?, id: &id, schema_version };
    let plain = key.open(place, &from_hex(text(test, "row")?)?).ok()?;
    stated(test, "plain", &hex(&plain))?;
    stated(test, "row", &hex(&key.seal(place, bytes(test, "nonce")?, &plain).ok()?))
}
