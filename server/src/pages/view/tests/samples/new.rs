//! Pages of a new account.

use super::{Drawn, Words, add, page, post, time};
use crate::pages::view::Moment;
use crate::pages::view::new::{self as v, Field, Wrong};

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    let mut new = v::NewPage {
        page: page(w),
        submit: post("/account/new"),
        fields: v::Fields { language: "en".into(), ..v::Fields::default() },
        wrong: None,
    };
    add(all, "new", new.render());
    new.fields = v::Fields {
        given_name: "Anna".into(),
        family_name: w.service.into(),
        email: w.account.into(),
        again: w.account.into(),
        language: "fr".into(),
        read: true,
    };
    for (name, field, wrong) in [
        ("new-no-name", Field::GivenName, Wrong::Missing),
        ("new-name", Field::FamilyName, Wrong::Name),
        ("new-address", Field::Email, Wrong::Address),
        ("new-differ", Field::Again, Wrong::Differ),
        ("new-language", Field::Language, Wrong::Missing),
        ("new-not-read", Field::Read, Wrong::Missing),
    ] {
        new.wrong = Some((field, wrong));
        add(all, name, new.render());
    }
    for (name, sent_again) in [("new-sent", false), ("new-sent-again", true)] {
        let sent = v::SentPage {
            page: page(w),
            address: w.account.into(),
            until: Moment { at: time(94_860), now: time(9000) },
            again: post("/account/new/again"),
            start_again: "/account/new".into(),
            sent_again,
        };
        add(all, name, sent.render());
    }
}
