//! A password: alone where that is enough, else the first of two factors. Every address is answered alike, as fast and as
//! slow: whether there is an account, whether it has a password, and how many guesses are left tells nothing apart.

use super::{actions, outcome};
use crate::app::Shared;
use crate::caller::Caller;
use crate::pages::form::Posted;
use crate::pages::relying::{self, along};
use crate::pages::session::Visit;
use crate::pages::view::sign_in::{PasswordError, PasswordPage};
use crate::password::check::check as check_password;
use crate::password::guesses::{self, By};
use crate::reply::Refusal;
use crate::store::StoreFault;
use crate::store::account::{self, Account};
use crate::store::session::{Acr, NewSession};
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use zeroize::Zeroizing;

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
    let by = if recognised { By::Recognised } else { By::Stranger };
    let who = guesses::bucket(&app, &identifier, by);
    if let Err(secs) = guesses::may_guess(&app, peer, (who, by)).await? {
        return show(&app, visit, Some(PasswordError::Wait(secs))).await;
    }
    match check_password(&app, &identifier, &typed).await? {
        Some(account) => {
            guesses::forget(&app, who).await?;
            go_on(&app, visit, &account).await
        }
        None => show(&app, visit, Some(PasswordError::Wrong)).await,
    }
}

/// The owner came in by another key: the wrong passwords of strangers do not count any more.
pub async fn forget_strangers(app: &Shared, account: &str) -> Result<(), Refusal> {
    let email = actions::account(app, account)?.email;
    guesses::forget(app, guesses::bucket(app, &email, By::Stranger)).await
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
        Some(_) => outcome::needs_phone(app, visit, account).await,
        None => visit.go(app, next.as_deref().unwrap_or("/me")).await,
    }
}
