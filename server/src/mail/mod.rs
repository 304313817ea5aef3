//! How letters leave: by SMTP with TLS, or into a folder for trying out. Where neither is given they are kept.

mod compose;
mod folder;
mod post;
mod queue;

pub use post::{BadMail, Post};
pub use queue::send_forever;

use std::fmt;
use std::path::PathBuf;

/// How letters are to leave, as the operator says it.
#[derive(Clone, Default)]
pub struct Settings {
    /// `smtps://…`, or `smtp://…` with STARTTLS, with name and password of the account there.
    pub smtp_url: Option<String>,
    /// Certificates in PEM that the SMTP server may be signed by, besides the well-known ones.
    pub smtp_ca: Option<PathBuf>,
    /// Who writes: `no-reply@id.example.eu`, or `Example ID <no-reply@id.example.eu>`.
    pub from: Option<String>,
    /// A folder that letters are written to instead, one file each.
    pub folder: Option<PathBuf>,
}

impl fmt::Debug for Settings {
    /// Without the address of the SMTP server: a password stands in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("from", &self.from)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}
