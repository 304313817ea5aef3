//! A password: alone where that is enough, else the first of two factors. Every address is answered alike, as fast and as
//! slow: whether there is an account, whether it has a password, and how many guesses are left tells nothing apart.

use super::{actions, outcome};
use crate::app::Shared;
use crate::caller::Caller;
use crate::pages::form::Posted;
use crate::pages::keys_of;
use crate::pages::relying::{self, along};
use crate::pages::session::Visit;
use crate::pages::view::sign_in::{PasswordError, PasswordPage};
use crate::password::check::{Right, check as check_password};
use crate::password::guesses::{self, Bucket, By};
use crate::password::rules::ALONE;
use crate::reply::Refusal;
use crate::store::account;
use crate::store::session::{Acr, NewSession};
use crate::store::{StoreFault, Tx, audit};
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::encoding::b64u;
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

/// Longest password that is looked at, in bytes: 256 characters, each written as a letter with several marks.
const MOST: usize = 4096;

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
    if let Err(secs) = guesses::may_guess(&app, peer, who).await? {
        return show(&app, visit, Some(PasswordError::Wait(secs))).await;
    }
    match check_password(&app, &identifier, &typed).await? {
        Some(right) => {
            guesses::forget(&app, who).await?;
            go_on(&app, visit, right).await
        }
        None => {
            note_wrong(&app, who).await?;
            show(&app, visit, Some(PasswordError::Wrong)).await
        }
    }
}

/// Of an address that nobody has as of any other, and without the address.
async fn note_wrong(app: &Shared, who: Bucket) -> Result<(), Refusal> {
    let shared = app.clone();
    let note = move |tx: &Tx<'_>| -> Result<_, StoreFault> {
        let about = json!({"who": b64u(&who)});
        audit::append(tx, &shared.keys().audit, "password_refused", &about, shared.now())
    };
    Ok(app.store.write(note).await?)
}

/// The owner came in by another key: the wrong passwords of strangers do not count any more.
pub async fn forget_strangers(app: &Shared, account: &str) -> Result<(), Refusal> {
    let email = actions::account(app, account)?.email;
    guesses::forget(app, guesses::bucket(app, &email, By::Stranger)).await
}

/// The password was right. It is enough for an account that never had a phone, and where its owner said so; else a second
/// key follows.
async fn go_on(app: &Shared, mut visit: Visit, right: Right) -> Result<Response, Refusal> {
    let (arrival, account) = (visit.arrived().cloned(), &right.account);
    let enough = relying::takes(app, arrival.as_ref(), keys_of::password())?;
    if needs_second(app, &right, enough)? {
        if !visit.pass_first_factor(app, &account.id, right.stands).await? {
            return show(app, visit, Some(PasswordError::Wrong)).await;
        }
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
    let (next, remember) = (visit.browser.next.clone(), visit.browser.remember);
    // Where the password is not enough for it, nobody gets to the service.
    let service = arrival.as_ref().filter(|_| enough).map(|arrival| arrival.service.clone());
    if !visit.sign_in_while(app, new, Some((right.stands, service))).await? {
        return show(app, visit, Some(PasswordError::Wrong)).await;
    }
    if remember {
        // Whoever guesses from elsewhere must not use up what this browser may try.
        visit.recognise(app, &account.id).await?;
    }
    match arrival {
        Some(arrival) if enough => relying::leave(app, visit, &arrival).await,
        Some(_) => outcome::needs_phone(app, visit, account).await,
        None => visit.go(app, next.as_deref().unwrap_or("/me")).await,
    }
}

/// Whether a password is the first of two factors. A phone guards the account from its first day on, locked and removed
/// too: else whoever has the mailbox, where passwords are replaced and phones can be removed, would have the account.
fn needs_second(app: &Shared, right: &Right, enough: bool) -> Result<bool, Refusal> {
    let account = &right.account;
    let (has_phone, careful) = app.store.read(|tx| -> Result<_, StoreFault> {
        Ok((account::has_active_phone(tx, &account.id)?, account::wants_two_factors(tx, &account.id)?))
    })?;
    let is_short = right.length_class < ALONE;
    Ok((account.had_phone && (careful || is_short)) || (has_phone && !enough))
}
