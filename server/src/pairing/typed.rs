//! The typed pairing code (3.3.2): drawn from the pairing's secret, and stretched here and on the phone.

use crate::app::AppFault;
use crate::random;
use crate::reply::{Refusal, unavailable};
use crate::seal::SealFault;
use argon2::{Algorithm, Argon2, Params, Version};
use countersign_protocol::issuer::Issuer;
use countersign_protocol::label::labelled_sha256;
use countersign_protocol::qr::Pairing;
use countersign_protocol::secret::EnrolSecret;
use countersign_protocol::typed::{STRETCH, TypedCode, TypedKeys, salt};
use std::time::Duration;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// How long a call waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// A code and the keys that follow from it.
pub struct Typed {
    code: TypedCode,
    keys: TypedKeys,
}

impl Typed {
    /// Stretches the code that follows from a pairing's secret (see [`code_of`]): tens of milliseconds and 64 MiB, on a
    /// thread of their own.
    ///
    /// Two at a time: whoever asks for many waits, and the server's memory stays what it is.
    pub async fn of(secret: &EnrolSecret, iss: &Issuer) -> Result<Self, Refusal> {
        static TURNS: Semaphore = Semaphore::const_new(2);
        let turn = tokio::time::timeout(PATIENCE, TURNS.acquire()).await;
        let _turn = turn.ok().and_then(Result::ok).ok_or_else(|| unavailable(1))?;
        let (code, iss) = (code_of(secret), iss.clone());
        let drawn = tokio::task::spawn_blocking(move || Self::stretch(code, &iss));
        Ok(drawn.await.ok().flatten().ok_or_else(|| unavailable(1))?)
    }

    fn stretch(code: TypedCode, iss: &Issuer) -> Option<Self> {
        let (memory, passes, lanes) = STRETCH;
        let argon2 = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(memory, passes, lanes, Some(32)).ok()?,
        );
        let mut stretched = Zeroizing::new([0; 32]);
        argon2.hash_password_into(code.symbols(), &salt(iss), stretched.as_mut()).ok()?;
        let keys = TypedKeys::from_stretched(&stretched, iss).ok()?;
        Some(Self { code, keys })
    }

    /// What the person types.
    pub fn shown(&self) -> Zeroizing<String> {
        self.code.shown()
    }

    /// Name and content of the box that the code opens.
    pub fn boxed(&self, iss: &Issuer, pairing: &Pairing) -> Result<([u8; 16], Vec<u8>), AppFault> {
        let sealed = self.keys.seal(iss, pairing, random::bytes()).map_err(|_| SealFault)?;
        Ok((*self.keys.lookup(), sealed))
    }
}

/// The code of a pairing: it follows from the pairing's random secret, one way, so that a page can show it again and it is
/// kept nowhere. Who has the code gets at the secret in any case, by the box.
pub fn code_of(secret: &EnrolSecret) -> TypedCode {
    let hash = labelled_sha256("typed code of a pairing", &[secret.expose()]);
    let mut random = Zeroizing::new([0; 10]);
    random.copy_from_slice(&hash[..10]);
    TypedCode::from_random(&random)
}
