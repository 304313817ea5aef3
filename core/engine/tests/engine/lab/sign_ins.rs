//! Sign-ins at a scripted server.

use super::answers::{problem, problem_with, signed_json};
use super::server::{Phone, Server, SignIn};
use countersign_engine::port::Reply;
use countersign_protocol::answer::ScanBody;
use countersign_protocol::code::{device_hint, frame_mac, offline_code, offline_key, transfer_hash};
use countersign_protocol::id::{Aid, Jti, Nonce, OfflineNonce, Tid};
use countersign_protocol::jose::envelope::Envelope;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::json;
use countersign_protocol::message::offline::OfflineRequest;
use countersign_protocol::message::receipt::ResponseReceipt;
use countersign_protocol::message::request::{Client, Context, Kind, Request, Row};
use countersign_protocol::message::response::{Decision, DecisionWord, DenyWhy, Response};
use countersign_protocol::message::{Factor, Flow};
use countersign_protocol::problem::Code;
use countersign_protocol::qr::{frame_text, link_text, offline_text};
use countersign_protocol::secret::{Handle, Number, ReturnCode, Ticket};

const FRAME_KEY: [u8; 32] = [0x18; 32];

impl Server {
    /// Starts a push sign-in for the phone of `account`; `edit` changes its request before it is signed.
    pub fn start_push(&mut self, account: &str, edit: impl FnOnce(&mut Request)) -> Tid {
        let aid = self.phones.iter().find(|phone| phone.account == account).unwrap().aid;
        let tid = self.start(Some(account), "pending");
        self.make_request(tid, aid, Flow::Push, edit);
        tid
    }

    /// Starts a QR sign-in and gives the text of a frame.
    pub fn start_qr(&mut self, account: Option<&str>) -> (Tid, String) {
        let tid = self.start(account, "created");
        let handle = self.sign_ins[&tid].handle.clone();
        let mac = frame_mac(&FRAME_KEY, &handle, 7);
        (tid, frame_text(&self.iss, &handle, 7, &mac))
    }

    /// Starts a sign-in in a browser on the phone itself: the link behind its button.
    pub fn start_link(&mut self) -> (Tid, String) {
        self.return_code = Some(ReturnCode::from_bytes([0x66; 16]));
        let tid = self.start(None, "created");
        (tid, link_text(&self.iss, &self.sign_ins[&tid].handle))
    }

    /// Starts an offline sign-in and gives the text of its QR.
    pub fn start_offline(&mut self, account: &str, edit: impl FnOnce(&mut OfflineRequest)) -> (Tid, String) {
        let aid = self.phones.iter().find(|phone| phone.account == account).unwrap().aid;
        let tid = self.start(Some(account), "pending");
        if let Some(sign_in) = self.sign_ins.get_mut(&tid) {
            sign_in.aid = Some(aid);
        }
        let mut request = OfflineRequest {
            head: self.head(),
            tid,
            n: OfflineNonce::from_bytes(self.fresh()),
            iat: self.now,
            exp: self.now.plus(300),
            rp: "Grants Portal".to_owned(),
            usr: "a***a".to_owned(),
            geo: Some("Brussels, BE".to_owned()),
            dv: device_hint(&aid),
            ok: "off1".to_owned(),
        };
        edit(&mut request);
        (tid, offline_text(&self.iss, &self.jws("map-oqr+jws", &request)))
    }

    /// The code that the server expects for an offline QR.
    pub fn expected_code(&self, account: &str, text: &str) -> String {
        let phone = self.phones.iter().find(|phone| phone.account == account).unwrap();
        let ka = p256::PublicKey::from_sec1_bytes(phone.pin_ka.as_sec1()).unwrap();
        let shared = p256::ecdh::diffie_hellman(self.keys.off.to_nonzero_scalar(), ka.as_affine());
        let key = offline_key(shared.raw_secret_bytes(), &phone.aid, &phone.fid, "off1");
        offline_code(&key, text.split_once('#').unwrap().1).expose().to_owned()
    }

    fn start(&mut self, account: Option<&str>, state: &'static str) -> Tid {
        let tid = Tid::from_bytes(self.fresh());
        let sign_in = SignIn {
            account: account.map(str::to_owned),
            state,
            number: Number::from_value(271_828),
            handle: Handle::from_bytes(self.fresh()),
            aid: None,
            request: None,
            receipt: None,
            number_fail: 0,
            exp: self.now.plus(180),
            ended: false,
        };
        self.sign_ins.insert(tid, sign_in);
        tid
    }

    fn make_request(&mut self, tid: Tid, aid: Aid, flow: Flow, edit: impl FnOnce(&mut Request)) {
        let mut request = Request {
            head: self.head(),
            aud: aid,
            tid,
            nonce: Nonce::from_bytes(self.fresh()),
            iat: self.now,
            exp: self.now.plus(180),
            kind: Kind::Login,
            flow,
            client: Client {
                id: "grants".to_owned(),
                name: "Grants Portal".to_owned(),
                origin: "https://grants.example.eu".to_owned(),
            },
            ctx: Context {
                ip: "203.0.113.7".to_owned(),
                geo: Some("Brussels, BE".to_owned()),
                agent: Some("Firefox on Windows".to_owned()),
                at: self.now,
            },
            txt: vec![Row { l: "Amount".to_owned(), t: "EUR 120.00".to_owned() }],
            factors: vec![Factor::Pin],
            ret: None,
        };
        edit(&mut request);
        let text = self.jws("map-request+jws", &request);
        if let Some(sign_in) = self.sign_ins.get_mut(&tid) {
            sign_in.aid = Some(aid);
            sign_in.request = Some((request, text));
        }
    }

