//! Making and signing a `rekey`.

use crate::attested::{Bound, NewKey};
use crate::call::{Factors, SignedOp};
use crate::device::{DeviceSigner, pin_factor};
use crate::fresh_keys::FreshKeys;
use crate::port::KeyUsage;
use crate::problem::Problem;
use crate::shared::Shared;
use crate::vault::{Binding, NewKeys, Pending, PendingRekey};
use countersign_protocol::id::Jti;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::message::enrol::Attestation;
use countersign_protocol::message::offer::AttestPolicy;
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
    /// What vouches for the new device key, and the nonce that it is for; nothing where the device key stays.
    attested: Option<(Attestation, String)>,
}

impl Keys {
    /// Takes the server's present nonce. Not where a key is attested for the one before (2.3): `false` then.
    pub fn take_nonce(&mut self, shared: &Shared, binding: &Binding) -> bool {
        match &mut self.attested {
            None => true,
            Some((Attestation::None {}, nonce)) => {
                *nonce = shared.nonce(&binding.iss);
                true
            }
            Some(_) => false,
        }
    }
}

/// Derives both, and writes the new values beside the old ones. What fails leaves nothing behind.
pub(super) fn prepare(
    shared: &Shared,
    binding: &mut Binding,
    pins: &mut Pins,
    device: bool,
) -> Result<Keys, Problem> {
    let old = shared.pin_keys(binding, &mut pins.old)?;
    let (device, attested) = match device {
        true => new_keys(shared, binding).map(|(keys, attested)| (Some(keys), Some(attested)))?,
        false => (None, None),
    };
    let made = device.as_ref().map(|new| vec![new.dev_alias.clone(), new.prf_alias.clone()]);
    let prepared = write(shared, binding, (&mut pins.new, device));
    if prepared.is_err() {
        shared.delete_keys(made.unwrap_or_default());
    }
    let (new, jti) = prepared?;
    Ok(Keys { old, new, jti, attested })
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

/// A device key and a PRF key in the place of the present ones.
fn new_keys(shared: &Shared, binding: &mut Binding) -> Result<(NewKeys, (Attestation, String)), Problem> {
    if binding.attest != AttestPolicy::Off {
        // Nonce first: the key is attested for it, and would have to be made again for another.
        let (heard, _) = shared.op(binding, || Operation::SelfState)?;
        shared.reply(binding, heard)?;
    }
    let mut fresh = FreshKeys::none(shared);
    let (made, nonce) = new_device(shared, binding)?;
    fresh.hold(&made.alias);
    let prf_alias = shared.alias(KeyUsage::Prf)?;
    fresh.hold(&prf_alias);
    shared.keyring.create(prf_alias.clone(), KeyUsage::Prf, None)?;
    fresh.keep();
    Ok((NewKeys { dev_alias: made.alias, prf_alias, device: made.public }, (made.att, nonce)))
}

fn new_device(shared: &Shared, binding: &Binding) -> Result<(NewKey, String), Problem> {
    let (aid, nonce) = (binding.aid.ok_or(Problem::OutOfTurn)?, shared.nonce(&binding.iss));
    let bound = Bound { policy: binding.attest, binding: aid.as_bytes(), nonce: nonce.as_bytes() };
    Ok((shared.new_key(KeyUsage::Sign, &bound)?, nonce))
}

/// What is asked for: the pending values of `binding`.
pub(super) fn operation(shared: &Shared, binding: &Binding, keys: &Keys) -> Result<Operation, Problem> {
    let Some(Pending::Rekey(new)) = &binding.pending else { return Err(Problem::OutOfTurn) };
    let level = shared.keyring.capabilities()?.level;
    let att = keys.attested.as_ref().map_or(Attestation::None {}, |(att, _)| att.clone());
    let new_dev = new.device.as_ref().map(|keys| NewDevice { jwk: keys.device.to_jwk(), level, att });
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
    let nonce = keys.attested.as_ref().map_or_else(|| shared.nonce(&binding.iss), |(_, nonce)| nonce.clone());
    shared.sign_op_with(binding, operation(shared, binding, keys)?, (keys.jti, nonce), factors)
}
