//! Signing in: who (W2), by which key, and waiting for the phone (W3).

pub mod actions;
mod first;
mod frame;
mod keys;
mod live;
mod outcome;
mod password;
mod returned;
mod wait;

pub use live::Shown;
pub use returned::{Returned, refused};

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/", first::page)
        .form("/sign-in", first::identify, &[("identifier", "anna@example.eu"), ("remember", "1")])
        .form("/sign-in/forget", first::forget, &[])
        .page("/sign-in/keys", keys::page)
        .form("/sign-in/number", keys::by_number, &[])
        .shown_at("/sign-in/keys")
        .form("/sign-in/qr", keys::by_qr, &[])
        .shown_at("/sign-in/keys")
        .form("/sign-in/here", keys::here, &[])
        .shown_at("/sign-in/keys")
        .form("/sign-in/offline", keys::offline, &[])
        .shown_at("/sign-in/keys")
        .page("/sign-in/password", password::page)
        .form("/sign-in/password", password::check, &[("password", "correct horse battery")])
        .page("/sign-in/return", returned::page)
        .query(&["rc"])
        .page("/sign-in/wait", wait::page)
        .data("/sign-in/poll", live::poll)
        .query(&["state"])
        .data("/sign-in/events", live::events)
        .data("/sign-in/frame", frame::next)
        .data("/sign-in/qr.svg", frame::picture)
        .query(&["t"])
        .form("/sign-in/code", wait::code, &[("code", "1234-5678")])
        .shown_at("/sign-in/wait")
        .form("/sign-in/cancel", wait::cancel, &[])
        .form("/sign-in/confirm", outcome::confirm, &[])
        .query(&["rc"])
        .shown_at("/sign-in/wait")
        .form("/sign-in/not-mine", outcome::not_mine, &[])
}
