//! Waiting for the phone (W3): one page for each state, a long poll for the script, and the answers that a browser
//! gives while it waits.

use super::live::Stand;
use super::{actions, frame, outcome};
use crate::app::Shared;
use crate::pages::form::{Nothing, Posted};
use crate::pages::relying::{self, along};
use crate::pages::session::Visit;
use crate::pages::view::sign_in::{HerePage, HerePurpose, NumberPage, OfflineError, OfflinePage, QrPage};
use crate::pages::view::{Countdown, Wait};
use crate::pages::{html, keys_of};
use crate::reply::Refusal;
use crate::store::sign_in::SignIn;
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::answer::SignInState;
use countersign_protocol::problem::Code;
use countersign_protocol::qr::link_text;
use countersign_protocol::secret::OfflineCode;
use serde::Deserialize;

/// The form of the offline page.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

/// `GET /sign-in/wait`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let sign_in = match own(&app, &visit) {
        Ok(sign_in) => sign_in,
        // Another tab of this browser was shown the end.
        Err(_) if visit.browser.tid.is_none() && visit.signed_in().is_some() => {
            return visit.go(&app, "/me").await;
        }
        Err(fault) => return Ok(visit.start_again(&app, fault)),
    };
    let stand = Stand::of(&app, &sign_in)?;
    if !matches!(stand, Stand::Is(_)) {
        return outcome::show_phones(&app, visit, &sign_in, stand).await;
    }
    match (sign_in.state, sign_in.method.as_str()) {
        (SignInState::Pending, "push") => {
            leave(&app, visit, |visit| number_page(&app, visit, &sign_in)).await
        }
        (SignInState::Pending, _) => {
            leave(&app, visit, |visit| offline_page(&app, visit, &sign_in, None)).await
        }
        (SignInState::Created, "link") => leave(&app, visit, |visit| here_page(&app, visit, &sign_in)).await,
        (SignInState::Created, _) => leave(&app, visit, |visit| qr_page(&app, visit, &sign_in)).await,
        _ => outcome::show(&app, visit, &sign_in).await,
    }
}

async fn leave(
    app: &Shared,
    visit: Visit,
    page: impl FnOnce(&Visit) -> Result<Response, Refusal>,
) -> Result<Response, Refusal> {
    let response = page(&visit)?;
    visit.leave(app, response).await
}

/// The sign-in of this browser: another browser has none (N73).
pub fn own(app: &Shared, visit: &Visit) -> Result<SignIn, Refusal> {
    let tid = visit.browser.tid.ok_or(Code::NotFound)?;
    actions::sign_in(app, &tid)
}

fn number_page(app: &Shared, visit: &Visit, sign_in: &SignIn) -> Result<Response, Refusal> {
    let number = sign_in.num.as_ref().ok_or(Code::NotFound)?.expose().to_owned();
    let arrival = visit.pending(app)?;
    let takes = |key| relying::takes(app, arrival.as_ref(), key);
    let page = NumberPage {
        page: visit.page(app),
        on_phone: visit.is_on_phone(),
        target: relying::target(app, arrival.as_ref())?,
        number,
        countdown: countdown(app, sign_in),
        wait: waiting(visit, sign_in.state.as_str()),
        cancel: visit.post_along("/sign-in/cancel", arrival.as_ref()),
        other_key: visit.post_along("/sign-in/cancel", arrival.as_ref()),
        offline: takes(keys_of::offline())?.then(|| visit.post_along("/sign-in/offline", arrival.as_ref())),
    };
    html(page.render())
}

fn qr_page(app: &Shared, visit: &Visit, sign_in: &SignIn) -> Result<Response, Refusal> {
    let frame = frame::now(app, visit, sign_in)?;
    let known = actions::known(app, visit)?.is_some();
    let arrival = visit.pending(app)?;
    let takes = |key| relying::takes(app, arrival.as_ref(), key);
    let page = QrPage {
        page: visit.page(app),
        on_phone: visit.is_on_phone(),
        target: relying::target(app, arrival.as_ref())?,
        image: frame.src,
        frames: visit.path("/sign-in/frame"),
        next_in_ms: frame.next_in_ms,
        countdown: countdown(app, sign_in),
        wait: waiting(visit, sign_in.state.as_str()),
        cancel: visit.post_along("/sign-in/cancel", arrival.as_ref()),
        number: (known && takes(keys_of::number())?)
            .then(|| visit.post_along("/sign-in/number", arrival.as_ref())),
        offline: (known && takes(keys_of::offline())?)
            .then(|| visit.post_along("/sign-in/offline", arrival.as_ref())),
        here: takes(keys_of::here())?.then(|| visit.post_along("/sign-in/here", arrival.as_ref())),
        other_key: visit.post_along("/sign-in/cancel", arrival.as_ref()),
    };
    html(page.render())
}

