//! Pairing (protocol 3.3): from a link to a phone that the server knows.

use super::keys::Keys;
use super::{PHONE_TIME, Phone, jti};
use crate::backend::Backend;
use crate::http::{Answer, Http};
use crate::script::{Script, Typ};
use countersign_protocol::code::{enrol_mac, header_value, offer_mac};
use countersign_protocol::id::{Eid, Thumbprint};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::keyset::{self, Accepted, Pinned, Verified};
use countersign_protocol::message::offer::Offer;
use countersign_protocol::qr::{Pairing, Payload, parse_qr};
use countersign_protocol::secret::EnrolSecret;
use serde_json::{Value, json};
use std::sync::Mutex;

/// What a pairing link holds.
#[derive(Clone)]
pub struct Invitation {
    /// The enrolment.
    pub eid: Eid,
    /// Whether the link is for the phone that the browser runs on.
    pub same_device: bool,
    iss: Issuer,
    secret: EnrolSecret,
    root: Thumbprint,
}

/// A successful claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The phone's id.
    pub aid: String,
    /// The code to type on the web page.
    pub cc: String,
    /// What the app brings back to the browser, if that is on the same phone.
    pub rc: Option<String>,
}

impl Invitation {
    /// Reads a pairing link.
    #[track_caller]
    pub fn read(link: &str) -> Self {
        let qr = parse_qr(link.as_bytes(), Profile::Development).expect("a pairing link");
        let Payload::Pairing(pairing) = qr.payload else { panic!("not a pairing link: {link}") };
        Self::of(qr.iss, pairing)
    }

    /// What another way than a link brought.
    pub fn of(iss: Issuer, pairing: Pairing) -> Self {
        let Pairing { eid, secret, root, same_device } = pairing;
        Self { eid, same_device, iss, secret, root }
    }

    /// Where offer and claim are.
    pub fn path(&self) -> String {
        format!("/v1/enrolments/{}", self.eid)
    }

    /// Asks for the offer with the right MAC.
    #[track_caller]
    pub fn fetch(&self, http: &Http) -> Answer {
        self.fetch_with(http, &header_value(&offer_mac(&self.secret, &self.eid)))
    }

    /// Asks for the offer with any `MAP-Enrol`.
    #[track_caller]
    pub fn fetch_with(&self, http: &Http, mac: &str) -> Answer {
        http.get(&self.path(), &[("map-enrol", mac)])
    }

    /// Key set and offer, verified from the root in the link.
    #[track_caller]
    pub fn open(&self, http: &Http) -> (Accepted, Verified<Offer>) {
        let answer = self.fetch(http).ok();
        let keysets: Vec<String> = serde_json::from_value(answer["keysets"].clone()).expect("key sets");
        let accepted =
            keyset::accept(&Pinned::root_only(self.root), &self.iss, &keysets, None).expect("key set");
        let offer: Verified<Offer> =
            accepted.keyset.open(answer["offer"].as_str().expect("offer")).expect("an offer of this server");
        assert_eq!(offer.eid, self.eid);
        (accepted, offer)
    }

    /// `es_mac` for a device key.
    pub fn es_mac(&self, jkt: &Thumbprint) -> String {
        enrol_mac(&self.secret, &self.eid, jkt).to_string()
    }

    /// The pairing message of a phone with these keys, under the test's control.
    pub fn script(&self, keys: &Keys, nonce: &str) -> Script {
        Script {
            path: self.path(),
            typ: Typ::Enrol,
            payload: self.payload(keys, nonce).to_string().into_bytes(),
            factors: vec![(keys.fid.clone(), keys.sig.clone())],
            device: keys.dev.clone(),
        }
    }

    fn payload(&self, keys: &Keys, nonce: &str) -> Value {
        json!({
            "v": 1, "aud": self.iss, "eid": self.eid, "nonce": nonce,
            "es_mac": self.es_mac(&keys.dev.thumbprint()), "jti": jti(), "iat": PHONE_TIME,
            "dev": {"level": "software", "att": {"fmt": "none"}},
            "pin": {"fid": keys.fid, "sig": keys.sig.jwk(), "ka": keys.ka.jwk()},
            "info": {"name": "Pixel 9", "os": "Android 17", "app": "1.0.0"},
            "push": null,
        })
    }

    /// The pairing message with the offer's nonce.
    #[track_caller]
    pub fn ready_script(&self, http: &Http, keys: &Keys) -> Script {
        let (_, offer) = self.open(http);
        self.script(keys, &offer.nonce.to_string())
    }

    /// Claims the enrolment by any message that succeeds: a phone that waits for its code, and the code.
    #[track_caller]
    pub fn claim(&self, http: &Http, keys: &Keys, change: impl FnOnce(&mut Value)) -> (Phone, Claim) {
        let (Accepted { keyset, pinned }, offer) = self.open(http);
        let script = self.script(keys, &offer.nonce.to_string()).with(change);
        let claim = claim_of(&script.send(http));
        let phone = Phone {
            aid: claim.aid.clone(),
            keys: keys.clone(),
            http: http.clone(),
            issuer: self.iss.clone(),
            keyset,
            pinned,
            nonce: Mutex::default(),
        };
        (phone, claim)
    }
}

/// Reads the answer of a successful claim.
#[track_caller]
pub fn claim_of(answer: &Answer) -> Claim {
    let body = answer.ok();
    let cc = body["cc"].as_str().expect("cc").to_owned();
    assert!(cc.len() == 6 && cc.bytes().all(|b| b.is_ascii_digit()), "{cc}");
    let rc = body["rc"].as_str().map(str::to_owned);
    assert!(body["rc"].is_null() || rc.is_some(), "{body}");
    Claim { rc, aid: body["aid"].as_str().expect("aid").to_owned(), cc }
}

/// Pairs a phone from the first call of the service to its binding, with a change of the pairing message.
#[track_caller]
pub fn pair(http: &Http, service: &Backend, account: &str, change: impl FnOnce(&mut Value)) -> Phone {
    let (eid, link) = service.enrolment(account);
    let (phone, claim) = Invitation::read(&link).claim(http, &Keys::new(), change);
    service.confirm(&eid, &claim.cc).ok();
    phone.settle_in();
    phone
}

impl Phone {
    /// What a phone does once it is confirmed: fetches its binding and acknowledges the key set it has stored.
    #[track_caller]
    pub fn settle_in(&self) {
        let ver = self.binding().ver;
        self.done("ack_keyset", &json!({"ver": ver}));
    }
}
