//! Where the links in letters lead. Each asks first: mail scanners open links.

mod keep;
mod report;
mod start;
mod undo;

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/start/{token}", start::ask)
        .form("/start/{token}", start::begin, &[])
        .page("/report", report::form)
        .form("/report", report::send, &[("email", "anna@example.eu"), ("code", "E8AP-QNR1")])
        .page("/report/{token}", report::ask)
        .form("/report/{token}", report::report, &[])
        .page("/undo/{token}", undo::ask)
        .form("/undo/{token}", undo::undo, &[])
        .page("/close/undo/{token}", keep::ask)
        .form("/close/undo/{token}", keep::keep, &[])
}
