//! Biometrics and other phones at a scripted server: what the PIN signs besides `rekey`.

use super::answers::{problem, problem_with, signed_json};
use super::keys::public;
use super::server::{Phone, Server, Vouched};
use countersign_engine::port::Reply;
use countersign_protocol::answer::{NewEnrolment, NewEnrolmentAnswer};
use countersign_protocol::id::{Eid, Jti, PhoneRef, Tid};
use countersign_protocol::jose::envelope::VerifiedEnvelope;
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::op::{AddFactor, Op, Operation};
use countersign_protocol::problem::Code;
use countersign_protocol::qr::{Payload, parse_qr};
use countersign_protocol::secret::ConfirmCode;
use countersign_protocol::time::Iso;
use serde_json::json;

impl Server {
    /// Operations under the PIN, whose signature is looked at first.
    pub(super) fn with_pin(&mut self, phone: &Phone, message: &VerifiedEnvelope, op: &Op) -> Reply {
        let factors = message.factors();
        let pin = &factors[0];
        if pin.fid() != Some(phone.fid) || !message.factor_verifies(pin, &phone.pin_sig) {
            return self.failed(phone);
        }
        match &op.operation {
            Operation::AddFactor(add) => self.add_factor(phone, message, op.jti, add),
            Operation::NewEnrolment(_) => self.new_enrolment(phone, op.jti),
            Operation::ConfirmEnrolment { eid, code } => self.confirm(phone, op.jti, *eid, code),
            Operation::RevokeDevice(other) => self.revoke(phone, op.jti, *other),
            _ => problem(Code::Malformed),
        }
    }

    fn failed(&mut self, phone: &Phone) -> Reply {
        let row = self.phones.iter_mut().find(|known| known.aid == phone.aid).unwrap();
        row.pin_fail += 1;
        let left = 5_u32.saturating_sub(row.pin_fail);
        problem_with(Code::PinIncorrect, |members| members.attempts_left = Some(left))
    }

    fn add_factor(&mut self, phone: &Phone, message: &VerifiedEnvelope, jti: Jti, add: &AddFactor) -> Reply {
        let key = PublicKey::from_jwk(&add.jwk).unwrap();
        let factors = message.factors();
        assert_eq!((factors.len(), factors[1].fid()), (2, Some(add.fid)));
        assert!(message.factor_verifies(&factors[1], &key), "proof of possession");
        let (binding, nonce) = (*phone.aid.as_bytes(), self.nonce.as_bytes().to_vec());
        self.vouched.push(Vouched { att: add.att.clone(), key, binding, nonce });
        self.row(phone).bio = Some((add.fid, key));
        self.with_binding(phone, jti, "add_factor")
    }

    /// Biometrics off.
    pub(super) fn remove_factor(&mut self, phone: &Phone, jti: Jti) -> Reply {
        self.row(phone).bio = None;
        self.with_binding(phone, jti, "remove_factor")
    }

    fn with_binding(&mut self, phone: &Phone, jti: Jti, op: &str) -> Reply {
        let row = self.row(phone).clone();
        signed_json(&json!({"receipt": self.op_receipt(&row, jti, op), "binding": self.binding(&row, jti)}))
    }

    fn row(&mut self, phone: &Phone) -> &mut Phone {
        self.phones.iter_mut().find(|known| known.aid == phone.aid).unwrap()
    }

    fn new_enrolment(&mut self, phone: &Phone, jti: Jti) -> Reply {
        let text = self.start_pairing(&phone.account);
        let profile = countersign_protocol::issuer::Profile::Development;
        let Payload::Pairing(made) = parse_qr(text.as_bytes(), profile).unwrap().payload else { panic!() };
        let exp = Iso(self.enrolments[&made.eid].exp);
        let root_jkt = public(&self.keys.roots[self.shown_root]).thumbprint();
        let enrolment = NewEnrolment { eid: made.eid, es: made.secret, root_jkt, exp };
        let answer = NewEnrolmentAnswer { receipt: self.op_receipt(phone, jti, "new_enrolment"), enrolment };
        signed_json(&serde_json::to_value(answer).unwrap())
    }

    fn confirm(&mut self, phone: &Phone, jti: Jti, eid: Eid, code: &ConfirmCode) -> Reply {
        let enrolment = &self.enrolments[&eid];
        let Some(aid) = enrolment.claimed else { return problem(Code::EnrolmentState) };
        if enrolment.code.expose() != code.expose() {
            return problem_with(Code::ConfirmCodeIncorrect, |members| members.left = Some(2));
        }
        self.phones.iter_mut().find(|known| known.aid == aid).unwrap().active = true;
        signed_json(&json!({"receipt": self.op_receipt(phone, jti, "confirm_enrolment")}))
    }

    fn revoke(&mut self, phone: &Phone, jti: Jti, other: PhoneRef) -> Reply {
        let known = |known: &Phone| phone_ref(known) == other && known.account == phone.account;
        if !self.phones.iter().any(known) {
            return problem(Code::NotFound);
        }
        self.phones.retain(|candidate| !known(candidate));
        signed_json(&json!({"receipt": self.op_receipt(phone, jti, "revoke_device")}))
    }

    /// The end of a session that this phone approved.
    pub(super) fn end_session(&mut self, phone: &Phone, jti: Jti, tid: Tid) -> Reply {
        let Some(sign_in) = self.sign_ins.get_mut(&tid).filter(|s| s.aid == Some(phone.aid)) else {
            return problem(Code::TransactionUnknown);
        };
        if sign_in.state != "approved" {
            return problem(Code::TransactionDecided);
        }
        sign_in.ended = true;
        signed_json(&json!({"receipt": self.op_receipt(phone, jti, "end_session")}))
    }
}

/// How a phone is named among those of its account.
pub fn phone_ref(phone: &Phone) -> PhoneRef {
    let [first, ..] = *phone.aid.as_bytes();
    PhoneRef::from_bytes([first; 8])
}
