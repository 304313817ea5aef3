//! Making a phone's message: factor signatures first, then the device's over their hash (3.0.3).

use super::envelope::hash_signatures;
use super::header::{DeviceTyp, FACTOR_TYP};
use crate::encoding::b64u;
use crate::id::{Fid, Thumbprint};
use crate::key::PublicKey;
use crate::signer::Signer;
use serde_json::{Value, json};

/// A message being signed: payload and the signatures so far.
pub struct Draft {
    payload: String,
    signatures: Vec<(String, String)>,
}

impl Draft {
    /// Starts a message over the exact bytes of `payload`.
    pub fn new(payload: &[u8]) -> Self {
        Self { payload: b64u(payload), signatures: Vec::new() }
    }

    /// Adds a factor signature or a proof of possession under `fid`.
    pub fn factor<S: Signer>(mut self, fid: &Fid, signer: &S) -> Result<Self, S::Error> {
        self.push(&factor_header(fid), signer)?;
        Ok(self)
    }

    /// What [`Draft::factor`] would have a key under `fid` sign. For a key whose owner must be asked first (2.6): its
    /// answer comes back later, through a signer that only hands it over.
    pub fn factor_input(&self, fid: &Fid) -> Vec<u8> {
        self.input(&b64u(factor_header(fid).to_string().as_bytes())).into_bytes()
    }

    /// Adds the proof of possession of a device key that is to take the place of the registered one (`new_dev`).
    pub fn new_device<S: Signer>(mut self, jkt: &Thumbprint, signer: &S) -> Result<Self, S::Error> {
        self.push(&json!({"alg": "ES256", "typ": FACTOR_TYP, "kid": jkt}), signer)?;
        Ok(self)
    }

    /// Adds the device signature under its thumbprint and gives the bytes to send.
    pub fn device<S: Signer>(
        mut self,
        typ: DeviceTyp,
        jkt: &Thumbprint,
        signer: &S,
    ) -> Result<Vec<u8>, S::Error> {
        let mut header = json!({"alg": "ES256", "typ": typ.as_str(), "kid": jkt});
        self.add_factor_hash(&mut header);
        self.push(&header, signer)?;
        Ok(self.finish())
    }

    /// Adds the device signature of a pairing message, whose header carries the key itself.
    pub fn enrolling_device<S: Signer>(mut self, key: &PublicKey, signer: &S) -> Result<Vec<u8>, S::Error> {
        let mut header = json!({"alg": "ES256", "typ": DeviceTyp::Enrol.as_str(), "jwk": key.to_jwk()});
        self.add_factor_hash(&mut header);
        self.push(&header, signer)?;
        Ok(self.finish())
    }

    fn add_factor_hash(&self, header: &mut Value) {
        if !self.signatures.is_empty() {
            let pairs =
                self.signatures.iter().map(|(protected, signature)| (protected.as_str(), signature.as_str()));
            header["fsh"] = json!(hash_signatures(pairs));
            header["crit"] = json!(["fsh"]);
        }
    }

    fn push<S: Signer>(&mut self, header: &Value, signer: &S) -> Result<(), S::Error> {
        let protected = b64u(header.to_string().as_bytes());
        let signature = signer.sign(self.input(&protected).as_bytes())?;
        self.signatures.push((protected, b64u(&signature)));
        Ok(())
    }

    fn input(&self, protected: &str) -> String {
        format!("{protected}.{}", self.payload)
    }

    fn finish(self) -> Vec<u8> {
        let signatures: Vec<Value> = self
            .signatures
            .into_iter()
            .map(|(protected, signature)| json!({"protected": protected, "signature": signature}))
            .collect();
        json!({"payload": self.payload, "signatures": signatures}).to_string().into_bytes()
    }
}

fn factor_header(fid: &Fid) -> Value {
    json!({"alg": "ES256", "typ": FACTOR_TYP, "kid": fid})
}
