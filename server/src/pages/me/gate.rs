//! Who may do what in "my account": looking takes any sign-in, changing takes the strongest that the account has, and what
//! decides who gets in later takes one of the last minutes (3.11). Who has less signs in once more and comes back.

use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::html;
use crate::pages::session::Visit;
use crate::pages::sign_in::actions;
use crate::pages::view::me::Place;
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::reply::Refusal;
use crate::store::account::Account;
use crate::store::session::{Right, Session};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

/// How much a page asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To be signed in.
    Look,
    /// To be signed in as strongly as the account can be.
    Change,
    /// The same, a moment ago.
    Fresh,
}

/// Pages that somebody comes back to, each with the name that a form may have for it.
const BACK: [(&str, &str, Place); 5] = [
    ("details", "/me/details", Place::Details),
    ("phones", "/me/phones", Place::Phones),
    ("app", "/me/phones/app", Place::Phones),
    ("options", "/me/options", Place::Options),
    ("close", "/me/close", Place::Options),
];

/// The account of this browser, if that may do what a page asks for; else what it is answered. `back` is the name of the
/// page that it comes back to.
pub fn pass(app: &Shared, visit: &Visit, need: Need, back: &str) -> Result<Account, Box<Response>> {
    let Some(session) = visit.signed_in() else {
        // A link lets pair a phone and nothing else.
        return Err(Box::new(visit.see(if visit.session().is_some() { "/me/phones/add" } else { "/" })));
    };
    let account =
        actions::account(app, &session.account).map_err(|fault| Box::new(visit.refusal(app, fault)))?;
    if is_enough(app, session, &account, need) { Ok(account) } else { Err(Box::new(again(app, visit, back))) }
}

fn is_enough(app: &Shared, session: &Session, account: &Account, need: Need) -> bool {
    let strongest = match session.right() {
        Right::Manage => true,
        // There is nothing stronger yet.
        Right::PairFirst => !account.had_phone,
        _ => false,
    };
    let fresh = || app.now().since(session.began) < app.policy().lifetimes.fresh;
    match need {
        Need::Look => true,
        Need::Change => strongest,
        Need::Fresh => strongest && fresh(),
    }
}

/// "Sign in once more".
fn again(app: &Shared, visit: &Visit, back: &str) -> Response {
    let place = BACK.iter().find(|(name, ..)| *name == back).map_or(Place::Overview, |(.., place)| *place);
    let next = Next::post(Step::SignInAgain, visit.post(format!("/me/again/{back}")));
    let page = StatePage::end(visit.page(app).within(place), Outcome::SignInAgain, next).render();
    html(page).unwrap_or_else(IntoResponse::into_response)
}

/// `POST /me/again/{back}`: to the keys of the account that is signed in.
pub async fn sign_in(
    State(app): State<Shared>,
    Path(back): Path<String>,
    Posted { mut visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let account = match pass(&app, &visit, Need::Look, "") {
        Ok(account) => account,
        Err(answer) => return Ok(*answer),
    };
    let page = BACK.iter().find(|(name, ..)| *name == back).map(|(_, page, _)| (*page).to_owned());
    visit.change(|browser| {
        browser.identifier = Some(account.email);
        browser.next = page;
    });
    visit.go(&app, "/sign-in/keys").await
}
