//! Pages that links in letters lead to.

use super::{Drawn, Words, add, page, post, time};
use crate::pages::view::letters as v;

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    for (name, sent) in [("report", false), ("report-sent", true)] {
        let report = v::ReportPage { page: page(w), submit: post("/report"), sent };
        add(all, name, report.render());
    }
    let mail = v::ReportMailPage {
        page: page(w),
        service: w.service.into(),
        code: "E8AP-QNR1".into(),
        submit: post("/report/link"),
    };
    add(all, "report-mail", mail.render());
    let undo = v::UndoPage { page: page(w), phone: w.phone.into(), submit: post("/undo/link") };
    add(all, "undo", undo.render());
    let keep = v::KeepPage {
        page: page(w),
        account: "a***@example.eu".into(),
        until: time(1_218_000),
        submit: post("/close/undo/link"),
    };
    add(all, "keep", keep.render());
    for (name, first) in [("start", true), ("start-again", false)] {
        let (page, begin) = (page(w), post("/start/once"));
        let start = v::StartPage { page, first, account: "a***@example.eu".into(), begin };
        add(all, name, start.render());
    }
}