    pub(super) fn scan(&mut self, body: &[u8]) -> Reply {
        let scan: ScanBody = json::parse(body).unwrap();
        let good = |sign_in: &&SignIn| sign_in.handle.matches(&scan.h) && sign_in.state == "created";
        match (self.sign_ins.values().find(good), scan.m) {
            (Some(sign_in), Some(mac)) if frame_mac(&FRAME_KEY, &sign_in.handle, 7).matches(&mac) => {
                // The ticket is the handle here: nobody but the scripted server looks into it.
                let ticket = Ticket::from_bytes(*sign_in.handle.expose());
                signed_json(&serde_json::json!({"ticket": ticket, "exp_in": 60}))
            }
            (Some(sign_in), None) if self.return_code.is_some() => {
                let ticket = Ticket::from_bytes(*sign_in.handle.expose());
                signed_json(&serde_json::json!({"ticket": ticket, "exp_in": 60}))
            }
            _ => problem(Code::QrStale),
        }
    }

    pub(super) fn claim(&mut self, phone: &Phone, jti: Jti, ticket: &Ticket) -> Reply {
        let handle = Handle::from_bytes(*ticket.expose());
        let found = self.sign_ins.iter().find(|(_, sign_in)| sign_in.handle.matches(&handle));
        let Some((&tid, sign_in)) = found else { return problem(Code::TicketInvalid) };
        if sign_in.account.as_ref().is_some_and(|account| *account != phone.account) {
            return problem(Code::TransactionUnknown);
        }
        if sign_in.state != "created" {
            return problem(Code::TransactionClaimed);
        }
        let ret = self.return_code.as_ref().map(|_| self.back.clone());
        let flow = if ret.is_some() { Flow::Link } else { Flow::Scan };
        self.make_request(tid, phone.aid, flow, |request| request.ret = ret);
        let receipt = self.op_receipt(phone, jti, "claim");
        let Some(sign_in) = self.sign_ins.get_mut(&tid) else { return problem(Code::TicketInvalid) };
        sign_in.state = "claimed";
        let request = sign_in.request.as_ref().map(|(_, text)| text);
        signed_json(&serde_json::json!({"receipt": receipt, "request": request}))
    }

    pub(super) fn respond(&mut self, tid: &str, body: &[u8]) -> Reply {
        let envelope = Envelope::parse(body, DeviceTyp::Response).unwrap();
        let Some(phone) = self.phone_of(envelope.key()) else { return problem(Code::InvalidDeviceSignature) };
        let verified = envelope.verify(&phone.device).unwrap();
        let response = Response::parse(verified.payload()).unwrap();
        assert_eq!(response.tid.to_string(), tid);
        if let Some(stored) = self.stored.get(&response.jti) {
            return stored.clone();
        }
        let Some(sign_in) = self.sign_ins.get(&response.tid) else {
            return problem(Code::TransactionUnknown);
        };
        if !matches!(sign_in.state, "pending" | "claimed") {
            let state = sign_in.state.to_owned();
            return problem_with(Code::TransactionDecided, |members| members.state = Some(state));
        }
        if self.now >= sign_in.exp {
            return problem(Code::TransactionExpired);
        }
        let given = verified.factors().first();
        if let Some((fid, key)) = &phone.bio
            && let Some(bio) = given.filter(|given| given.fid() == Some(*fid))
        {
            assert!(verified.factor_verifies(bio, key), "a bad signature never leaves the phone");
            if !self.takes_bio {
                return problem(Code::FactorNotAllowed);
            }
            let reply = self.judge(&phone, &response, true);
            self.stored.insert(response.jti, reply.clone());
            return reply;
        }
        let pin_right = given.is_some_and(|pin| verified.factor_verifies(pin, &phone.pin_sig));
        let reply = self.judge(&phone, &response, pin_right);
        self.stored.insert(response.jti, reply.clone());
        reply
    }

    fn judge(&mut self, phone: &Phone, response: &Response, pin_right: bool) -> Reply {
        let Some(sign_in) = self.sign_ins.get_mut(&response.tid) else {
            return problem(Code::TransactionUnknown);
        };
        let state = match &response.decision {
            Decision::Deny(DenyWhy::Cancel) => "denied",
            Decision::Deny(DenyWhy::NotMe) => "reported",
            _ if !pin_right => return self.wrong_pin(phone.aid),
            Decision::ApproveNumber(number) if !sign_in.number.matches(number) => {
                sign_in.number_fail += 1;
                let left = 3 - sign_in.number_fail;
                return problem_with(Code::NumberMismatch, |m| m.number_attempts_left = Some(left));
            }
            Decision::ApproveTransfer(xh) if *xh != transfer_hash(&sign_in.handle, &response.tid) => {
                return problem(Code::TransferMismatch);
            }
            _ => "approved",
        };
        sign_in.state = state;
        let dec = if state == "approved" { DecisionWord::Approve } else { DecisionWord::Deny };
        let (aud, iat, tid, req) = (phone.aid, self.now, response.tid, response.req);
        let head = self.head();
        let receipt = ResponseReceipt { head, aud, iat, r#ref: response.jti, tid, dec, req };
        let receipt = self.jws("map-receipt+jws", &receipt);
        if let Some(sign_in) = self.sign_ins.get_mut(&response.tid) {
            sign_in.receipt = Some(receipt.clone());
        }
        signed_json(&serde_json::json!({"receipt": receipt, "rc": self.return_code}))
    }

    fn wrong_pin(&mut self, aid: Aid) -> Reply {
        let mut left = 0;
        for phone in self.phones.iter_mut().filter(|phone| phone.aid == aid) {
            phone.pin_fail += 1;
            left = 5_u32.saturating_sub(phone.pin_fail);
        }
        problem_with(Code::PinIncorrect, |members| {
            members.attempts_left = Some(left);
            members.retry_after = Some(0);
        })
    }
}
