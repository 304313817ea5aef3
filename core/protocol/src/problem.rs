//! Problem codes (3.0.9): RFC 9457 bodies, one code and one status each. Unsigned and advisory: a phone may show
//! something else because of one, never change keys or trust.

use crate::json;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($name:ident = $text:literal, $status:literal, $title:literal;)*) => {
        /// Every problem code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// All codes, in the order of 3.0.9.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it stands in `type` after `urn:map:problem:`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// A short title for developers; people read the catalogue's sentence.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    Malformed = "malformed", 400, "The message has not the form that is expected.";
    UnsupportedJose = "unsupported_jose", 400, "A header lies outside the JWS profile.";
    WrongAudience = "wrong_audience", 400, "The message is for another server or of another phone.";
    UseNonce = "use_nonce", 401, "Sign again with the nonce of this answer.";
    InvalidDeviceSignature = "invalid_device_signature", 401, "The device signature does not verify.";
    ServiceUnauthorised = "service_unauthorised", 401, "The service secret is missing or wrong.";
    AuthenticatorRevoked = "authenticator_revoked", 403, "This phone was removed.";
    AuthenticatorLocked = "authenticator_locked", 403, "This phone is locked.";
    EnrolmentPending = "enrolment_pending", 403, "The pairing waits for its code.";
    EntryNotAllowed = "entry_not_allowed", 403, "This request has to be opened another way.";
    RiskRefused = "risk_refused", 403, "The two places are too far apart.";
    FactorNotAllowed = "factor_not_allowed", 403, "Another factor is needed here.";
    PinIncorrect = "pin_incorrect", 403, "The PIN is not right.";
    InvalidFactorSignature = "invalid_factor_signature", 403, "The biometric factor does not verify.";
    NumberMismatch = "number_mismatch", 403, "The number is not the one in the browser.";
    TransferMismatch = "transfer_mismatch", 403, "The scanned code belongs to another sign-in.";
    AttestationRejected = "attestation_rejected", 403, "The protection of the phone's keys is not accepted.";
    ConfirmCodeIncorrect = "confirm_code_incorrect", 403, "The code is not the one on the phone.";
    ProofRequired = "proof_required", 403, "A fresh approval of the account's own phone is needed.";
    CodeIncorrect = "code_incorrect", 403, "The offline code is not right.";
    MethodUnavailable = "method_unavailable", 403, "This way cannot be used now.";
    FirstFactorRequired = "first_factor_required", 403, "A first factor or a recognised browser is needed.";
    RecoveryRefused = "recovery_refused", 403, "The recovery code could not be used.";
    ReturnRefused = "return_refused", 403, "Only the browser that started can finish.";
    CsrfRefused = "csrf_refused", 403, "The form was not made for this browser.";
    ScopeMissing = "scope_missing", 403, "The service has not the scope for this call.";
    TransactionUnknown = "transaction_unknown", 404, "There is no such request for this phone.";
    EnrolmentUnknown = "enrolment_unknown", 404, "There is no such enrolment.";
    NotFound = "not_found", 404, "There is nothing here.";
    TransactionDecided = "transaction_decided", 409, "The request was answered already.";
    TransactionClaimed = "transaction_claimed", 409, "Another phone opened this request.";
    RequestMismatch = "request_mismatch", 409, "The answer belongs to another request.";
    EnrolmentClaimed = "enrolment_claimed", 409, "Another phone used this enrolment.";
    EnrolmentState = "enrolment_state", 409, "The enrolment is in another state.";
    AccountExists = "account_exists", 409, "There is an account with this address.";
    EvidenceInvalid = "evidence_invalid", 409, "The approval does not verify.";
    Settled = "settled", 409, "The operation was closed before.";
    TransactionExpired = "transaction_expired", 410, "The request has run out.";
    TransactionCancelled = "transaction_cancelled", 410, "The request was cancelled.";
    TransactionFailed = "transaction_failed", 410, "The request was stopped after too many errors.";
    QrStale = "qr_stale", 410, "The code has changed since.";
    TicketInvalid = "ticket_invalid", 410, "The scan cannot be used any more.";
    EnrolmentExpired = "enrolment_expired", 410, "The enrolment has run out.";
    EnrolmentCancelled = "enrolment_cancelled", 410, "The enrolment was stopped.";
    KeyRejected = "key_rejected", 422, "A new key is not accepted.";
    IdempotencyConflict = "idempotency_conflict", 422, "The same id came with another message.";
    AppTooOld = "app_too_old", 426, "The app is too old for this server.";
    PinWait = "pin_wait", 429, "The next try has to wait.";
    RateLimited = "rate_limited", 429, "Too many calls in a short time.";
    Unavailable = "unavailable", 503, "The server cannot answer now.";
}

/// Prefix of `type`.
pub const TYPE_PREFIX: &str = "urn:map:problem:";

impl Code {
    /// The code of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

/// The members beside `type`, `status` and `title`; each code has its own (3.0.9).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// Signed notice of a lock or revocation (compact JWS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Factors that are allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factors: Option<Vec<String>>,
    /// PIN tries left before the lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts_left: Option<u32>,
    /// Whole seconds to wait, 0 if none; equals the header `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Tries of the number left on this sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_attempts_left: Option<u32>,
    /// Tries of a code left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<u32>,
    /// Why, where a code has several reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The state that the object is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The scope that is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Oldest app version that is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
}

/// A problem: code and members.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", code.as_str())]
pub struct Problem {
    /// What it is.
    pub code: Code,
    /// What belongs to it.
    pub members: Box<Members>,
}

#[derive(Serialize)]
struct Out<'a> {
    r#type: String,
    status: u16,
    title: &'a str,
    #[serde(flatten)]
    members: &'a Members,
}

#[derive(Deserialize)]
struct In {
    r#type: String,
    #[serde(flatten)]
    members: Members,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self { code, members: Box::default() }
    }
}

impl Problem {
    /// A problem with members.
    pub fn with(code: Code, fill: impl FnOnce(&mut Members)) -> Self {
        let mut problem = Self::from(code);
        fill(&mut problem.members);
        problem
    }

    /// The RFC 9457 body.
    pub fn to_body(&self) -> Vec<u8> {
        let out = Out {
            r#type: format!("{TYPE_PREFIX}{}", self.code.as_str()),
            status: self.code.status(),
            title: self.code.title(),
            members: &self.members,
        };
        json::to_vec(&out).unwrap_or_default()
    }

    /// Reads a body; a code that is not known gives nothing.
    pub fn from_body(body: &[u8]) -> Option<Self> {
        let problem: In = json::parse(body).ok()?;
        let code = Code::from_name(problem.r#type.strip_prefix(TYPE_PREFIX)?)?;
        Some(Self { code, members: Box::new(problem.members) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_round_trips_with_its_members() {
        let problem = Problem::with(Code::PinIncorrect, |m| {
            m.attempts_left = Some(2);
            m.retry_after = Some(60);
        });
        let body = problem.to_body();
        let text = String::from_utf8(body.clone()).unwrap();
        assert!(text.contains(r#""type":"urn:map:problem:pin_incorrect","status":403"#), "{text}");
        assert_eq!(Problem::from_body(&body), Some(problem));
    }

    #[test]
    fn n139_foreign_or_broken_bodies_give_nothing() {
        for bad in
            ["", "{}", r#"{"type":"urn:map:problem:else"}"#, r#"{"type":"about:blank"}"#, "[[[[[[[[]]]]]]]]"]
        {
            assert_eq!(Problem::from_body(bad.as_bytes()), None, "{bad}");
        }
    }
}
