//! The key set that this server publishes (3.2): signed by root, a new version only when its content changes.

use crate::fault::AppFault;
use crate::keys::{Keys, KeysFault, Ring, SigningKey, sync};
use crate::policy::Policy;
use countersign_protocol::encoding::b64u;
use countersign_protocol::id::Thumbprint;
use countersign_protocol::issuer::Issuer;
use countersign_protocol::jose::compact;
use countersign_protocol::json::{self as strict};
use countersign_protocol::key::PublicKey;
use countersign_protocol::keyset::{Content, MinApp, OffKey, OfflinePolicy, PolicyView, SignKey, TYP};
use countersign_protocol::label::sha256;
use countersign_protocol::time::Time;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

/// Seconds that a set is valid, and how long before its end it is made anew.
const LIFE: u64 = 90 * 86_400;
const RENEW: u64 = 30 * 86_400;
/// Seconds that the keys in it are valid.
const KEY_LIFE: u64 = 2 * 365 * 86_400;
/// Seconds by which a key is valid before the set is made: machines disagree a little.
const EARLY: u64 = 86_400;

/// What a key set is made of besides the keys.
pub struct Facts<'a> {
    /// This server.
    pub iss: &'a Issuer,
    /// Its name for people.
    pub name: &'a str,
    /// The policy.
    pub policy: &'a Policy,
    /// Where services may return to.
    pub return_origins: Vec<String>,
    /// The highest version that a phone may have. Where the file of the published set is lost, or put back from a copy,
    /// the next set has a higher one: phones refuse to go back.
    pub passed: u64,
}

/// Key sets as they are given out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Compact JWS, changes of root first, the current set last (3.2).
    pub keysets: Vec<String>,
    /// Version of the current set.
    pub ver: u64,
    /// When the current set ends; nothing before one was given out.
    pub exp: Option<Time>,
    /// The root that signs the current set; nothing before one was given out.
    pub root: Option<Thumbprint>,
    /// Where services may return to, as the current set says.
    pub return_origins: Vec<String>,
    /// The version in which each key first stood: phones know those up to the version that they acknowledged.
    pub since: BTreeMap<String, u64>,
}

impl Published {
    /// Whether a phone that acknowledged `ver` has the key of this id.
    pub fn is_known(&self, kid: &str, ver: u64) -> bool {
        self.since.get(kid).is_some_and(|since| *since <= ver)
    }
}

/// Makes key sets and keeps them in `keyset.json` of the data folder.
pub struct Publisher {
    data: PathBuf,
    /// SHA-256 of the TLS key's SubjectPublicKeyInfo, if this server speaks TLS itself.
    tls_pin: Option<[u8; 32]>,
}

