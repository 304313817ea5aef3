//! Which browser asks: a cookie, its row, and the CSRF token in every form.
//!
//! `__Host-` cookies over TLS, plain names on loopback http. The database holds hashes only. Signing in makes a new
//! cookie, so a cookie that somebody planted before is worth nothing afterwards.

use crate::app::{App, Shared};
use crate::random;
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::browser::{self, Browser, KNOWN_FOR, May};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::label::sha256;
use countersign_protocol::problem::Code;
use subtle::ConstantTimeEq;

/// The browser of a request.
pub struct Visit {
    /// Its row as it is to be stored.
    pub browser: Browser,
    /// Hash of its long-lived cookie, if it has one.
    pub known: Option<[u8; 32]>,
    /// Cookies to set, whole header values.
    cookies: Vec<String>,
    secure: bool,
    changed: bool,
}

impl Visit {
    /// The browser of these headers; a new one if it has no cookie that we know.
    pub fn of(app: &Shared, headers: &HeaderMap) -> Result<Self, Refusal> {
        let secure = !app.iss.is_loopback_http();
        let cookie = |name: &str| cookie(headers, &cookie_name(secure, name));
        let known = cookie("known").map(|bytes| sha256(&bytes));
        if let Some(bytes) = cookie("session") {
            let now = app.now();
            let found =
                app.store.read(|tx| -> Result<_, StoreFault> { browser::find(tx, &sha256(&bytes), now) })?;
            if let Some(browser) = found {
                return Ok(Self { browser, known, cookies: Vec::new(), secure, changed: false });
            }
        }
        let mut visit = Self { browser: blank(), known, cookies: Vec::new(), secure, changed: true };
        visit.renew();
        Ok(visit)
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
        self.forget(app).await?;
        let account = account.to_owned();
        self.change(|browser| *browser = Browser { account: Some(account), may, ..blank() });
        self.renew();
        Ok(())
    }

    /// Signs the browser out: the old cookie is worth nothing any more.
    pub async fn sign_out(&mut self, app: &Shared) -> Result<(), Refusal> {
        self.forget(app).await?;
        self.change(|browser| *browser = blank());
        self.renew();
        Ok(())
    }

    /// Remembers this browser for an account under a long-lived cookie.
    pub async fn recognise(&mut self, app: &Shared, account: &str) -> Result<(), Refusal> {
        let hash = match self.known {
            Some(hash) => hash,
            None => self.new_known(),
        };
        let (account, now) = (account.to_owned(), app.now());
        app.store
            .write(move |tx| -> Result<_, StoreFault> { browser::recognise(tx, &hash, &account, now) })
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

    /// Stores what changed and sets the cookies.
    pub async fn leave(self, app: &Shared, mut response: Response) -> Result<Response, Refusal> {
        if self.changed {
            let (browser, now) = (self.browser, app.now());
            app.store.write(move |tx| -> Result<_, StoreFault> { browser::put(tx, &browser, now) }).await?;
        }
        for cookie in &self.cookies {
            if let Ok(value) = HeaderValue::from_str(cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        Ok(response)
    }

    async fn forget(&self, app: &Shared) -> Result<(), Refusal> {
        let hash = self.browser.cookie_hash;
        app.store.write(move |tx| -> Result<_, StoreFault> { browser::delete(tx, &hash) }).await?;
        Ok(())
    }

    fn renew(&mut self) {
        let bytes: [u8; 32] = random::bytes();
        self.browser.cookie_hash = sha256(&bytes);
        self.set_cookie("session", &bytes, None);
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

fn blank() -> Browser {
    Browser {
        cookie_hash: [0; 32],
        csrf: random::bytes(),
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
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split("; ")).filter_map(|pair| pair.split_once('='));
    pairs.find(|(own, _)| *own == name).and_then(|(_, value)| array_from_b64u(value).ok())
}
