//! What `countersign serve` judges attestations of keys by. Whether it does is for `countersign policy set attest` to say.

use clap::Args;
use countersign_server::trusted::{AppId, Sources};
use std::path::PathBuf;

/// Arguments of `serve` on attestations.
#[derive(Args)]
pub struct Attestation {
    /// Roots that chains of attested keys may end in: PEM, or the JSON list of PEM texts that Google publishes.
    #[arg(long = "attestation-roots", value_name = "FILE")]
    roots: Option<PathBuf>,
    /// Revoked serials: the JSON status list that Google publishes. Read again when it changes, as the roots are.
    #[arg(long = "attestation-revoked", value_name = "FILE")]
    revoked: Option<PathBuf>,
    /// An Android app: its package, and the SHA-256 of the certificate that signs it.
    #[arg(long = "attestation-app", value_name = "PACKAGE=DIGEST", value_parser = app)]
    apps: Vec<AppId>,
    /// An Apple app.
    #[arg(long = "attestation-apple-app", value_name = "TEAM.BUNDLE")]
    apple_apps: Vec<String>,
}

fn app(text: &str) -> Result<AppId, String> {
    AppId::parse(text).map_err(|fault| fault.to_string())
}

impl Attestation {
    /// As the server takes it.
    pub fn into_sources(self) -> Sources {
        let Self { roots, revoked, apps, apple_apps } = self;
        Sources { roots, revoked, apps, apple_apps }
    }
}
