//! Offline codes (protocol 3.6).

use super::Phone;
use crate::key::Key;
use countersign_protocol::code::{device_hint, offline_code, offline_key};
use countersign_protocol::id::{Aid, Fid};
use countersign_protocol::issuer::Profile;
use countersign_protocol::keyset::Verified;
use countersign_protocol::message::offline::OfflineRequest;
use countersign_protocol::qr::{Payload, parse_qr};
use serde_json::Value;

impl Phone {
    /// The request in an offline QR, verified, and its bytes.
    #[track_caller]
    pub fn read_offline(&self, text: &str) -> (Verified<OfflineRequest>, String) {
        let qr = parse_qr(text.as_bytes(), Profile::Development).expect("an offline QR");
        let Payload::Offline(jws) = qr.payload else { panic!("not an offline QR: {text}") };
        let request: Verified<OfflineRequest> = self.open(&Value::String(jws.clone()));
        assert_eq!(request.dv, device_hint(&self.id()));
        (request, jws)
    }

    /// The code for an offline QR under the right PIN.
    #[track_caller]
    pub fn code(&self, qr: &str) -> String {
        self.code_under(qr, &self.keys.ka, &self.keys.fid)
    }

    /// The code under another PIN key or epoch.
    #[track_caller]
    pub fn code_under(&self, qr: &str, ka: &Key, fid: &str) -> String {
        let (request, jws) = self.read_offline(qr);
        let off = self.keyset.off_key(&request.ok).expect("an off key of the key set");
        let fid = Fid::parse(fid).expect("a fid");
        let key = offline_key(&ka.shared(off), &self.id(), &fid, &request.ok);
        offline_code(&key, &jws).expose().to_owned()
    }

    fn id(&self) -> Aid {
        Aid::parse(&self.aid).expect("an aid")
    }
}
