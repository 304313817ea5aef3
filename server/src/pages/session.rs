//! Which browser asks: a cookie, its row, and the CSRF token in every form.
//!
//! `__Host-` cookies over TLS, plain names on loopback http. The database holds hashes only. Starting a sign-in and
//! signing in each make a new cookie, so a cookie that somebody planted or copied before is worth nothing from then on.
//! Looking at a page writes nothing: a browser has a row from its first form on, and its token follows from its cookie.

use super::agent::agent;
use super::setting::Setting;
use super::view::{Page, Post};
use super::{html, problem};
use crate::app::{App, Shared};
use crate::random;
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::account::{self, Account};
use crate::store::browser::{self, Browser, KNOWN_FOR, May};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::id::Tid;
use countersign_protocol::label::{labelled_hmac, sha256};
use countersign_protocol::problem::Code;
use subtle::ConstantTimeEq;

/// The browser of a request.
pub struct Visit {
    /// Its row as it is to be stored.
    pub browser: Browser,
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
        let found = match given {
            Some(_) => find(app, &bytes)?,
            None => None,
        };
        let row = match (&found, given) {
            (Some(_), _) => Row::Stored,
            (None, Some(_)) => Row::Fresh,
            (None, None) => Row::Stranger,
        };
        let browser = found.unwrap_or_else(|| blank(app, &bytes));
        let agent = agent(headers);
        let mut visit =
            Self { browser, known, agent, setting, cookies: Vec::new(), secure, changed: false, row };
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

    /// Whom the head of a page names. A page whose database fails here fails by itself.
    fn signed_in_as(&self, app: &App) -> Option<Account> {
        let id = self.browser.account.as_deref().filter(|_| self.browser.may.is_signed_in())?;
        app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, id) }).ok()?
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

    /// Signs the browser in under a new cookie and token.
    pub async fn sign_in(&mut self, app: &Shared, account: &str, may: May) -> Result<(), Refusal> {
        self.renew(app).await?;
        self.browser = Browser { account: Some(account.to_owned()), may, ..self.browser.clone().forgotten() };
        Ok(())
    }

    /// A sign-in starts: under a new cookie and token, so that whoever knows the old one has no part in it. Who was
    /// signed in is not any more.
    pub async fn start(&mut self, app: &Shared, tid: Tid) -> Result<(), Refusal> {
        self.renew(app).await?;
        if self.browser.may.is_signed_in() {
            self.browser = self.browser.clone().signed_out();
        }
        self.browser.tid = Some(tid);
        Ok(())
    }

    /// Signs the browser out: the old cookie is worth nothing any more.
    pub async fn sign_out(&mut self, app: &Shared) -> Result<(), Refusal> {
        self.renew(app).await?;
        self.browser = self.browser.clone().forgotten();
        Ok(())
    }

    /// Remembers this browser for an account under a long-lived cookie.
    pub async fn recognise(&mut self, app: &Shared, account: &str) -> Result<(), Refusal> {
        let before = self.known;
        // Another value each time: somebody else may have copied, or planted, the one before.
        let hash = self.new_known();
        let (account, now) = (account.to_owned(), app.now());
        app.store
            .write(move |tx| -> Result<_, StoreFault> {
                if let Some(before) = before {
                    browser::move_recognised(tx, &before, &hash)?;
                }
                browser::recognise(tx, &hash, &account, now)
            })
            .await?;
        Ok(())
    }

    /// Whether this browser is remembered for an account.
    pub fn is_recognised(&self, app: &App, account: &str) -> Result<bool, Refusal> {
        let (Some(hash), now) = (self.known, app.now()) else { return Ok(false) };
        Ok(app
            .store
            .read(|tx| -> Result<_, StoreFault> { browser::is_recognised(tx, &hash, account, now) })?)
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
        if self.changed {
            let (browser, row, now) = (self.browser, self.row, app.now());
            app.store
                .write(move |tx| -> Result<_, StoreFault> {
                    match row {
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

    /// Another cookie and token for the same browser; the old row goes, and the new one is written by [`Visit::leave`].
    async fn renew(&mut self, app: &Shared) -> Result<(), Refusal> {
        let hash = self.browser.cookie_hash;
        app.store.write(move |tx| -> Result<_, StoreFault> { browser::delete(tx, &hash) }).await?;
        let bytes: [u8; 32] = random::bytes();
        (self.browser.cookie_hash, self.browser.csrf) = (sha256(&bytes), token(app, &bytes));
        self.set_cookie("session", &bytes, None);
        (self.row, self.changed) = (Row::Fresh, true);
        Ok(())
    }

    fn new_known(&mut self) -> [u8; 32] {
        let bytes: [u8; 32] = random::bytes();
        self.set_cookie("known", &bytes, Some(KNOWN_FOR));
        let hash = sha256(&bytes);
        self.known = Some(hash);
        hash
    }

    fn set_cookie(&mut self, name: &str, value: &[u8; 32], max_age: Option<u64>) {
        let name = cookie_name(self.secure, name);
        let secure = if self.secure { "; Secure" } else { "" };
        let age = max_age.map_or_else(String::new, |secs| format!("; Max-Age={secs}"));
        self.cookies.retain(|cookie| !cookie.starts_with(&format!("{name}=")));
        self.cookies.push(format!("{name}={}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", b64u(value)));
    }
}

impl FromRequestParts<Shared> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Refusal> {
        let Ok(setting) = Setting::from_request_parts(parts, app).await;
        Self::of(app, &parts.headers, setting)
    }
}

fn find(app: &App, cookie: &[u8; 32]) -> Result<Option<Browser>, Refusal> {
    let (hash, now) = (sha256(cookie), app.now());
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { browser::find(tx, &hash, now) })?)
}

/// The token of a cookie's forms: nobody has it who has neither the cookie nor our key.
fn token(app: &App, cookie: &[u8; 32]) -> [u8; 16] {
    let mac = labelled_hmac(&app.keys().evid[..], "MAP1 page form", &[cookie]);
    let mut token = [0; 16];
    token.copy_from_slice(&mac[..16]);
    token
}

fn blank(app: &App, cookie: &[u8; 32]) -> Browser {
    Browser {
        cookie_hash: sha256(cookie),
        csrf: token(app, cookie),
        account: None,
        may: May::Nothing,
        identifier: None,
        remember: false,
        tid: None,
        eid: None,
        starts: "[]".to_owned(),
    }
}

fn cookie_name(secure: bool, name: &str) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<[u8; 32]> {
    cookie_of(headers, name).and_then(|value| array_from_b64u(value).ok())
}

/// The value of a cookie.
pub fn cookie_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split("; ")).filter_map(|pair| pair.split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}
