//! Pages of "my account".

use super::{Drawn, Words, add, moment, page, post, wait};
use crate::pages::view::me as v;
use crate::pages::view::{Countdown, Page};

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
    overview(w, all);
}

fn mine(w: &Words, place: v::Place) -> Page {
    page(w).signed_in(w.account, post("/sign-out")).within(place)
}

fn overview(w: &Words, all: &mut Drawn) {
    let mut overview = v::OverviewPage {
        page: mine(w, v::Place::Overview),
        name: Some(w.account.into()),
        account: w.account.into(),
        at: moment(),
        code: Some("E8AP-QNR1".into()),
        keys: v::Keys { phones: 2, password: Some(moment()), recovery: true },
        add_phone: Some("/me/phones/app".into()),
    };
    add(all, "overview", overview.render());
    overview.name = None;
    overview.code = None;
    overview.keys = v::Keys { phones: 0, password: None, recovery: false };
    add(all, "overview-first", overview.render());
    overview.add_phone = None;
    add(all, "overview-look", overview.render());
}

fn pairing(w: &Words, all: &mut Drawn) {
    let page = page(w).signed_in(w.account, post("/sign-out"));
    let get = v::GetAppPage {
        page: mine(w, v::Place::Overview),
        go_on: post("/me/phones/add"),
        cancel: "/me".into(),
    };
    add(all, "get-app", get.render());
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
