//! Opening the vault, and its bindings.

use super::Binding;
use crate::keyring::Keyring;
use crate::port::{Change, Random, Row, Store, StoreFault, Table};
use crate::problem::Problem;
use countersign_vault::seal::{Dek, IndexKey, RowKey, RowPlace, SealError, VaultKey};
use std::collections::HashMap;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Version of the rows' form; authenticated with each of them.
const ROW_VERSION: u32 = 1;
/// How often a change is tried on a row that others write at the same time.
const TRIES: u32 = 16;
/// Name of the wrapped vault key among the store's open values.
const WRAPPED_KEY: &str = "vault_key";

/// The opened vault.
pub(crate) struct Vault {
    pub(super) store: Arc<dyn Store>,
    random: Arc<dyn Random>,
    row_key: RowKey,
    index_key: IndexKey,
}

/// A binding as it was found.
pub(crate) enum LoadedBinding {
    /// Readable.
    Intact(Box<Binding>),
    /// Damaged, moved or under another key (N131).
    Damaged {
        /// Its id.
        id: u64,
    },
}

impl Vault {
    /// Opens the vault, making its key at the first start. A key that the key store does not know any more is
    /// [`Problem::NeedsRepair`]: a copy on another phone (N132).
    pub(crate) fn open(
        store: Arc<dyn Store>,
        random: Arc<dyn Random>,
        keys: &Keyring,
    ) -> Result<Self, Problem> {
        let vault_key = match store.meta(WRAPPED_KEY)? {
            Some(wrapped) => unwrapped(keys, wrapped)?,
            None => made(&*store, &*random, keys)?,
        };
        let (row_key, index_key) = (vault_key.row_key()?, vault_key.index_key()?);
        Ok(Self { store, random, row_key, index_key })
    }

    /// All bindings, the damaged ones too.
    pub(crate) fn bindings(&self) -> Result<Vec<LoadedBinding>, Problem> {
        let rows = self.store.rows(Table::Binding)?;
        let deks = self.store.rows(Table::Dek)?;
        Ok(rows.iter().map(|row| self.load(row, &deks)).collect())
    }

    /// The binding of this id.
    pub(crate) fn binding(&self, id: u64) -> Result<Binding, Problem> {
        Ok(self.loaded(id)?.0)
    }

    /// The binding of this id, and the nonce of its row: another one with each writing.
    fn loaded(&self, id: u64) -> Result<(Binding, [u8; 12]), Problem> {
        let rows = self.store.rows(Table::Binding)?;
        let row = rows.iter().find(|row| row.id == id).ok_or(Problem::NoSuchAccount)?;
        match self.load(row, &self.store.rows(Table::Dek)?) {
            LoadedBinding::Intact(binding) => Ok((*binding, row.nonce)),
            LoadedBinding::Damaged { .. } => Err(Problem::VaultCorrupt),
        }
    }

    /// Writes a new binding with a data key of its own.
    pub(crate) fn add_binding(&self, binding: &Binding) -> Result<(), Problem> {
        let dek = Dek::from_bytes(*self.random_array()?);
        let sealed = self.row_key.wrap(place(Table::Dek, &id(binding.id)), self.nonce()?, &dek)?;
        let dek_row = row(binding.id, binding.id, self.index(Table::Dek, &id(binding.id)), &sealed)?;
        let changes =
            [Change::Put(Table::Dek, dek_row), Change::Put(Table::Binding, self.binding_row(binding, &dek)?)];
        Ok(self.store.apply(&changes)?)
    }

    /// Changes a binding that exists already. `change` gets the row as it is now, because another flow or process may
    /// have written it since `binding` was read, and touches only what the caller knows better. Afterwards `binding` is
    /// the row. Where `change` fails nothing is written; it is done again on a row that was written meanwhile.
    pub(crate) fn update<T>(
        &self,
        binding: &mut Binding,
        change: impl Fn(&mut Binding) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        for _ in 0..TRIES {
            let (mut fresh, was) = self.loaded(binding.id)?;
            let value = change(&mut fresh)?;
            let row = self.binding_row(&fresh, &self.dek(fresh.id)?)?;
            match self.store.apply(&[Change::Replace { table: Table::Binding, row, was }]) {
                Err(StoreFault::Stale) => {}
                written => {
                    written?;
                    *binding = fresh;
                    return Ok(value);
                }
            }
        }
        Err(Problem::VaultUnavailable)
    }

    /// Deletes a binding, its history and its data key.
    pub(crate) fn erase(&self, id: u64) -> Result<(), Problem> {
        Ok(self.store.apply(&[Change::Erase { owner: id }])?)
    }

    /// A random row id, never 0 and positive in SQLite's signed column.
    pub(crate) fn fresh_id(&self) -> Result<u64, Problem> {
        Ok((u64::from_be_bytes(*self.random_array()?) >> 1).max(1))
    }

    fn binding_row(&self, binding: &Binding, dek: &Dek) -> Result<Row, Problem> {
        let index = self.index(Table::Binding, binding.jkt().as_bytes());
        self.sealed(dek, Table::Binding, (binding.id, binding.id), index, &binding.to_plain()?)
    }

