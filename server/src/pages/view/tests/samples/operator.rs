//! The operator's pages.

use super::{Drawn, Words, add, moment, page, post, time};
use crate::pages::view::operator as v;
use crate::pages::view::{Page, TargetLevel};
use crate::push::Fate;

fn signed_in(w: &Words) -> Page {
    page(w).signed_in(w.account, post("/sign-out"))
}

fn frame(place: v::Place) -> v::Frame {
    v::Frame { place, leave: post("/operator/leave") }
}

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    let enter = v::EnterPage { page: signed_in(w), submit: post("/operator/sign-in") };
    add(all, "operator-enter", enter.render());
    health(w, all);
    letters(w, all);
    accounts(w, all);
    account(w, all);
    services(w, all);
    new_service(w, all);
    questions(w, all);
    audit(w, all);
}

fn audit(w: &Words, all: &mut Drawn) {
    let typed = || v::Filter {
        kind: "account_".into(),
        account: w.account.into(),
        from: "2026-09-21".into(),
        ..v::Filter::default()
    };
    let whole = Some(v::Chain::Whole(1_204_882));
    for (name, chain, wrong, filter, found) in [
        ("operator-audit", None, None, v::Filter::default(), true),
        ("operator-audit-whole", whole, None, v::Filter::default(), true),
        ("operator-audit-broken", Some(v::Chain::Broken(17)), None, v::Filter::default(), true),
        ("operator-audit-found", None, None, typed(), true),
        ("operator-audit-none", None, None, typed(), false),
        ("operator-audit-account", None, Some(v::WrongFilter::Account), typed(), false),
        ("operator-audit-day", None, Some(v::WrongFilter::From), typed(), false),
    ] {
        let record = |what: &str, by: &str, reason: &str| v::Record {
            at: moment(),
            what: what.into(),
            by: by.into(),
            on: "u-7axckft2kjdvf7z6".into(),
            reason: reason.into(),
        };
        let records = vec![record("account_locked", "u-2", w.phone), record("phone_added", "", "")];
        let audit = v::AuditPage {
            page: signed_in(w),
            frame: frame(v::Place::Audit),
            records: if found { records } else { Vec::new() },
            newest: (name == "operator-audit-found").then(|| "/operator/audit".into()),
            older: found.then(|| "/operator/audit?before=17".into()),
            filter,
            wrong,
            export: post("/operator/audit/export"),
            may_export: name != "operator-audit-found",
            again: post("/operator/sign-in"),
            verify: post("/operator/audit"),
            chain,
        };
        add(all, name, audit.render());
    }
}

fn health(w: &Words, all: &mut Drawn) {
    for (name, busy) in [("operator-health", true), ("operator-health-bad", false)] {
        let n = |n: u32| if busy { n } else { 0 };
        let health = v::HealthPage {
            page: signed_in(w),
            frame: frame(v::Place::Health),
            at: moment(),
            figures: v::Figures {
                all: n(1284),
                approved: n(1247),
                reported: n(3),
                median: busy.then_some(9),
            },
            rows: vec![
                v::Row::Keys { ver: n(7), end: busy.then(moment), left: n(61) },
                v::Row::Backup { last: busy.then(moment), ago: n(1) },
                v::Row::Wakes { sent: 96, answered: n(91) },
                v::Row::Push {
                    since: moment(),
                    counts: vec![(Fate::Handed, n(1_093)), (Fate::Gone, 2), (Fate::NoAnswer, 4)],
                    last: (!busy).then(|| (Fate::NoAnswer, moment())),
                    in_a_row: if busy { 0 } else { 4 },
                },
                v::Row::Clock { now: moment(), behind: !busy },
                v::Row::Database(n(1_800_000)),
                v::Row::Mail { sent: n(412), waiting: 1, dead: if busy { 0 } else { 2 } },
                v::Row::Letters(busy),
            ],
        };
        add(all, name, health.render());
    }
}

