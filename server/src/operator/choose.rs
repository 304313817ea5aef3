//! The policy, changed beside a running server, which follows within a second.

use super::{Operator, OperatorFault, now};
use crate::policy::Policy;
use crate::policy::chosen::{Chosen, PolicyFault};
use crate::serve::could_enforce;
use crate::store::{Tx, audit};
use countersign_protocol::message::offer::AttestPolicy;
use serde_json::{Map, Value, json};
use std::path::Path;

/// The policy and where it comes from.
pub struct PolicyView {
    /// Everything in force.
    pub policy: Policy,
    /// What was chosen of it.
    pub chosen: Map<String, Value>,
}

impl Operator {
    /// The policy that a server on this data follows.
    pub fn policy(data: &Path) -> Result<PolicyView, OperatorFault> {
        let chosen = Chosen::read(data)?;
        Ok(PolicyView { policy: chosen.over(&Policy::default())?, chosen: chosen.members().clone() })
    }

    /// Chooses a value, or the default with `None`. It is in the audit log first.
    pub async fn choose(
        &self,
        data: &Path,
        name: &str,
        value: Option<Value>,
    ) -> Result<PolicyView, OperatorFault> {
        let mut chosen = Chosen::read(data)?;
        match &value {
            Some(value) => chosen.set(name, value.clone()),
            None => chosen.unset(name),
        }
        let policy = chosen.over(&Policy::default())?;
        if policy.attest == AttestPolicy::Enforce && could_enforce(data) == Some(false) {
            return Err(PolicyFault::Unprovable.into());
        }
        let (key, about) = (self.app.keys().audit.clone(), json!({"name": name, "value": value}));
        let noted = move |tx: &Tx<'_>| audit::append(tx, &key, "policy_changed", &about, now());
        self.write(noted).await?;
        chosen.write(data)?;
        Self::policy(data)
    }
}
