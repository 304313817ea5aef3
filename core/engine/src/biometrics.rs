//! Biometrics (A2): a key of its own beside the PIN, brought in by the PIN, good for approvals only (protocol 2.6).
//!
//! The signature is a step, not a callback: a flow says what is to be signed by which key, the shell asks the person and
//! hands the signature back. No thread here ever waits for a finger.

use crate::account::AccountId;
use crate::attested::{Bound, NewKey};
use crate::authenticator::Authenticator;
use crate::call::{Heard, SignedOp, parsed};
use crate::fresh_keys::FreshKeys;
use crate::pin_op::PinOutcome;
use crate::port::{Biometrics, KeyUsage};
use crate::problem::Problem;
use crate::settle::Settled;
use crate::shared::Shared;
use crate::vault::{Binding, BindingState, Bio, Pending};
use countersign_protocol::answer::BindingAnswer;
use countersign_protocol::id::{Fid, Jti};
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::message::op::{AddFactor, Op, Operation};
use countersign_protocol::signer::Signer;
use countersign_vault::device_key::{normalise_signature, verify};
use countersign_vault::pin_entry::PinEntry;
use std::sync::Arc;
use std::time::Duration;

/// A signature that a person has to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureRequest {
    /// Alias of the biometric key.
    pub key: String,
    /// What it signs: the message, not its digest.
    pub payload: Vec<u8>,
    /// Why, so that the shell finds the words.
    pub reason: Reason,
}

/// Why a signature is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Biometrics are being turned on.
    TurnOn,
    /// A request is being approved.
    Approve,
}

/// Turning biometrics on.
pub struct BiometricsFlow {
    shared: Arc<Shared>,
    binding: u64,
    step: Option<Step>,
}

/// Signed by the PIN, not yet by the biometric key.
struct Step {
    draft: Draft,
    bio: Bio,
    jti: Jti,
    /// The PIN factor that signed.
    pin: Fid,
}

/// What the shell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BiometricsState {
    /// The PIN.
    EnterPin,
    /// Finger or face.
    NeedsSignature(SignatureRequest),
    /// The PIN is not right: begin again.
    WrongPin {
        /// Tries left before the lock.
        left: Option<u32>,
        /// Seconds before the next try, 0 if none.
        retry_after: u64,
    },
    /// The next try has to wait.
    Wait {
        /// How long.
        retry_in: Duration,
    },
    /// Biometrics may approve.
    On,
    /// It did not reach the server: begin again.
    NotOn,
}

impl Authenticator {
    /// Begins to turn biometrics on for an account.
    pub fn turn_on_biometrics(&self, account: AccountId) -> Result<BiometricsFlow, Problem> {
        let mut binding = self.shared.vault.binding(account.0)?;
        if binding.state != BindingState::Active {
            return Err(Problem::OutOfTurn);
        }
        if self.shared.keyring.capabilities()?.bio == Biometrics::None {
            return Err(Problem::NoBiometrics);
        }
        self.shared.settle(&mut binding)?;
        Ok(BiometricsFlow { shared: self.shared.clone(), binding: binding.id, step: None })
    }

    /// Turns biometrics off; also when the key is lost because a finger was added. Needs no PIN.
    pub fn turn_off_biometrics(&self, account: AccountId) -> Result<(), Problem> {
        let shared = &self.shared;
        let mut binding = shared.vault.binding(account.0)?;
        shared.settle(&mut binding)?;
        let fid = binding.bio.as_ref().ok_or(Problem::NoBiometrics)?.fid;
        let (heard, op) = shared.op(&mut binding, || Operation::RemoveFactor(fid))?;
        let answer: BindingAnswer = shared.body(&mut binding, heard)?;
        shared.own_binding(&mut binding, &answer.binding, &op)?;
        let removed = shared.vault.update(&mut binding, |fresh| Ok(fresh.take_bio(&fid)))?;
        shared.delete_keys(removed.map(|bio| bio.alias).into_iter().collect());
        Ok(())
    }
}

impl BiometricsFlow {
    /// Takes the PIN, makes the key, and says what it has to sign.
    pub fn submit(&mut self, pin: PinEntry) -> Result<BiometricsState, Problem> {
        let mut pin = pin;
        self.cancel();
        let mut binding = self.shared.vault.binding(self.binding)?;
        if let Some(retry_in) = self.shared.ready_for_pin(&mut binding)? {
            return Ok(BiometricsState::Wait { retry_in });
        }
        // Nonce first: attestation and signatures are made with it, and cannot be made again without the person.
        let (heard, _) = self.shared.op(&mut binding, || Operation::SelfState)?;
        self.shared.reply(&mut binding, heard)?;
        let keys = self.shared.pin_keys(&binding, &mut pin)?;
        let (aid, nonce) = (binding.aid.ok_or(Problem::OutOfTurn)?, self.shared.nonce(&binding.iss));
        let bound = Bound { policy: binding.attest, binding: aid.as_bytes(), nonce: nonce.as_bytes() };
        let mut fresh = FreshKeys::none(&self.shared);
        let NewKey { alias, public, att } = self.shared.new_key(KeyUsage::BioSign, &bound)?;
        fresh.hold(&alias);
        let bio = Bio { alias, fid: Fid::from_bytes(self.shared.random()?), public };
        let jti = self.shared.jti()?;
        let add = AddFactor { fid: bio.fid, jwk: bio.public.to_jwk(), att };
        let op = Op {
            iss: aid,
            aud: binding.iss.clone(),
            operation: Operation::AddFactor(add),
            nonce,
            jti,
            iat: self.shared.clock.wall(),
        };
        let payload = op.to_payload().map_err(|_| Problem::Internal)?;
        let draft = Draft::new(&payload).factor(&binding.fid(), &self.shared.pin_signer(&keys))?;
        let request = request(&draft, &bio, Reason::TurnOn);
        fresh.keep();
        self.step = Some(Step { draft, bio, jti, pin: binding.fid() });
        Ok(BiometricsState::NeedsSignature(request))
    }

