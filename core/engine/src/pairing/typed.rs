//! P3: the server's address and a code, typed instead of a scanned picture (3.3.2).

use super::PairingFlow;
use crate::authenticator::Authenticator;
use crate::call::{Heard, parsed, plain_problem};
use crate::port::{Method, Pins, Request};
use crate::problem::Problem;
use countersign_protocol::answer::TypedAnswer;
use countersign_protocol::encoding::{b64u, from_b64u};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::typed::{TypedCode, TypedKeys, salt};
use countersign_vault::kdf::KdfParams;

impl Authenticator {
    /// Begins a pairing by a typed code. A slip is found before anything is sent (N143); stretching the code takes about
    /// as long as a PIN does.
    pub fn open_typed(&self, server: &str, code: &str) -> Result<PairingFlow, Problem> {
        let code = TypedCode::parse(code).map_err(|_| Problem::BadCode)?;
        let iss = issuer(server, self.shared.options.profile).ok_or(Problem::UnknownService)?;
        let stretched =
            KdfParams::stretch_typed(code.symbols(), &salt(&iss)).map_err(|_| Problem::Internal)?;
        let keys = TypedKeys::from_stretched(&stretched, &iss).map_err(|_| Problem::Internal)?;
        let path = format!("/v1/typed/{}", b64u(keys.lookup()));
        let request =
            Request { iss: &iss, path: &path, method: Method::Get, map_enrol: None, pins: Pins::WebOnly };
        let reply = match self.shared.exchange(&request)? {
            Heard::Done(reply) => reply,
            Heard::Refused(refusal) => return Err(plain_problem(&refusal)),
        };
        let answer: TypedAnswer = parsed(&reply)?;
        let sealed = from_b64u(&answer.r#box).map_err(|_| Problem::BadCode)?;
        // Made for another server, or changed on the way (N146): nothing further is sent.
        let pairing = keys.open(&iss, &sealed).map_err(|_| Problem::BadCode)?;
        PairingFlow::start(self.shared.clone(), iss, pairing)
    }
}

/// What a person types as an address: with or without a scheme, a slash at its end, capitals.
fn issuer(typed: &str, profile: Profile) -> Option<Issuer> {
    let typed = typed.trim().trim_end_matches('/').to_lowercase();
    let text = if typed.contains("://") { typed } else { format!("https://{typed}") };
    Issuer::parse(&text, profile).ok()
}
