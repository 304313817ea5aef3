//! Pages on which an account gets another e-mail address.

use super::{Drawn, Words, add, page, post};
use crate::pages::view::address as v;
use crate::pages::view::me::Place;
use crate::pages::view::password::{OverPage, Purpose};

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    let asked = |old, new| Some(v::Asked { to: w.account.into(), old, new });
    for (name, asked, is_fresh, wrong) in [
        ("address", None, true, None),
        ("address-first", None, false, None),
        ("address-asked", asked(false, false), true, None),
        ("address-half", asked(true, false), false, None),
        ("address-other-half", asked(false, true), false, None),
        ("address-no-address", None, true, Some(v::Wrong::NoAddress)),
        ("address-same", None, true, Some(v::Wrong::Same)),
        ("address-differ", None, true, Some(v::Wrong::Differ)),
    ] {
        let own = v::OwnPage {
            page: page(w).signed_in(w.account, post("/sign-out")).within(Place::Address),
            address: w.account.into(),
            asked,
            submit: is_fresh.then(|| post("/me/address")),
            stop: post("/me/address/stop"),
            sign_in: post("/sign-in"),
            typed: wrong.map(|_| w.account.to_owned()).unwrap_or_default(),
            again: String::new(),
            wrong,
        };
        add(all, name, own.render());
    }
    for (name, behind) in [("address-link-new", v::Behind::New), ("address-link-old", v::Behind::Old)] {
        let submit = post("/address/link");
        let link = v::BehindPage { page: page(w), behind, to: w.account.into(), submit };
        add(all, name, link.render());
    }
    let over = OverPage { page: page(w), purpose: Purpose::Address, start_again: "/me/address".into() };
    add(all, "link-over-address", over.render());
}
