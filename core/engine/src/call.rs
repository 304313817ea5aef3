//! Talking to a server: one exchange, operations with their nonce, and what a refusal means (protocol 3.0.4–3.0.9).
//!
//! An unsigned refusal changes what is shown, never keys or trust. The only thing it can bring that counts is a
//! signed notice, and that is verified first.

use crate::port::{Method, Pins, Reply, Request, TransportFault};
use crate::problem::{MessageDefect, NoticeView, Problem};
use crate::shared::Shared;
use crate::vault::{Binding, BindingState, Removal};
use countersign_protocol::id::Jti;
use countersign_protocol::issuer::Issuer;
use countersign_protocol::jose::header::DeviceTyp;
use countersign_protocol::jose::seal::Draft;
use countersign_protocol::json;
use countersign_protocol::message::notice::{Notice, NoticeState};
use countersign_protocol::message::op::{Op, Operation, is_nonce};
use countersign_protocol::problem::{Code, Problem as Refusal};
use countersign_protocol::text;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// Path of every operation.
const OPS: &str = "/v1/ops";

/// What a server said.
pub(crate) enum Heard {
    /// Status 200.
    Done(Reply),
    /// A problem with a known code.
    Refused(Refusal),
}

/// Adds the signatures of an operation that come before the device's.
pub(crate) type Factors<'a> = dyn Fn(Draft) -> Result<Draft, Problem> + 'a;

/// A signed operation, so that the same bytes can be sent again. Wiped: a signature of the PIN is a test for guesses (A1).
pub(crate) struct SignedOp {
    pub bytes: Zeroizing<Vec<u8>>,
    pub jti: Jti,
}

impl Shared {
    /// Sends a request that belongs to no binding and gives its answer.
    pub(crate) fn exchange(&self, request: &Request<'_>) -> Result<Heard, Problem> {
        let reply = self.transport.send(request)?;
        self.heard(request.iss, reply)
    }

    /// Sends a phone's message under the pins of `binding`; a pin failure leads to a fresh key set and one more try.
    pub(crate) fn post(&self, binding: &mut Binding, path: &str, body: &[u8]) -> Result<Heard, Problem> {
        match self.send_pinned(binding, path, body) {
            Err(TransportFault::Untrusted) => {
                self.renew_pins(binding)?;
                let reply = self.send_pinned(binding, path, body)?;
                self.heard(&binding.iss, reply)
            }
            reply => self.heard(&binding.iss, reply?),
        }
    }

    fn send_pinned(&self, binding: &Binding, path: &str, body: &[u8]) -> Result<Reply, TransportFault> {
        let keyset = binding.keyset().map_err(|_| TransportFault::Untrusted)?;
        let pins = Pins::Only(&keyset.content().tls_pins);
        let method = Method::PostJose(body);
        self.transport.send(&Request { iss: &binding.iss, path, method, map_enrol: None, pins })
    }

    fn heard(&self, iss: &Issuer, reply: Reply) -> Result<Heard, Problem> {
        if let Some(nonce) = reply.nonce.as_ref().filter(|nonce| is_nonce(nonce)) {
            self.keep_nonce(iss, nonce.clone());
        }
        if reply.status == 200 {
            return Ok(Heard::Done(reply));
        }
        match Refusal::from_body(&reply.body) {
            // Not judged yet, or not told yet what came of it: the same bytes are sent again, as after silence (3.0.5).
            Some(refusal) if refusal.code == Code::Unavailable => Err(plain_problem(&refusal)),
            Some(refusal) => Ok(Heard::Refused(refusal)),
            // Not the server's own words: a proxy in between, or a server that is down.
            None => Err(Problem::Unavailable { retry_after: reply.retry_after.unwrap_or(0) }),
        }
    }

    /// Signs an operation with the server's last nonce.
    pub(crate) fn sign_op(
        &self,
        binding: &Binding,
        operation: Operation,
        jti: Jti,
        factors: &Factors<'_>,
    ) -> Result<SignedOp, Problem> {
        self.sign_op_with(binding, operation, (jti, self.nonce(&binding.iss)), factors)
    }

    /// Signs an operation with a nonce that a key in it is attested for.
    pub(crate) fn sign_op_with(
        &self,
        binding: &Binding,
        operation: Operation,
        (jti, nonce): (Jti, String),
        factors: &Factors<'_>,
    ) -> Result<SignedOp, Problem> {
        let op = Op {
            iss: binding.aid.ok_or(Problem::OutOfTurn)?,
            aud: binding.iss.clone(),
            operation,
            nonce,
            jti,
            iat: self.clock.wall(),
        };
        let payload = op.to_payload().map_err(|_| Problem::Internal)?;
        let draft = factors(Draft::new(&payload))?;
        let bytes = draft.device(DeviceTyp::Op, &binding.jkt(), &self.device(binding))?;
        Ok(SignedOp { bytes: Zeroizing::new(bytes), jti })
    }

