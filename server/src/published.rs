//! The key set that this server publishes (3.2): signed by root, a new version only when its content changes.

use crate::app::AppFault;
use crate::keys::{Keys, KeysFault, OFF_KID, SIGN_KID};
use crate::policy::Policy;
use countersign_protocol::encoding::b64u;
use countersign_protocol::issuer::Issuer;
use countersign_protocol::jose::compact;
use countersign_protocol::json;
use countersign_protocol::key::PublicKey;
use countersign_protocol::keyset::{Content, MinApp, OffKey, OfflinePolicy, PolicyView, SignKey, TYP};
use countersign_protocol::label::sha256;
use countersign_protocol::time::Time;
use serde_json::Value;
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
}

/// Key sets as they are given out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Compact JWS, changes of root first, the current set last (3.2).
    pub keysets: Vec<String>,
    /// Version of the current set.
    pub ver: u64,
    /// Where services may return to, as the current set says.
    pub return_origins: Vec<String>,
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

    /// Reads the published set; makes a new version if anything in it has to change.
    pub fn publish(&self, keys: &Keys, facts: &Facts<'_>, now: Time) -> Result<Arc<Published>, AppFault> {
        let path = self.data.join("keyset.json");
        let old = read(&path);
        if let Some((jws, content)) = &old {
            let again = self.make(keys, facts, (content.ver, content.iat))?;
            if fingerprint(content) == fingerprint(&again) && content.exp.minus(RENEW) > now {
                return Ok(published(vec![jws.clone()], content));
            }
        }
        let ver = old.map_or(1, |(_, content)| content.ver + 1);
        let content = self.make(keys, facts, (ver, now))?;
        let jws = compact::sign_self_keyed(TYP, keys.root.public(), &json::to_vec(&content)?, &keys.root)?;
        write(&path, &jws).map_err(|source| KeysFault::File { path, source })?;
        Ok(published(vec![jws], &content))
    }

    fn make(&self, keys: &Keys, facts: &Facts<'_>, made: (u64, Time)) -> Result<Content, AppFault> {
        make(keys, facts, self.tls_pin, made)
    }
}

fn published(keysets: Vec<String>, content: &Content) -> Arc<Published> {
    Arc::new(Published { keysets, ver: content.ver, return_origins: content.return_origins.clone() })
}

fn make(
    keys: &Keys,
    facts: &Facts<'_>,
    tls_pin: Option<[u8; 32]>,
    (ver, now): (u64, Time),
) -> Result<Content, AppFault> {
    let off = keys.off_public().ok_or_else(|| KeysFault::Damaged("off-off1.key".into()))?;
    let (nbf, exp) = (now.minus(EARLY), now.plus(KEY_LIFE));
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
        sign: vec![SignKey { kid: SIGN_KID.to_owned(), jwk: keys.sign.public().to_jwk(), nbf, exp }],
        off: vec![OffKey { kid: OFF_KID.to_owned(), jwk: off.to_jwk(), exp }],
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

fn read(path: &Path) -> Option<(String, Content)> {
    let keysets: Vec<String> = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let jws = keysets.into_iter().next()?;
    let payload = countersign_protocol::encoding::from_b64u(jws.split('.').nth(1)?).ok()?;
    let content = serde_json::from_slice(&payload).ok()?;
    Some((jws, content))
}

fn write(path: &Path, jws: &str) -> io::Result<()> {
    let fresh = path.with_extension("new");
    fs::write(&fresh, serde_json::json!([jws]).to_string())?;
    fs::File::open(&fresh)?.sync_all()?;
    fs::rename(fresh, path)
}

/// SubjectPublicKeyInfo of a P-256 key (RFC 5480): a fixed head, then the point.
fn spki(key: &PublicKey) -> Vec<u8> {
    const HEAD: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
        0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    [&HEAD[..], key.as_sec1()].concat()
}
