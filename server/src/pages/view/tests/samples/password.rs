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
    (choose.purpose, choose.wrong) = (Purpose::Forgotten, None);
    add(all, "password-forgotten", choose.render());
    for (name, purpose, start_again) in [
        ("link-over-new-account", Purpose::NewAccount, "/account/new"),
        ("link-over-forgotten", Purpose::Forgotten, "/password/forgotten"),
    ] {
        let over = v::OverPage { page: page(w), purpose, start_again: start_again.into() };
        add(all, name, over.render());
    }
    for (name, sent, wrong) in
        [("forgotten", false, false), ("forgotten-sent", true, false), ("forgotten-wrong", false, true)]
    {
        let submit = post("/password/forgotten");
        let forgotten = v::ForgottenPage { page: page(w), submit, address: w.account.into(), sent, wrong };
        add(all, name, forgotten.render());
    }
}
