//! What concerns all bindings: how PINs are stretched on this phone, and how many were sent since the last success.

use super::Vault;
use super::binding::KdfWords;
use crate::port::{Change, Table};
use crate::problem::Problem;
use countersign_protocol::json;
use countersign_vault::kdf::KdfParams;
use serde::Serialize;
use serde::de::DeserializeOwned;

const KDF: &str = "kdf";
const PIN_ENTRIES: &str = "pin_entries";

impl Vault {
    /// The parameters found at the first pairing.
    pub(crate) fn kdf(&self) -> Result<Option<KdfParams>, Problem> {
        match self.setting::<KdfWords>(KDF) {
            // Unreadable: measured again at the next pairing.
            Err(Problem::VaultCorrupt) => Ok(None),
            found => Ok(found?.map(KdfParams::from)),
        }
    }

    /// Keeps the parameters.
    pub(crate) fn set_kdf(&self, params: KdfParams) -> Result<(), Problem> {
        self.set_setting(KDF, &KdfWords::from(params))
    }

    /// PIN entries sent online since the last signed success, over all bindings (2.2.4). No function of any PIN.
    pub(crate) fn pin_entries(&self) -> Result<u32, Problem> {
        match self.setting(PIN_ENTRIES) {
            // Unreadable: somebody may have tried to be forgotten.
            Err(Problem::VaultCorrupt) => Ok(u32::MAX),
            found => Ok(found?.unwrap_or(0)),
        }
    }

    /// Keeps that number.
    pub(crate) fn set_pin_entries(&self, count: u32) -> Result<(), Problem> {
        self.set_setting(PIN_ENTRIES, &count)
    }

    fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Problem> {
        let index = self.index(Table::Settings, name.as_bytes());
        let rows = self.store.rows(Table::Settings)?;
        let Some(row) = rows.iter().find(|row| row.bidx == index) else { return Ok(None) };
        let plain = self.open_common(Table::Settings, row)?;
        json::parse(&plain).map(Some).map_err(|_| Problem::VaultCorrupt)
    }

    fn set_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Problem> {
        let plain = json::to_vec(value).map_err(|_| Problem::VaultCorrupt)?;
        let row = self.sealed_common(Table::Settings, name, &plain)?;
        Ok(self.store.apply(&[Change::Put(Table::Settings, row)])?)
    }
}
