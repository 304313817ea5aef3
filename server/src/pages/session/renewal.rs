//! What gives a browser another cookie: a sign-in that starts, one that is done, a sign-out, being recognised.

use super::{Row, Visit};
use crate::app::{App, Shared};
use crate::letters;
use crate::pages::cookie::{cookie_name, token};
use crate::password::check::Stands;
use crate::random;
use crate::reply::Refusal;
use crate::store::arrival;
use crate::store::browser::{self, Browser};
use crate::store::history::{self, Past};
use crate::store::service::PORTAL;
use crate::store::session::{self, Acr, Ending, NewSession, Session};
use crate::store::{StoreFault, audit};
use countersign_protocol::answer::SignInState;
use countersign_protocol::encoding::b64u;
use countersign_protocol::id::Tid;
use countersign_protocol::label::sha256;
use countersign_protocol::time::Time;
use serde_json::json;

impl Visit {
    /// Signs the browser in under a new cookie and token. A session of the same person goes on, so that the services to
    /// which it led hear of its end; anybody else's ends.
    pub async fn sign_in(&mut self, app: &Shared, new: NewSession) -> Result<(), Refusal> {
        self.sign_in_while(app, new, None).await.map(|_| ())
    }

    /// The same by a password that was right a moment ago; `false`, and nothing changed, if it is not the password any
    /// more. With it goes the service that it leads to.
    pub async fn sign_in_while(
        &mut self,
        app: &Shared,
        new: NewSession,
        proof: Option<(Stands, Option<String>)>,
    ) -> Result<bool, Refusal> {
        let (old, bytes, fresh) = (self.browser.cookie_hash, random::bytes(), random::bytes());
        // What only pairs a phone is no stronger sign-in, whoever is signed in here.
        let same = |session: &&Session| session.account == new.account && new.acr.is_some();
        let before = self.signed_in().filter(same).map(|session| session.id);
        let (hash, now, life) = (sha256(&bytes), app.now(), app.policy().session_life);
        let (account, acr, tid, eid) = (new.account.clone(), new.acr, new.tid, new.eid);
        let (shared, known, recognised_for) = (app.clone(), self.known, app.policy().recognised_for());
        let done = app
            .store
            .write(move |tx| -> Result<_, StoreFault> {
                if let Some((stands, _)) = &proof {
                    if !stands.still(tx)? {
                        return Ok(None);
                    }
                    let about = json!({"account": new.account, "acr": new.acr.map(Acr::as_str)});
                    audit::append(tx, &shared.keys().audit, "password_accepted", &about, now)?;
                }
                browser::delete(tx, &old)?;
                arrival::move_to(tx, &old, &hash)?;
                let mut done = (fresh, Ending::new());
                match before {
                    Some(id) if session::step_up(tx, (&id, &hash), &new, now, life)? => done.0 = id,
                    _ => {
                        done.1 = session::end_of_cookie(tx, &old, now)?;
                        session::insert(tx, (&fresh, &hash), &new, now, life)?;
                    }
                }
                if let Some(past) = by_password(&new, proof.as_ref(), now) {
                    // A password that was chosen behind the link of a letter signs in as well: that mailbox knows of it.
                    if proof.is_some() {
                        let since = now.minus(recognised_for);
                        let is_known = |hash| browser::is_recognised(tx, hash, &past.account, since);
                        let recognised = known.as_ref().map_or(Ok(false), is_known)?;
                        letters::signed_in(tx, &shared, (&past, recognised), now)?;
                    }
                    history::insert(tx, &past)?;
                }
                Ok(Some(done))
            })
            .await?;
        let Some((id, told)) = done else { return Ok(false) };
        app.hub.tell(told);
        self.take(app, &bytes);
        self.browser = self.browser.clone().forgotten();
        self.session = Some(Session { id, account, acr, tid, eid, began: now, seen: now });
        Ok(true)
    }

    /// A sign-in starts.
    pub async fn start(&mut self, app: &Shared, tid: Tid) -> Result<(), Refusal> {
        self.renew(app).await?;
        self.browser.tid = Some(tid);
        self.browser.arrival = self.arrived.as_ref().map(|arrival| arrival.id);
        Ok(())
    }

    /// The password of an account was right; `false`, and it counts for nothing, if it is not the password any more.
    pub async fn pass_first_factor(
        &mut self,
        app: &Shared,
        account: &str,
        stands: Stands,
    ) -> Result<bool, Refusal> {
        self.renew(app).await?;
        let now = app.now();
        let passed = Browser { first: Some((account.to_owned(), now)), ..self.browser.clone() };
        let (row, shared) = (passed.clone(), app.clone());
        let still = app
            .store
            .write(move |tx| -> Result<_, StoreFault> {
                let still = stands.still(tx)?;
                if still {
                    let about = json!({"account": row.first.as_ref().map(|(account, _)| account)});
                    audit::append(tx, &shared.keys().audit, "first_factor_accepted", &about, now)?;
                    browser::insert(tx, &row, now)?;
                }
                Ok(still)
            })
            .await?;
        if still {
            (self.browser, self.row, self.changed) = (passed, Row::Stored, false);
        }
        Ok(still)
    }

