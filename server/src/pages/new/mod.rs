//! A new account (W1): a form, a letter with a link, a password, and on to the first phone. Nothing but the typed facts is
//! kept before the link is used, and no page tells whether an address has an account.

mod form;
mod link;
mod sent;

use super::password::CHOSEN;
use super::table::Table;

/// What a person might type.
const TYPED: [(&str, &str); 6] = [
    ("given_name", "Boris"),
    ("family_name", "Keller"),
    ("email", "boris@example.eu"),
    ("again", "boris@example.eu"),
    ("language", "en"),
    ("read", "1"),
];
/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/account/new", form::page)
        .form("/account/new", form::send, &TYPED)
        .page("/account/new/sent", sent::page)
        .query(&["again"])
        .form("/account/new/again", sent::again, &[])
        .shown_at("/account/new/sent")
        .page("/account/new/{token}", link::page)
        .form("/account/new/{token}", link::make, &CHOSEN)
}
