//! MAP/1 as it stands on the wire: messages, JOSE profile, QR payloads and codes, for phone and server alike.
//!
//! Nothing here does I/O, reads a clock or draws randomness: times, random bytes and signers are passed in, and what
//! has been verified is of another type than what has not. Section numbers are those of `docs/protocol.md`.

pub mod answer;
pub mod code;
pub mod encoding;
pub mod id;
pub mod issuer;
pub mod jose;
pub mod json;
pub mod key;
pub mod keyset;
pub mod label;
pub mod mask;
pub mod message;
pub mod problem;
pub mod qr;
pub mod secret;
pub mod signer;
pub mod text;
pub mod time;
pub mod typed;
