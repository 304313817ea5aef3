//! A change of keys that was sent and whose outcome is not known yet (`rekey_pending` of 2.4), and the biometric factor.
//! Both are part of their binding's row, so that one write promotes or discards them.

use super::binding::KdfWords;
use countersign_protocol::encoding::{array_from_b64u, b64u, from_b64u};
use countersign_protocol::id::{Fid, Jti, Thumbprint};
use countersign_protocol::key::PublicKey;
use countersign_vault::derive::PinEpoch;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What was sent. Has no `Debug`: salt and seed are in it.
pub(crate) enum Pending {
    /// Another PIN or other keys.
    Rekey(Box<PendingRekey>),
    /// A biometric key.
    Bio {
        /// The operation.
        jti: Jti,
        /// The key.
        bio: Bio,
    },
}

/// New PIN values beside the old ones.
pub(crate) struct PendingRekey {
    /// The operation.
    pub jti: Jti,
    /// What the new PIN keys are derived with.
    pub epoch: PinEpoch,
    /// Check value of the PRF key for the new id.
    pub kcv: [u8; 8],
    /// New device and PRF keys, if those change too.
    pub device: Option<NewKeys>,
}

/// A device key with its PRF key.
#[derive(Clone)]
pub(crate) struct NewKeys {
    /// Alias of the device key.
    pub dev_alias: String,
    /// Alias of the PRF key.
    pub prf_alias: String,
    /// Public device key.
    pub device: PublicKey,
}

/// A biometric factor.
#[derive(Clone)]
pub(crate) struct Bio {
    /// Alias of its key.
    pub alias: String,
    /// Its id.
    pub fid: Fid,
    /// Its public key.
    pub public: PublicKey,
}

impl Pending {
    /// The operation that was sent.
    pub const fn jti(&self) -> Jti {
        match self {
            Self::Rekey(rekey) => rekey.jti,
            Self::Bio { jti, .. } => *jti,
        }
    }

    /// Id of the factor that it brings.
    pub fn fid(&self) -> Fid {
        match self {
            Self::Rekey(rekey) => rekey.fid(),
            Self::Bio { bio, .. } => bio.fid,
        }
    }

    /// Aliases of keys that were made for it.
    pub fn aliases(&self) -> Vec<String> {
        match self {
            Self::Rekey(rekey) => {
                rekey.device.iter().flat_map(|new| [new.dev_alias.clone(), new.prf_alias.clone()]).collect()
            }
            Self::Bio { bio, .. } => vec![bio.alias.clone()],
        }
    }
}

impl PendingRekey {
    /// Id of the new PIN keys.
    pub fn fid(&self) -> Fid {
        Fid::from_bytes(self.epoch.fid)
    }

    /// Thumbprint of the new device key, if there is one.
    pub fn jkt(&self) -> Option<Thumbprint> {
        self.device.as_ref().map(|new| new.device.thumbprint())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PendingPlain {
    Rekey(RekeyPlain),
    Bio { jti: Jti, bio: BioPlain },
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct RekeyPlain {
    #[zeroize(skip)]
    jti: Jti,
    #[zeroize(skip)]
    fid: Fid,
    salt: String,
    seed: String,
    #[zeroize(skip)]
    kdf: KdfWords,
    #[zeroize(skip)]
    kcv: String,
    #[zeroize(skip)]
    device: Option<NewKeysPlain>,
}

#[derive(Clone, Serialize, Deserialize)]
struct NewKeysPlain {
    dev_alias: String,
    prf_alias: String,
    device: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct BioPlain {
    alias: String,
    fid: Fid,
    public: String,
}

impl PendingPlain {
    pub(super) fn of(pending: &Pending) -> Self {
        match pending {
            Pending::Rekey(rekey) => Self::Rekey(RekeyPlain {
                jti: rekey.jti,
                fid: rekey.fid(),
                salt: b64u(&rekey.epoch.salt),
                seed: b64u(&rekey.epoch.seed),
                kdf: rekey.epoch.kdf.into(),
                kcv: b64u(&rekey.kcv),
                device: rekey.device.as_ref().map(|new| NewKeysPlain {
                    dev_alias: new.dev_alias.clone(),
                    prf_alias: new.prf_alias.clone(),
                    device: b64u(new.device.as_sec1()),
                }),
            }),
            Pending::Bio { jti, bio } => Self::Bio { jti: *jti, bio: BioPlain::of(bio) },
        }
    }

    pub(super) fn into_pending(self) -> Option<Pending> {
        match self {
            Self::Rekey(plain) => Some(Pending::Rekey(Box::new(plain.to_rekey()?))),
            Self::Bio { jti, bio } => Some(Pending::Bio { jti, bio: bio.into_bio()? }),
        }
    }
}

impl RekeyPlain {
    fn to_rekey(&self) -> Option<PendingRekey> {
        let salt = Zeroizing::new(array_from_b64u(&self.salt).ok()?);
        let seed = Zeroizing::new(array_from_b64u(&self.seed).ok()?);
        let epoch = PinEpoch { salt: *salt, seed: *seed, fid: *self.fid.as_bytes(), kdf: self.kdf.into() };
        let device = match self.device.clone() {
            Some(new) => Some(NewKeys {
                device: PublicKey::from_sec1(&from_b64u(&new.device).ok()?).ok()?,
                dev_alias: new.dev_alias,
                prf_alias: new.prf_alias,
            }),
            None => None,
        };
        Some(PendingRekey { jti: self.jti, epoch, kcv: array_from_b64u(&self.kcv).ok()?, device })
    }
}

impl BioPlain {
    pub(super) fn of(bio: &Bio) -> Self {
        Self { alias: bio.alias.clone(), fid: bio.fid, public: b64u(bio.public.as_sec1()) }
    }

    pub(super) fn into_bio(self) -> Option<Bio> {
        let public = PublicKey::from_sec1(&from_b64u(&self.public).ok()?).ok()?;
        Some(Bio { alias: self.alias, fid: self.fid, public })
    }
}
