//! Pages of the recovery code.

use super::{Drawn, Words, add, page, post};
use crate::pages::view::me::Place;
use crate::pages::view::password::{OverPage, Purpose};
use crate::pages::view::recover as v;

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    let signed_in = || page(w).signed_in(w.account, post("/sign-out")).within(Place::Recovery);
    for (name, has_code, is_fresh) in
        [("recovery-none", false, true), ("recovery-there", true, true), ("recovery-first", true, false)]
    {
        let own = v::OwnPage {
            page: signed_in(),
            address: w.account.into(),
            has_code,
            make: is_fresh.then(|| post("/me/recovery")),
            sign_in: post("/sign-in"),
        };
        add(all, name, own.render());
    }
    let code = v::CodePage {
        page: signed_in(),
        code: "7K2QM-X4T9R-DP0C3-VHJ6W-E8N1B".into(),
        save: post("/me/recovery/file"),
        done: post("/me/recovery/done"),
    };
    add(all, "recovery-code", code.render());
    for (name, wrong) in [
        ("recover", None),
        ("recover-refused", Some(v::Wrong::Refused)),
        ("recover-wait", Some(v::Wrong::Wait(61))),
    ] {
        let submit = post("/recover");
        let back = v::BackPage { page: page(w), submit, address: w.account.into(), wrong };
        add(all, name, back.render());
    }
    for (name, sent, wrong) in [
        ("recover-link", false, false),
        ("recover-link-sent", true, false),
        ("recover-link-wrong", false, true),
    ] {
        let submit = post("/recover/link");
        let ask = v::AskPage { page: page(w), submit, address: w.account.into(), sent, wrong };
        add(all, name, ask.render());
    }
    for (name, refused) in [("recover-code", false), ("recover-code-refused", true)] {
        let submit = post("/recover/link");
        let behind = v::BehindPage { page: page(w), submit, address: w.account.into(), refused };
        add(all, name, behind.render());
    }
    let start_again = "/recover/link".into();
    let over = OverPage { page: page(w), purpose: Purpose::Recovery, start_again };
    add(all, "link-over-recovery", over.render());
}
