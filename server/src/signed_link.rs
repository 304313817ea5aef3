//! Links in letters: what they are about and until when, with a MAC over both. Nothing is stored for them, and opening one
//! changes nothing: mail scanners open links.

use crate::app::App;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::label::labelled_hmac;
use countersign_protocol::time::Time;
use subtle::ConstantTimeEq;

/// What a link is for; the label of its MAC.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// Report a sign-in.
    Report,
    /// Remove a phone.
    Undo,
    /// Keep an account that is being closed.
    Keep,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Report => "MAP1 report link",
            Self::Undo => "MAP1 undo link",
            Self::Keep => "MAP1 keep link",
        }
    }
}

/// The token of a link about the object `id`, good until `end`.
pub fn token(app: &App, purpose: Purpose, id: &[u8; 16], end: Time) -> String {
    let mut bytes = [0; 56];
    bytes[..16].copy_from_slice(id);
    bytes[16..24].copy_from_slice(&end.secs().to_be_bytes());
    let mac = labelled_hmac(&app.keys().evid[..], purpose.label(), &[&bytes[..24]]);
    bytes[24..].copy_from_slice(&mac);
    b64u(&bytes)
}

/// What a token is about, if it is ours, for this purpose, and not over.
pub fn read(app: &App, purpose: Purpose, token: &str) -> Option<[u8; 16]> {
    read_whole(app, purpose, token).map(|(id, _)| id)
}

/// The same, and until when.
pub fn read_whole(app: &App, purpose: Purpose, token: &str) -> Option<([u8; 16], Time)> {
    let bytes = array_from_b64u::<56>(token).ok()?;
    let (about, given) = bytes.split_at(24);
    let mac = labelled_hmac(&app.keys().evid[..], purpose.label(), &[about]);
    let (id, end) = about.split_at(16);
    let end = end.try_into().map_or(0, u64::from_be_bytes);
    let good = bool::from(mac.ct_eq(given)) && end > app.now().secs();
    if good { id.try_into().ok().map(|id| (id, Time::from_secs(end))) } else { None }
}
