//! Starting a sign-in (3.4.1, 3.5.1, 3.6): number, handle or offline QR, and the requests for the account's phones.

mod offline;

use super::Actor;
use super::once::Kept;
use super::proof::{self, Act};
use crate::app::{App, Shared};
use crate::reply::{Refusal, rate_limited};
use crate::store::account::{self, Account};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::request::{self, StoredRequest};
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx, wake};
use crate::{random, requests};
use countersign_protocol::answer::SignInState;
use countersign_protocol::id::{PhoneRef, Tid};
use countersign_protocol::message::request::{Kind, Row};
use countersign_protocol::message::{Factor, Flow};
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::secret::{Handle, Number};
use serde::Deserialize;
use serde_json::json;

/// How the phone is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A request to the account's phones.
    Push,
    /// A rotating QR.
    Qr,
    /// A link on the phone that the browser runs on.
    Link,
    /// A QR for a phone without network.
    Offline,
}

impl Method {
    /// Whether a phone takes it by a code instead of being asked.
    const fn is_scanned(self) -> bool {
        matches!(self, Self::Qr | Self::Link)
    }

    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Qr => "qr",
            Self::Link => "link",
            Self::Offline => "offline",
        }
    }
}

/// The browser that starts, as the person is going to see it.
#[derive(Clone)]
pub struct Browser {
    /// Network address.
    pub ip: String,
    /// Place, if known.
    pub place: Option<String>,
    /// Browser, if known.
    pub agent: Option<String>,
}

/// What is started.
#[derive(Clone)]
pub struct Start {
    /// How.
    pub method: Method,
    /// For whom; needed for `push` and `offline`.
    pub account: Option<String>,
    /// Sign-in or transaction.
    pub kind: Kind,
    /// Signed rows.
    pub rows: Vec<Row>,
    /// Factors that are asked for.
    pub factors: Vec<Factor>,
    /// Whether the service checked a first factor.
    pub first_factor: bool,
    /// Whether the service knows the browser for this account.
    pub recognised: bool,
    /// The browser.
    pub browser: Browser,
    /// Which phone, for `offline`.
    pub phone: Option<PhoneRef>,
    /// Where the app goes back to, for `link`.
    pub return_url: Option<String>,
    /// What the approval is to be a proof for.
    pub act: Option<Act>,
}

impl Start {
    const fn is_backed(&self) -> bool {
        self.first_factor || self.recognised
    }
}

fn unavailable(reason: &str) -> Refusal {
    Problem::with(Code::MethodUnavailable, |m| m.reason = Some(reason.to_owned())).into()
}

/// Starts a sign-in and gives it as it stands in the database; what `keep` makes of it is remembered with it.
pub async fn start(
    app: &Shared,
    actor: &Actor,
    start: Start,
    keep: impl FnOnce(&SignIn) -> Result<Option<Kept>, Refusal>,
) -> Result<SignIn, Refusal> {
    let mut start = start;
    let account = find_account(app, &start)?;
    write_act(app, account.as_ref(), &mut start)?;
    if !start.method.is_scanned() && !start.is_backed() {
        return Err(Code::FirstFactorRequired.into());
    }
    let mut sign_in = blank(app, actor, &start);
    let made = match (start.method, &account) {
        (Method::Qr | Method::Link, _) => {
            sign_in.handle = Some(Handle::from_bytes(random::bytes()));
            Vec::new()
        }
        (Method::Push, Some(account)) => push(app, actor, account, &mut sign_in)?,
        (Method::Offline, Some(account)) => {
            offline::bind(app, actor, account, &start, &mut sign_in)?;
            Vec::new()
        }
        (Method::Push | Method::Offline, None) => return Err(Code::Malformed.into()),
    };
    let kept = keep(&sign_in)?;
    let account = account.map(|account| (account, start.recognised));
    insert(app, sign_in.clone(), (made, kept, start.is_backed()), account).await?;
    Ok(sign_in)
}

fn find_account(app: &Shared, start: &Start) -> Result<Option<Account>, Refusal> {
    let Some(id) = &start.account else {
        return if start.method.is_scanned() { Ok(None) } else { Err(Code::Malformed.into()) };
    };
    let account = app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, id) })?;
    let account = account.ok_or(Code::NotFound)?;
    if account.state == "active" { Ok(Some(account)) } else { Err(unavailable("account")) }
}

/// The row of an act is the server's own: a service could write anything (3.11).
fn write_act(app: &Shared, account: Option<&Account>, start: &mut Start) -> Result<(), Refusal> {
    let (Some(act), Some(account)) = (start.act, account) else { return Ok(()) };
    let phone = act.phone().map(|wanted| proof::phone_of(app, &account.id, wanted)).transpose()?;
    start.rows = vec![act.row(phone.as_ref(), &app.name)];
    Ok(())
}

