//! Enums and records of the core that cross as they are. The compiler holds each list to its original.

use countersign_engine::authenticator::Standing;
use countersign_engine::biometrics::{Reason as SignatureReason, SignatureRequest};
use countersign_engine::devices::Unlinked;
use countersign_engine::history::{Deed, Outcome};
use countersign_engine::port::{
    AppStatement, Attestations, Biometrics, CreatedKey, KeyCaps, KeyUsage, PrfKind,
};
use countersign_engine::self_test::{Permissions, Subject};
use countersign_engine::settle::Settled;
use countersign_engine::{AccountId, Entry, Platform};
use countersign_protocol::answer::SignInState as ServerState;
use countersign_protocol::message::enrol::PhoneInfo;
use countersign_protocol::message::notice::{NoticeState, NoticeWhy};
use countersign_protocol::message::op::EnrolmentKind;
use countersign_protocol::message::request::Kind as RequestKind;
use countersign_protocol::message::response::DenyWhy;
use countersign_protocol::message::{Flow as Arrival, Level};

uniffi::custom_type!(AccountId, u64, {
    remote,
    try_lift: |value| Ok(AccountId::from_value(value)),
    lower: |id| id.value(),
});

/// The protection of a phone's keys, from least to most (3.3).
#[uniffi::remote(Enum)]
pub enum Level {
    /// Keys in software.
    Software,
    /// Trusted execution environment.
    Tee,
    /// Secure Enclave; ranks with `tee`.
    SecureEnclave,
    /// A secure element.
    Strongbox,
}

/// Which app this is: servers name the oldest version they take for each.
#[uniffi::remote(Enum)]
pub enum Platform {
    /// The Android app.
    Android,
    /// The iOS app.
    Ios,
    /// The command line, for which no server names a version.
    Cli,
}

/// How a phone calls itself.
#[uniffi::remote(Record)]
pub struct PhoneInfo {
    /// Name, `Pixel 9`.
    pub name: String,
    /// Operating system, `Android 17`.
    pub os: String,
    /// Version of the app.
    pub app: String,
}

/// Where a text came from.
#[uniffi::remote(Enum)]
pub enum Entry {
    /// The camera inside the app.
    Scanner,
    /// Pasted into the app.
    Pasted,
    /// A tapped link (of a host that is verified as this app's), another app, the system's camera: the app cannot tell
    /// them apart.
    System,
}

/// What a server says of this phone. Advisory but for what a signed message changed.
#[uniffi::remote(Enum)]
pub enum Standing {
    /// The pairing waits for its code.
    Enrolling,
    /// Can approve.
    Active,
    /// Locked after too many wrong PINs.
    Locked,
    /// The pairing ended without success, and this phone has forgotten it.
    Forgotten,
}

/// What a pending change came to.
#[uniffi::remote(Enum)]
pub enum Settled {
    /// The new keys count.
    Changed,
    /// The old keys count.
    Unchanged,
}

/// Where an account was removed.
#[uniffi::remote(Enum)]
pub enum Unlinked {
    /// Here and at the server, which signed for it.
    Everywhere,
    /// Here alone: the server could not be trusted, and may have this phone in its list still.
    OnlyHere,
}

/// What a new enrolment is for.
#[uniffi::remote(Enum)]
pub enum EnrolmentKind {
    /// The new phone takes the place of this one (3.7.3).
    Migrate,
    /// One more phone.
    Add,
}

/// What is asked for.
#[uniffi::remote(Enum)]
pub enum RequestKind {
    /// A sign-in.
    Login,
    /// A transaction (S6).
    Sign,
}

/// How a request reached the phone.
#[uniffi::remote(Enum)]
pub enum Arrival {
    /// From the list, woken by a push or pulled.
    Push,
    /// By the in-app scanner.
    Scan,
    /// By a verified link on the same device.
    Link,
}

/// Why a person refused.
#[uniffi::remote(Enum)]
pub enum DenyWhy {
    /// Changed their mind.
    Cancel,
    /// "It wasn't me".
    NotMe,
}

/// States of a sign-in (3.13.1).
#[uniffi::remote(Enum)]
pub enum ServerState {
    /// Made, not opened by a phone yet (QR, link).
    Created,
    /// Waits for an answer (push) or a code (offline).
    Pending,
    /// Opened by a phone (QR, link).
    Claimed,
    /// Approved, not completed by the service yet.
    Approved,
    /// Completed by the service.
    Completed,
    /// Refused on the phone.
    Denied,
    /// "It wasn't me".
    Reported,
    /// Three wrong numbers or codes.
    Failed,
    /// Ended by the service or by what happened to the phone.
    Cancelled,
    /// Out of time.
    Expired,
}

