//! "Add a phone" (P1, and P3 by a copied link; the code to type is in `typed.rs`): QR, then the code of the phone that came, by name.

use super::actions;
use super::gate::{self, Need};
use crate::app::Shared;
use crate::backend::MAX_WAIT;
use crate::caller::Caller;
use crate::crowd::Most;
use crate::hub::Topic;
use crate::pages::form::{Nothing, Posted};
use crate::pages::session::Visit;
use crate::pages::sign_in::Shown;
use crate::pages::view::me::{AddPhonePage, CodeError, ConfirmPhonePage, GetAppPage, Place};
use crate::pages::view::sign_in::{HerePage, HerePurpose};
use crate::pages::view::{Countdown, Next, Outcome, StatePage, Step, Wait};
use crate::pages::{html, picture as qr, sign_in};
use crate::reply::{self, Refusal};
use crate::store::enrolment::{Enrolment, EnrolmentState};
use crate::store::session::Right;
use crate::store::{StoreFault, recovery};
use axum::extract::{Query, State};
use axum::response::Response;
use countersign_protocol::id::Eid;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::ConfirmCode;
use serde::Deserialize;
use std::time::Duration;

/// The form with the code.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

/// `GET /me/phones/app`: the first step.
pub async fn get_app(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    if let Err(answer) = gate::pass(&app, &visit, Need::Fresh, "app") {
        return Ok(*answer);
    }
    let page = GetAppPage {
        page: visit.page(&app).within(Place::Phones),
        go_on: visit.post("/me/phones/add"),
        cancel: visit.path("/me/phones"),
    };
    visit.show(&app, page.render()).await
}

/// `POST /me/phones/add`: begins a pairing for the account of this browser.
pub async fn begin(
    State(app): State<Shared>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    start(&app, visit, false).await
}

/// `POST /me/phones/here`: the same for the phone that this browser runs on (P2).
pub async fn begin_here(
    State(app): State<Shared>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    start(&app, visit, true).await
}

/// A pairing that this browser began before dies with it.
async fn start(app: &Shared, mut visit: Visit, here: bool) -> Result<Response, Refusal> {
    if visit.signed_in().is_some()
        && let Err(answer) = gate::pass(app, &visit, Need::Fresh, "app")
    {
        return Ok(*answer);
    }
    let Ok(account) = account(app, &visit, None) else { return Ok(visit.see("/")) };
    if let Some(before) = visit.browser.eid {
        actions::cancel_pairing(app, &before).await?;
    }
    match actions::begin_pairing(app, &visit, &account, here).await {
        Ok(eid) => {
            visit.change(|browser| browser.eid = Some(eid));
            visit.go(app, "/me/phones/add").await
        }
        Err(fault) => Ok(visit.refusal(app, fault)),
    }
}

/// The enrolment of this browser: another browser has none (N39).
pub(super) fn own(app: &Shared, visit: &Visit) -> Result<Enrolment, Refusal> {
    let eid = visit.browser.eid.ok_or(Code::NotFound)?;
    actions::enrolment(app, &eid)
}

/// The account that this browser may pair a phone with: after a strong sign-in always, else while that can take nobody's
/// place. `eid` is the pairing that is to be finished; a recovery code finishes its own and begins none.
pub(super) fn account(app: &Shared, visit: &Visit, eid: Option<Eid>) -> Result<String, Refusal> {
    let session = visit.session().ok_or(Code::NotFound)?;
    let id = &session.account;
    let allowed = match session.right() {
        Right::Manage => true,
        Right::PairFirst => !sign_in::actions::account(app, id)?.had_phone,
        Right::PairAgain => !sign_in::actions::has_active_phone(app, id)?,
        Right::PairThis(own) => eid == Some(own),
        Right::Look => false,
    };
    if allowed { Ok(id.to_owned()) } else { Err(Code::NotFound.into()) }
}

