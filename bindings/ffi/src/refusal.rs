//! What a server refused with, and what was wrong with what it signed: the core's own lists.

use countersign_protocol::keyset::KeySetFault;
use countersign_protocol::problem::Code as RefusalCode;

/// Every problem code of MAP/1 (3.0.9).
#[uniffi::remote(Enum)]
pub enum RefusalCode {
    /// The message has not the form that is expected.
    Malformed,
    /// A header lies outside the JWS profile.
    UnsupportedJose,
    /// The message is for another server or of another phone.
    WrongAudience,
    /// Sign again with the nonce of this answer.
    UseNonce,
    /// The device signature does not verify.
    InvalidDeviceSignature,
    /// The service secret is missing or wrong.
    ServiceUnauthorised,
    /// This phone was removed.
    AuthenticatorRevoked,
    /// This phone is locked.
    AuthenticatorLocked,
    /// The pairing waits for its code.
    EnrolmentPending,
    /// This request has to be opened another way.
    EntryNotAllowed,
    /// The two places are too far apart.
    RiskRefused,
    /// Another factor is needed here.
    FactorNotAllowed,
    /// The PIN is not right.
    PinIncorrect,
    /// The biometric factor does not verify.
    InvalidFactorSignature,
    /// The number is not the one in the browser.
    NumberMismatch,
    /// The scanned code belongs to another sign-in.
    TransferMismatch,
    /// The protection of the phone's keys is not accepted.
    AttestationRejected,
    /// The code is not the one on the phone.
    ConfirmCodeIncorrect,
    /// A fresh approval of the account's own phone is needed.
    ProofRequired,
    /// The offline code is not right.
    CodeIncorrect,
    /// This way cannot be used now.
    MethodUnavailable,
    /// A first factor or a recognised browser is needed.
    FirstFactorRequired,
    /// The recovery code could not be used.
    RecoveryRefused,
    /// Only the browser that started can finish.
    ReturnRefused,
    /// The form was not made for this browser.
    CsrfRefused,
    /// The service has not the scope for this call.
    ScopeMissing,
    /// There is no such request for this phone.
    TransactionUnknown,
    /// There is no such enrolment.
    EnrolmentUnknown,
    /// There is nothing here.
    NotFound,
    /// The request was answered already.
    TransactionDecided,
    /// Another phone opened this request.
    TransactionClaimed,
    /// The answer belongs to another request.
    RequestMismatch,
    /// Another phone used this enrolment.
    EnrolmentClaimed,
    /// The enrolment is in another state.
    EnrolmentState,
    /// There is an account with this address.
    AccountExists,
    /// The approval does not verify.
    EvidenceInvalid,
    /// The operation was closed before.
    Settled,
    /// The request has run out.
    TransactionExpired,
    /// The request was cancelled.
    TransactionCancelled,
    /// The request was stopped after too many errors.
    TransactionFailed,
    /// The code has changed since.
    QrStale,
    /// The scan cannot be used any more.
    TicketInvalid,
    /// The enrolment has run out.
    EnrolmentExpired,
    /// The enrolment was stopped.
    EnrolmentCancelled,
    /// A new key is not accepted.
    KeyRejected,
    /// The same id came with another message.
    IdempotencyConflict,
    /// The app is too old for this server.
    AppTooOld,
    /// The next try has to wait.
    PinWait,
    /// Too many calls in a short time.
    RateLimited,
    /// The server cannot answer now.
    Unavailable,
}

/// Why a key set was not taken.
#[uniffi::remote(Enum)]
pub enum KeySetFault {
    /// Not readable, or against the forms of 3.2.
    Malformed,
    /// No signature by the pinned root, or another commitment without one by the root that was committed to.
    RootMismatch,
    /// Made for another server.
    OtherIssuer,
    /// Older than the stored one, or the same version with other content.
    Rollback,
    /// Past its end by the `Date` of the answer.
    Expired,
}
