//! Services that send somebody here to sign in, and get a ticket back.

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
}