/// `GET /me/phones/add`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let enrolment = match own(&app, &visit) {
        Ok(enrolment) => enrolment,
        Err(_) if visit.signed_in().is_some() => return Ok(visit.see("/me")),
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    };
    let response = show(&app, &visit, &enrolment, None)?;
    visit.leave(&app, response).await
}

fn show(
    app: &Shared,
    visit: &Visit,
    enrolment: &Enrolment,
    error: Option<CodeError>,
) -> Result<Response, Refusal> {
    match enrolment.state {
        EnrolmentState::Open if enrolment.return_url.is_some() => {
            html(here_page(app, visit, enrolment)?.render())
        }
        EnrolmentState::Open => html(open_page(app, visit, enrolment)?.render()),
        EnrolmentState::Claimed => html(claimed_page(app, visit, enrolment, error)?.render()),
        _ => html(over_page(app, visit, enrolment)?.render()),
    }
}

fn open_page(app: &Shared, visit: &Visit, enrolment: &Enrolment) -> Result<AddPhonePage, Refusal> {
    Ok(AddPhonePage {
        page: visit.page(app).within(Place::Phones),
        image: visit.path("/me/phones/qr.svg"),
        link: actions::pairing_link(app, enrolment)?,
        // A recovery code finishes its pairing and begins no other.
        here: (!is_one(visit)).then(|| visit.post("/me/phones/here")),
        typed: visit.post("/me/phones/typed"),
        countdown: countdown(app, enrolment),
        wait: waiting(visit, enrolment, "/me/phones/add"),
        cancel: visit.post("/me/phones/cancel"),
    })
}

fn is_one(visit: &Visit) -> bool {
    matches!(visit.right(), Some(Right::PairThis(_)))
}

fn here_page(app: &Shared, visit: &Visit, enrolment: &Enrolment) -> Result<HerePage, Refusal> {
    Ok(HerePage {
        page: visit.page(app).within(Place::Phones),
        target: None,
        purpose: HerePurpose::Pair,
        link: actions::pairing_link(app, enrolment)?,
        countdown: countdown(app, enrolment),
        wait: waiting(visit, enrolment, "/me/phones/add"),
        other: visit.post("/me/phones/add"),
        cancel: visit.post("/me/phones/cancel"),
    })
}

fn claimed_page(
    app: &Shared,
    visit: &Visit,
    enrolment: &Enrolment,
    error: Option<CodeError>,
) -> Result<ConfirmPhonePage, Refusal> {
    Ok(ConfirmPhonePage {
        page: visit.page(app).within(Place::Phones),
        phone: actions::phone_name(app, enrolment)?,
        submit: visit.post("/me/phones/confirm"),
        not_mine: visit.post("/me/phones/cancel"),
        tries_left: app.policy().limits.confirm_tries.saturating_sub(enrolment.confirm_fail),
        error,
        contested: enrolment.contested,
        countdown: countdown(app, enrolment),
        wait: waiting(visit, enrolment, "/me/phones/add"),
    })
}

fn over_page(app: &Shared, visit: &Visit, enrolment: &Enrolment) -> Result<StatePage, Refusal> {
    let failed = enrolment.confirm_fail >= app.policy().limits.confirm_tries;
    let outcome = match enrolment.state {
        EnrolmentState::Active if is_bare(app, visit, enrolment)? => {
            Outcome::PairedBare(actions::phone_name(app, enrolment)?)
        }
        EnrolmentState::Active => Outcome::Paired(actions::phone_name(app, enrolment)?),
        EnrolmentState::Expired => Outcome::PairingExpired,
        _ if failed => Outcome::PairingFailed,
        _ => Outcome::PairingStopped,
    };
    let next = match enrolment.state {
        EnrolmentState::Active if visit.signed_in().is_some() => Next::link(Step::Account, visit.path("/me")),
        EnrolmentState::Active => Next::link(Step::SignIn, visit.path("/")),
        _ => Next::post(Step::NewCode, visit.post("/me/phones/add")),
    };
    Ok(StatePage::end(visit.page(app).within(Place::Phones), outcome, next))
}

