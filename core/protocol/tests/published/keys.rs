//! The keys and constants of 2.9. Signatures are RFC 6979, for published values only.

use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::key::PublicKey;
use countersign_protocol::label::sha256;
use countersign_protocol::signer::Signer;
use countersign_protocol::time::Time;
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer as _;

pub const TIME: Time = Time::from_secs(1_790_000_000);
pub const REQUEST: &str = include_str!("request.json");
pub const OFFLINE: &str = include_str!("offline.json");
pub const SK_SIG: &str = "0361ade02e05b5c4fbe0afaca53cfc852bcbc2e6db2482fa957338e889968069";
pub const PK_KA: &str = "04bf7cd4d8a0a8b03ec7bb9469973050beb4686a9a8dc00d350df14db70d6eb60a44d6d64b23926f70baf73b149c9097a20ea04ca9f59c8432279b87c91eabd647";

// PIN 8315 under the new epoch; core/vault's vector tests derive both scalars.
pub const NEW_SK_SIG: &str = "306af44fbda96b71776ad80c6cb431e31f523abfb798ae8bc182d24e4bef450c";
pub const NEW_SK_KA: &str = "69cf63ed70c35b857a3d2720b6288ccc7674175345df33ec025da5ff181b3e48";

pub struct Rfc6979(SigningKey);

impl Rfc6979 {
    pub fn scalar(bytes: &[u8]) -> Self {
        Self(SigningKey::from_slice(bytes).unwrap())
    }

    pub fn public(&self) -> PublicKey {
        PublicKey::from_sec1(self.0.verifying_key().to_sec1_point(false).as_bytes()).unwrap()
    }
}

impl Signer for Rfc6979 {
    type Error = std::convert::Infallible;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error> {
        let signature: p256::ecdsa::Signature = self.0.sign(message);
        Ok(signature.to_bytes().into())
    }
}

pub fn unhex(text: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
}

pub fn hex_hash(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&sha256(bytes))
}

pub fn iss() -> Issuer {
    Issuer::parse("https://id.example.eu", Profile::Production).unwrap()
}

pub fn dev() -> Rfc6979 {
    Rfc6979::scalar(&[7; 32])
}

pub fn pin() -> Rfc6979 {
    Rfc6979::scalar(&unhex(SK_SIG))
}
