//! What became of a sign-in, and the steps that lead on (W3). Here, and only here, a page signs a browser in.

use super::live::Stand;
use super::returned::Returned;
use super::{actions, password, wait};
use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::html;
use crate::pages::relying;
use crate::pages::session::Visit;
use crate::pages::view::sign_in::ConfirmAccountPage;
use crate::pages::view::{Next, Outcome, StatePage, Step};
use crate::reply::Refusal;
use crate::store::account::Account;
use crate::store::session::{Acr, NewSession};
use crate::store::sign_in::SignIn;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use countersign_protocol::answer::SignInState;
use countersign_protocol::mask::masked_email;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::ReturnCode;

/// The page for a sign-in that no phone has to open any more.
pub async fn show(app: &Shared, visit: Visit, sign_in: &SignIn) -> Result<Response, Refusal> {
    match sign_in.state {
        SignInState::Approved if sign_in.method == "link" => {
            // The app is on its way back; whoever only looks here has not brought its code.
            let page = state_page(app, &visit, sign_in)?.render();
            visit.show(app, page).await
        }
        SignInState::Approved => approved(app, visit, sign_in, None).await,
        // Completed by this browser, which never heard of it: a crash, or a connection that broke.
        SignInState::Completed if !is_of(&visit, sign_in) && sign_in.method != "link" => {
            approved(app, visit, sign_in, None).await
        }
        SignInState::Completed => Ok(visit.see("/me")),
        _ => {
            let page = state_page(app, &visit, sign_in)?.render();
            visit.show(app, page).await
        }
    }
}

/// Whether the session of this browser came of this sign-in.
fn is_of(visit: &Visit, sign_in: &SignIn) -> bool {
    visit.signed_in().is_some_and(|session| session.tid == Some(sign_in.tid))
}

fn state_page(app: &Shared, visit: &Visit, sign_in: &SignIn) -> Result<StatePage, Refusal> {
    let arrival = visit.pending(app)?;
    // An app that is on its way back may still be stopped: by another browser that has its code (N89).
    let waits = matches!(sign_in.state, SignInState::Claimed | SignInState::Approved);
    let (outcome, first) = match sign_in.state {
        SignInState::Claimed | SignInState::Approved if sign_in.method == "link" => {
            (Outcome::ClaimedHere, Step::Cancel)
        }
        SignInState::Claimed | SignInState::Approved => (Outcome::Claimed, Step::Cancel),
        SignInState::Denied => (Outcome::Denied, Step::StartAgain),
        SignInState::Reported => (Outcome::Reported, Step::OtherKey),
        SignInState::Failed if sign_in.reason.as_deref() == Some("codes") => {
            (Outcome::FailedCodes, Step::OtherKey)
        }
        SignInState::Failed => (Outcome::FailedNumbers, Step::StartAgain),
        SignInState::Cancelled => (Outcome::Cancelled, Step::StartAgain),
        _ => (Outcome::Expired, again(sign_in)),
    };
    Ok(StatePage {
        page: visit.page(app),
        target: relying::target(app, arrival.as_ref())?,
        outcome,
        countdown: waits.then(|| wait::countdown(app, sign_in)),
        wait: waits.then(|| wait::waiting(visit, sign_in.state.as_str())),
        next: vec![Next::post(first, visit.post_along(step(first, sign_in), arrival.as_ref()))],
    })
}

/// The page while no phone that could answer may: after wrong PINs. It goes on when one may again.
pub async fn show_phones(
    app: &Shared,
    visit: Visit,
    sign_in: &SignIn,
    stand: Stand,
) -> Result<Response, Refusal> {
    let arrival = visit.pending(app)?;
    let outcome = match stand {
        Stand::Waits(until) => Outcome::Locked(until),
        Stand::Is(_) | Stand::Locked => Outcome::PhonesLocked,
    };
    let other = visit.post_along("/sign-in/cancel", arrival.as_ref());
    let page = StatePage {
        page: visit.page(app),
        target: relying::target(app, arrival.as_ref())?,
        outcome,
        countdown: Some(wait::countdown(app, sign_in)),
        wait: Some(wait::waiting(&visit, stand.name())),
        next: vec![Next::post(Step::OtherKey, other)],
    };
    visit.show(app, page.render()).await
}

/// The page for somebody who is signed in, has no phone, and wants to go where two factors are asked for.
pub async fn needs_phone(app: &Shared, visit: Visit, account: &Account) -> Result<Response, Refusal> {
    let arrival = visit.arrived();
    let target = relying::target(app, arrival)?;
    let back = target.as_ref().map(|target| Next::link(Step::BackToService, target.back.clone()));
    // Where there was one once, the password alone must not pair another.
    let add = (!account.had_phone).then(|| Next::post(Step::AddPhone, visit.post("/me/phones/add")));
    let account = Next::link(Step::Account, visit.path("/me"));
    let page = StatePage {
        page: visit.page(app),
        target,
        outcome: Outcome::NeedsPhone,
        countdown: None,
        wait: None,
        next: [add, back, Some(account)].into_iter().flatten().collect(),
    };
    visit.show(app, page.render()).await
}

