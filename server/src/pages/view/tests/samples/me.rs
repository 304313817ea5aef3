//! Pages of "my account".

use super::{Drawn, Words, add, moment, page, post, wait};
use crate::pages::view::me as v;
use crate::pages::view::{Countdown, Page};
use crate::store::account::Options;

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
    details(w, all);
    phones(w, all);
    sign_ins(w, all);
    options(w, all);
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
        add_phone: "/me/phones/app".into(),
        latest: vec![past(w, v::CameTo::SignedIn), past(w, v::CameTo::Reported)],
        sign_ins: "/me/sign-ins".into(),
        operator: None,
    };
    add(all, "overview", overview.render());
    overview.operator = Some("/operator".into());
    add(all, "overview-operator", overview.render());
    overview.operator = None;
    overview.name = None;
    overview.code = None;
    overview.latest.clear();
    overview.keys = v::Keys { phones: 0, password: None, recovery: false };
    add(all, "overview-first", overview.render());
}

fn details(w: &Words, all: &mut Drawn) {
    let details = v::Details {
        given_name: w.account.into(),
        family_name: "Keller".into(),
        telephone: "+3222991111".into(),
        language: w.language.into(),
    };
    let page = mine(w, v::Place::Details);
    let mut form = v::DetailsPage { page, submit: post("/me/details"), details, said: v::Said::Nothing };
    add(all, "details", form.render());
    form.said = v::Said::Saved;
    add(all, "details-saved", form.render());
    let wrong = [
        ("given", v::WrongDetail::GivenName),
        ("family", v::WrongDetail::FamilyName),
        ("telephone", v::WrongDetail::Telephone),
        ("language", v::WrongDetail::Language),
    ];
    for (name, wrong) in wrong {
        form.said = v::Said::Wrong(wrong);
        add(all, &format!("details-{name}"), form.render());
    }
}

fn phones(w: &Words, all: &mut Drawn) {
    let phone = |protection, used, is_locked| v::PhoneLine {
        name: w.phone.into(),
        os: "Android 17".into(),
        paired: moment(),
        used,
        protection,
        is_locked,
        rename: "/me/phones/AQIDBAUGBwg/rename".into(),
        remove: "/me/phones/AQIDBAUGBwg/remove".into(),
    };
    let mut list = v::PhonesPage {
        page: mine(w, v::Place::Phones),
        add: "/me/phones/app".into(),
        phones: vec![
            phone(v::Protection::High, Some(moment()), false),
            phone(v::Protection::Medium, None, false),
            phone(v::Protection::Basic, None, true),
        ],
        remove_all: "/me/phones/remove-all".into(),
    };
    add(all, "phones", list.render());
    list.phones.clear();
    add(all, "phones-none", list.render());
    let mut rename = v::RenamePage {
        page: mine(w, v::Place::Phones),
        name: w.phone.into(),
        submit: post("/me/phones/AQIDBAUGBwg/rename"),
        cancel: "/me/phones".into(),
        wrong: false,
    };
    add(all, "rename", rename.render());
    rename.wrong = true;
    add(all, "rename-wrong", rename.render());
    for (name, left, count) in
        [("other", v::Left::Phone, 1), ("recovery", v::Left::Recovery, 1), ("nothing", v::Left::Nothing, 3)]
    {
        let remove = v::RemovePage {
            page: mine(w, v::Place::Phones),
            phones: vec![w.phone.into(); count],
            left,
            submit: post("/me/phones/AQIDBAUGBwg/remove"),
            cancel: "/me/phones".into(),
        };
        add(all, &format!("remove-{name}"), remove.render());
    }
}

fn past(w: &Words, came_to: v::CameTo) -> v::SignInLine {
    v::SignInLine {
        service: w.service.into(),
        at: moment(),
        key: v::UsedKey::Number,
        place: Some(w.account.into()),
        agent: Some(w.phone.into()),
        came_to,
        code: "E8AP-QNR1".into(),
        href: "/me/sign-ins/E8AP-QNR1".into(),
    }
}

fn sign_ins(w: &Words, all: &mut Drawn) {
    let came = [
        (v::CameTo::SignedIn, v::UsedKey::Qr),
        (v::CameTo::Denied, v::UsedKey::Here),
        (v::CameTo::Cancelled, v::UsedKey::Offline),
        (v::CameTo::Failed, v::UsedKey::Number),
        (v::CameTo::Reported, v::UsedKey::Other),
        (v::CameTo::Nothing, v::UsedKey::Number),
        (v::CameTo::SignedIn, v::UsedKey::Password),
    ];
    let line = |(came_to, key)| v::SignInLine { key, ..past(w, came_to) };
    let mut list = v::SignInsPage {
        page: mine(w, v::Place::SignIns),
        lines: came.map(line).into(),
        later: Some("/me/sign-ins?page=0".into()),
        earlier: Some("/me/sign-ins?page=2".into()),
    };
    add(all, "sign-ins", list.render());
    (list.lines, list.later, list.earlier) = (Vec::new(), None, None);
    add(all, "sign-ins-none", list.render());
    let unknown = v::SignInLine { place: None, agent: None, ..past(w, v::CameTo::Reported) };
    for (name, line, report) in [
        ("past", past(w, v::CameTo::SignedIn), Some(post("/me/sign-ins/E8AP-QNR1/report"))),
        ("past-reported", unknown, None),
    ] {
        let page = mine(w, v::Place::SignIns);
        add(all, name, v::PastPage { page, line, report, back: "/me/sign-ins".into() }.render());
    }
}

fn options(w: &Words, all: &mut Drawn) {
    let mut options = v::OptionsPage {
        page: mine(w, v::Place::Options),
        submit: post("/me/options"),
        options: Options { two_factors: true, every_letter: false },
        longer: None,
        saved: false,
        close: "/me/close".into(),
    };
    add(all, "options", options.render());
    options.longer = Some(15);
    add(all, "options-short", options.render());
    options.options = Options { two_factors: false, every_letter: true };
    options.saved = true;
    add(all, "options-too-short", options.render());
    for (name, few, wrong) in [("close", 2, false), ("close-one", 1, true), ("close-nothing", 0, false)] {
        let close = v::ClosePage {
            page: mine(w, v::Place::Options),
            submit: post("/me/close"),
            days: 14,
            services: few * 2,
            phones: few,
            keep: "/me/options".into(),
            wrong,
        };
        add(all, name, close.render());
    }
}

fn pairing(w: &Words, all: &mut Drawn) {
    let page = mine(w, v::Place::Phones);
    let get = v::GetAppPage {
        page: mine(w, v::Place::Phones),
        go_on: post("/me/phones/add"),
        cancel: "/me".into(),
    };
    add(all, "get-app", get.render());
    let scan = v::AddPhonePage {
        page: page.clone(),
        image: "/qr.svg".into(),
        link: format!("https://id.example.eu/a/e#{}", "AQID".repeat(22)),
        here: Some(post("/me/phones/here")),
        typed: post("/me/phones/typed"),
        countdown: Countdown { left_s: 276, total_s: 300 },
        wait: wait("open"),
        cancel: post("/me/phones/cancel"),
    };
    add(all, "add-phone", scan.render());
    let typed = v::TypeCodePage {
        page: page.clone(),
        address: "https://id.example.eu".into(),
        code: "RF1W-7GY3-RF1W-7GY7".into(),
        countdown: Countdown { left_s: 276, total_s: 300 },
        wait: wait("open"),
        scan: "/me/phones/add".into(),
        cancel: post("/me/phones/cancel"),
    };
    add(all, "type-code", typed.render());
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
