//! A password: alone where that is enough, else the first of two factors. Every address is answered alike, as fast and as
//! slow: whether there is an account, whether it has a password, and how many guesses are left tells nothing apart.

use super::actions;
use crate::app::{App, Shared};
use crate::caller::Caller;
use crate::limiter;
use crate::pages::form::Posted;
use crate::pages::relying::{self, along};
use crate::pages::session::Visit;
use crate::pages::view::sign_in::{PasswordError, PasswordPage};
use crate::password::check::check as check_password;
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::account::{self, Account};
use crate::store::guess::{self, Brake};
use crate::store::session::{Acr, NewSession};
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::label::labelled_hmac;
use serde::Deserialize;
use zeroize::Zeroizing;

/// Wrong passwords of strange browsers in a day, after which only another key lets anybody in (SP 800-63B-4, 3.2.2).
const DAY: u32 = 100;
/// Longest password that is looked at, in bytes.
const MOST: usize = 1024;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    password: Option<String>,
}

/// `GET /sign-in/password`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    show(&app, visit, None).await
}

async fn show(app: &Shared, visit: Visit, error: Option<PasswordError>) -> Result<Response, Refusal> {
    let arrival = visit.arrived();
    let Some(identifier) = visit.browser.identifier.clone() else {
        return Ok(visit.see(&along("/", arrival)));
    };
    let page = PasswordPage {
        page: visit.page(app),
        target: relying::target(app, arrival)?,
        identifier,
        submit: visit.post_along("/sign-in/password", arrival),
        not_you: visit.post_along("/sign-in/forget", arrival),
        other_key: visit.path(along("/sign-in/keys", arrival)),
        error,
    };
    visit.show(app, page.render()).await
}

/// `POST /sign-in/password`.
pub async fn check(
    State(app): State<Shared>,
    peer: Caller,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let Some(identifier) = visit.browser.identifier.clone() else {
        return Ok(visit.see(&along("/", visit.arrived())));
    };
    // Chosen from the list of keys: the page asks.
    let Some(typed) = fields.password.map(Zeroizing::new) else {
        let page = along("/sign-in/password", visit.arrived());
        return visit.go(&app, &page).await;
    };
    if typed.is_empty() || typed.len() > MOST {
        return show(&app, visit, Some(PasswordError::Wrong)).await;
    }
    let recognised = actions::recognised_account(&app, &visit)?.is_some();
    let who = bucket(&app, &identifier, recognised);
    if let Err(secs) = may_guess(&app, peer, who, recognised).await? {
        return show(&app, visit, Some(PasswordError::Wait(secs))).await;
    }
    match check_password(&app, &identifier, &typed).await? {
        Some(account) => {
            app.store.write(move |tx| -> Result<_, StoreFault> { guess::forget(tx, &who) }).await?;
            go_on(&app, visit, &account).await
        }
        None => show(&app, visit, Some(PasswordError::Wrong)).await,
    }
}

/// The owner came in by another key: the wrong passwords of strangers do not count any more.
pub async fn forget_strangers(app: &Shared, account: &str) -> Result<(), Refusal> {
    let who = bucket(app, &actions::account(app, account)?.email, false);
    Ok(app.store.write(move |tx| -> Result<_, StoreFault> { guess::forget(tx, &who) }).await?)
}

/// What guesses at an address are counted under. Those from browsers that the owner had recognised are apart.
fn bucket(app: &App, identifier: &str, recognised: bool) -> [u8; 32] {
    let address = identifier.to_lowercase();
    labelled_hmac(&app.keys().evid[..], "MAP1 guess", &[&[u8::from(recognised)], address.as_bytes()])
}

async fn may_guess(
    app: &Shared,
    peer: Caller,
    who: [u8; 32],
    recognised: bool,
) -> Result<Result<(), u64>, Refusal> {
    let (policy, now) = (app.policy(), app.now());
    let caller = limiter::Caller::network("password", peer.0);
    if let Err(secs) = app.limiter.count(caller, policy.password_ip_min, now) {
        return Ok(Err(secs));
    }
    let day = if recognised || policy.password_account_hour == 0 { 0 } else { DAY };
    let brake = Brake { free: policy.password_free, hour: policy.password_account_hour, day };
    Ok(app.store.write(move |tx| -> Result<_, StoreFault> { guess::count(tx, &who, &brake, now) }).await?)
}

/// The password was right. It is enough for an account without a phone, and where its owner said so; else a second key
/// follows.
async fn go_on(app: &Shared, mut visit: Visit, account: &Account) -> Result<Response, Refusal> {
    let arrival = visit.arrived().cloned();
    let (has_phone, careful) = app.store.read(|tx| -> Result<_, StoreFault> {
        Ok((account::has_active_phone(tx, &account.id)?, account::wants_two_factors(tx, &account.id)?))
    })?;
    let wanted = arrival.as_ref().map_or(Acr::Basic, |arrival| arrival.level);
    if has_phone && (careful || wanted > Acr::Basic) {
        visit.pass_first_factor(app, &account.id).await?;
        return visit.go(app, &along("/sign-in/keys", arrival.as_ref())).await;
    }
    let new = NewSession {
        account: account.id.clone(),
        acr: Some(Acr::Basic),
        amr: r#"["pwd"]"#.to_owned(),
        tid: None,
        key: "password",
        eid: None,
        agent: visit.agent.clone(),
    };
    let next = visit.browser.next.clone();
    visit.sign_in(app, new).await?;
    match arrival {
        Some(arrival) if arrival.level == Acr::Basic => relying::leave(app, visit, &arrival).await,
        _ => visit.go(app, next.as_deref().unwrap_or("/me")).await,
    }
}
