//! Pages of signing in.

use super::{Drawn, Words, add, page, post, target, time, wait};
use crate::pages::view::Countdown;
use crate::pages::view::sign_in as v;

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    starts(w, all);
    waits(w, all);
    confirm(w, all);
}

fn starts(w: &Words, all: &mut Drawn) {
    let mut sign_in = v::SignInPage {
        page: page(w),
        target: target(w),
        submit: post("/sign-in"),
        qr: Some(post("/sign-in/qr")),
        identifier: String::new(),
        remember: false,
        error: None,
    };
    add(all, "sign-in", sign_in.render());
    sign_in.error = Some(v::IdentifierError::Missing);
    sign_in.target = None;
    sign_in.qr = None;
    add(all, "sign-in-missing", sign_in.render());
    sign_in.error = Some(v::IdentifierError::NotAnAddress);
    sign_in.identifier = w.account.into();
    sign_in.remember = true;
    add(all, "sign-in-not-address", sign_in.render());

    let way =
        |title, hint, icon| v::Way { title, hint, icon, post: Some(post("/sign-in/way")), last_used: false };
    let number = way("keys.number", "keys.number_hint", "phone");
    let offline = way("keys.offline", "keys.offline_hint", "no-network");
    let mut keys = v::KeysPage {
        page: page(w),
        target: target(w),
        identifier: w.account.into(),
        not_you: post("/sign-in/forget"),
        ways: vec![
            v::Way { last_used: true, ..number },
            way("keys.qr", "keys.qr_hint", "qr"),
            way("keys.here", "keys.here_hint", "phone"),
            v::Way { post: None, ..offline },
        ],
    };
    let mut password = v::PasswordPage {
        page: page(w),
        target: target(w),
        identifier: w.account.into(),
        submit: post("/sign-in/password"),
        not_you: post("/sign-in/forget"),
        other_key: "/sign-in/keys".into(),
        error: None,
    };
    add(all, "password", password.render());
    password.error = Some(v::PasswordError::Wrong);
    add(all, "password-wrong", password.render());
    password.error = Some(v::PasswordError::Wait(60));
    add(all, "password-wait", password.render());
    password.error = Some(v::PasswordError::Wait(crate::store::guess::SHUT));
    add(all, "password-shut", password.render());
    add(all, "keys", keys.render());
    keys.ways.clear();
    add(all, "keys-none", keys.render());
}

fn waits(w: &Words, all: &mut Drawn) {
    let mut number = v::NumberPage {
        page: page(w),
        on_phone: false,
        target: target(w),
        number: "483920".into(),
        countdown: Countdown { left_s: 161, total_s: 180 },
        wait: wait("pending"),
        cancel: post("/sign-in/cancel"),
        other_key: post("/sign-in/keys"),
        offline: Some(post("/sign-in/offline")),
    };
    add(all, "number", number.render());
    number.on_phone = true;
    add(all, "number-on-phone", number.render());
    let mut qr = v::QrPage {
        page: page(w),
        on_phone: false,
        target: target(w),
        image: "/qr.svg".into(),
        frames: "/wait/frame".into(),
        next_in_ms: 3000,
        countdown: Countdown { left_s: 61, total_s: 180 },
        wait: wait("created"),
        cancel: post("/sign-in/cancel"),
        number: Some(post("/sign-in/number")),
        offline: Some(post("/sign-in/offline")),
        here: Some(post("/sign-in/here")),
        other_key: post("/sign-in/keys"),
    };
    add(all, "qr", qr.render());
    qr.on_phone = true;
    add(all, "qr-on-phone", qr.render());
    here(w, all);
    offline(w, all);
}

fn here(w: &Words, all: &mut Drawn) {
    for (name, purpose) in [("here-sign-in", v::HerePurpose::SignIn), ("here-pair", v::HerePurpose::Pair)] {
        let here = v::HerePage {
            page: page(w),
            target: target(w),
            purpose,
            link: "https://id.example.eu/a/l#AxQUFBQUFBQUFBQUFBQUFBQ".into(),
            countdown: Countdown { left_s: 120, total_s: 180 },
            wait: wait("created"),
            other: post("/sign-in/cancel"),
            cancel: post("/sign-in/cancel"),
        };
        add(all, name, here.render());
    }
}

fn offline(w: &Words, all: &mut Drawn) {
    let mut offline = v::OfflinePage {
        page: page(w),
        on_phone: false,
        target: target(w),
        image: "/qr-offline.svg".into(),
        submit: post("/sign-in/code"),
        tries_left: 3,
        error: None,
        countdown: Countdown { left_s: 260, total_s: 300 },
        wait: wait("pending"),
        number: Some(post("/sign-in/number")),
        other_key: post("/sign-in/keys"),
        cancel: post("/sign-in/cancel"),
    };
    add(all, "offline", offline.render());
    offline.on_phone = true;
    add(all, "offline-on-phone", offline.render());
    offline.on_phone = false;
    offline.tries_left = 1;
    offline.error = Some(v::OfflineError::Wrong);
    add(all, "offline-wrong", offline.render());
    offline.error = Some(v::OfflineError::Incomplete);
    add(all, "offline-incomplete", offline.render());
    offline.error = Some(v::OfflineError::WaitUntil(time(9120)));
    add(all, "offline-wait", offline.render());
}

fn confirm(w: &Words, all: &mut Drawn) {
    let confirm = v::ConfirmAccountPage {
        page: page(w),
        target: target(w),
        account: "a***@example.eu".into(),
        confirm: post("/sign-in/confirm"),
        refuse: post("/sign-in/refuse"),
    };
    add(all, "confirm-account", confirm.render());
}
