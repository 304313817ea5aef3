//! What a waiting page is told while it waits: by events, or by asking and being answered late (W3).

use super::actions;
use super::wait::own;
use crate::app::Shared;
use crate::backend::MAX_WAIT;
use crate::caller::Caller;
use crate::crowd::{Most, Place};
use crate::hub::Topic;
use crate::pages::session::Visit;
use crate::reply::{self, Refusal, rate_limited};
use crate::store::phone::{self, PhoneState};
use crate::store::sign_in::SignIn;
use crate::store::{StoreFault, browser};
use axum::extract::{Query, State};
use axum::http::HeaderValue;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use countersign_protocol::answer::SignInState;
use countersign_protocol::id::Tid;
use countersign_protocol::time::Time;
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::time::{Duration, Instant};

/// How long one stream lasts at most; a page that still waits then asks.
const STREAM: Duration = Duration::from_secs(300);
/// How often a stream says that it is still there, so that nobody between takes it for dead.
const ALIVE: Duration = Duration::from_secs(15);

/// The state that the page shows.
#[derive(Deserialize)]
pub struct Shown {
    /// Its name.
    #[serde(default)]
    pub state: String,
}

/// How a sign-in stands, as its browser is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// In this state.
    Is(SignInState),
    /// Every phone that could answer has to wait after wrong PINs; the first of them until then.
    Waits(Time),
    /// Every phone that could answer is locked.
    Locked,
}

impl Stand {
    /// How it stands now. Only a browser that is known for the account asks a phone by push, so only such a one hears of
    /// wrong PINs.
    pub fn of(app: &Shared, sign_in: &SignIn) -> Result<Self, Refusal> {
        match &sign_in.account {
            Some(account) if sign_in.state == SignInState::Pending && sign_in.method == "push" => {
                Self::of_phones(app, sign_in, account)
            }
            _ => Ok(Self::Is(sign_in.state)),
        }
    }

    fn of_phones(app: &Shared, sign_in: &SignIn, account: &str) -> Result<Self, Refusal> {
        let (now, mut stand) = (app.now(), Self::Is(sign_in.state));
        let phones = app.store.read(|tx| -> Result<_, StoreFault> {
            let phones = phone::of_account(tx, account)?.into_iter();
            let asked = phones.filter(|phone| sign_in.aid.is_none_or(|aid| aid == phone.aid));
            asked
                .map(|phone| Ok((phone.state, phone::counters(tx, &phone.aid)?)))
                .collect::<Result<Vec<_>, _>>()
        })?;
        for (state, counters) in phones {
            let until = counters.and_then(|counters| counters.wait_until).map(Time::from_secs);
            stand = match (state, until.filter(|until| *until > now), stand) {
                (PhoneState::Active, None, _) => return Ok(Self::Is(sign_in.state)),
                (PhoneState::Active, Some(until), Self::Waits(before)) => Self::Waits(until.min(before)),
                (PhoneState::Active, Some(until), _) => Self::Waits(until),
                (PhoneState::Locked, _, Self::Is(_)) => Self::Locked,
                (_, _, before) => before,
            };
        }
        Ok(stand)
    }

    /// The name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Is(state) => state.as_str(),
            Self::Waits(_) => "waits",
            Self::Locked => "locked",
        }
    }

    /// When it ends by itself.
    fn ends(self, app: &Shared, sign_in: &SignIn) -> Option<Time> {
        let deadline = sign_in.next_deadline(&app.policy().lifetimes);
        match self {
            Self::Waits(until) => Some(deadline.map_or(until, |deadline| deadline.min(until))),
            _ => deadline,
        }
    }

    /// Whether another may follow.
    fn goes_on(self) -> bool {
        !matches!(self, Self::Is(state) if !state.is_open() && state != SignInState::Approved)
    }
}

