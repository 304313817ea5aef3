//! How a code may come to the phone (protocol 3.3.1, 3.5): the rules that keep a link from doing a scan's work.

use crate::problem::Problem;
use countersign_protocol::issuer::Profile;
use countersign_protocol::qr::{Payload, Qr, parse_qr};

/// Where a text came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The camera inside the app.
    Scanner,
    /// Pasted into the app.
    Pasted,
    /// A tapped link (of a host that is verified as this app's), another app, the system's camera: the app cannot tell
    /// them apart.
    System,
}

/// Reads a text and applies the rules of its way in.
pub(crate) fn read(text: &[u8], entry: Entry, profile: Profile) -> Result<Qr, Problem> {
    let qr = parse_qr(text, profile).map_err(|_| Problem::BadQr)?;
    allowed(&qr.payload, entry)?;
    Ok(qr)
}

fn is_same_device(payload: &Payload) -> bool {
    match payload {
        Payload::Pairing(pairing) => pairing.same_device,
        Payload::Link(_) => true,
        Payload::Frame { .. } | Payload::Offline(_) => false,
    }
}

fn allowed(payload: &Payload, entry: Entry) -> Result<(), Problem> {
    match (payload, entry) {
        (Payload::Pairing(pairing), Entry::Scanner | Entry::Pasted) if !pairing.same_device => Ok(()),
        (Payload::Frame { .. } | Payload::Offline(_), Entry::Scanner) => Ok(()),
        // What works on one phone alone has to come from a browser on it.
        (Payload::Pairing(_) | Payload::Link(_), Entry::System) if is_same_device(payload) => Ok(()),
        (Payload::Pairing(pairing), Entry::System) if !pairing.same_device => Err(Problem::ScanRequired),
        (Payload::Frame { .. } | Payload::Offline(_), Entry::System) => Err(Problem::ScanRequired),
        // A same-device link outside a verified link, a sign-in code that was pasted.
        _ => Err(Problem::EntryNotAllowed),
    }
}
