//! What a QR or a link of this protocol holds, and the one total parser for it (protocol 5).
//!
//! The parser knows the form; whether the authority belongs to a binding, and how a kind may arrive, is the engine's.

use crate::encoding::{b64u, from_b64u};
use crate::id::{Eid, Thumbprint};
use crate::issuer::{Issuer, Profile};
use crate::secret::{EnrolSecret, FrameMac, Handle};

/// Longest text of any kind, in bytes.
pub const MAX_TEXT: usize = 1024;
/// Longest text of kind `o`.
pub const MAX_OFFLINE_TEXT: usize = 600;

/// Text that is not a QR of this protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code of this protocol")]
pub struct BadQr;

/// A parsed QR text: the server it names, and what it carries.
pub struct Qr {
    /// The server, from the authority.
    pub iss: Issuer,
    /// What it asks for.
    pub payload: Payload,
}

/// The four kinds (5.2).
pub enum Payload {
    /// `e`: pair this phone.
    Pairing(Pairing),
    /// `s`: one frame of a rotating sign-in QR.
    Frame {
        /// The sign-in.
        handle: Handle,
        /// Step number since the sign-in was created.
        step: u32,
        /// MAC of the step.
        mac: FrameMac,
    },
    /// `l`: a same-device sign-in link.
    Link(Handle),
    /// `o`: an offline request, a compact JWS that is not verified yet.
    Offline(String),
}

/// The data of kind `e`.
pub struct Pairing {
    /// The enrolment.
    pub eid: Eid,
    /// Its secret.
    pub secret: EnrolSecret,
    /// Thumbprint of the server's root key.
    pub root: Thumbprint,
    /// Bit 0 of the flags: the link was opened on the phone that shows it (3.3.1).
    pub same_device: bool,
}

/// Reads a QR text or a link. Total: any bytes give a value or [`BadQr`].
pub fn parse_qr(bytes: &[u8], profile: Profile) -> Result<Qr, BadQr> {
    if bytes.len() > MAX_TEXT || !bytes.is_ascii() {
        return Err(BadQr);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| BadQr)?;
    let (head, data) = text.split_once('#').ok_or(BadQr)?;
    let (iss, kind) = head.rsplit_once("/a/").ok_or(BadQr)?;
    let iss = Issuer::parse(iss, profile).map_err(|_| BadQr)?;
    let payload = match kind {
        "e" => pairing(&versioned::<66>(data, 1)?)?,
        "s" => frame(&versioned::<29>(data, 2)?)?,
        "l" => Payload::Link(Handle::from_bytes(take(&versioned::<17>(data, 3)?, 1)?)),
        "o" if bytes.len() <= MAX_OFFLINE_TEXT => offline(data)?,
        _ => return Err(BadQr),
    };
    Ok(Qr { iss, payload })
}

fn versioned<const N: usize>(data: &str, version: u8) -> Result<[u8; N], BadQr> {
    let bytes: [u8; N] = from_b64u(data).map_err(|_| BadQr)?.try_into().map_err(|_| BadQr)?;
    if bytes[0] == version { Ok(bytes) } else { Err(BadQr) }
}

fn pairing(bytes: &[u8; 66]) -> Result<Payload, BadQr> {
    let flags = bytes[65];
    if flags > 1 {
        return Err(BadQr);
    }
    Ok(Payload::Pairing(Pairing {
        eid: Eid::from_bytes(take(bytes, 1)?),
        secret: EnrolSecret::from_bytes(take(bytes, 17)?),
        root: Thumbprint::from_bytes(take(bytes, 33)?),
        same_device: flags == 1,
    }))
}

fn frame(bytes: &[u8; 29]) -> Result<Payload, BadQr> {
    Ok(Payload::Frame {
        handle: Handle::from_bytes(take(bytes, 1)?),
        step: u32::from_be_bytes(take(bytes, 17)?),
        mac: FrameMac::from_bytes(take(bytes, 21)?),
    })
}

fn offline(data: &str) -> Result<Payload, BadQr> {
    let parts: Vec<&str> = data.split('.').collect();
    let well_formed =
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && from_b64u(part).is_ok());
    if well_formed { Ok(Payload::Offline(data.to_owned())) } else { Err(BadQr) }
}

fn take<const N: usize>(bytes: &[u8], from: usize) -> Result<[u8; N], BadQr> {
    bytes.get(from..from + N).and_then(|part| part.try_into().ok()).ok_or(BadQr)
}

/// The text of a pairing QR or link.
pub fn pairing_text(iss: &Issuer, pairing: &Pairing) -> String {
    let mut bytes = vec![1];
    bytes.extend_from_slice(pairing.eid.as_bytes());
    bytes.extend_from_slice(pairing.secret.expose());
    bytes.extend_from_slice(pairing.root.as_bytes());
    bytes.push(u8::from(pairing.same_device));
    format!("{iss}/a/e#{}", b64u(&bytes))
}

/// The text of one frame of a sign-in QR.
pub fn frame_text(iss: &Issuer, handle: &Handle, step: u32, mac: &FrameMac) -> String {
    let mut bytes = vec![2];
    bytes.extend_from_slice(handle.expose());
    bytes.extend_from_slice(&step.to_be_bytes());
    bytes.extend_from_slice(mac.expose());
    format!("{iss}/a/s#{}", b64u(&bytes))
}

/// The text of a same-device sign-in link.
pub fn link_text(iss: &Issuer, handle: &Handle) -> String {
    let mut bytes = vec![3];
    bytes.extend_from_slice(handle.expose());
    format!("{iss}/a/l#{}", b64u(&bytes))
}

/// The text of an offline QR.
pub fn offline_text(iss: &Issuer, oqr: &str) -> String {
    format!("{iss}/a/o#{oqr}")
}

#[cfg(test)]
mod tests;