impl Publisher {
    /// A publisher for this data folder.
    pub const fn new(data: PathBuf, tls_pin: Option<[u8; 32]>) -> Self {
        Self { data, tls_pin }
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Whether an operator rotated keys since `ring` was read.
    pub fn has_other_ring(&self, ring: &Ring) -> Result<bool, KeysFault> {
        Ok(Ring::read(&self.data.join("keys"))? != *ring)
    }

    /// Reads the published set; makes a new version if anything in it has to change.
    ///
    /// A change of root is signed by the old root and the new one over the same bytes, and stays in the list in front
    /// of the current set for phones that were away (3.2).
    pub fn publish(&self, keys: &Keys, facts: &Facts<'_>, now: Time) -> Result<Arc<Published>, AppFault> {
        let path = self.data.join("keyset.json");
        let mut keysets = read(&path)?;
        let old = keysets.last().map(|jws| content(jws).ok_or_else(|| KeysFault::NoKeySet(path.clone())));
        let old = old.transpose()?;
        let root = keys.root.public().thumbprint();
        let same_root = keysets.iter().rev().take(2).any(|jws| signer(jws) == Some(root));
        if let Some(old) = &old {
            let again = self.make(keys, facts, (old.ver, old.iat))?;
            let stands = same_root && old.ver >= facts.passed && old.exp.minus(RENEW) > now;
            if stands && fingerprint(old) == fingerprint(&again) {
                return self.published(keysets, old);
            }
        }
        let before = old.as_ref().map_or(0, |old| old.ver).max(facts.passed);
        let fresh = self.make(keys, facts, (before + 1, now))?;
        let payload = strict::to_vec(&fresh)?;
        keysets = changes(&keysets);
        if let (Some(former), false) = (&keys.former_root, same_root) {
            keysets.push(signed(&payload, former)?);
        }
        keysets.push(signed(&payload, &keys.root)?);
        write(&path, &json!(keysets)).map_err(|source| KeysFault::File { path, source })?;
        self.published(keysets, &fresh)
    }

    /// With the version in which each key first stood, which is kept beside the set.
    fn published(&self, keysets: Vec<String>, content: &Content) -> Result<Arc<Published>, AppFault> {
        let path = self.data.join("kids.json");
        let mut since: BTreeMap<String, u64> =
            fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let before = since.clone();
        let kids = content.sign.iter().map(|key| &key.kid).chain(content.off.iter().map(|key| &key.kid));
        for kid in kids {
            since.entry(kid.clone()).or_insert(content.ver);
        }
        if since != before {
            write(&path, &json!(since)).map_err(|source| KeysFault::File { path, source })?;
        }
        let (return_origins, root) =
            (content.return_origins.clone(), keysets.last().and_then(|jws| signer(jws)));
        Ok(Arc::new(Published {
            keysets,
            ver: content.ver,
            exp: Some(content.exp),
            root,
            return_origins,
            since,
        }))
    }

    fn make(&self, keys: &Keys, facts: &Facts<'_>, made: (u64, Time)) -> Result<Content, AppFault> {
        make(keys, facts, self.tls_pin, made)
    }
}

/// The root that the published set carries, if a set was published: a further change of root has to begin with it.
pub fn published_root(data: &Path) -> Option<Thumbprint> {
    signer(read(&data.join("keyset.json")).ok()?.last()?)
}

/// Most changes of root that are kept (3.2).
const CHANGES: usize = 8;

/// The changes of root in a list: pairs over the same payload.
fn changes(keysets: &[String]) -> Vec<String> {
    let payload = |jws: &String| jws.split('.').nth(1).map(str::to_owned);
    let pairs = keysets.windows(2).filter(|pair| payload(&pair[0]) == payload(&pair[1]));
    let kept: Vec<String> = pairs.flat_map(|pair| pair.iter().cloned()).collect();
    kept[kept.len().saturating_sub(2 * CHANGES)..].to_vec()
}

fn signed(payload: &[u8], root: &SigningKey) -> Result<String, AppFault> {
    Ok(compact::sign_self_keyed(TYP, root.public(), payload, root)?)
}

fn content(jws: &str) -> Option<Content> {
    let payload = countersign_protocol::encoding::from_b64u(jws.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// Whose signature a set carries, from its own header: this file is ours.
fn signer(jws: &str) -> Option<Thumbprint> {
    let header = countersign_protocol::encoding::from_b64u(jws.split('.').next()?).ok()?;
    let value: Value = serde_json::from_slice(&header).ok()?;
    let jwk = serde_json::from_value(value.get("jwk")?.clone()).ok()?;
    Some(PublicKey::from_jwk(&jwk).ok()?.thumbprint())
}

fn make(
    keys: &Keys,
    facts: &Facts<'_>,
    tls_pin: Option<[u8; 32]>,
    (ver, now): (u64, Time),
) -> Result<Content, AppFault> {
    let exp = now.plus(KEY_LIFE);
    let sign = keys.sign.iter().map(|key| SignKey {
        kid: key.kid.clone(),
        jwk: key.key.public().to_jwk(),
        // The first key has signed since before this server knew the time.
        nbf: if key.from.secs() == 0 { now.minus(EARLY) } else { key.from.minus(EARLY) },
        exp,
    });
    let off = keys.off.iter().map(|key| {
        let public = key.public().ok_or_else(|| KeysFault::Damaged("off".into()))?;
        Ok(OffKey { kid: key.kid.clone(), jwk: public.to_jwk(), exp })
    });
    let backups = keys.tls_backups.iter().map(|key| b64u(&sha256(&spki(key))));
    let mut return_origins = vec![facts.iss.as_str().to_owned()];
    return_origins
        .extend(facts.return_origins.iter().filter(|origin| *origin != facts.iss.as_str()).cloned());
    Ok(Content {
        v: 1,
        versions: vec![1],
        iss: facts.iss.clone(),
        name: facts.name.to_owned(),
        ver,
        iat: now,
        exp: now.plus(LIFE),
        sign: sign.collect(),
        off: off.collect::<Result<_, AppFault>>()?,
        tls_pins: tls_pin.iter().map(|pin| b64u(pin)).chain(backups).collect(),
        return_origins,
        next_root: keys.next_root.thumbprint(),
        policy: policy_view(facts.policy),
    })
}

fn policy_view(policy: &Policy) -> PolicyView {
    PolicyView {
        pin_min: u64::from(policy.pin_min),
        factors: policy.factors.clone(),
        bio_days: u64::from(policy.bio_days),
        offline: OfflinePolicy { on: policy.offline },
        tx_ttl: policy.lifetimes.push,
        min_app: MinApp { android: policy.min_app_android.clone(), ios: policy.min_app_ios.clone() },
    }
}

/// A set without what changes by time alone.
fn fingerprint(content: &Content) -> Option<Value> {
    let mut value = serde_json::to_value(content).ok()?;
    for member in ["iat", "exp"] {
        value.as_object_mut()?.remove(member);
    }
    for key in value.pointer_mut("/sign")?.as_array_mut()? {
        key.as_object_mut()?.retain(|name, _| name == "kid" || name == "jwk");
    }
    for key in value.pointer_mut("/off")?.as_array_mut()? {
        key.as_object_mut()?.retain(|name, _| name == "kid" || name == "jwk");
    }
    Some(value)
}

/// The published sets; none where there is no file. A damaged file stops the server: nobody should guess a version.
fn read(path: &Path) -> Result<Vec<String>, KeysFault> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| KeysFault::NoKeySet(path.to_owned())),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(KeysFault::File { path: path.to_owned(), source }),
    }
}

fn write(path: &Path, value: &Value) -> io::Result<()> {
    let fresh = path.with_extension("new");
    fs::write(&fresh, value.to_string())?;
    fs::File::open(&fresh)?.sync_all()?;
    fs::rename(fresh, path)?;
    path.parent().map_or(Ok(()), sync)
}

/// SubjectPublicKeyInfo of a P-256 key (RFC 5480): a fixed head, then the point.
fn spki(key: &PublicKey) -> Vec<u8> {
    const HEAD: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
        0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    [&HEAD[..], key.as_sec1()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_is_an_error_and_none_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keyset.json");
        assert!(read(&path).unwrap().is_empty());
        fs::write(&path, "[\"cut sho").unwrap();
        assert!(matches!(read(&path), Err(KeysFault::NoKeySet(_))));
    }
}