/// Starts with a first factor or a recognised browser count per service and account; others are the pages' concern.
/// Counted in the transaction that adds one: calls at the same moment do not pass the limit together.
fn check_budget(tx: &Tx<'_>, app: &App, sign_in: &SignIn) -> Result<(), Refusal> {
    const WINDOW: u64 = 600;
    let limit = app.policy().signins_account_10min;
    let (Some(account), true) = (&sign_in.account, limit > 0) else { return Ok(()) };
    let since = app.now().minus(WINDOW);
    let count = sign_in::starts_since(tx, &sign_in.service, account, since)?;
    if count < limit { Ok(()) } else { Err(rate_limited(60).into()) }
}

fn blank(app: &App, actor: &Actor, start: &Start) -> SignIn {
    let (now, lifetimes) = (app.now(), app.policy().lifetimes.clone());
    let (state, life) = match start.method {
        Method::Push => (SignInState::Pending, lifetimes.push),
        Method::Qr | Method::Link => (SignInState::Created, lifetimes.qr),
        Method::Offline => (SignInState::Pending, lifetimes.offline),
    };
    let mut ctx = json!({"ip": start.browser.ip, "at": now, "first": i32::from(start.is_backed())});
    for (name, text) in [("geo", &start.browser.place), ("agent", &start.browser.agent)] {
        if let Some(text) = text {
            ctx[name] = json!(text);
        }
    }
    let allowed = app.policy().factors.clone();
    let factors: Vec<Factor> =
        start.factors.iter().copied().filter(|factor| allowed.contains(factor)).collect();
    SignIn {
        tid: Tid::from_bytes(random::bytes()),
        service: actor.service.id.clone(),
        account: start.account.clone(),
        account_given: start.account.is_some(),
        method: start.method.as_str().to_owned(),
        kind: start.kind.as_str().to_owned(),
        state,
        reason: None,
        created: now,
        exp: now.plus(life),
        ctx: ctx.to_string(),
        rows: json!(start.rows).to_string(),
        factors: json!(factors).to_string(),
        num: None,
        tries: 0,
        handle: None,
        aid: None,
        oqr: None,
        off_kid: None,
        decided_at: None,
        decided_by: None,
        completed_at: None,
        answer: None,
        ended: None,
        return_url: start.return_url.clone(),
        rc: None,
        act: start.act.map(Act::to_column),
        pages: actor.on_pages,
    }
}

/// A number, and a request for every active phone.
fn push(
    app: &Shared,
    actor: &Actor,
    account: &Account,
    sign_in: &mut SignIn,
) -> Result<Vec<StoredRequest>, Refusal> {
    if account.num_fail >= app.policy().limits.num_max {
        return Err(unavailable("numbers"));
    }
    let phones = active_phones(app, &account.id)?;
    if phones.is_empty() {
        return Err(unavailable("no_phone"));
    }
    sign_in.num = Some(Number::from_value(random::below(1_000_000)));
    let made = phones
        .iter()
        .map(|phone| requests::sign(app, &actor.service, sign_in, phone, (Flow::Push, sign_in.exp)))
        .collect::<Result<_, _>>()?;
    Ok(made)
}

fn active_phones(app: &Shared, account: &str) -> Result<Vec<Phone>, Refusal> {
    let mut phones = app.store.read(|tx| -> Result<_, StoreFault> { phone::of_account(tx, account) })?;
    phones.retain(|phone| phone.state == PhoneState::Active);
    Ok(phones)
}

async fn insert(
    app: &Shared,
    sign_in: SignIn,
    (made, kept, backed): (Vec<StoredRequest>, Option<Kept>, bool),
    account: Option<(Account, bool)>,
) -> Result<(), Refusal> {
    let shared = app.clone();
    let wake = app
        .store
        .write(move |tx| -> Result<_, Refusal> {
            if backed {
                check_budget(tx, &shared, &sign_in)?;
            }
            sign_in::insert(tx, &sign_in)?;
            kept.iter().try_for_each(|kept| kept.insert(tx))?;
            for one in &made {
                request::insert(tx, one)?;
            }
            if let Some((account, recognised)) = account {
                return Ok(wake_phones(tx, &shared, &made, &account, recognised)?);
            }
            Ok(Vec::new())
        })
        .await?;
    // After the commit: a phone that is quick finds its request.
    let now = app.now();
    wake.into_iter().for_each(|url| app.push.wake(url, now));
    Ok(())
}

/// Wakes within the budget; not at all for a while after "it wasn't me", unless the browser is known (3.4.6).
fn wake_phones(
    tx: &Tx<'_>,
    app: &App,
    made: &[StoredRequest],
    account: &Account,
    recognised: bool,
) -> Result<Vec<String>, StoreFault> {
    let (now, policy) = (app.now(), app.policy());
    if account.quiet_until > now && !recognised {
        return Ok(Vec::new());
    }
    let budget = (policy.wakes_10min, policy.wakes_day);
    let wake = made.iter().map(|one| wake::note(tx, &one.aid, now, budget));
    Ok(wake.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}
