//! A phone that signs with random keys: the server cannot tell them from derived ones, and no Argon2 is measured.

use crate::http::Connection;
use countersign_protocol::answer::{EnrolAnswer, ListAnswer};
use countersign_protocol::code::{enrol_mac, header_value, offer_mac};
use countersign_protocol::id::{Aid, Fid, Jti};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::enrol::{Attestation, DeviceInfo, Enrol, PhoneInfo, PinFactor};
use countersign_protocol::message::offer::Offer;
use countersign_protocol::message::op::{Op, Operation};
use countersign_protocol::message::request::{Request, request_hash};
use countersign_protocol::message::response::{Decision, Response};
use countersign_protocol::message::{Level, ServerMessage};
use countersign_protocol::qr::{Payload, parse_qr};
use countersign_protocol::secret::Number;
use countersign_protocol::signer::Signer;
use countersign_protocol::time::Time;
use countersign_protocol::{encoding, json};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use std::error::Error;

/// Whatever went wrong: a bench ends with it.
pub type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

struct Key(EcdsaKeyPair);

impl Key {
    fn random() -> Outcome<Self> {
        let random = SystemRandom::new();
        let pkcs8 =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).map_err(|_| "no key")?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random);
        Ok(Self(pair.map_err(|_| "no key")?))
    }

    fn public(&self) -> Outcome<PublicKey> {
        Ok(PublicKey::from_sec1(self.0.public_key().as_ref())?)
    }
}

impl Signer for Key {
    type Error = &'static str;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error> {
        let signature = self.0.sign(&SystemRandom::new(), message).map_err(|_| "no signature")?;
        signature.as_ref().try_into().map_err(|_| "no signature")
    }
}

fn random<const N: usize>() -> Outcome<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| "no randomness")?;
    Ok(bytes)
}

/// A paired phone, its account and the service that drives it.
pub struct Phone {
    dev: Key,
    pin: Key,
    fid: Fid,
    aid: Aid,
    iss: Issuer,
    account: String,
    bearer: String,
}

fn expect(what: &str, status: u16, wanted: u16, body: &[u8]) -> Outcome<()> {
    if status == wanted {
        Ok(())
    } else {
        Err(format!("{what}: {status} {}", String::from_utf8_lossy(body)).into())
    }
}

