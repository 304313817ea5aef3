//! `server.json`: what a server says of itself beside its data, for the operator's commands.

use super::Config;
use countersign_protocol::issuer::{Issuer, Profile};
use serde_json::{Value, json};
use std::path::Path;

const FILE: &str = "server.json";

/// Writes down where this server answers and what it was started with.
pub(super) fn write(config: &Config, iss: &Issuer) -> std::io::Result<()> {
    let about = json!({"iss": iss, "name": config.name, "can_enforce": config.attestation.can_enforce()});
    std::fs::write(config.data.join(FILE), about.to_string())
}

/// The name that a server on this data last had.
pub fn last_name(data: &Path) -> Option<String> {
    Some(last(data)?["name"].as_str()?.to_owned())
}

/// The address that a server on this data was last reached at.
pub fn last_address(data: &Path) -> Option<Issuer> {
    Issuer::parse(last(data)?["iss"].as_str()?, Profile::Development).ok()
}

/// Whether a server on this data was last started with what enforced attestation needs.
pub fn could_enforce(data: &Path) -> Option<bool> {
    last(data)?["can_enforce"].as_bool()
}

fn last(data: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(data.join(FILE)).ok()?).ok()
}
