//! Which browser asks: a cookie, its row, who is signed in under it, and the CSRF token in every form.
//!
//! `__Host-` cookies over TLS, plain names on loopback http. The database holds hashes only. Starting a sign-in and
//! signing in each make a new cookie, so a cookie that somebody planted or copied before is worth nothing from then on.
//! Whoever is signed in stays so while they sign in once more; then the new session takes the place of the old one.
//! Looking at a page writes nothing but that a session is in use, once a minute: a browser has a row from its first form
//! on, and its token follows from its cookie.

mod renewal;

use super::agent::{agent, is_phone};
use super::cookie::{cookie, cookie_name, token};
use super::headers::LeavesTo;
use super::relying::along;
use super::setting::Setting;
use super::view::{Page, Post};
use super::{html, problem};
use crate::app::{App, Shared};
use crate::random;
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::account::{self, Account};
use crate::store::arrival::{self, Arrival};
use crate::store::browser::{self, Browser};
use crate::store::session::{self, Acr, Found, Right, Session};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::label::sha256;
use countersign_protocol::message::request::return_origin;
use countersign_protocol::problem::Code;
use subtle::ConstantTimeEq;

/// The browser of a request.
pub struct Visit {
    /// Its row as it is to be stored.
    pub browser: Browser,
    session: Option<Session>,
    arrived: Option<Arrival>,
    /// Hash of its long-lived cookie, if it has one.
    pub known: Option<[u8; 32]>,
    /// What it calls itself, in words that a person knows.
    pub agent: Option<String>,
    /// What its pages are drawn with.
    setting: Setting,
    /// Cookies to set, whole header values.
    cookies: Vec<String>,
    secure: bool,
    changed: bool,
    row: Row,
}

/// What the database has of a browser.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A row under this cookie.
    Stored,
    /// None: a cookie that this request brought, or gets.
    Fresh,
    /// None, and the browser had no cookie.
    Stranger,
}

impl Visit {
    /// The browser of these headers; a new one if it has no cookie that we know.
    pub fn of(app: &Shared, headers: &HeaderMap, setting: Setting) -> Result<Self, Refusal> {
        let secure = !app.iss.is_loopback_http();
        let cookie = |name: &str| cookie(headers, &cookie_name(secure, name));
        let known = cookie("known").map(|bytes| sha256(&bytes));
        let given = cookie("session");
        let bytes = given.unwrap_or_else(random::bytes);
        let (found, session) = match given {
            Some(_) => find(app, &bytes)?,
            None => (None, None),
        };
        let named = setting.arrival().filter(|_| given.is_some());
        let arrived = named.map_or(Ok(None), |id| find_arrival(app, &id, &sha256(&bytes)))?;
        let row = match (&found, given) {
            (Some(_), _) => Row::Stored,
            (None, Some(_)) => Row::Fresh,
            (None, None) => Row::Stranger,
        };
        let browser = found.unwrap_or_else(|| blank(app, &bytes));
        let (agent, cookies) = (agent(headers), Vec::new());
        let mut visit =
            Self { browser, session, arrived, known, agent, setting, cookies, secure, changed: false, row };
        if given.is_none() {
            visit.set_cookie("session", &bytes, None);
        }
        Ok(visit)
    }

    /// A page for this browser; it names who is signed in.
    pub fn page(&self, app: &App) -> Page {
        match self.signed_in_as(app) {
            Some(account) => {
                let page = self.setting.page_for(app, account.language.as_deref());
                page.signed_in(account.email, self.post("/sign-out"))
            }
            None => self.setting.page(app),
        }
    }

    /// A page that names nobody: whoever was signed in is not any more.
    pub fn page_of_nobody(&self, app: &App) -> Page {
        self.setting.page(app)
    }

