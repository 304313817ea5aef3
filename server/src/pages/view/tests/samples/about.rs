//! Help, and what went wrong.

use super::{Drawn, Words, add, moment, page};
use crate::pages::view::about as v;
use crate::pages::view::{Next, Step};
use v::Problem;

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    problems(w, all);
    let mut help = v::HelpPage { page: page(w), opened_code: false };
    add(all, "help", help.render());
    add(all, "accessibility", v::AccessibilityPage { page: page(w) }.render());
    let mut privacy = v::PrivacyPage { page: page(w), added: Vec::new() };
    add(all, "privacy", privacy.render());
    privacy.added = vec![format!("{} runs this server for its members.", w.service)];
    add(all, "privacy-operator", privacy.render());
    help.opened_code = true;
    add(all, "help-code", help.render());
}

fn problems(w: &Words, all: &mut Drawn) {
    let cases = [
        ("not-found", Problem::NotFound, Step::SignIn),
        ("gone", Problem::Gone, Step::SignIn),
        ("form", Problem::FormTooOld, Step::Retry),
        ("malformed", Problem::Malformed, Step::SignIn),
        ("limited", Problem::TooMany(30), Step::Retry),
        ("unavailable", Problem::Unavailable, Step::Retry),
        ("name", Problem::OtherName, Step::SignIn),
    ];
    for (name, problem, step) in cases {
        let page = v::ProblemPage {
            page: page(w),
            problem,
            next: vec![Next::link(step, "/"), Next::link(Step::GetHelp, "/help")],
            support: Some(v::Support { number: "4F1C-22A9".into(), at: moment() }),
        };
        add(all, &format!("problem-{name}"), page.render());
    }
}
