//! Pages of sessions.

use super::{Drawn, Words, add, moment, page, post};
use crate::pages::view::me::Place;
use crate::pages::view::sessions as v;

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    let page = page(w).signed_in(w.account, post("/sign-out")).within(Place::Sessions);
    let line = |is_this, key: &str, id: &str| v::SessionLine {
        is_this,
        agent: Some("Firefox 152 on Linux".into()),
        key: key.into(),
        began: moment(),
        seen: moment(),
        services: Vec::new(),
        id: id.into(),
        end: post("/me/sessions/end"),
    };
    let browser = |is_this, agent: Option<&str>, id: &str| v::BrowserLine {
        is_this,
        agent: agent.map(str::to_owned),
        at: moment(),
        id: id.into(),
        forget: post("/me/browsers/forget"),
    };
    let mut sessions = v::SessionsPage {
        page: page.clone(),
        sessions: vec![line(true, "number", "AQ")],
        end_others: None,
        browsers: Vec::new(),
    };
    add(all, "sessions-one", sessions.render());
    let services = vec![w.service.to_owned(), "Tenders".to_owned()];
    sessions.sessions = vec![
        v::SessionLine { services, ..line(true, "qr", "AQ") },
        v::SessionLine { agent: None, ..line(false, "password", "Ag") },
        line(false, "here", "Aw"),
        line(false, "offline", "BA"),
    ];
    sessions.end_others = Some(post("/me/sessions/end-others"));
    sessions.browsers = vec![browser(true, Some("Firefox 152 on Linux"), "BQ"), browser(false, None, "Bg")];
    add(all, "sessions", sessions.render());
    add(all, "signed-out", v::SignedOutPage { page: super::page(w), sign_in: "/".into() }.render());
}
