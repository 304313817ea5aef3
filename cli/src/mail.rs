//! How a server's letters leave: the arguments of `serve` for it.

use clap::Args;
use countersign_server::mail::Settings;
use std::path::PathBuf;

/// Where letters go. Without any of it they are kept in the database, and `/health` says so.
#[derive(Args)]
pub struct Mail {
    /// The SMTP server: smtps://NAME:PASSWORD@HOST, or smtp:// with STARTTLS, or smtp://localhost?tls=none. Better in
    /// COUNTERSIGN_SMTP_URL, where no list of processes shows it.
    #[arg(long, value_name = "URL", conflicts_with = "mail_dir")]
    smtp_url: Option<String>,
    /// Certificates in PEM that the SMTP server may be signed by, besides the well-known ones.
    #[arg(long, value_name = "FILE")]
    smtp_ca: Option<PathBuf>,
    /// Who writes; no-reply at the server's own name if nothing is said.
    #[arg(long, value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Write letters into this folder instead, one .eml file each: for trying out.
    #[arg(long, value_name = "FOLDER")]
    mail_dir: Option<PathBuf>,
}

impl Mail {
    /// As the server takes it.
    pub fn into_settings(self) -> Settings {
        let hidden = || std::env::var("COUNTERSIGN_SMTP_URL").ok().filter(|_| self.mail_dir.is_none());
        Settings {
            smtp_url: self.smtp_url.clone().or_else(hidden),
            smtp_ca: self.smtp_ca,
            from: self.mail_from,
            folder: self.mail_dir,
        }
    }
}
