//! The operator's pages.

use super::{Drawn, Words, add, moment, page, post};
use crate::pages::view::Page;
use crate::pages::view::operator as v;

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
    for (name, chain) in [
        ("operator-audit", None),
        ("operator-audit-whole", Some(v::Chain::Whole(1_204_882))),
        ("operator-audit-broken", Some(v::Chain::Broken(17))),
    ] {
        let record = |what: &str, by: &str, reason: &str| v::Record {
            at: moment(),
            what: what.into(),
            by: by.into(),
            on: "u-7axckft2kjdvf7z6".into(),
            reason: reason.into(),
        };
        let audit = v::AuditPage {
            page: signed_in(w),
            frame: frame(v::Place::Audit),
            records: vec![record("account_locked", "u-2", w.phone), record("phone_added", "", "")],
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
                v::Row::Keys(n(7)),
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
        kind: "phone_added".into(),
        recipient: w.account.into(),
        dead,
        tries: if dead { 12 } else { 1 },
        at: moment(),
    };
    for (name, letters) in
        [("operator-mail", vec![letter(1, true), letter(2, false)]), ("operator-mail-none", Vec::new())]
    {
        let page = v::LettersPage {
            page: signed_in(w),
            frame: frame(v::Place::Mail),
            letters,
            submit: post("/operator/mail"),
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
    let some = vec![found("active", 2), found("locked", 1), found("closed", 0)];
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
        ("operator-account-locked", "locked", false, true, Some(v::WrongAct::Gone)),
        ("operator-account-reason", "active", false, true, Some(v::WrongAct::Reason)),
        ("operator-account-own", "active", true, true, None),
        ("operator-account-again", "active", false, false, None),
        ("operator-account-closed", "closed", false, true, None),
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
