//! Another e-mail address for an account (W7).

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
}
