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
const HISTORY_PLACE: &str = "history_place";

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

    /// Place of the newest row of the history; nothing before the first one, or when it cannot be read.
    pub(super) fn last_place(&self) -> Result<Option<u64>, Problem> {
        match self.setting(HISTORY_PLACE) {
            Err(Problem::VaultCorrupt) => Ok(None),
            found => found,
        }
    }

    /// Keeps that place, together with the row that has it.
    pub(super) fn place_change(&self, place: u64) -> Result<Change, Problem> {
        self.setting_change(HISTORY_PLACE, &place)
    }

    fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Problem> {
        let index = self.index(Table::Settings, name.as_bytes());
        let Some(row) = self.store.find(Table::Settings, &index)? else { return Ok(None) };
        let plain = self.open_common(Table::Settings, &row)?;
        json::parse(&plain).map(Some).map_err(|_| Problem::VaultCorrupt)
    }

    fn set_setting<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Problem> {
        Ok(self.store.apply(&[self.setting_change(name, value)?])?)
    }

    fn setting_change<T: Serialize>(&self, name: &str, value: &T) -> Result<Change, Problem> {
        let plain = json::to_vec(value).map_err(|_| Problem::VaultCorrupt)?;
        Ok(Change::Put(Table::Settings, self.sealed_common(Table::Settings, name, &plain)?))
    }
}
