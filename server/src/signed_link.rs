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

/// The token of a link about the object `id`, good until `end` and as long as it was written to the right address: whoever
/// had the mailbox of before has no part in the account any more. `to` is empty where an address cannot have changed.
pub fn token(app: &App, purpose: Purpose, (id, to): (&[u8; 16], &str), end: Time) -> String {
    let mut bytes = [0; 56];
    bytes[..16].copy_from_slice(id);
    bytes[16..24].copy_from_slice(&end.secs().to_be_bytes());
    let mac = mac(app, purpose, &bytes[..24], to);
    bytes[24..].copy_from_slice(&mac);
    b64u(&bytes)
}

fn mac(app: &App, purpose: Purpose, about: &[u8], to: &str) -> [u8; 32] {
    labelled_hmac(&app.keys().evid[..], purpose.label(), &[about, to.to_lowercase().as_bytes()])
}

/// A token that somebody opened. It proves nothing before one knows whom it was written to.
pub struct Unproven {
    purpose: Purpose,
    bytes: [u8; 56],
}

impl Unproven {
    /// Reads one; nothing if it cannot be one of ours.
    pub fn read(purpose: Purpose, token: &str) -> Option<Self> {
        Some(Self { purpose, bytes: array_from_b64u::<56>(token).ok()? })
    }

    /// The object that it says it is about.
    pub fn id(&self) -> [u8; 16] {
        let mut id = [0; 16];
        id.copy_from_slice(&self.bytes[..16]);
        id
    }

    /// Until when it is good, if it is ours, was written to this address, and is not over.
    pub fn prove(&self, app: &App, to: &str) -> Option<Time> {
        let (about, given) = self.bytes.split_at(24);
        let end = Time::from_secs(about.get(16..)?.try_into().map_or(0, u64::from_be_bytes));
        let is_ours = bool::from(mac(app, self.purpose, about, to).ct_eq(given));
        (is_ours && end > app.now()).then_some(end)
    }
}
