//! My account (W6): who is signed in, and the phones.

mod actions;
mod close;
mod details;
pub mod gate;
mod options;
mod overview;
mod own_phones;
mod phones;
mod remove;
mod returned;
mod sign_ins;
mod typed;

pub use actions::{begin_pairing, cancel_pairing};

use super::table::Table;

/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/me", overview::page)
        .form("/me/again/{back}", gate::sign_in, &[])
        .page("/me/details", details::page)
        .form(
            "/me/details",
            details::save,
            &[("given_name", "Anna"), ("telephone", "+32 2 299 11 11"), ("language", "en")],
        )
        .page("/me/options", options::page)
        .form("/me/options", options::save, &[("two_factors", "1"), ("letters", "every")])
        .page("/me/close", close::ask)
        .form("/me/close", close::close, &[("email", "anna@example.eu")])
        .page("/me/sign-ins", sign_ins::page)
        .query(&["page"])
        .page("/me/sign-ins/{code}", sign_ins::one)
        .form("/me/sign-ins/{code}/report", sign_ins::report, &[])
        .page("/me/phones", own_phones::page)
        .page("/me/phones/{ref}/rename", own_phones::ask_name)
        .form("/me/phones/{ref}/rename", own_phones::rename, &[("name", "Anna’s phone")])
        .page("/me/phones/{ref}/remove", remove::ask)
        .form("/me/phones/{ref}/remove", remove::remove, &[])
        .page("/me/phones/remove-all", remove::ask_all)
        .form("/me/phones/remove-all", remove::remove_all, &[])
        .page("/me/phones/app", phones::get_app)
        .page("/me/phones/add", phones::page)
        .form("/me/phones/add", phones::begin, &[])
        .form("/me/phones/here", phones::begin_here, &[])
        .shown_at("/me/phones/add")
        .page("/me/phones/typed", typed::page)
        .form("/me/phones/typed", typed::offer, &[])
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
