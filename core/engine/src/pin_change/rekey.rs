//! Making and signing a `rekey`.

use crate::call::{Factors, SignedOp};
use crate::device::{DeviceSigner, pin_factor, public_key};
use crate::port::KeyUsage;
use crate::problem::Problem;
use crate::shared::Shared;
use crate::vault::{Binding, NewKeys, Pending, PendingRekey};
use countersign_protocol::code::attestation_challenge;
use countersign_protocol::id::Jti;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::message::enrol::Attestation;
use countersign_protocol::message::op::{NewDevice, Operation, Rekey};
use countersign_vault::derive::{PinEpoch, PinKeys};
use countersign_vault::kcv::{prf_kcv, prf_kcv_input};
use countersign_vault::pin_entry::PinEntry;

/// The PINs of a change, old and new; wiped by their use.
pub(super) struct Pins {
    pub old: PinEntry,
    pub new: PinEntry,
}

/// The keys of both PINs, for the moment of signing.
pub(super) struct Keys {
    old: PinKeys,
    new: PinKeys,
    pub jti: Jti,
}

/// Derives both, and writes the new values beside the old ones. What fails leaves nothing behind.
pub(super) fn prepare(
    shared: &Shared,
    binding: &mut Binding,
    pins: &mut Pins,
    device: bool,
) -> Result<Keys, Problem> {
    let old = shared.pin_keys(binding, &mut pins.old)?;
    let device = if device { Some(new_keys(shared, binding)?) } else { None };
    let made = device.as_ref().map(|new| vec![new.dev_alias.clone(), new.prf_alias.clone()]);
    let prepared = write(shared, binding, (&mut pins.new, device));
    if prepared.is_err() {
        shared.delete_keys(made.unwrap_or_default());
    }
    let (new, jti) = prepared?;
    Ok(Keys { old, new, jti })
}

fn write(
    shared: &Shared,
    binding: &mut Binding,
    (pin, device): (&mut PinEntry, Option<NewKeys>),
) -> Result<(PinKeys, Jti), Problem> {
    let prf_alias = device.as_ref().map_or(&binding.prf_alias, |new| &new.prf_alias);
    let epoch = shared.fresh_epoch(shared.kdf_of_change()?)?;
    let answer = shared.keyring.prf(prf_alias, &prf_kcv_input(&epoch.fid))?;
    let kcv = prf_kcv(&answer);
    let keys = shared.derive(pin, &epoch, binding.iss.as_str(), prf_alias)?;
    let jti = shared.jti()?;
    let of = binding.fid();
    shared.vault.update(binding, |fresh| {
        // Another process began or ended a change since: the old PIN's keys may not be those of the account any more.
        match (&fresh.pending, fresh.fid() == of) {
            (None, true) => {}
            (None, false) => return Err(Problem::OutOfTurn),
            (Some(_), _) => return Err(Problem::ChangePending),
        }
        // Copied by hand, since a change may be done twice; what is dropped is wiped.
        let PinEpoch { salt, seed, fid, kdf } = epoch;
        let (epoch, device) = (PinEpoch { salt, seed, fid, kdf }, device.clone());
        fresh.pending = Some(Pending::Rekey(Box::new(PendingRekey { jti, epoch, kcv, device })));
        Ok(())
    })?;
    Ok((keys, jti))
}

/// A device key and a PRF key in the place of the present ones. Attested with the nonce at hand, where there is one.
fn new_keys(shared: &Shared, binding: &Binding) -> Result<NewKeys, Problem> {
    let (dev_alias, prf_alias) = (shared.alias(KeyUsage::Sign)?, shared.alias(KeyUsage::Prf)?);
    let aid = binding.aid.ok_or(Problem::OutOfTurn)?;
    let challenge = attestation_challenge(aid.as_bytes(), shared.nonce(&binding.iss).as_bytes());
    let created = shared.keyring.create(dev_alias.clone(), KeyUsage::Sign, Some(challenge))?;
    shared.keyring.create(prf_alias.clone(), KeyUsage::Prf, None)?;
    Ok(NewKeys { dev_alias, prf_alias, device: public_key(&created.public)? })
}

/// What is asked for: the pending values of `binding`.
pub(super) fn operation(shared: &Shared, binding: &Binding, keys: &Keys) -> Result<Operation, Problem> {
    let Some(Pending::Rekey(new)) = &binding.pending else { return Err(Problem::OutOfTurn) };
    let level = shared.keyring.capabilities()?.level;
    let device = |keys: &NewKeys| NewDevice { jwk: keys.device.to_jwk(), level, att: Attestation::None {} };
    let new_dev = new.device.as_ref().map(device);
    Ok(Operation::Rekey(Box::new(Rekey { pin: pin_factor(new.fid(), &keys.new)?, new_dev })))
}

/// Old PIN, new PIN, new device key: in the order of 3.0.3.
pub(super) fn sign(shared: &Shared, binding: &Binding, keys: &Keys, draft: Draft) -> Result<Draft, Problem> {
    let Some(Pending::Rekey(new)) = &binding.pending else { return Err(Problem::OutOfTurn) };
    let draft = draft
        .factor(&binding.fid(), &shared.pin_signer(&keys.old))?
        .factor(&new.fid(), &shared.pin_signer(&keys.new))?;
    match &new.device {
        None => Ok(draft),
        Some(keys) => {
            let signer =
                DeviceSigner { keyring: &shared.keyring, alias: &keys.dev_alias, public: &keys.device };
            draft.new_device(&keys.device.thumbprint(), &signer)
        }
    }
}

/// Signs once, for sending later.
pub(super) fn signed(shared: &Shared, binding: &Binding, keys: &Keys) -> Result<SignedOp, Problem> {
    let factors: &Factors<'_> = &|draft| sign(shared, binding, keys, draft);
    shared.sign_op(binding, operation(shared, binding, keys)?, keys.jti, factors)
}