/// What the person did.
#[uniffi::remote(Enum)]
pub enum Deed {
    /// Approved a request.
    Approved,
    /// Refused one.
    Cancelled,
    /// Said "It wasn't me".
    Reported,
    /// Made a code for a sign-in without network; whether it was used is not known here.
    OfflineCode,
}

/// What is known of its effect.
#[uniffi::remote(Enum)]
pub enum Outcome {
    /// The server signed for it.
    Confirmed,
    /// Sent, without an answer so far.
    Unknown,
    /// There is nothing to confirm: an offline code.
    None,
}

/// What a notice tells.
#[uniffi::remote(Enum)]
pub enum NoticeState {
    /// Removed for good.
    Revoked,
    /// Stopped until it is unlocked.
    Locked,
}

/// Why it happened.
#[uniffi::remote(Enum)]
pub enum NoticeWhy {
    /// The person, on a phone.
    User,
    /// The person, on the web.
    Web,
    /// Another phone took its place.
    Moved,
    /// The operator.
    Operator,
    /// Too many wrong PINs.
    Attempts,
}

/// Why a signature is asked for.
#[uniffi::remote(Enum)]
pub enum SignatureReason {
    /// Biometrics are being turned on.
    TurnOn,
    /// A request is being approved.
    Approve,
}

/// A signature that a person has to give.
#[uniffi::remote(Record)]
pub struct SignatureRequest {
    /// Alias of the biometric key.
    pub key: String,
    /// What it signs: the message, not its digest.
    pub payload: Vec<u8>,
    /// Why, so that the shell finds the words.
    pub reason: SignatureReason,
}

/// What was looked at.
#[uniffi::remote(Enum)]
pub enum Subject {
    /// The key store and its protection.
    KeyStore,
    /// Notifications.
    Notifications,
    /// Camera.
    Camera,
    /// Battery saver.
    Background,
    /// Whether a server answers.
    Server,
    /// The phone's clock against a server's.
    Clock,
    /// Whether a server knows this phone.
    Registration,
}

/// What only the shell can know; `None` is "not on this platform".
#[uniffi::remote(Record)]
pub struct Permissions {
    /// Notifications are allowed.
    pub notifications: Option<bool>,
    /// The camera is allowed.
    pub camera: Option<bool>,
    /// The app may run when the battery saver is on.
    pub background: Option<bool>,
}

/// What a key is for; the middle part of its alias `map.<usage>.<32 hexadecimal digits>`.
#[uniffi::remote(Enum)]
pub enum KeyUsage {
    /// Device key: ECDSA P-256, signs every message.
    Sign,
    /// Key of the hardware PRF inside the PIN derivation (2.2.1).
    Prf,
    /// Biometric key: ECDSA P-256, one check of the person for each signature. The engine never signs with it: the shell
    /// does, when it is asked for a signature (2.6).
    BioSign,
}

/// How the PRF is made.
#[uniffi::remote(Enum)]
pub enum PrfKind {
    /// HMAC-SHA256 under a hardware key.
    Hmac,
    /// ECDH with a fixed point, then HMAC (Secure Enclave).
    Ecdh,
    /// HMAC-SHA256 in software.
    Software,
}

/// Biometric keys.
#[uniffi::remote(Enum)]
pub enum Biometrics {
    /// None.
    None,
    /// Strong biometrics, one check for each signature.
    Strong,
    /// Keys of that kind without a sensor: for trying it out.
    Software,
}

/// Attestations that the store can give.
#[uniffi::remote(Enum)]
pub enum Attestations {
    /// None.
    None,
    /// Android key attestation.
    AndroidKey,
    /// Apple App Attest.
    AppleAppAttest,
}

/// What the key store of this machine can do. Told to the server as it is, never better.
#[uniffi::remote(Record)]
pub struct KeyCaps {
    /// Protection of the keys.
    pub level: Level,
    /// Kind of PRF.
    pub prf: PrfKind,
    /// Biometric keys.
    pub bio: Biometrics,
    /// Attestations.
    pub attest: Attestations,
}

/// A key that was made.
#[uniffi::remote(Record)]
pub struct CreatedKey {
    /// The public key: 65 bytes of SEC 1 or a DER SubjectPublicKeyInfo; empty for a PRF key.
    pub public_key: Vec<u8>,
    /// Android's certificates of the key with its challenge, in DER, leaf first; empty where there are none.
    pub chain: Vec<Vec<u8>>,
}

/// What Apple says of this app (App Attest).
#[uniffi::remote(Record)]
pub struct AppStatement {
    /// The attestation object.
    pub object: Vec<u8>,
    /// Id of the key that App Attest made for it: 32 bytes.
    pub key_id: Vec<u8>,
}
