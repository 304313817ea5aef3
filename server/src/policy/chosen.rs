//! What an operator chose of the policy: `policy.json` in the data folder, over the defaults.
//!
//! Lifetimes and the limits of wrong tries are the protocol's (3.9.1, 3.10): nobody chooses those.

use super::Policy;
use super::version::parse;
use countersign_protocol::message::offer::AttestPolicy;
use countersign_protocol::message::{Factor, Level};
use serde_json::{Map, Value};
use std::io::Write;
use std::path::Path;
use std::{fs, io};

/// Members of [`Policy`] that are not to be chosen.
const FIXED: [&str; 2] = ["lifetimes", "limits"];

/// The members that were chosen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chosen(Map<String, Value>);

/// Why a choice is refused.
#[derive(Debug, thiserror::Error)]
pub enum PolicyFault {
    /// The file.
    #[error("policy.json: {0}")]
    File(#[from] io::Error),
    /// The file is no JSON object.
    #[error("policy.json is no JSON object")]
    Damaged,
    /// No such member.
    #[error("there is no policy {0}")]
    Unknown(String),
    /// Not a value for it.
    #[error("{0} cannot be that: {1}")]
    Value(String, String),
    /// Each value is possible, but not all together.
    #[error("a min_level above software needs attest = enforce, or level_unproven")]
    Inconsistent,
    /// Nothing could ever be found genuine, or what was revoked would count.
    #[error(
        "enforced attestation needs a server that was started with a file of roots, a file of revoked serials and an app"
    )]
    Unprovable,
}

impl Chosen {
    /// Reads the file; nothing is chosen where there is none.
    pub fn read(data: &Path) -> Result<Self, PolicyFault> {
        match fs::read(data.join("policy.json")) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Self).map_err(|_| PolicyFault::Damaged),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Writes the file, by one rename.
    pub fn write(&self, data: &Path) -> Result<(), PolicyFault> {
        let (path, fresh) = (data.join("policy.json"), data.join("policy.json.new"));
        let mut file = fs::File::create(&fresh)?;
        file.write_all(&serde_json::to_vec_pretty(&self.0).map_err(io::Error::from)?)?;
        file.sync_all()?;
        Ok(fs::rename(fresh, path)?)
    }

    /// Chooses a value.
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// Goes back to the default.
    pub fn unset(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// The members and their values.
    pub const fn members(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The policy that comes of it.
    pub fn over(&self, base: &Policy) -> Result<Policy, PolicyFault> {
        let mut base = base.clone();
        if self.0.get("attest").is_some_and(|attest| attest == AttestPolicy::Enforce.as_str()) {
            // What is proven is worth asking for (2.3).
            base.min_level = Level::Tee;
        }
        let mut merged = serde_json::to_value(&base).map_err(|_| PolicyFault::Damaged)?;
        for (name, value) in &self.0 {
            if FIXED.contains(&name.as_str()) || merged.get(name).is_none() {
                return Err(PolicyFault::Unknown(name.clone()));
            }
            merged[name] = value.clone();
            // One at a time, so that the refusal can name it.
            let whole = serde_json::from_value::<Policy>(merged.clone());
            whole.map_err(|fault| PolicyFault::Value(name.clone(), fault.to_string()))?;
        }
        let policy: Policy = serde_json::from_value(merged).map_err(|_| PolicyFault::Damaged)?;
        check(&policy)?;
        Ok(policy)
    }
}

fn check(policy: &Policy) -> Result<(), PolicyFault> {
    let refuse = |name: &str, why: &str| Err(PolicyFault::Value(name.to_owned(), why.to_owned()));
    if !(4..=12).contains(&policy.pin_min) {
        return refuse("pin_min", "a PIN has 4 to 12 digits");
    }
    if !(1..=14).contains(&policy.bio_days) {
        return refuse("bio_days", "the PIN is asked for after 14 days at the latest");
    }
    if !policy.factors.contains(&Factor::Pin) {
        return refuse("factors", "the PIN is always one of them");
    }
    for (name, secs) in [("session_life", policy.session_life), ("operator_life", policy.operator_life)] {
        if !(60..=86_400).contains(&secs) {
            return refuse(name, "a session lasts a minute at the least and a day at the most");
        }
    }
    let versions = [("min_app_android", &policy.min_app_android), ("min_app_ios", &policy.min_app_ios)];
    for (name, version) in versions {
        if parse(version).is_none() {
            return refuse(name, "a version has the form 1.2.3");
        }
    }
    if policy.is_consistent() { Ok(()) } else { Err(PolicyFault::Inconsistent) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn with(name: &str, value: Value) -> Result<Policy, PolicyFault> {
        let mut chosen = Chosen::default();
        chosen.set(name, value);
        chosen.over(&Policy::default())
    }

    #[test]
    fn what_the_protocol_fixes_and_what_is_no_policy_is_refused() {
        assert_eq!(with("pin_min", json!(6)).unwrap().pin_min, 6);
        for (name, value) in [
            ("limits", json!({"pin_max": 500})),
            ("pin_max", json!(500)),
            ("lifetimes", json!({"push": 86_400})),
            ("pin_min", json!(3)),
            ("pin_min", json!("six")),
            ("bio_days", json!(15)),
            ("session_life", json!(86_401)),
            ("operator_life", json!(0)),
            ("factors", json!(["bio"])),
            ("min_app_ios", json!("newest")),
            ("min_level", json!("strongbox")),
        ] {
            assert!(with(name, value.clone()).is_err(), "{name} {value}");
        }
    }

    #[test]
    fn enforced_attestation_asks_for_hardware_unless_that_is_chosen_too() {
        let mut chosen = Chosen::default();
        chosen.set("attest", json!("enforce"));
        assert_eq!(chosen.over(&Policy::default()).unwrap().min_level, Level::Tee);
        chosen.set("min_level", json!("software"));
        assert_eq!(chosen.over(&Policy::default()).unwrap().min_level, Level::Software);
        chosen.set("min_level", json!("strongbox"));
        assert_eq!(chosen.over(&Policy::default()).unwrap().min_level, Level::Strongbox);
        chosen.set("attest", json!("log"));
        assert!(matches!(chosen.over(&Policy::default()), Err(PolicyFault::Inconsistent)));
    }

    #[test]
    fn a_file_that_is_no_object_is_an_error_and_none_is_the_default() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Chosen::read(folder.path()).unwrap().over(&Policy::default()).unwrap(), Policy::default());
        fs::write(folder.path().join("policy.json"), "[1]").unwrap();
        assert!(matches!(Chosen::read(folder.path()), Err(PolicyFault::Damaged)));
    }
}
