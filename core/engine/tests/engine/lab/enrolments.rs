//! Pairing at a scripted server.

use super::answers::{problem, signed_json};
use super::keys::public;
use super::server::{Enrolment, Phone, Server, Vouched};
use countersign_engine::port::Reply;
use countersign_protocol::code::{header_value, offer_mac};
use countersign_protocol::encoding::b64u;
use countersign_protocol::id::{Aid, Eid, Nonce};
use countersign_protocol::issuer::Issuer;
use countersign_protocol::jose::envelope::Envelope;
use countersign_protocol::jose::header::{DeviceTyp, KeyName};
use countersign_protocol::key::PublicKey;
use countersign_protocol::mask::masked_email;
use countersign_protocol::message::enrol::Enrol;
use countersign_protocol::message::offer::{Offer, OfferKind};
use countersign_protocol::problem::Code;
use countersign_protocol::qr::{Pairing, pairing_text};
use countersign_protocol::secret::{ConfirmCode, EnrolSecret, ReturnCode};
use countersign_protocol::typed::{TypedCode, TypedKeys, salt};
use countersign_vault::kdf::KdfParams;

impl Server {
    /// Starts a pairing and gives the text of its QR.
    pub fn start_pairing(&mut self, account: &str) -> String {
        let pairing = self.made(account);
        pairing_text(&self.iss, &pairing)
    }

    fn made(&mut self, account: &str) -> Pairing {
        let (eid, secret) = (Eid::from_bytes(self.fresh()), EnrolSecret::from_bytes(self.fresh()));
        let enrolment = Enrolment {
            secret: secret.clone(),
            nonce: Nonce::from_bytes(self.fresh()),
            account: account.to_owned(),
            exp: self.now.plus(300),
            code: ConfirmCode::from_value(483_920),
            claimed: None,
        };
        self.enrolments.insert(eid, enrolment);
        let root = public(&self.keys.roots[0]).thumbprint();
        Pairing { eid, secret, root, same_device: false }
    }

    /// Starts a pairing for a browser on the phone itself: the link behind its button.
    pub fn start_pairing_here(&mut self, account: &str) -> String {
        self.return_code = Some(ReturnCode::from_bytes([0x77; 16]));
        let pairing = self.made(account);
        pairing_text(&self.iss, &Pairing { same_device: true, ..pairing })
    }

    /// Starts a pairing by a typed code, whose box is sealed for `iss`.
    pub fn start_typed(&mut self, account: &str, iss: &Issuer) -> String {
        let pairing = self.made(account);
        let code = TypedCode::from_random(&[0x5a; 10]);
        let keys = |iss: &Issuer| {
            let stretched = KdfParams::stretch_typed(code.symbols(), &salt(iss)).unwrap();
            TypedKeys::from_stretched(&stretched, iss).unwrap()
        };
        let sealed = keys(iss).seal(iss, &pairing, [3; 12]).unwrap();
        self.typed.insert(b64u(keys(&self.iss).lookup()), b64u(&sealed));
        code.shown().to_string()
    }

    pub(super) fn typed_box(&self, lookup: &str) -> Reply {
        match self.typed.get(lookup) {
            Some(sealed) => signed_json(&serde_json::json!({"box": sealed})),
            None => problem(Code::EnrolmentUnknown),
        }
    }

    /// What the web page does with the code.
    pub fn confirm_all(&mut self) {
        for enrolment in self.enrolments.values() {
            for phone in self.phones.iter_mut().filter(|phone| Some(phone.aid) == enrolment.claimed) {
                phone.active = true;
            }
        }
    }

    /// Ends all pairings that are not confirmed.
    pub fn cancel_pairings(&mut self) {
        self.enrolments.clear();
        self.phones.retain(|phone| phone.active);
    }

    pub(super) fn offer(&mut self, eid: &str, mac: Option<&str>) -> Reply {
        let Some((eid, enrolment)) = self.enrolment(eid) else { return problem(Code::EnrolmentUnknown) };
        if mac != Some(&header_value(&offer_mac(&enrolment.secret, &eid))) {
            return problem(Code::EnrolmentUnknown);
        }
        let offer = Offer {
            head: self.head(),
            iat: self.now,
            eid,
            nonce: enrolment.nonce,
            exp: enrolment.exp,
            account: masked_email(&enrolment.account),
            kind: OfferKind::New,
            attest: self.attest,
            min_level: self.min_level,
            ret: self.return_code.as_ref().map(|_| self.back.clone()),
        };
        let offer = self.jws("map-offer+jws", &offer);
        signed_json(&serde_json::json!({"keysets": self.keysets, "offer": offer}))
    }

    pub(super) fn enrol(&mut self, eid: &str, body: &[u8]) -> Reply {
        let envelope = Envelope::parse(body, DeviceTyp::Enrol).unwrap();
        let KeyName::Key(device) = envelope.key().clone() else { return problem(Code::UnsupportedJose) };
        let verified = envelope.verify(&device).unwrap();
        let message = Enrol::parse(verified.payload()).unwrap();
        if let Some(stored) = self.stored.get(&message.jti) {
            return stored.clone();
        }
        let Some((eid, enrolment)) = self.enrolment(eid) else { return problem(Code::EnrolmentUnknown) };
        if enrolment.claimed.is_some() {
            return problem(Code::EnrolmentClaimed);
        }
        let (account, code) = (enrolment.account.clone(), enrolment.code.clone());
        let pin_sig = PublicKey::from_jwk(&message.pin.sig).unwrap();
        assert!(verified.factor_verifies(&verified.factors()[0], &pin_sig), "proof of possession");
        let (binding, nonce) = (*eid.as_bytes(), message.nonce.as_bytes().to_vec());
        self.vouched.push(Vouched { att: message.dev.att.clone(), key: device, binding, nonce });
        let aid = Aid::from_bytes(self.fresh());
        self.phones.push(Phone {
            aid,
            name: message.info.name.clone(),
            push: None,
            account,
            device,
            fid: message.pin.fid,
            bio: None,
            pin_sig,
            pin_ka: PublicKey::from_jwk(&message.pin.ka).unwrap(),
            active: false,
            pin_fail: 0,
            acked: 0,
        });
        if let Some(enrolment) = self.enrolments.get_mut(&eid) {
            enrolment.claimed = Some(aid);
        }
        let reply = signed_json(&serde_json::json!({"aid": aid, "cc": code, "rc": self.return_code}));
        self.stored.insert(message.jti, reply.clone());
        reply
    }

    fn enrolment(&self, eid: &str) -> Option<(Eid, &Enrolment)> {
        let eid = Eid::parse(eid).ok()?;
        let enrolment = self.enrolments.get(&eid)?;
        (self.now < enrolment.exp).then_some((eid, enrolment))
    }
}
