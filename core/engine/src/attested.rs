//! Keys that the maker of the machine vouches for, where a server asks for it (protocol 2.3).
//!
//! Where it does not ask, no attestation is made: it would tell the server more of the phone than it needs, and two
//! servers what they have in common. What a store cannot attest goes without; the server sees that, and decides.

use crate::device::public_key;
use crate::fresh_keys::FreshKeys;
use crate::port::{Attestations, CreatedKey, KeyStoreError, KeyUsage};
use crate::problem::Problem;
use crate::shared::Shared;
use countersign_protocol::code::{app_attest_client_data, attestation_challenge};
use countersign_protocol::encoding::b64u;
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::enrol::Attestation;
use countersign_protocol::message::offer::AttestPolicy;

/// What an attestation is for: an enrolment and the nonce of its offer, or this phone and the nonce of an operation.
pub(crate) struct Bound<'a> {
    /// What the offer of this server said of attestations.
    pub policy: AttestPolicy,
    /// The enrolment's id, or the phone's.
    pub binding: &'a [u8; 16],
    /// The nonce; that of an operation as ASCII.
    pub nonce: &'a [u8],
}

/// A signing key that was just made.
pub(crate) struct NewKey {
    pub alias: String,
    pub public: PublicKey,
    pub att: Attestation,
}

impl Shared {
    /// Makes a signing key with what vouches for it.
    pub(crate) fn new_key(&self, usage: KeyUsage, bound: &Bound<'_>) -> Result<NewKey, Problem> {
        let alias = self.alias(usage)?;
        let mut fresh = FreshKeys::none(self);
        fresh.hold(&alias);
        let created = self.create_bound(&alias, usage, bound)?;
        let public = public_key(&created.public_key)?;
        let att = match bound.policy {
            AttestPolicy::Off => Attestation::None {},
            AttestPolicy::Log | AttestPolicy::Enforce => self.attestation(&created, &public, bound)?,
        };
        fresh.keep();
        Ok(NewKey { alias, public, att })
    }

    /// Some phones attest by a network that may be away. Where the attestation is only written down, nothing waits for it.
    fn create_bound(
        &self,
        alias: &str,
        usage: KeyUsage,
        bound: &Bound<'_>,
    ) -> Result<CreatedKey, KeyStoreError> {
        let create = |challenge| self.keyring.create(alias.to_owned(), usage, challenge);
        let challenge = attestation_challenge(bound.binding, bound.nonce);
        match bound.policy {
            AttestPolicy::Off => create(None),
            AttestPolicy::Enforce => create(Some(challenge)),
            AttestPolicy::Log => match create(Some(challenge)) {
                Err(KeyStoreError::Transient) => create(None),
                created => created,
            },
        }
    }

    fn attestation(
        &self,
        created: &CreatedKey,
        public: &PublicKey,
        bound: &Bound<'_>,
    ) -> Result<Attestation, KeyStoreError> {
        match self.keyring.capabilities()?.attest {
            Attestations::AndroidKey if !created.chain.is_empty() => {
                Ok(Attestation::AndroidKey { x5c: created.chain.iter().map(|der| b64u(der)).collect() })
            }
            Attestations::AppleAppAttest => self.app_attest(public, bound),
            Attestations::AndroidKey | Attestations::None => Ok(Attestation::None {}),
        }
    }

    /// It needs Apple's servers. Where the attestation is only written down, pairing does not wait for them.
    fn app_attest(&self, public: &PublicKey, bound: &Bound<'_>) -> Result<Attestation, KeyStoreError> {
        let client_data = app_attest_client_data(bound.binding, bound.nonce, &public.thumbprint());
        match self.keyring.app_statement(client_data) {
            Ok(made) => Ok(Attestation::AppleAppAttest { obj: b64u(&made.object), kid: b64u(&made.key_id) }),
            Err(error @ (KeyStoreError::Transient | KeyStoreError::TimedOut))
                if bound.policy == AttestPolicy::Enforce =>
            {
                Err(error)
            }
            Err(_) => Ok(Attestation::None {}),
        }
    }
}
