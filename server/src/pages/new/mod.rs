//! A new account (W1).

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
}