    /// Sends an operation; `401 use_nonce` is answered once, with the fresh nonce. A read gets a new `jti` then,
    /// every other operation keeps its own (3.0.4, 3.0.6). The bytes come back with the answer, or without one.
    pub(crate) fn op(
        &self,
        binding: &mut Binding,
        operation: impl Fn() -> Operation,
    ) -> Result<(Result<Heard, Problem>, SignedOp), Problem> {
        let jti = self.jti()?;
        self.op_with(binding, operation, jti, &Ok)
    }

    /// The same for an operation that has its id already, and with the signatures that come before the device's.
    pub(crate) fn op_with(
        &self,
        binding: &mut Binding,
        operation: impl Fn() -> Operation,
        jti: Jti,
        factors: &Factors<'_>,
    ) -> Result<(Result<Heard, Problem>, SignedOp), Problem> {
        let first = self.sign_op(binding, operation(), jti, factors)?;
        match self.post(binding, OPS, &first.bytes) {
            Ok(Heard::Refused(refusal)) if refusal.code == Code::UseNonce => {
                let jti = if operation().is_read() { self.jti()? } else { first.jti };
                let second = self.sign_op(binding, operation(), jti, factors)?;
                Ok((self.post(binding, OPS, &second.bytes), second))
            }
            heard => Ok((heard, first)),
        }
    }

    /// Sends the same bytes of an operation again.
    pub(crate) fn resend_op(&self, binding: &mut Binding, op: &SignedOp) -> Result<Heard, Problem> {
        self.post(binding, OPS, &op.bytes)
    }

    /// The body of a success, or the problem of a refusal.
    pub(crate) fn body<T: DeserializeOwned>(
        &self,
        binding: &mut Binding,
        heard: Result<Heard, Problem>,
    ) -> Result<T, Problem> {
        parsed(&self.reply(binding, heard)?)
    }

    /// The answer of a success, or the problem of a refusal.
    pub(crate) fn reply(
        &self,
        binding: &mut Binding,
        heard: Result<Heard, Problem>,
    ) -> Result<Reply, Problem> {
        match heard? {
            Heard::Done(reply) => Ok(reply),
            Heard::Refused(refusal) => Err(self.problem(binding, &refusal)),
        }
    }

    /// What a refusal means for the shell. A valid notice of a removal is kept.
    pub(crate) fn problem(&self, binding: &mut Binding, refusal: &Refusal) -> Problem {
        match refusal.code {
            Code::AuthenticatorRevoked => {
                let notice = self.notice(binding, refusal).filter(|n| n.state == NoticeState::Revoked);
                if let Some(NoticeView { why, at, .. }) = notice {
                    let jkt = binding.jkt();
                    // What cannot be kept now comes again with the next answer.
                    let _ = self.vault.update(binding, |fresh| {
                        // Of a device key that came meanwhile the notice says nothing.
                        if fresh.jkt() == jkt {
                            fresh.state = BindingState::Removed(Removal { why, at });
                        }
                        Ok(())
                    });
                }
                Problem::Revoked { notice }
            }
            Code::AuthenticatorLocked => Problem::Locked { notice: self.notice(binding, refusal) },
            _ => plain_problem(refusal),
        }
    }

    /// The notice, if it is signed by this server and about this very key (N76, N128).
    fn notice(&self, binding: &mut Binding, refusal: &Refusal) -> Option<NoticeView> {
        let text = refusal.members.notice.as_ref()?;
        let notice = self.open_message::<Notice>(binding, text).ok()?;
        let mine = Some(notice.aud) == binding.aid && notice.cnf.jkt == binding.jkt();
        mine.then(|| NoticeView { state: notice.state, why: notice.why, at: notice.at })
    }
}

/// The JSON of a successful answer.
pub(crate) fn parsed<T: DeserializeOwned>(reply: &Reply) -> Result<T, Problem> {
    json::parse(&reply.body).map_err(|_| MessageDefect::Incomplete.into())
}

/// What a refusal means where no notice can come with it.
pub(crate) fn plain_problem(refusal: &Refusal) -> Problem {
    let retry_after = refusal.members.retry_after.unwrap_or(0);
    match refusal.code {
        Code::AuthenticatorRevoked => Problem::Revoked { notice: None },
        Code::AuthenticatorLocked => Problem::Locked { notice: None },
        Code::InvalidDeviceSignature => Problem::NotRecognised,
        Code::RateLimited => Problem::RateLimited { retry_after },
        // A second `use_nonce` in a row is as good as no answer.
        Code::Unavailable | Code::UseNonce => Problem::Unavailable { retry_after },
        Code::AppTooOld => {
            let min = refusal.members.min.clone().filter(|min| text::is_clean(min, text::SHORT));
            Problem::AppTooOld { min }
        }
        code => Problem::Refused { code },
    }
}
