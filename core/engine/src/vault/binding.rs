//! One account on this phone, as it is kept.

use super::pending::{Bio, BioPlain, Pending, PendingPlain};
use crate::problem::Problem;
use countersign_protocol::encoding::{array_from_b64u, b64u, from_b64u};
use countersign_protocol::id::{Aid, Eid, Fid, Jti, Thumbprint};
use countersign_protocol::issuer::Issuer;
use countersign_protocol::json;
use countersign_protocol::key::PublicKey;
use countersign_protocol::keyset::{KeySet, Pinned};
use countersign_protocol::message::Level;
use countersign_protocol::message::notice::NoticeWhy;
use countersign_protocol::message::offer::AttestPolicy;
use countersign_protocol::secret::ConfirmCode;
use countersign_protocol::time::Time;
use countersign_vault::derive::PinEpoch;
use countersign_vault::kdf::KdfParams;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

/// One account at one server on this phone. Has no `Debug`: salt and seed are in it.
pub(crate) struct Binding {
    /// Id of its row.
    pub id: u64,
    /// The server.
    pub iss: Issuer,
    /// Account label; the masked one of the offer until the binding has come.
    pub account: String,
    /// How far it is.
    pub state: BindingState,
    /// The phone's id at the server, once its answer to the enrolment has come.
    pub aid: Option<Aid>,
    /// Alias of the device key.
    pub dev_alias: String,
    /// Alias of the PRF key.
    pub prf_alias: String,
    /// Public device key.
    pub device: PublicKey,
    /// What the PIN keys are derived with.
    pub epoch: PinEpoch,
    /// Check value of the PRF key (2.2.3).
    pub kcv: [u8; 8],
    /// What is pinned of the server.
    pub pinned: Pinned,
    /// Newest key set version that the server knows we have.
    pub acked: u64,
    /// Protection as the server recorded it.
    pub level: Option<Level>,
    /// What its offer said of attestations: for keys that come later.
    pub attest: AttestPolicy,
    /// When it was made, by this phone's clock.
    pub created: Time,
    /// When the key set was last fetched, by this phone's clock: only for deciding when to fetch it again.
    pub fetched: Time,
    /// A change whose outcome is not known yet; while it is there, no PIN is asked for (3.7.1).
    pub pending: Option<Pending>,
    /// Biometric factor.
    pub bio: Option<Bio>,
}

/// How far a binding is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BindingState {
    /// The enrolment was sent; its end is not known yet.
    Enrolling {
        /// The enrolment.
        eid: Eid,
        /// The code to type on the web page, once the server has given it.
        code: Option<String>,
    },
    /// Can approve.
    Active,
    /// A valid notice said that the server removed it.
    Removed(Removal),
}

/// What a valid notice said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Removal {
    /// Why.
    pub why: NoticeWhy,
    /// When.
    pub at: Time,
}

impl Binding {
    /// Thumbprint of the device key.
    pub fn jkt(&self) -> Thumbprint {
        self.device.thumbprint()
    }

    /// Aliases of all its keys, those of a pending change too.
    pub fn aliases(&self) -> Vec<String> {
        let mut aliases = vec![self.dev_alias.clone(), self.prf_alias.clone()];
        aliases.extend(self.bio.as_ref().map(|bio| bio.alias.clone()));
        aliases.extend(self.pending.iter().flat_map(Pending::aliases));
        aliases
    }

    /// A copy for asking under other keys. It has no row: it must never be written.
    pub fn twin(&self) -> Result<Self, Problem> {
        Self::from_plain(0, &self.to_plain()?).ok_or(Problem::VaultCorrupt)
    }

    /// Whether this is the id of its PIN keys or of its biometric factor.
    pub fn has(&self, fid: &Fid) -> bool {
        self.fid() == *fid || self.bio.as_ref().is_some_and(|bio| bio.fid == *fid)
    }

    /// Takes away the biometric factor, if it is still this one.
    pub fn take_bio(&mut self, fid: &Fid) -> Option<Bio> {
        self.bio.take_if(|bio| bio.fid == *fid)
    }

    /// Takes the pending change out, if it is still this one.
    pub fn take_pending(&mut self, jti: &Jti) -> Option<Pending> {
        self.pending.take_if(|pending| pending.jti() == *jti)
    }

    /// Id of the PIN keys.
    pub fn fid(&self) -> Fid {
        Fid::from_bytes(self.epoch.fid)
    }

    /// The code of an enrolment that waits for it.
    pub fn confirm_code(&self) -> Option<ConfirmCode> {
        match &self.state {
            BindingState::Enrolling { code: Some(code), .. } => ConfirmCode::parse(code).ok(),
            _ => None,
        }
    }

    /// The stored key set.
    pub fn keyset(&self) -> Result<KeySet, Problem> {
        let (_, payload) = self.pinned.stored.as_ref().ok_or(Problem::VaultCorrupt)?;
        let bytes = from_b64u(payload).map_err(|_| Problem::VaultCorrupt)?;
        let content = json::parse(&bytes).map_err(|_| Problem::VaultCorrupt)?;
        KeySet::from_content(content).map_err(|_| Problem::VaultCorrupt)
    }