/// One call of the backend interface; anything but success is an error.
pub fn backend(net: &mut Connection, bearer: &str, path: &str, body: &Value) -> Outcome<Value> {
    let headers = format!("Authorization: Bearer {bearer}\r\nContent-Type: application/json\r\n");
    let answer = net.send("POST", &format!("/backend/v1{path}"), &headers, body.to_string().as_bytes())?;
    if answer.status >= 300 {
        return Err(format!("{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body)).into());
    }
    Ok(serde_json::from_slice(&answer.body)?)
}

fn message<T: ServerMessage>(jws: &str) -> Outcome<T> {
    // A bench trusts its own server: it reads the payload without verifying, which costs the server nothing either way.
    let payload = encoding::from_b64u(jws.split('.').nth(1).ok_or("no JWS")?)?;
    Ok(json::parse(&payload)?)
}

impl Phone {
    /// Makes an account and pairs a phone with it: start, offer, enrol, confirm.
    pub fn pair(net: &mut Connection, bearer: &str, number: usize) -> Outcome<Self> {
        let email = format!("p{number}-{}@example.eu", encoding::hex(&random::<4>()?));
        let account = backend(net, bearer, "/accounts", &json!({"email": email}))?;
        let account = account["account"].as_str().ok_or("no account")?.to_owned();
        let started = backend(net, bearer, "/enrolments", &json!({"account": account}))?;
        let link = started["link"].as_str().ok_or("no link")?;
        let qr = parse_qr(link.as_bytes(), Profile::Development)?;
        let Payload::Pairing(pairing) = qr.payload else { return Err("no pairing link".into()) };
        let path = format!("/v1/enrolments/{}", pairing.eid);
        let mac = header_value(&offer_mac(&pairing.secret, &pairing.eid));
        let answer = net.send("GET", &path, &format!("MAP-Enrol: {mac}\r\n"), b"")?;
        expect("offer", answer.status, 200, &answer.body)?;
        let body: Value = serde_json::from_slice(&answer.body)?;
        let offer: Offer = message(body["offer"].as_str().ok_or("no offer")?)?;
        let (dev, pin, ka) = (Key::random()?, Key::random()?, Key::random()?);
        let fid = Fid::from_bytes(random()?);
        let enrol = Enrol {
            v: 1,
            aud: qr.iss.as_str().to_owned(),
            eid: pairing.eid,
            nonce: offer.nonce,
            es_mac: enrol_mac(&pairing.secret, &pairing.eid, &dev.public()?.thumbprint()),
            jti: Jti::from_bytes(random()?),
            iat: Time::from_secs(0),
            dev: DeviceInfo { level: Level::Software, att: Attestation::None {} },
            pin: PinFactor { fid, sig: pin.public()?.to_jwk(), ka: ka.public()?.to_jwk() },
            info: PhoneInfo { name: "Bench".into(), os: "Linux".into(), app: "1.0.0".into() },
            push: None,
        };
        let body =
            Draft::new(&enrol.to_payload()?).factor(&fid, &pin)?.enrolling_device(&dev.public()?, &dev)?;
        let answer = net.send("POST", &path, "Content-Type: application/jose+json\r\n", &body)?;
        expect("enrol", answer.status, 200, &answer.body)?;
        let claimed: EnrolAnswer = json::parse(&answer.body)?;
        let confirm = format!("/enrolments/{}/confirm", pairing.eid);
        backend(net, bearer, &confirm, &json!({"code": claimed.cc.expose()}))?;
        Ok(Self { dev, pin, fid, aid: claimed.aid, iss: qr.iss, account, bearer: bearer.to_owned() })
    }

    /// One push sign-in: start, list, answer, completion.
    pub fn sign_in(&self, net: &mut Connection) -> Outcome<()> {
        let body = json!({
            "method": "push", "account": self.account, "kind": "login", "text": [], "factors": ["pin"],
            "first_factor": true, "recognised": false, "browser": {"ip": "203.0.113.7", "agent": "Firefox on Linux"},
        });
        let started = backend(net, &self.bearer, "/sign-ins", &body)?;
        let number = started["number"].as_str().ok_or("no number")?;
        if net.nonce.is_empty() {
            net.send("GET", "/.well-known/map-keyset", "", b"")?;
        }
        let jws = self.list(net)?;
        let request: Request = message(&jws)?;
        let response = Response {
            iss: self.aid,
            aud: self.iss.clone(),
            tid: request.tid,
            nonce: request.nonce,
            req: request_hash(&jws),
            decision: Decision::ApproveNumber(Number::parse(number)?),
            flow: request.flow,
            jti: Jti::from_bytes(random()?),
            iat: Time::from_secs(0),
        };
        let draft = Draft::new(&response.to_payload()?).factor(&self.fid, &self.pin)?;
        let body = draft.device(DeviceTyp::Response, &self.dev.public()?.thumbprint(), &self.dev)?;
        let path = format!("/v1/transactions/{}/response", request.tid);
        let answer = net.send("POST", &path, "Content-Type: application/jose+json\r\n", &body)?;
        expect("answer", answer.status, 200, &answer.body)?;
        backend(net, &self.bearer, &format!("/sign-ins/{}/complete", request.tid), &json!({}))?;
        Ok(())
    }

    fn list(&self, net: &mut Connection) -> Outcome<String> {
        let op = Op {
            iss: self.aid,
            aud: self.iss.clone(),
            operation: Operation::List,
            nonce: net.nonce.clone(),
            jti: Jti::from_bytes(random()?),
            iat: Time::from_secs(0),
        };
        let draft = Draft::new(&op.to_payload()?);
        let body = draft.device(DeviceTyp::Op, &self.dev.public()?.thumbprint(), &self.dev)?;
        let answer = net.send("POST", "/v1/ops", "Content-Type: application/jose+json\r\n", &body)?;
        expect("list", answer.status, 200, &answer.body)?;
        let list: ListAnswer = json::parse(&answer.body)?;
        Ok(list.requests.into_iter().next().ok_or("no request")?)
    }
}
