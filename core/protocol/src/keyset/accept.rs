//! Following a server's key sets from the pinned root (3.2): no rollback, no root but the committed next one.

use super::{Content, KeySet, TYP};
use crate::id::Thumbprint;
use crate::issuer::Issuer;
use crate::jose::compact::Compact;
use crate::json;
use crate::time::Time;

/// Most signed sets in one answer: the current one and eight changes of root, two signatures each.
const MAX_SETS: usize = 18;

/// What a phone has pinned for a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    /// Thumbprint of the root key.
    pub root: Thumbprint,
    /// The stored set's commitment, once there is a stored set.
    pub next_root: Option<Thumbprint>,
    /// The commitment that the stored set put another in place of, without a signature by the root it named. Somebody on
    /// the way may have cut that signature off: the same set with it still moves the pin.
    pub replaced_root: Option<Thumbprint>,
    /// The stored set's version and payload (base64url), once there is one.
    pub stored: Option<(u64, String)>,
}

impl Pinned {
    /// Nothing but a root thumbprint, as a pairing QR gives it.
    pub const fn root_only(root: Thumbprint) -> Self {
        Self { root, next_root: None, replaced_root: None, stored: None }
    }
}

/// The newest acceptable set and what to pin from now on.
pub struct Accepted {
    /// The set.
    pub keyset: KeySet,
    /// The new pins.
    pub pinned: Pinned,
}

/// Why an answer with key sets is refused as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeySetFault {
    /// Not readable, or against the forms of 3.2.
    #[error("malformed key set")]
    Malformed,
    /// No signature by the pinned root.
    #[error("signed by another root")]
    RootMismatch,
    /// Made for another server.
    #[error("key set of another server")]
    OtherIssuer,
    /// Older than the stored one, or the same version with other content.
    #[error("older key set")]
    Rollback,
    /// Past its end by the `Date` of the answer.
    #[error("expired key set")]
    Expired,
}

/// Applies `keysets` in order and gives the last one, if it is acceptable. `date` is the `Date` of the answer, never
/// the phone's clock; `None` for a set that was stored with an offline QR in hand, whose end is not judged.
pub fn accept(
    pinned: &Pinned,
    iss: &Issuer,
    keysets: &[String],
    date: Option<Time>,
) -> Result<Accepted, KeySetFault> {
    if keysets.is_empty() || keysets.len() > MAX_SETS {
        return Err(KeySetFault::Malformed);
    }
    let mut pinned = pinned.clone();
    let mut last = Err(KeySetFault::Malformed);
    for group in keysets.chunk_by(|a, b| payload_of(a).is_some() && payload_of(a) == payload_of(b)) {
        last = apply(&mut pinned, iss, group);
    }
    let keyset = last?;
    if date.is_some_and(|date| keyset.content().exp <= date) {
        return Err(KeySetFault::Expired);
    }
    Ok(Accepted { keyset, pinned })
}

/// One set with all its signatures. Pins move only when it is acceptable.
fn apply(pinned: &mut Pinned, iss: &Issuer, group: &[String]) -> Result<KeySet, KeySetFault> {
    let signed: Vec<(Thumbprint, Vec<u8>)> = group.iter().filter_map(|jws| verified(jws)).collect();
    let (_, payload) =
        signed.iter().find(|(root, _)| *root == pinned.root).ok_or(KeySetFault::RootMismatch)?;
    let content: Content = json::parse(payload).map_err(|_| KeySetFault::Malformed)?;
    if content.iss != *iss {
        return Err(KeySetFault::OtherIssuer);
    }
    let text = group.first().and_then(|jws| payload_of(jws)).unwrap_or_default();
    if let Some((ver, stored)) = &pinned.stored
        && (content.ver < *ver || (content.ver == *ver && stored != text))
    {
        return Err(KeySetFault::Rollback);
    }
    let (ver, next_root) = (content.ver, content.next_root);
    let keyset = KeySet::from_content(content).map_err(|_| KeySetFault::Malformed)?;
    let is_stored = pinned.stored.as_ref().is_some_and(|(stored, _)| *stored == ver);
    let committed = [pinned.next_root, pinned.replaced_root.filter(|_| is_stored)];
    if let Some((root, _)) = signed.iter().find(|(root, _)| committed.contains(&Some(*root))) {
        (pinned.root, pinned.replaced_root) = (*root, None);
    } else if !is_stored {
        pinned.replaced_root = pinned.next_root.filter(|known| *known != next_root);
    }
    pinned.next_root = Some(next_root);
    pinned.stored = Some((ver, text.to_owned()));
    Ok(keyset)
}

/// Thumbprint of the root that signed, and the payload; nothing if the signature does not verify.
fn verified(jws: &str) -> Option<(Thumbprint, Vec<u8>)> {
    let compact = Compact::parse_self_keyed(jws, TYP).ok()?;
    let key = *compact.header_key()?;
    Some((key.thumbprint(), compact.verify(&key)?))
}

fn payload_of(jws: &str) -> Option<&str> {
    jws.split('.').nth(1)
}
