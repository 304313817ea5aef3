//! Another PIN or device key at a scripted server, and the end of an operation whose answer was lost.

use super::answers::{problem_with, signed_json};
use super::server::{Phone, Server, Vouched};
use countersign_engine::port::Reply;
use countersign_protocol::id::Jti;
use countersign_protocol::jose::envelope::VerifiedEnvelope;
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::op::Rekey;
use countersign_protocol::problem::Code;
use serde_json::json;

impl Server {
    pub(super) fn rekey(
        &mut self,
        phone: &Phone,
        message: &VerifiedEnvelope,
        jti: Jti,
        rekey: &Rekey,
    ) -> Reply {
        let factors = message.factors();
        let new_device = rekey.new_dev.as_ref().map(|new| PublicKey::from_jwk(&new.jwk).unwrap());
        assert_eq!(factors.len(), if new_device.is_some() { 3 } else { 2 });
        let (sig, ka) = (&rekey.pin.sig, &rekey.pin.ka);
        let (sig, ka) = (PublicKey::from_jwk(sig).unwrap(), PublicKey::from_jwk(ka).unwrap());
        assert_eq!(factors[1].fid(), Some(rekey.pin.fid));
        assert!(message.factor_verifies(&factors[1], &sig));
        if let Some(device) = &new_device {
            assert!(message.factor_verifies(&factors[2], device));
            let (binding, nonce) = (*phone.aid.as_bytes(), self.nonce.as_bytes().to_vec());
            let att = rekey.new_dev.as_ref().unwrap().att.clone();
            self.vouched.push(Vouched { att, key: *device, binding, nonce });
        }
        let row = self.phones.iter_mut().find(|known| known.aid == phone.aid).unwrap();
        if factors[0].fid() != Some(row.fid) || !message.factor_verifies(&factors[0], &row.pin_sig) {
            row.pin_fail += 1;
            return problem_with(Code::PinIncorrect, |m| m.attempts_left = Some(4));
        }
        (row.fid, row.pin_sig, row.pin_ka) = (rekey.pin.fid, sig, ka);
        row.device = new_device.unwrap_or(row.device);
        let row = row.clone();
        let receipt = self.op_receipt(&row, jti, "rekey");
        signed_json(&json!({"receipt": receipt, "binding": self.binding(&row, jti)}))
    }

    pub(super) fn settle(&mut self, phone: &Phone, jti: Jti, closed: Jti) -> Reply {
        if !self.stored.contains_key(&closed) {
            self.settled.insert(closed);
        }
        let receipt = self.op_receipt(phone, jti, "settle");
        signed_json(&json!({"receipt": receipt, "binding": self.binding(phone, jti)}))
    }
}