    /// Version of the stored key set, 0 if there is none.
    pub fn keyset_version(&self) -> u64 {
        self.pinned.stored.as_ref().map_or(0, |(ver, _)| *ver)
    }

    pub(super) fn to_plain(&self) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let mut plain = Plain::of(self);
        let bytes = json::to_vec(&plain).map(Zeroizing::new).map_err(|_| Problem::VaultCorrupt);
        plain.salt.zeroize();
        plain.seed.zeroize();
        bytes
    }

    pub(super) fn from_plain(id: u64, bytes: &[u8]) -> Option<Self> {
        let plain: Plain = json::parse(bytes).ok()?;
        let (salt, seed) = (Zeroizing::new(plain.salt), Zeroizing::new(plain.seed));
        let epoch = PinEpoch {
            salt: array_from_b64u(&salt).ok()?,
            seed: array_from_b64u(&seed).ok()?,
            fid: *plain.fid.as_bytes(),
            kdf: plain.kdf.into(),
        };
        Some(Self {
            id,
            iss: plain.iss,
            account: plain.account,
            state: plain.state,
            aid: plain.aid,
            dev_alias: plain.dev_alias,
            prf_alias: plain.prf_alias,
            device: PublicKey::from_sec1(&from_b64u(&plain.device).ok()?).ok()?,
            epoch,
            kcv: array_from_b64u(&plain.kcv).ok()?,
            pinned: Pinned {
                root: plain.root,
                next_root: plain.next_root,
                replaced_root: plain.replaced_root,
                stored: plain.stored,
            },
            acked: plain.acked,
            level: plain.level,
            attest: plain.attest,
            created: plain.created,
            fetched: plain.fetched,
            pending: match plain.pending {
                Some(pending) => Some(pending.into_pending()?),
                None => None,
            },
            bio: match plain.bio {
                Some(bio) => Some(bio.into_bio()?),
                None => None,
            },
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Plain {
    iss: Issuer,
    account: String,
    state: BindingState,
    aid: Option<Aid>,
    dev_alias: String,
    prf_alias: String,
    device: String,
    fid: Fid,
    salt: String,
    seed: String,
    kdf: KdfWords,
    kcv: String,
    root: Thumbprint,
    next_root: Option<Thumbprint>,
    #[serde(default)]
    replaced_root: Option<Thumbprint>,
    stored: Option<(u64, String)>,
    acked: u64,
    level: Option<Level>,
    #[serde(default)]
    attest: AttestPolicy,
    created: Time,
    fetched: Time,
    #[serde(default)]
    pending: Option<PendingPlain>,
    #[serde(default)]
    bio: Option<BioPlain>,
}

impl Plain {
    fn of(binding: &Binding) -> Self {
        Self {
            iss: binding.iss.clone(),
            account: binding.account.clone(),
            state: binding.state.clone(),
            aid: binding.aid,
            dev_alias: binding.dev_alias.clone(),
            prf_alias: binding.prf_alias.clone(),
            device: b64u(binding.device.as_sec1()),
            fid: binding.fid(),
            salt: b64u(&binding.epoch.salt),
            seed: b64u(&binding.epoch.seed),
            kdf: binding.epoch.kdf.into(),
            kcv: b64u(&binding.kcv),
            root: binding.pinned.root,
            next_root: binding.pinned.next_root,
            replaced_root: binding.pinned.replaced_root,
            stored: binding.pinned.stored.clone(),
            acked: binding.acked,
            level: binding.level,
            attest: binding.attest,
            created: binding.created,
            fetched: binding.fetched,
            pending: binding.pending.as_ref().map(PendingPlain::of),
            bio: binding.bio.as_ref().map(BioPlain::of),
        }
    }
}

/// The members `kdf`, `m`, `t`, `p`, `c` of 2.2, as they are kept.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "kdf")]
pub(super) enum KdfWords {
    #[serde(rename = "argon2id")]
    Argon2id { m: u32, t: u32, p: u32 },
    #[serde(rename = "pbkdf2-sha256")]
    Pbkdf2 { c: u32 },
}

impl From<KdfParams> for KdfWords {
    fn from(params: KdfParams) -> Self {
        match params {
            KdfParams::Argon2id { m_kib, t, p } => Self::Argon2id { m: m_kib, t, p },
            KdfParams::Pbkdf2Sha256 { iterations } => Self::Pbkdf2 { c: iterations },
        }
    }
}

impl From<KdfWords> for KdfParams {
    fn from(words: KdfWords) -> Self {
        match words {
            KdfWords::Argon2id { m, t, p } => Self::Argon2id { m_kib: m, t, p },
            KdfWords::Pbkdf2 { c } => Self::Pbkdf2Sha256 { iterations: c },
        }
    }
}