/// Whether somebody came back in by a recovery code or a letter, and has no way to do so again.
fn is_bare(app: &Shared, visit: &Visit, enrolment: &Enrolment) -> Result<bool, Refusal> {
    let has_code =
        app.store.read(|tx| -> Result<_, StoreFault> { recovery::find(tx, &enrolment.account) })?.is_some();
    Ok(visit.signed_in().is_none() && !has_code)
}

pub(super) fn countdown(app: &Shared, enrolment: &Enrolment) -> Countdown {
    let secs = |secs: u64| u32::try_from(secs).unwrap_or(u32::MAX);
    let total = app.policy().lifetimes.enrolment;
    Countdown { left_s: secs(enrolment.exp.since(app.now())), total_s: secs(total) }
}

/// A contested enrolment is another state for the script, so that the warning appears at once.
fn state(enrolment: &Enrolment) -> String {
    let contested = if enrolment.contested { "-contested" } else { "" };
    format!("{}{contested}", enrolment.state.as_str())
}

/// `here` is where the page that waits can be looked at again.
pub(super) fn waiting(visit: &Visit, enrolment: &Enrolment, here: &str) -> Wait {
    let state = state(enrolment);
    let poll = visit.path(format!("/me/phones/poll?state={state}"));
    Wait { poll, events: None, state, check: visit.path(here) }
}

/// `GET /me/phones/qr.svg`.
pub async fn picture(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let enrolment = own(&app, &visit)?;
    qr::svg(&actions::pairing_link(&app, &enrolment)?)
}

/// `GET /me/phones/poll`: answers when the state is another than the page shows, or after a while; at once where many
/// other pages of this browser, or of its network, wait.
pub async fn poll(
    State(app): State<Shared>,
    peer: Caller,
    visit: Visit,
    Query(shown): Query<Shown>,
) -> Result<Response, Refusal> {
    let eid = own(&app, &visit)?.eid;
    let notify = app.hub.listen(Topic::Object(*eid.as_bytes()));
    let change = notify.notified();
    let mut enrolment = actions::enrolment(&app, &eid)?;
    let place = app.crowd.enter(visit.browser.cookie_hash, peer.0, Most::of(&app.policy()));
    if state(&enrolment) == shown.state && place.is_some() {
        let left = enrolment.exp.since(app.now()).clamp(1, MAX_WAIT);
        let _ = tokio::time::timeout(Duration::from_secs(left), change).await;
        enrolment = actions::enrolment(&app, &eid)?;
    }
    reply::json(200, &serde_json::json!({"state": state(&enrolment), "next": visit.path("/me/phones/add")}))
}

/// `POST /me/phones/confirm`.
pub async fn confirm(
    State(app): State<Shared>,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let eid = own(&app, &visit)?.eid;
    account(&app, &visit, Some(eid))?;
    let digits: String = fields.code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let error = match ConfirmCode::parse(&digits) {
        Err(_) => Some(CodeError::Incomplete),
        Ok(code) => match actions::confirm(&app, &eid, &code).await.map_err(Refusal::into_problem) {
            Err(problem) if problem.code == Code::ConfirmCodeIncorrect => Some(CodeError::Wrong),
            Err(problem) if problem.code == Code::Unavailable => {
                return Ok(visit.refusal(&app, problem.into()));
            }
            _ => None,
        },
    };
    if error.is_none() {
        return visit.go(&app, "/me/phones/add").await;
    }
    let response = show(&app, &visit, &actions::enrolment(&app, &eid)?, error)?;
    visit.leave(&app, response).await
}

/// `POST /me/phones/cancel`: "Cancel" and "That is not my phone".
pub async fn cancel(
    State(app): State<Shared>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    actions::cancel_pairing(&app, &own(&app, &visit)?.eid).await?;
    visit.go(&app, "/me/phones/add").await
}