    /// Whom the head of a page names. A page whose database fails here fails by itself.
    fn signed_in_as(&self, app: &App) -> Option<Account> {
        let id = &self.signed_in()?.account;
        app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, id) }).ok()?
    }

    /// The session that goes on under its cookie.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The same where it signs somebody in, and does not only pair a phone.
    pub fn signed_in(&self) -> Option<&Session> {
        self.session().filter(|session| session.is_signed_in())
    }

    /// What may be done without another sign-in.
    pub fn right(&self) -> Option<Right> {
        self.session().map(Session::right)
    }

    /// Whether somebody signed in here by phone a moment ago: what changes who gets in asks for no less.
    pub fn is_fresh(&self, app: &App) -> bool {
        self.signed_in().is_some_and(|session| {
            session.acr == Some(Acr::Strong) && app.now().since(session.began) <= app.policy().lifetimes.fresh
        })
    }

    /// The service that this address says somebody came from. A browser can be here for several.
    pub fn arrived(&self) -> Option<&Arrival> {
        self.arrived.as_ref()
    }

    /// The same for the sign-in that it waits for, whatever the address says.
    pub fn pending(&self, app: &App) -> Result<Option<Arrival>, Refusal> {
        let id = self.browser.arrival.filter(|_| self.browser.tid.is_some());
        id.map_or(Ok(None), |id| find_arrival(app, &id, &self.browser.cookie_hash))
    }

    /// A form of this browser, for whoever came with this arrival.
    pub fn post_along(&self, path: &str, arrival: Option<&Arrival>) -> Post {
        self.post(along(path, arrival))
    }

    /// A form of this browser.
    pub fn post(&self, path: impl AsRef<str>) -> Post {
        Post::new(self.path(path), self.csrf())
    }

    /// An address of the pages, for a link.
    pub fn path(&self, path: impl AsRef<str>) -> String {
        self.setting.path(path.as_ref())
    }

    /// After a form: the browser gets the page by GET, so that a reload repeats nothing.
    pub fn see(&self, path: &str) -> Response {
        Redirect::to(&self.path(path)).into_response()
    }

    /// What went wrong, as a page that leads to the sign-in.
    pub fn refusal(&self, app: &App, fault: Refusal) -> Response {
        problem::refusal(app, &self.setting, fault, None)
    }

    /// The same with a button that forgets what was under way.
    pub fn start_again(&self, app: &App, fault: Refusal) -> Response {
        problem::refusal(app, &self.setting, fault, Some(self.post("/sign-in/forget")))
    }

    /// Whether the database has nothing of this browser yet.
    pub fn is_new(&self) -> bool {
        self.row != Row::Stored
    }

    /// Whether the request came without a cookie: a form of it cannot have been this browser's.
    pub fn is_stranger(&self) -> bool {
        self.row == Row::Stranger
    }

    /// Whether it runs on a phone.
    pub fn is_on_phone(&self) -> bool {
        self.agent.as_deref().is_some_and(is_phone)
    }

    /// The CSRF token for forms.
    pub fn csrf(&self) -> String {
        b64u(&self.browser.csrf)
    }

    /// Checks the token of a form.
    pub fn check_csrf(&self, given: Option<&str>) -> Result<(), Refusal> {
        let given = given.and_then(|text| array_from_b64u::<16>(text).ok());
        let equal = given.is_some_and(|given| given.ct_eq(&self.browser.csrf).into());
        if equal { Ok(()) } else { Err(Code::CsrfRefused.into()) }
    }

    /// Changes the row; it is stored by [`Visit::leave`].
    pub fn change(&mut self, change: impl FnOnce(&mut Browser)) {
        change(&mut self.browser);
        self.changed = true;
    }

    /// Leaves with a page.
    pub async fn show(self, app: &Shared, page: Result<String, askama::Error>) -> Result<Response, Refusal> {
        self.leave(app, html(page)?).await
    }

    /// Leaves for another page.
    pub async fn go(self, app: &Shared, path: &str) -> Result<Response, Refusal> {
        let response = self.see(path);
        self.leave(app, response).await
    }

    /// Stores what changed and sets the cookies.
    pub async fn leave(self, app: &Shared, mut response: Response) -> Result<Response, Refusal> {
        let now = app.now();
        let arrival = self.arrived.clone().map_or_else(|| self.pending(app), |arrival| Ok(Some(arrival)))?;
        if let Some(origin) = arrival.and_then(|arrival| return_origin(&arrival.return_url)) {
            response.extensions_mut().insert(LeavesTo(origin.as_str().to_owned()));
        }
        let used =
            self.session.as_ref().filter(|session| session.is_to_be_noted(now)).map(|session| session.id);
        if self.changed || used.is_some() {
            let (browser, row, changed) = (self.browser, self.row, self.changed);
            app.store
                .write(move |tx| -> Result<_, StoreFault> {
                    if let Some(id) = used {
                        session::note_use(tx, &id, now)?;
                    }
                    match row {
                        _ if !changed => Ok(()),
                        Row::Stored => browser::update(tx, &browser, now),
                        Row::Fresh | Row::Stranger => browser::insert(tx, &browser, now),
                    }
                })
                .await?;
        }
        for cookie in &self.cookies {
            if let Ok(value) = HeaderValue::from_str(cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        Ok(response)
    }
}

impl FromRequestParts<Shared> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Refusal> {
        let Ok(setting) = Setting::from_request_parts(parts, app).await;
        Self::of(app, &parts.headers, setting)
    }
}

/// What the database has under a cookie. The pairing that a browser shows was its session's, and is over with it.
fn find(app: &App, cookie: &[u8; 32]) -> Result<(Option<Browser>, Option<Session>), Refusal> {
    let (hash, now, idle) = (sha256(cookie), app.now(), app.policy().session_idle);
    let (browser, session) = app.store.read(|tx| -> Result<_, StoreFault> {
        Ok((browser::find(tx, &hash)?, session::find(tx, &hash, now, idle)?))
    })?;
    Ok(match session {
        Some(Found::Live(session)) => (browser, Some(session)),
        Some(Found::Over) => (browser.map(|browser| Browser { eid: None, ..browser }), None),
        None => (browser, None),
    })
}

/// An arrival of the browser with this cookie.
fn find_arrival(app: &App, id: &[u8; 16], cookie: &[u8; 32]) -> Result<Option<Arrival>, Refusal> {
    let now = app.now();
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { arrival::find(tx, id, cookie, now) })?)
}

fn blank(app: &App, cookie: &[u8; 32]) -> Browser {
    Browser {
        cookie_hash: sha256(cookie),
        csrf: token(app, cookie),
        identifier: None,
        remember: false,
        tid: None,
        eid: None,
        starts: "[]".to_owned(),
        arrival: None,
        signup: None,
        first: None,
        next: None,
    }
}
