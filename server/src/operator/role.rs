//! Who sees the operator's pages: given and taken on the command line alone, so that no page can make another operator.

use super::people::find;
use super::{Operator, OperatorFault, now};
use crate::store::{StoreFault, Tx, audit, operator, session};
use countersign_protocol::time::Time;
use serde_json::json;

impl Operator {
    /// Lets the owner of an account use the operator's pages; `false` if they could before.
    pub async fn add_operator(&self, wanted: &str) -> Result<bool, OperatorFault> {
        self.change_role(wanted, true).await
    }

    /// Takes that away, and ends what they have open; `false` if they could not.
    pub async fn remove_operator(&self, wanted: &str) -> Result<bool, OperatorFault> {
        self.change_role(wanted, false).await
    }

    /// Addresses of all who can, and since when.
    pub fn operators(&self) -> Result<Vec<(String, Time)>, OperatorFault> {
        Ok(self.app.store.read(|tx| -> Result<_, StoreFault> { operator::all(tx) })?)
    }

    async fn change_role(&self, wanted: &str, added: bool) -> Result<bool, OperatorFault> {
        let (wanted, key) = (wanted.to_owned(), *self.app.keys().audit);
        let work = move |tx: &Tx<'_>| -> Result<bool, OperatorFault> {
            let account = find(tx, &wanted)?.ok_or(OperatorFault::UnknownAccount(wanted))?;
            let (what, changed) = if added {
                ("operator_added", operator::add(tx, &account.id, "operator", now())?)
            } else {
                session::end_key(tx, &account.id, session::OPERATOR, now())?;
                ("operator_removed", operator::remove(tx, &account.id)?)
            };
            if changed {
                let about = json!({"account": account.id, "by": "operator"});
                audit::append(tx, &key, what, &about, now())?;
            }
            Ok(changed)
        };
        self.write(work).await
    }
}
