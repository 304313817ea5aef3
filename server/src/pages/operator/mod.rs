//! What the operator sees and does (W12).

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
}