    fn load(&self, row: &Row, deks: &[Row]) -> LoadedBinding {
        let opened = deks.iter().find(|dek| dek.id == row.id).ok_or(SealError).and_then(|dek| {
            let dek = self.open_dek(dek)?;
            let plain = dek.open(place(Table::Binding, &id(row.id)), &joined(row))?;
            Binding::from_plain(row.id, &plain).ok_or(SealError)
        });
        match opened {
            Ok(binding) => LoadedBinding::Intact(Box::new(binding)),
            Err(SealError) => LoadedBinding::Damaged { id: row.id },
        }
    }

    pub(super) fn dek(&self, binding: u64) -> Result<Dek, Problem> {
        let row = self.store.find(Table::Dek, &self.index(Table::Dek, &id(binding)))?;
        // The index is not authenticated: a row put in the place of another is damage.
        let row = row.ok_or(Problem::NoSuchAccount)?;
        if row.id == binding { Ok(self.open_dek(&row)?) } else { Err(Problem::VaultCorrupt) }
    }

    /// The data keys that can be opened, by binding.
    pub(super) fn deks(&self) -> Result<HashMap<u64, Dek>, Problem> {
        let rows = self.store.rows(Table::Dek)?;
        Ok(rows.iter().filter_map(|row| Some((row.id, self.open_dek(row).ok()?))).collect())
    }

    fn open_dek(&self, row: &Row) -> Result<Dek, SealError> {
        self.row_key.unwrap(place(Table::Dek, &id(row.id)), &joined(row))
    }

    /// Seals one row of a binding: `ids` are its own id and the binding's.
    pub(super) fn sealed(
        &self,
        dek: &Dek,
        table: Table,
        ids: (u64, u64),
        index: [u8; 16],
        plain: &[u8],
    ) -> Result<Row, Problem> {
        let sealed = dek.seal(place(table, &id(ids.0)), self.nonce()?, plain)?;
        row(ids.0, ids.1, index, &sealed)
    }

    /// Seals one row that belongs to no binding.
    pub(super) fn sealed_common(&self, table: Table, name: &str, plain: &[u8]) -> Result<Row, Problem> {
        let index = self.index(table, name.as_bytes());
        let known = self.store.find(table, &index)?;
        let row_id = known.map_or_else(|| self.fresh_id(), |row| Ok(row.id))?;
        let sealed = self.row_key.seal(place(table, &id(row_id)), self.nonce()?, plain)?;
        row(row_id, 0, index, &sealed)
    }

    /// Opens one row that belongs to no binding.
    pub(super) fn open_common(&self, table: Table, row: &Row) -> Result<Zeroizing<Vec<u8>>, SealError> {
        self.row_key.open(place(table, &id(row.id)), &joined(row))
    }

    pub(super) fn index(&self, table: Table, key: &[u8]) -> [u8; 16] {
        self.index_key.bidx(table.as_str(), key)
    }

    fn nonce(&self) -> Result<[u8; 12], Problem> {
        Ok(*self.random_array()?)
    }

    fn random_array<const N: usize>(&self) -> Result<Zeroizing<[u8; N]>, Problem> {
        let mut bytes = Zeroizing::new([0; N]);
        self.random.fill(bytes.as_mut())?;
        Ok(bytes)
    }
}

/// Opens one row of a binding.
pub(super) fn opened(dek: &Dek, table: Table, row: &Row) -> Result<Zeroizing<Vec<u8>>, SealError> {
    dek.open(place(table, &id(row.id)), &joined(row))
}

fn unwrapped(keys: &Keyring, wrapped: Vec<u8>) -> Result<VaultKey, Problem> {
    let plain = keys.unwrap(wrapped)?;
    let bytes: [u8; 32] = plain.as_slice().try_into().map_err(|_| Problem::NeedsRepair)?;
    Ok(VaultKey::from_bytes(bytes))
}

fn made(store: &dyn Store, random: &dyn Random, keys: &Keyring) -> Result<VaultKey, Problem> {
    // Rows without a key are what a deleted key leaves: nothing opens them, and a new key must not hide that.
    if Table::ALL.iter().any(|table| store.rows(*table).is_ok_and(|rows| !rows.is_empty())) {
        return Err(StoreFault::Corrupt.into());
    }
    let mut bytes = Zeroizing::new([0; 32]);
    random.fill(bytes.as_mut())?;
    let value = keys.wrap(Zeroizing::new(bytes.to_vec()))?;
    store.apply(&[Change::Meta { name: WRAPPED_KEY, value }])?;
    Ok(VaultKey::from_bytes(*bytes))
}

fn place(table: Table, id: &[u8; 8]) -> RowPlace<'_> {
    RowPlace { table: table.as_str(), id, schema_version: ROW_VERSION }
}

fn id(id: u64) -> [u8; 8] {
    id.to_be_bytes()
}

fn row(id: u64, owner: u64, bidx: [u8; 16], sealed: &[u8]) -> Result<Row, Problem> {
    let (nonce, ct) = sealed.split_first_chunk::<12>().ok_or(Problem::VaultCorrupt)?;
    Ok(Row { id, owner, bidx, nonce: *nonce, ct: ct.to_vec() })
}

fn joined(row: &Row) -> Vec<u8> {
    [&row.nonce, row.ct.as_slice()].concat()
}