/// "Send a new request", or "Show a new code", by the same way.
fn again(sign_in: &SignIn) -> Step {
    if sign_in.method == "push" { Step::NewRequest } else { Step::NewCode }
}

fn step(step: Step, sign_in: &SignIn) -> &'static str {
    match step {
        Step::NewRequest => "/sign-in/number",
        Step::NewCode if sign_in.method == "offline" => "/sign-in/offline",
        Step::NewCode => "/sign-in/qr",
        Step::Cancel | Step::OtherKey => "/sign-in/cancel",
        _ => "/sign-in/forget",
    }
}

/// A way that cannot be used just now: what is missing, and the others.
pub fn unavailable(app: &Shared, visit: &Visit, fault: Refusal) -> Response {
    let problem = fault.into_problem();
    let outcome = match (problem.code, problem.members.reason.as_deref()) {
        (Code::MethodUnavailable, Some("codes")) => Outcome::ConnectFirst,
        (Code::MethodUnavailable | Code::FirstFactorRequired, _) => Outcome::Unavailable,
        _ => return visit.start_again(app, problem.into()),
    };
    let other = Next::post(Step::OtherKey, visit.post_along("/sign-in/cancel", visit.arrived()));
    let page = StatePage::end(visit.page(app), outcome, other);
    html(page.render()).unwrap_or_else(IntoResponse::into_response)
}

/// Approved: at once, if the account was named before or this browser is known for it; else only after the person
/// has seen which account it is (3.11).
///
/// `rc` is what the app brought back, where a link did it.
pub async fn approved(
    app: &Shared,
    visit: Visit,
    sign_in: &SignIn,
    rc: Option<ReturnCode>,
) -> Result<Response, Refusal> {
    let id = sign_in.account.clone().ok_or(Code::NotFound)?;
    if sign_in.account_given || visit.is_recognised(app, &id)? {
        return finish(app, visit, sign_in, (&id, rc.as_ref())).await;
    }
    let query = rc.map_or_else(String::new, |rc| format!("?rc={}", rc.to_wire()));
    let account = actions::account(app, &id)?;
    let page = ConfirmAccountPage {
        page: visit.page(app),
        target: relying::target(app, visit.pending(app)?.as_ref())?,
        account: masked_email(&account.email),
        confirm: visit.post(format!("/sign-in/confirm{query}")),
        refuse: visit.post("/sign-in/not-mine"),
    };
    visit.show(app, page.render()).await
}

async fn finish(
    app: &Shared,
    mut visit: Visit,
    sign_in: &SignIn,
    (account, rc): (&str, Option<&ReturnCode>),
) -> Result<Response, Refusal> {
    let answer = match actions::complete(app, sign_in, rc).await {
        Ok(answer) => answer,
        Err(fault) => return Ok(visit.start_again(app, fault)),
    };
    let (remember, next) = (visit.browser.remember, visit.browser.next.clone());
    let new = NewSession {
        account: account.to_owned(),
        acr: Some(if sign_in.method == "offline" { Acr::Code } else { Acr::Strong }),
        amr: answer["amr"].to_string(),
        tid: Some(sign_in.tid),
        key: sign_in.key(),
        eid: None,
        agent: visit.agent.clone(),
    };
    let arrival = visit.pending(app)?;
    visit.sign_in(app, new).await?;
    visit.change(|browser| browser.tid = Some(sign_in.tid));
    if remember {
        visit.recognise(app, account).await?;
    }
    password::forget_strangers(app, account).await?;
    if let Some(arrival) = arrival {
        return relying::leave(app, visit, &arrival).await;
    }
    visit.go(app, next.as_deref().unwrap_or("/me")).await
}

/// `POST /sign-in/confirm`: "Continue" as this account.
pub async fn confirm(
    State(app): State<Shared>,
    Query(returned): Query<Returned>,
    Posted { visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    let sign_in = wait::own(&app, &visit)?;
    match (&sign_in.account, sign_in.state) {
        (Some(account), SignInState::Approved | SignInState::Completed) => {
            finish(&app, visit, &sign_in, (account, returned.code().as_ref())).await
        }
        _ => Ok(visit.see("/sign-in/wait")),
    }
}

/// `POST /sign-in/not-mine`: no session, and a new QR.
pub async fn not_mine(
    State(app): State<Shared>,
    Posted { mut visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    if let Some(tid) = visit.browser.tid {
        actions::cancel(&app, &tid).await?;
    }
    let pending = visit.pending(&app)?;
    visit.change(|browser| browser.tid = None);
    let page = StatePage::end(
        visit.page(&app),
        Outcome::Rejected,
        Next::post(Step::NewCode, visit.post_along("/sign-in/qr", pending.as_ref())),
    );
    visit.show(&app, page.render()).await
}
