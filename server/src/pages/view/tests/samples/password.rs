//! Pages on which a password is chosen.

use super::{Drawn, Words, add, page, post};
use crate::pages::view::password::{self as v, Purpose, Wrong};
use crate::password::rules::{ALONE, Weak};

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    let mut choose = v::ChoosePage {
        page: page(w),
        purpose: Purpose::NewAccount,
        address: w.account.into(),
        submit: post("/account/new/link"),
        least: ALONE,
        wrong: None,
    };
    add(all, "password-new-account", choose.render());
    for (name, wrong) in [
        ("password-short", Wrong::Weak(Weak::Short(ALONE))),
        ("password-long", Wrong::Weak(Weak::Long)),
        ("password-own", Wrong::Weak(Weak::Own)),
        ("password-common", Wrong::Weak(Weak::Common)),
        ("password-differ", Wrong::Differ),
    ] {
        choose.wrong = Some(wrong);
        add(all, name, choose.render());
    }
    let over =
        v::OverPage { page: page(w), purpose: Purpose::NewAccount, start_again: "/account/new".into() };
    add(all, "link-over-new-account", over.render());
}