fn letters(w: &Words, all: &mut Drawn) {
    let letter = |id, dead| v::Letter {
        id,
        own: id == 3,
        kind: "phone_added".into(),
        recipient: w.account.into(),
        dead,
        tries: if dead { 12 } else { 1 },
        at: moment(),
    };
    let some = || vec![letter(1, true), letter(2, false), letter(3, false)];
    for (name, letters, may_change, wrong) in [
        ("operator-mail", some(), true, None),
        ("operator-mail-again", some(), false, None),
        ("operator-mail-gone", some(), true, Some(v::Wrong::Gone)),
        ("operator-mail-none", Vec::new(), true, None),
    ] {
        let page = v::LettersPage {
            page: signed_in(w),
            frame: frame(v::Place::Mail),
            letters,
            may_change,
            submit: post("/operator/mail"),
            again: post("/operator/sign-in"),
            wrong,
        };
        add(all, name, page.render());
    }
}

fn accounts(w: &Words, all: &mut Drawn) {
    let found = |state: &str, phones| v::FoundAccount {
        open: "/operator/accounts/one".into(),
        name: w.phone.into(),
        email: w.account.into(),
        state: state.into(),
        phones,
        last: (phones > 0).then(moment),
    };
    let some = vec![found("active", 2), found("locked", 1), found("closing", 1), found("closed", 0)];
    for (name, found, too_short) in [
        ("operator-accounts", None, false),
        ("operator-accounts-found", Some(some), false),
        ("operator-accounts-none", Some(Vec::new()), false),
        ("operator-accounts-short", None, true),
    ] {
        let page = v::AccountsPage {
            page: signed_in(w),
            frame: frame(v::Place::Accounts),
            submit: post("/operator/accounts"),
            wanted: if too_short { "a".into() } else { w.account.into() },
            too_short,
            found,
            most: 50,
        };
        add(all, name, page.render());
    }
}

fn account(w: &Words, all: &mut Drawn) {
    for (name, state, own, may_change, wrong) in [
        ("operator-account", "active", false, true, None),
        ("operator-account-locked", "locked", false, true, Some(v::Wrong::Gone)),
        ("operator-account-reason", "active", false, true, Some(v::Wrong::Reason)),
        ("operator-account-own", "active", true, true, None),
        ("operator-account-again", "active", false, false, None),
        ("operator-account-closed", "closed", false, true, None),
        ("operator-account-closing", "closing", false, true, None),
    ] {
        let phone = |locked| v::OnePhone {
            id: "AAAAAAAAAAA".into(),
            name: w.phone.into(),
            locked,
            last: (!locked).then(moment),
        };
        let phones = if state == "closed" { Vec::new() } else { vec![phone(false), phone(true)] };
        let page = v::AccountPage {
            page: signed_in(w),
            frame: frame(v::Place::Accounts),
            name: if own { String::new() } else { w.phone.into() },
            email: w.account.into(),
            state: state.into(),
            may_go_on: state == "locked" || wrong.is_some(),
            closing: (state == "closing").then(|| time(1_218_000)),
            own,
            may_change,
            submit: post("/operator/accounts/one"),
            again: post("/operator/sign-in"),
            phones,
            wrong,
        };
        add(all, name, page.render());
    }
}

fn one_service(w: &Words) -> v::OneService {
    v::OneService {
        open: "/operator/services/grants".into(),
        name: w.service.into(),
        origin: "https://grants.example.eu".into(),
        id: "grants".into(),
    }
}