fn here_page(app: &Shared, visit: &Visit, sign_in: &SignIn) -> Result<Response, Refusal> {
    let handle = sign_in.handle.as_ref().ok_or(Code::NotFound)?;
    let arrival = visit.pending(app)?;
    let page = HerePage {
        page: visit.page(app),
        target: relying::target(app, arrival.as_ref())?,
        purpose: HerePurpose::SignIn,
        link: link_text(&app.iss, handle),
        countdown: countdown(app, sign_in),
        wait: waiting(visit, sign_in.state.as_str()),
        other: visit.post_along("/sign-in/cancel", arrival.as_ref()),
        cancel: visit.post_along("/sign-in/cancel", arrival.as_ref()),
    };
    html(page.render())
}

fn offline_page(
    app: &Shared,
    visit: &Visit,
    sign_in: &SignIn,
    error: Option<OfflineError>,
) -> Result<Response, Refusal> {
    let arrival = visit.pending(app)?;
    let page = OfflinePage {
        page: visit.page(app),
        on_phone: visit.is_on_phone(),
        target: relying::target(app, arrival.as_ref())?,
        image: visit.path("/sign-in/qr.svg"),
        submit: visit.post("/sign-in/code"),
        tries_left: app.policy().limits.code_tries.saturating_sub(sign_in.tries),
        error,
        countdown: countdown(app, sign_in),
        wait: waiting(visit, sign_in.state.as_str()),
        number: Some(visit.post_along("/sign-in/number", arrival.as_ref())),
        other_key: visit.post_along("/sign-in/cancel", arrival.as_ref()),
        cancel: visit.post_along("/sign-in/cancel", arrival.as_ref()),
    };
    html(page.render())
}

/// What is left of a sign-in.
pub fn countdown(app: &Shared, sign_in: &SignIn) -> Countdown {
    let secs = |secs: u64| u32::try_from(secs).unwrap_or(u32::MAX);
    Countdown {
        left_s: secs(sign_in.exp.since(app.now())),
        total_s: secs(sign_in.exp.since(sign_in.created)),
    }
}

/// What the script of a page waits for that shows this state.
pub fn waiting(visit: &Visit, state: &str) -> Wait {
    Wait {
        poll: visit.path(format!("/sign-in/poll?state={state}")),
        events: Some(visit.path("/sign-in/events")),
        state: state.to_owned(),
        check: visit.path("/sign-in/wait"),
    }
}

/// `POST /sign-in/code` (S5).
pub async fn code(
    State(app): State<Shared>,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let sign_in = own(&app, &visit)?;
    let error = match OfflineCode::parse_typed(&fields.code) {
        Err(_) => OfflineError::Incomplete,
        Ok(code) => match actions::code(&app, &sign_in.tid, code).await {
            Ok(()) => return visit.go(&app, "/sign-in/wait").await,
            Err(fault) => match code_error(&app, fault) {
                Ok(error) => error,
                Err(problem) if problem.code == Code::MethodUnavailable => {
                    let response = outcome::unavailable(&app, &visit, problem.into());
                    return visit.leave(&app, response).await;
                }
                Err(_) => return visit.go(&app, "/sign-in/wait").await,
            },
        },
    };
    let sign_in = actions::sign_in(&app, &sign_in.tid)?;
    leave(&app, visit, |visit| offline_page(&app, visit, &sign_in, Some(error))).await
}

fn code_error(app: &Shared, fault: Refusal) -> Result<OfflineError, countersign_protocol::problem::Problem> {
    let problem = fault.into_problem();
    match problem.code {
        Code::CodeIncorrect => Ok(OfflineError::Wrong),
        Code::PinWait => {
            let until = app.now().plus(problem.members.retry_after.unwrap_or(0));
            Ok(OfflineError::WaitUntil(until))
        }
        _ => Err(problem),
    }
}

/// `POST /sign-in/cancel`: cancels the request and goes back to the keys.
pub async fn cancel(
    State(app): State<Shared>,
    Posted { mut visit, .. }: Posted<Nothing>,
) -> Result<Response, Refusal> {
    if let Some(tid) = visit.browser.tid {
        actions::cancel(&app, &tid).await?;
    }
    let pending = visit.pending(&app)?;
    visit.change(|browser| browser.tid = None);
    let next = if visit.browser.identifier.is_some() { "/sign-in/keys" } else { "/" };
    let next = along(next, visit.arrived().or(pending.as_ref()));
    visit.go(&app, &next).await
}