    /// What follows is under a new cookie and token, so that whoever knows the old one has no part in it. A session
    /// that goes on comes along, one that is over must not.
    pub async fn renew(&mut self, app: &Shared) -> Result<(), Refusal> {
        let (old, bytes) = (self.browser.cookie_hash, random::bytes());
        let (hash, goes_on, now) = (sha256(&bytes), self.session.is_some(), app.now());
        let told = app
            .store
            .write(move |tx| -> Result<_, StoreFault> {
                browser::delete(tx, &old)?;
                arrival::move_to(tx, &old, &hash)?;
                if goes_on {
                    session::move_to(tx, &old, &hash).map(|()| Ending::new())
                } else {
                    session::end_of_cookie(tx, &old, now)
                }
            })
            .await?;
        app.hub.tell(told);
        self.take(app, &bytes);
        Ok(())
    }

    /// Signs the browser out: the old cookie is worth nothing any more.
    pub async fn sign_out(&mut self, app: &Shared) -> Result<(), Refusal> {
        let (old, now) = (self.browser.cookie_hash, app.now());
        let told = app
            .store
            .write(move |tx| -> Result<_, StoreFault> {
                browser::delete(tx, &old)?;
                arrival::forget(tx, &old)?;
                session::end_of_cookie(tx, &old, now)
            })
            .await?;
        app.hub.tell(told);
        self.take(app, &random::bytes());
        self.browser = self.browser.clone().forgotten();
        self.session = None;
        Ok(())
    }

    /// Remembers this browser for an account under a long-lived cookie.
    pub async fn recognise(&mut self, app: &Shared, account: &str) -> Result<(), Refusal> {
        let before = self.known;
        // Another value each time: somebody else may have copied, or planted, the one before.
        let hash = self.new_known(app.policy().recognised_for());
        let (account, agent, now) = (account.to_owned(), self.agent.clone(), app.now());
        app.store
            .write(move |tx| -> Result<_, StoreFault> {
                if let Some(before) = before {
                    browser::move_recognised(tx, &before, &hash)?;
                }
                browser::recognise(tx, &hash, &account, agent.as_deref(), now)
            })
            .await?;
        Ok(())
    }

    /// Whether this browser is remembered for an account.
    pub fn is_recognised(&self, app: &App, account: &str) -> Result<bool, Refusal> {
        let Some(hash) = self.known else { return Ok(false) };
        let since = app.now().minus(app.policy().recognised_for());
        Ok(app
            .store
            .read(|tx| -> Result<_, StoreFault> { browser::is_recognised(tx, &hash, account, since) })?)
    }

    /// Another cookie and token for the same browser, whose row went; [`Visit::leave`] writes the new one.
    fn take(&mut self, app: &App, cookie: &[u8; 32]) {
        (self.browser.cookie_hash, self.browser.csrf) = (sha256(cookie), token(app, cookie));
        self.set_cookie("session", cookie, None);
        (self.row, self.changed) = (Row::Fresh, true);
    }

    fn new_known(&mut self, life: u64) -> [u8; 32] {
        let bytes: [u8; 32] = random::bytes();
        self.set_cookie("known", &bytes, Some(life));
        let hash = sha256(&bytes);
        self.known = Some(hash);
        hash
    }

    pub(super) fn set_cookie(&mut self, name: &str, value: &[u8; 32], max_age: Option<u64>) {
        let name = cookie_name(self.secure, name);
        let secure = if self.secure { "; Secure" } else { "" };
        let age = max_age.map_or_else(String::new, |secs| format!("; Max-Age={secs}"));
        self.cookies.retain(|cookie| !cookie.starts_with(&format!("{name}=")));
        self.cookies.push(format!("{name}={}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", b64u(value)));
    }
}

/// What is kept of a sign-in by a password alone; others have a row of their own.
fn by_password(new: &NewSession, proof: Option<&(Stands, Option<String>)>, now: Time) -> Option<Past> {
    (new.acr == Some(Acr::Basic) && new.tid.is_none()).then(|| Past {
        tid: Tid::from_bytes(random::bytes()),
        account: new.account.clone(),
        service: proof.and_then(|(_, service)| service.clone()).unwrap_or_else(|| PORTAL.to_owned()),
        key: history::PASSWORD.to_owned(),
        place: None,
        agent: new.agent.clone(),
        at: now,
        result: SignInState::Completed.as_str().to_owned(),
    })
}
