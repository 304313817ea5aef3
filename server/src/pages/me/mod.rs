//! My account (W6): who is signed in, and the phones.

mod actions;
mod overview;
mod phones;
mod returned;

pub use actions::{begin_pairing, cancel_pairing};

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/me", overview::page)
        .page("/me/phones/app", phones::get_app)
        .page("/me/phones/add", phones::page)
        .form("/me/phones/add", phones::begin, &[])
        .form("/me/phones/here", phones::begin_here, &[])
        .shown_at("/me/phones/add")
        .data("/me/phones/qr.svg", phones::picture)
        .data("/me/phones/poll", phones::poll)
        .query(&["state"])
        .form("/me/phones/confirm", phones::confirm, &[("code", "123 456")])
        .shown_at("/me/phones/add")
        .form("/me/phones/cancel", phones::cancel, &[])
        .page("/me/phones/return", returned::page)
        .query(&["rc"])
        .form("/me/phones/returned", returned::confirm, &[])
        .query(&["rc"])
        .shown_at("/me/phones/add")
}