fn services(w: &Words, all: &mut Drawn) {
    for (name, services) in
        [("operator-services", vec![one_service(w), one_service(w)]), ("operator-services-none", Vec::new())]
    {
        let page = v::ServicesPage {
            page: signed_in(w),
            frame: frame(v::Place::Services),
            services,
            add: "/operator/services/new".into(),
        };
        add(all, name, page.render());
    }
    for (name, may_change, level, wrong) in [
        ("operator-service", true, TargetLevel::Approved, None),
        ("operator-service-reason", true, TargetLevel::Strong, Some(v::Wrong::Reason)),
        ("operator-service-gone", true, TargetLevel::Basic, Some(v::Wrong::Gone)),
        ("operator-service-again", false, TargetLevel::Basic, None),
    ] {
        let list =
            |items: &[&str]| if may_change { items.iter().map(|&i| i.to_owned()).collect() } else { vec![] };
        let page = v::ServicePage {
            page: signed_in(w),
            frame: frame(v::Place::Services),
            service: one_service(w),
            facts: v::ServiceFacts {
                return_urls: list(&["https://grants.example.eu/back"]),
                level,
                keys: list(if level == TargetLevel::Approved { &["qr", "here"] } else { &[] }),
                releases: list(&["email", "given_name", "family_name"]),
                scopes: list(&["accounts", "enrol", "sign-in"]),
            },
            may_change,
            rotate: post("/operator/services/grants"),
            again: post("/operator/sign-in"),
            wrong,
        };
        add(all, name, page.render());
    }
    secrets(w, all);
}

fn secrets(w: &Words, all: &mut Drawn) {
    for (name, rotated) in [("operator-secret", false), ("operator-secret-rotated", true)] {
        let page = v::SecretPage {
            page: signed_in(w),
            frame: frame(v::Place::Services),
            name: w.service.into(),
            id: "grants".into(),
            secret: "3q2-7w0Gm0cWmJtOq0V1m1xk1J9m8f6y2hVb7bU3n5k".into(),
            rotated,
            open: "/operator/services/grants".into(),
        };
        add(all, name, page.render());
    }
}

fn questions(w: &Words, all: &mut Drawn) {
    for (name, place, asked, typed, missing) in [
        ("operator-ask-rotate", v::Place::Services, v::Asked::Rotate, false, false),
        ("operator-ask-lock", v::Place::Accounts, v::Asked::Lock, false, false),
        ("operator-ask-unlock", v::Place::Accounts, v::Asked::Unlock, false, false),
        ("operator-ask-remove", v::Place::Accounts, v::Asked::Remove, false, false),
        ("operator-ask-send", v::Place::Mail, v::Asked::SendAgain, true, false),
        ("operator-ask-drop", v::Place::Mail, v::Asked::Drop, true, true),
    ] {
        let text = if typed { String::new() } else { w.phone.into() };
        let page = v::AskPage {
            page: signed_in(w),
            frame: frame(place),
            asked,
            on: w.account.into(),
            reason: v::Reason { text, asked: typed, missing },
            submit: post("/operator/services/grants"),
            hidden: vec![("mark", "AAAA".into())],
            back: "/operator/services/grants".into(),
        };
        add(all, name, page.render());
    }
}

fn new_service(w: &Words, all: &mut Drawn) {
    for (name, may_change, wrong) in [
        ("operator-service-new", true, None),
        ("operator-service-new-again", false, None),
        ("operator-service-new-name", true, Some(v::WrongService::Name)),
        ("operator-service-new-origin", true, Some(v::WrongService::Origin)),
        ("operator-service-new-back", true, Some(v::WrongService::Back)),
        ("operator-service-new-keys", true, Some(v::WrongService::Keys)),
        ("operator-service-new-scope", true, Some(v::WrongService::Scope)),
        ("operator-service-new-reason", true, Some(v::WrongService::Reason)),
        ("operator-service-new-before", true, Some(v::WrongService::Before)),
    ] {
        let page = v::NewServicePage {
            page: signed_in(w),
            frame: frame(v::Place::Services),
            new: v::NewService {
                name: w.service.into(),
                origin: "https://grants.example.eu".into(),
                back: "https://grants.example.eu/back".into(),
                level: "aal2".into(),
                ticked: vec!["tell_email", "may_sign_in", "key_qr"],
                reason: String::new(),
                once: "AAAAAAAAAAAAAAAA".into(),
            },
            may_change,
            submit: post("/operator/services/new"),
            again: post("/operator/sign-in"),
            wrong,
        };
        add(all, name, page.render());
    }
}
