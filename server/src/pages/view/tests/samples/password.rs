//! Pages on which a password is chosen.

use super::{Drawn, Words, add, page, post};
use crate::pages::view::me::Place;
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
    own(w, all);
}

/// The password of somebody who is signed in.
fn own(w: &Words, all: &mut Drawn) {
    let mut own = v::OwnPage {
        page: page(w).signed_in(w.account, post("/sign-out")).within(Place::Password),
        address: w.account.into(),
        submit: post("/me/password"),
        sign_in: post("/sign-in"),
        least: ALONE,
        has_password: true,
        is_fresh: false,
        wrong: None,
        done: false,
    };
    add(all, "own-password", own.render());
    for (name, wrong) in [
        ("own-password-wrong", Wrong::Old),
        ("own-password-wait", Wrong::Wait(61)),
        ("own-password-short", Wrong::Weak(Weak::Short(ALONE))),
        ("own-password-differ", Wrong::Differ),
    ] {
        own.wrong = Some(wrong);
        add(all, name, own.render());
    }
    own.wrong = None;
    own.is_fresh = true;
    add(all, "own-password-fresh", own.render());
    (own.is_fresh, own.has_password) = (false, false);
    add(all, "own-password-none", own.render());
    own.done = true;
    add(all, "own-password-done", own.render());
}
