//! Passwords: the forgotten one, and another one (W7).

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
}
