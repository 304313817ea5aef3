//! Steps 5 and 6 of 3.3: keys, the row on the disk, the message.

use super::offer::Offered;
use crate::attested::{Bound, NewKey};
use crate::device::{PinSigner, pin_factor};
use crate::fresh_keys::FreshKeys;
use crate::port::KeyUsage;
use crate::problem::Problem;
use crate::shared::Shared;
use crate::vault::{Binding, BindingState};
use countersign_protocol::code::enrol_mac;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::message::VERSION;
use countersign_protocol::message::enrol::{Attestation, DeviceInfo, Enrol};
use countersign_protocol::problem::Code;
use countersign_vault::derive::PinKeys;
use countersign_vault::kcv::{prf_kcv, prf_kcv_input};
use countersign_vault::pin_entry::PinEntry;

/// Makes keys, writes the binding and signs the enrolment. What fails leaves nothing behind.
pub(super) fn prepare(
    shared: &Shared,
    offered: &Offered,
    pin: &mut PinEntry,
) -> Result<(Binding, Vec<u8>), Problem> {
    let level = shared.keyring.capabilities()?.level;
    if level.rank() < offered.offer.min_level.rank() {
        // The server would refuse; saying so now keeps the code usable on another phone.
        return Err(Problem::Refused { code: Code::AttestationRejected });
    }
    let (binding, att) = make_binding(shared, offered)?;
    let message = shared.vault.add_binding(&binding).and_then(|()| {
        let keys = shared.derive(pin, &binding.epoch, binding.iss.as_str(), &binding.prf_alias)?;
        sign(shared, offered, (&binding, att), &keys)
    });
    match message {
        Ok(bytes) => Ok((binding, bytes)),
        Err(problem) => {
            discard(shared, &binding);
            Err(problem)
        }
    }
}

fn make_binding(shared: &Shared, offered: &Offered) -> Result<(Binding, Attestation), Problem> {
    let prf_alias = shared.alias(KeyUsage::Prf)?;
    let epoch = shared.fresh_epoch(shared.kdf()?)?;
    let (eid, offer) = (offered.pairing.eid, &offered.offer);
    let bound = Bound { policy: offer.attest, binding: eid.as_bytes(), nonce: offer.nonce.as_bytes() };
    let mut fresh = FreshKeys::none(shared);
    let NewKey { alias, public, att } = shared.new_key(KeyUsage::Sign, &bound)?;
    fresh.hold(&alias);
    fresh.hold(&prf_alias);
    shared.keyring.create(prf_alias.clone(), KeyUsage::Prf, None)?;
    let answer = shared.keyring.prf(&prf_alias, &prf_kcv_input(&epoch.fid))?;
    let now = shared.clock.wall();
    let binding = Binding {
        id: shared.vault.fresh_id()?,
        iss: offered.iss.clone(),
        account: offer.account.clone(),
        state: BindingState::Enrolling { eid, code: None },
        aid: None,
        dev_alias: alias,
        prf_alias,
        device: public,
        kcv: prf_kcv(&answer),
        epoch,
        pinned: offered.pinned.clone(),
        acked: 0,
        level: None,
        attest: offer.attest,
        created: now,
        fetched: now,
        pending: None,
        bio: None,
    };
    fresh.keep();
    Ok((binding, att))
}

fn sign(
    shared: &Shared,
    offered: &Offered,
    (binding, att): (&Binding, Attestation),
    keys: &PinKeys,
) -> Result<Vec<u8>, Problem> {
    let message = Enrol {
        v: VERSION,
        aud: binding.iss.as_str().to_owned(),
        eid: offered.pairing.eid,
        nonce: offered.offer.nonce,
        es_mac: enrol_mac(&offered.pairing.secret, &offered.pairing.eid, &binding.jkt()),
        jti: shared.jti()?,
        iat: shared.clock.wall(),
        dev: DeviceInfo { level: shared.keyring.capabilities()?.level, att },
        pin: pin_factor(binding.fid(), keys)?,
        info: shared.options.phone.clone(),
        push: None,
    };
    let payload = message.to_payload().map_err(|_| Problem::Internal)?;
    let signer: PinSigner<'_> = shared.pin_signer(keys);
    Draft::new(&payload)
        .factor(&binding.fid(), &signer)?
        .enrolling_device(&binding.device, &shared.device(binding))
}

fn discard(shared: &Shared, binding: &Binding) {
    // Nothing was sent, so nobody knows these keys; what cannot be deleted now is found at the next start.
    let _ = shared.vault.erase(binding.id);
    for alias in [&binding.dev_alias, &binding.prf_alias] {
        let _ = shared.keyring.delete(alias.clone());
    }
}
