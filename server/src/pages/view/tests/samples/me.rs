//! Pages of "my account".

use super::{Drawn, Words, add, moment, page, post, wait};
use crate::pages::view::Countdown;
use crate::pages::view::me as v;

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    pairing(w, all);
    let returned = v::ReturnedPage {
        page: page(w),
        phone: w.phone.into(),
        confirm: post("/me/phones/returned"),
        not_mine: post("/me/phones/cancel"),
    };
    add(all, "returned", returned.render());
    let mut done = v::DonePage {
        page: page(w).signed_in(w.account, post("/sign-out")),
        service: w.service.into(),
        account: w.account.into(),
        at: moment(),
        code: Some("E8AP-QNR1".into()),
        add_phone: Some(v::AddPhoneLink::Get("/me/phones/add".into())),
    };
    add(all, "done", done.render());
    done.add_phone = Some(v::AddPhoneLink::Post(post("/me/phones/add")));
    add(all, "done-post", done.render());
}

fn pairing(w: &Words, all: &mut Drawn) {
    let page = page(w).signed_in(w.account, post("/sign-out"));
    let scan = v::AddPhonePage {
        page: page.clone(),
        image: "/qr.svg".into(),
        link: format!("https://id.example.eu/a/e#{}", "AQID".repeat(22)),
        here: Some(post("/me/phones/here")),
        countdown: Countdown { left_s: 276, total_s: 300 },
        wait: wait("open"),
        cancel: post("/me/phones/cancel"),
    };
    add(all, "add-phone", scan.render());
    let mut code = v::ConfirmPhonePage {
        page,
        phone: w.phone.into(),
        submit: post("/me/phones/confirm"),
        not_mine: post("/me/phones/cancel"),
        tries_left: 3,
        error: None,
        contested: false,
        countdown: Countdown { left_s: 238, total_s: 300 },
        wait: wait("claimed"),
    };
    add(all, "confirm-phone", code.render());
    code.contested = true;
    code.tries_left = 2;
    code.error = Some(v::CodeError::Wrong);
    add(all, "confirm-phone-wrong", code.render());
    code.error = Some(v::CodeError::Incomplete);
    add(all, "confirm-phone-incomplete", code.render());
}
