//! The bodies of the fuzz targets, one for each parser: total, and true to itself where it takes something.
//!
//! `fuzz/` has a binary for each; a test runs the same functions over the same seeds and mutations of them.

mod attestation;
mod messages;
pub mod mutate;
pub mod seeds;
mod typed;

/// A parser under attack.
#[derive(Clone, Copy)]
pub struct Target {
    /// Name of its binary.
    pub name: &'static str,
    /// What takes the bytes; a panic is a finding.
    pub run: fn(&[u8]),
}

const fn target(name: &'static str, run: fn(&[u8])) -> Target {
    Target { name, run }
}

/// All of them.
pub const ALL: [Target; 21] = [
    target("app_attest", attestation::app_attest),
    target("binding", messages::binding),
    target("certificate", attestation::certificate),
    target("compact", messages::compact),
    target("enrol", messages::enrol),
    target("envelope", messages::envelope),
    target("json", typed::json),
    target("key_description", attestation::key_description),
    target("keyset", messages::keyset),
    target("notice", messages::notice),
    target("offer", messages::offer),
    target("offline", messages::offline),
    target("op", messages::op),
    target("problem", typed::problem),
    target("qr", typed::qr),
    target("receipt", messages::receipt),
    target("request", messages::request),
    target("response", messages::response),
    target("scanner", typed::scanner),
    target("signature", typed::signature),
    target("text", typed::text),
];

/// Runs the target of this name; the binaries call it.
pub fn run(name: &str, data: &[u8]) {
    for target in ALL.iter().filter(|target| target.name == name) {
        (target.run)(data);
    }
}