    /// Takes the signature of the person and sends. Written down before, so that a lost answer is settled.
    pub fn submit_signature(&mut self, signature: &[u8]) -> Result<BiometricsState, Problem> {
        let Step { draft, bio, jti, pin } = self.step.take().ok_or(Problem::OutOfTurn)?;
        let mut fresh = FreshKeys::none(&self.shared);
        fresh.hold(&bio.alias);
        let mut binding = self.shared.vault.binding(self.binding)?;
        if binding.pending.is_some() || binding.fid() != pin {
            // Another change came between PIN and finger: its values must not be overwritten, and this PIN is signed.
            return Err(Problem::OutOfTurn);
        }
        let draft = signed(draft, &bio, signature)?;
        let bytes = draft.device(DeviceTyp::Op, &binding.jkt(), &self.shared.device(&binding))?;
        self.shared.vault.update(&mut binding, |row| {
            if row.pending.is_some() || row.fid() != pin {
                return Err(Problem::OutOfTurn);
            }
            row.pending = Some(Pending::Bio { jti, bio: bio.clone() });
            Ok(())
        })?;
        fresh.keep();
        self.shared.patience.count(&self.shared.vault)?;
        let op = SignedOp { bytes: bytes.into(), jti };
        let heard = self.shared.resend_op(&mut binding, &op);
        let heard = self.shared.insist(&mut binding, &op, heard);
        self.heard(&mut binding, heard, &op)
    }

    /// Gives up between PIN and finger: nothing was sent.
    pub fn cancel(&mut self) {
        if let Some(step) = self.step.take() {
            self.shared.delete_keys(vec![step.bio.alias]);
        }
    }

    fn heard(
        &self,
        binding: &mut Binding,
        heard: Result<Heard, Problem>,
        op: &SignedOp,
    ) -> Result<BiometricsState, Problem> {
        match heard {
            Ok(Heard::Done(reply)) => {
                let answer: BindingAnswer = parsed(&reply)?;
                self.shared.own_binding(binding, &answer.binding, op)?;
                self.shared.patience.reset(&self.shared.vault)?;
                if binding.pending.is_some() { self.settled(binding) } else { Ok(BiometricsState::On) }
            }
            Ok(Heard::Refused(refusal)) => match self.settled(binding)? {
                BiometricsState::NotOn => match self.shared.pin_refusal::<()>(binding, &refusal)? {
                    PinOutcome::WrongPin { left, retry_after } => {
                        Ok(BiometricsState::WrongPin { left, retry_after })
                    }
                    PinOutcome::Wait { retry_in } => Ok(BiometricsState::Wait { retry_in }),
                    PinOutcome::Done(()) => Ok(BiometricsState::NotOn),
                },
                state => Ok(state),
            },
            Err(problem) => Err(problem),
        }
    }

    fn settled(&self, binding: &mut Binding) -> Result<BiometricsState, Problem> {
        match self.shared.settle(binding)? {
            Some(Settled::Unchanged) => Ok(BiometricsState::NotOn),
            Some(Settled::Changed) | None => Ok(BiometricsState::On),
        }
    }
}

impl Drop for BiometricsFlow {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// What `bio` has to sign in `draft`.
pub(crate) fn request(draft: &Draft, bio: &Bio, reason: Reason) -> SignatureRequest {
    SignatureRequest { key: bio.alias.clone(), payload: draft.factor_input(&bio.fid), reason }
}

/// Adds the signature that the person gave, once it is verified: a wrong one would count at the server.
pub(crate) fn signed(draft: Draft, bio: &Bio, signature: &[u8]) -> Result<Draft, Problem> {
    let signature = normalise_signature(signature).map_err(|_| Problem::KeyFault)?;
    let input = draft.factor_input(&bio.fid);
    verify(bio.public.as_sec1(), &input, &signature).map_err(|_| Problem::KeyFault)?;
    draft.factor(&bio.fid, &Given(signature))
}

/// A signature that was made elsewhere.
struct Given([u8; 64]);

impl Signer for Given {
    type Error = Problem;

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], Problem> {
        Ok(self.0)
    }
}
