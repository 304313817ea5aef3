//! Operations at a scripted server.

use super::answers::{problem, signed_json};
use super::factors::phone_ref;
use super::server::{Phone, Server, SignIn};
use countersign_engine::port::Reply;
use countersign_protocol::id::{Jti, Tid};
use countersign_protocol::jose::envelope::Envelope;
use countersign_protocol::jose::header::{DeviceTyp, KeyName};
use countersign_protocol::message::binding::Binding;
use countersign_protocol::message::op::{Op, Operation};
use countersign_protocol::message::receipt::OpReceipt;
use countersign_protocol::message::{Confirmation, Level};
use countersign_protocol::problem::Code;
use serde_json::json;

impl Server {
    pub fn phone_of(&self, key: &KeyName) -> Option<Phone> {
        let KeyName::Kid(kid) = key else { return None };
        self.phones.iter().find(|phone| phone.device.thumbprint().to_string() == *kid).cloned()
    }

    pub(super) fn op(&mut self, body: &[u8]) -> Reply {
        let envelope = Envelope::parse(body, DeviceTyp::Op).unwrap();
        let Some(phone) = self.phone_of(envelope.key()) else { return problem(Code::InvalidDeviceSignature) };
        let verified = envelope.verify(&phone.device).unwrap();
        let op = Op::parse(verified.payload()).unwrap();
        assert_eq!(op.iss, phone.aid);
        if op.nonce != self.nonce {
            return problem(Code::UseNonce);
        }
        if self.settled.contains(&op.jti) {
            return problem(Code::Settled);
        }
        if let Some(stored) = self.stored.get(&op.jti) {
            return stored.clone();
        }
        if !phone.active && !matches!(op.operation, Operation::SelfState) {
            return problem(Code::EnrolmentPending);
        }
        let reply = match &op.operation {
            Operation::Rekey(rekey) => self.rekey(&phone, &verified, op.jti, rekey),
            Operation::Settle(closed) => self.settle(&phone, op.jti, *closed),
            operation if operation.needs_pin() => self.with_pin(&phone, &verified, &op),
            _ => self.perform(&phone, &op),
        };
        if !op.operation.is_read() && reply.status == 200 {
            self.stored.insert(op.jti, reply.clone());
        }
        reply
    }

    fn perform(&mut self, phone: &Phone, op: &Op) -> Reply {
        match &op.operation {
            Operation::SelfState => {
                let binding = phone.active.then(|| self.binding(phone, op.jti));
                let state = if phone.active { "active" } else { "enrolling" };
                signed_json(&json!({"state": state, "binding": binding}))
            }
            Operation::List => signed_json(&json!({"requests": self.pending(phone)})),
            Operation::Get(tid) => self.get(phone, *tid),
            Operation::Claim(ticket) => self.claim(phone, op.jti, ticket),
            Operation::Report(tid) => {
                if let Some(sign_in) = self.sign_ins.get_mut(tid) {
                    sign_in.state = "reported";
                }
                signed_json(&json!({"receipt": self.op_receipt(phone, op.jti, "report")}))
            }
            Operation::AckKeyset(ver) => {
                for known in self.phones.iter_mut().filter(|known| known.aid == phone.aid) {
                    known.acked = *ver;
                }
                let receipt = self.op_receipt(phone, op.jti, "ack_keyset");
                signed_json(&json!({"receipt": receipt, "binding": self.binding(phone, op.jti)}))
            }
            Operation::Rename(name) => {
                for known in self.phones.iter_mut().filter(|known| known.aid == phone.aid) {
                    known.name.clone_from(name);
                }
                signed_json(&json!({"receipt": self.op_receipt(phone, op.jti, "rename")}))
            }
            Operation::SetPush(push) => {
                for known in self.phones.iter_mut().filter(|known| known.aid == phone.aid) {
                    known.push = push.as_ref().map(|push| push.url.clone());
                }
                signed_json(&json!({"receipt": self.op_receipt(phone, op.jti, "set_push")}))
            }
            Operation::ListDevices => {
                let one = |known: &Phone| {
                    json!({"ref": phone_ref(known), "name": known.name, "os": "Android 17",
                        "level": "software", "state": "active", "created": "2026-09-21T14:13:20Z",
                        "last_used": null, "this": known.aid == phone.aid})
                };
                let devices: Vec<_> =
                    self.phones.iter().filter(|known| known.account == phone.account).map(one).collect();
                let receipt = self.op_receipt(phone, op.jti, "list_devices");
                signed_json(&json!({"receipt": receipt, "devices": devices}))
            }
            Operation::EndSession(tid) => self.end_session(phone, op.jti, *tid),
            Operation::RemoveFactor(_) => self.remove_factor(phone, op.jti),
            Operation::RevokeSelf => {
                self.phones.retain(|known| known.aid != phone.aid);
                signed_json(&json!({"receipt": self.op_receipt(phone, op.jti, "revoke_self")}))
            }
            _ => problem(Code::Malformed),
        }
    }

    pub fn binding(&self, phone: &Phone, jti: Jti) -> String {
        let binding = Binding {
            head: self.head(),
            iat: self.now,
            aid: phone.aid,
            r#ref: jti,
            cnf: Confirmation { jkt: phone.device.thumbprint() },
            fid: phone.fid,
            bio_fid: phone.bio.map(|(fid, _)| fid),
            account: phone.account.clone(),
            level: Level::Software,
            ver: self.ver,
        };
        self.jws("map-binding+jws", &binding)
    }

    pub(super) fn op_receipt(&self, phone: &Phone, jti: Jti, op: &str) -> String {
        let (aud, iat) = (phone.aid, self.now);
        let receipt = OpReceipt { head: self.head(), aud, iat, r#ref: jti, op: op.to_owned(), ok: true };
        self.jws("map-receipt+jws", &receipt)
    }

    /// The three newest.
    fn pending(&self, phone: &Phone) -> Vec<String> {
        let waits = |sign_in: &SignIn| sign_in.state == "pending" && sign_in.aid == Some(phone.aid);
        let mut open: Vec<_> = self.sign_ins.iter().filter(|(_, sign_in)| waits(sign_in)).collect();
        // Ids begin with a number that counts up.
        open.sort_by_key(|(tid, _)| std::cmp::Reverse(tid.as_bytes()[0]));
        let texts = open.into_iter().filter_map(|(_, sign_in)| Some(sign_in.request.as_ref()?.1.clone()));
        texts.take(3).collect()
    }

    fn get(&self, phone: &Phone, tid: Tid) -> Reply {
        match self.sign_ins.get(&tid).filter(|sign_in| sign_in.aid == Some(phone.aid)) {
            None => problem(Code::TransactionUnknown),
            Some(sign_in) => {
                let request = sign_in.request.as_ref().map(|(_, text)| text);
                let state = if sign_in.state == "pending" && self.now >= sign_in.exp {
                    "expired"
                } else {
                    sign_in.state
                };
                signed_json(&json!({"state": state, "request": request, "receipt": sign_in.receipt}))
            }
        }
    }
}