/// How a sign-in stands as soon as it stands otherwise than shown, or after so many seconds.
async fn change(app: &Shared, tid: &Tid, shown: &str, wait: u64) -> Result<Stand, Refusal> {
    let notify = app.hub.listen(Topic::Object(*tid.as_bytes()));
    // Made before the state is read, so that no change in between is missed.
    let changed = notify.notified();
    let sign_in = actions::sign_in(app, tid)?;
    let stand = Stand::of(app, &sign_in)?;
    if stand.name() != shown || wait == 0 {
        return Ok(stand);
    }
    let left = stand.ends(app, &sign_in).map_or(wait, |at| at.since(app.now()).max(1));
    let _ = tokio::time::timeout(Duration::from_secs(left.min(wait)), changed).await;
    Stand::of(app, &actions::sign_in(app, tid)?)
}

/// `GET /sign-in/poll`: answers when the state is another than the page shows, or after a while; at once where many other
/// pages of this browser, or of its network, wait.
pub async fn poll(
    State(app): State<Shared>,
    peer: Caller,
    visit: Visit,
    Query(shown): Query<Shown>,
) -> Result<Response, Refusal> {
    let sign_in = own(&app, &visit)?;
    let place = app.crowd.enter(visit.browser.cookie_hash, peer.0, Most::of(&app.policy()));
    let wait = if place.is_some() { MAX_WAIT } else { 0 };
    let stand = change(&app, &sign_in.tid, &shown.state, wait).await?;
    let mut told = json!({"state": stand.name(), "next": visit.path("/sign-in/wait")});
    if wait == 0 {
        told["at_once"] = json!(true);
    }
    reply::json(200, &told)
}

/// A page that is told.
struct Listener {
    app: Shared,
    cookie: [u8; 32],
    tid: Tid,
    next: String,
    told: Option<Stand>,
    until: Instant,
    _place: Place,
}

/// `GET /sign-in/events`: the state at once, and each that follows. An event says the name of the state and where the page
/// goes then, nothing more.
pub async fn events(State(app): State<Shared>, peer: Caller, visit: Visit) -> Result<Response, Refusal> {
    let tid = own(&app, &visit)?.tid;
    let cookie = visit.browser.cookie_hash;
    let place = app.crowd.enter(cookie, peer.0, Most::of(&app.policy())).ok_or_else(|| rate_limited(1))?;
    let next = visit.path("/sign-in/wait");
    let until = Instant::now() + STREAM;
    let listener = Listener { app, cookie, tid, next, told: None, until, _place: place };
    let told = stream::unfold(Some(listener), |listener| async { listener?.next().await });
    let mut response = Sse::new(told).keep_alive(KeepAlive::new().interval(ALIVE)).into_response();
    // Proxies that collect answers would hold each event back until the end.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

impl Listener {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Option<Self>)> {
        if self.told.is_some_and(|told| !told.goes_on()) {
            return None;
        }
        loop {
            let left = self.until.saturating_duration_since(Instant::now()).as_secs().min(MAX_WAIT);
            if left == 0 {
                return None;
            }
            let shown = self.told.map_or("", Stand::name);
            let stand = change(&self.app, &self.tid, shown, left).await.ok()?;
            if !self.is_still_at_it() {
                // Another sign-in, or another cookie: the page looks for itself.
                return Some((self.event("gone"), None));
            }
            if self.told.map(Stand::name) != Some(stand.name()) {
                self.told = Some(stand);
                return Some((self.event(stand.name()), Some(self)));
            }
        }
    }

    fn is_still_at_it(&self) -> bool {
        let row = self.app.store.read(|tx| -> Result<_, StoreFault> { browser::find(tx, &self.cookie) });
        row.ok().flatten().is_some_and(|browser| browser.tid == Some(self.tid))
    }

    fn event(&self, state: &str) -> Result<Event, Infallible> {
        Ok(Event::default().data(json!({"state": state, "next": self.next}).to_string()))
    }
}
