//! Another e-mail address for an account (W7): asked for soon after a sign-in by phone, and done when links to both addresses
//! were used within a day.

mod link;
mod own;

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/me/address", own::page)
        .form("/me/address", own::ask, &[("email", "boris@example.eu"), ("again", "boris@example.eu")])
        .form("/me/address/stop", own::stop, &[])
        .shown_at("/me/address")
        .page("/address/{token}", link::page)
        .form("/address/{token}", link::answer, &[("answer", "yes")])
}
