//! Rows of the vault, sealed before they come here (protocol 2.4): a store sees ids, index values and ciphertext.

/// The tables of the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// Data keys of bindings, sealed under the vault's row key.
    Dek,
    /// Bindings, each sealed under its own data key.
    Binding,
    /// What was decided; sealed under the data key of the binding it belongs to.
    History,
    /// What concerns all bindings; sealed under the vault's row key.
    Settings,
}

impl Table {
    /// All tables.
    pub const ALL: [Self; 4] = [Self::Dek, Self::Binding, Self::History, Self::Settings];

    /// Its name, which also enters the authenticated data of its rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dek => "dek",
            Self::Binding => "binding",
            Self::History => "history",
            Self::Settings => "settings",
        }
    }
}

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RowKey {
    /// The table.
    pub table: Table,
    /// Id, chosen by the engine at random.
    pub id: u64,
}

/// One sealed row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Id, unique in its table.
    pub id: u64,
    /// Id of the binding that it belongs to; its own id for bindings, 0 for settings.
    pub owner: u64,
    /// Keyed index of what the row is about, unique in its table.
    pub bidx: [u8; 16],
    /// Nonce of the seal.
    pub nonce: [u8; 12],
    /// Ciphertext and tag.
    pub ct: Vec<u8>,
}

/// One change. Several are applied in one transaction, all or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Writes a row, in place of one with the same id.
    Put(Table, Row),
    /// Writes a row in place of the one with the same id, if that still has the nonce `was`: another process may have
    /// written it since it was read. Otherwise [`StoreFault::Stale`].
    Replace {
        /// The table.
        table: Table,
        /// The row.
        row: Row,
        /// Nonce of the row that it takes the place of; each writing draws another one.
        was: [u8; 12],
    },
    /// Deletes a row; one that is not there is no error.
    Delete(RowKey),
    /// Deletes every row of a binding, its data key included, and overwrites their pages.
    Erase {
        /// Id of the binding.
        owner: u64,
    },
    /// Writes a value that is not sealed here: the wrapped vault key.
    Meta {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: Vec<u8>,
    },
}

/// Why the store could not do it. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// Busy, full, read-only: worth another try.
    #[error("vault file cannot be used now")]
    Unavailable,
    /// No vault file, or a damaged one.
    #[error("vault file is damaged")]
    Corrupt,
    /// Written by a newer version.
    #[error("vault file of a newer version")]
    TooNew,
    /// A row that was to be replaced is another one by now, or gone: read it again.
    #[error("row was written meanwhile")]
    Stale,
}

/// The vault file.
pub trait Store: Send + Sync {
    /// A value that is not sealed here.
    fn meta(&self, name: &str) -> Result<Option<Vec<u8>>, StoreFault>;

    /// All rows of a table, in the order of their ids.
    fn rows(&self, table: Table) -> Result<Vec<Row>, StoreFault>;

    /// The row of a table with this index value. A store with an index answers without reading the others.
    fn find(&self, table: Table, bidx: &[u8; 16]) -> Result<Option<Row>, StoreFault> {
        Ok(self.rows(table)?.into_iter().find(|row| row.bidx == *bidx))
    }

    /// Applies `changes` in one transaction that is on the disk when this returns.
    fn apply(&self, changes: &[Change]) -> Result<(), StoreFault>;
}
