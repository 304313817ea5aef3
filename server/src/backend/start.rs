//! Starting a sign-in (3.4.1, 3.5.1, 3.6): number, handle or offline QR, and the requests for the account's phones.

use super::Actor;
use crate::app::{App, Shared};
use crate::keys::{OFF_KID, SIGN_KID};
use crate::reply::{Refusal, rate_limited};
use crate::store::account::{self, Account};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::request::{self, StoredRequest};
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx, accounting, wake};
use crate::{random, requests};
use countersign_protocol::answer::SignInState;
use countersign_protocol::code::device_hint;
use countersign_protocol::id::{OfflineNonce, PhoneRef, Tid};
use countersign_protocol::jose::compact;
use countersign_protocol::json;
use countersign_protocol::mask::masked_short;
use countersign_protocol::message::offline::{MAX_BYTES, OfflineRequest};
use countersign_protocol::message::request::{Kind, Row};
use countersign_protocol::message::{Factor, Flow, ServerMessage};
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::qr::{MAX_OFFLINE_TEXT, offline_text};
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
    /// A QR for a phone without network.
    Offline,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Qr => "qr",
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
}

impl Start {
    const fn is_backed(&self) -> bool {
        self.first_factor || self.recognised
    }
}

fn unavailable(reason: &str) -> Refusal {
    Problem::with(Code::MethodUnavailable, |m| m.reason = Some(reason.to_owned())).into()
}

/// Starts a sign-in and gives it as it stands in the database.
pub async fn start(app: &Shared, actor: &Actor, start: Start) -> Result<SignIn, Refusal> {
    let account = find_account(app, &start)?;
    if start.method != Method::Qr && !start.is_backed() {
        return Err(Code::FirstFactorRequired.into());
    }
    count_start(app, actor, &start)?;
    let mut sign_in = blank(app, actor, &start);
    let made = match (start.method, &account) {
        (Method::Qr, _) => {
            sign_in.handle = Some(Handle::from_bytes(random::bytes()));
            Vec::new()
        }
        (Method::Push, Some(account)) => push(app, actor, account, &mut sign_in)?,
        (Method::Offline, Some(account)) => {
            offline(app, actor, account, &start, &mut sign_in)?;
            Vec::new()
        }
        (Method::Push | Method::Offline, None) => return Err(Code::Malformed.into()),
    };
    insert(app, sign_in.clone(), made, account.map(|account| (account, start.recognised))).await?;
    Ok(sign_in)
}

fn find_account(app: &Shared, start: &Start) -> Result<Option<Account>, Refusal> {
    let Some(id) = &start.account else {
        return if start.method == Method::Qr { Ok(None) } else { Err(Code::Malformed.into()) };
    };
    let account = app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, id) })?;
    let account = account.ok_or(Code::NotFound)?;
    if account.state == "active" { Ok(Some(account)) } else { Err(unavailable("account")) }
}

/// Starts with a first factor or a recognised browser count per service and account; others are the pages' concern.
fn count_start(app: &Shared, actor: &Actor, start: &Start) -> Result<(), Refusal> {
    const WINDOW: u64 = 600;
    let limit = app.policy().signins_account_10min;
    let (Some(account), true) = (&start.account, limit > 0 && start.is_backed()) else { return Ok(()) };
    let since = app.now().minus(WINDOW);
    let count = app.store.read(|tx| -> Result<_, StoreFault> {
        sign_in::starts_since(tx, &actor.service.id, account, since)
    })?;
    if count < limit { Ok(()) } else { Err(rate_limited(60).into()) }
}

fn blank(app: &App, actor: &Actor, start: &Start) -> SignIn {
    let (now, lifetimes) = (app.now(), app.policy().lifetimes.clone());
    let (state, life) = match start.method {
        Method::Push => (SignInState::Pending, lifetimes.push),
        Method::Qr => (SignInState::Created, lifetimes.qr),
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

/// Binds the sign-in to one phone and makes its QR.
fn offline(
    app: &Shared,
    actor: &Actor,
    account: &Account,
    start: &Start,
    sign_in: &mut SignIn,
) -> Result<(), Refusal> {
    let plain = start.kind == Kind::Login && start.rows.is_empty();
    if !plain || !app.policy().offline || !account.offline_on {
        return Err(unavailable("policy"));
    }
    let phone = choose_phone(active_phones(app, &account.id)?, start.phone)?;
    let (now, limits) = (app.now(), app.policy().limits.clone());
    let closed = app.store.read(|tx| -> Result<_, StoreFault> {
        accounting::is_offline_closed(tx, &phone.aid, now, &limits)
    })?;
    // A phone that has acknowledged no key set holds no off key that we know of: it has to connect first, too.
    if closed || phone.acked_ver == 0 {
        return Err(unavailable("codes"));
    }
    sign_in.oqr = Some(offline_jws(app, actor, account, &phone, sign_in)?);
    sign_in.off_kid = Some(OFF_KID.to_owned());
    sign_in.aid = Some(phone.aid);
    Ok(())
}

/// The phone that was asked for, else the one used last.
fn choose_phone(phones: Vec<Phone>, wanted: Option<PhoneRef>) -> Result<Phone, Refusal> {
    if let Some(wanted) = wanted {
        return phones.into_iter().find(|phone| phone.r#ref == wanted).ok_or_else(|| Code::NotFound.into());
    }
    phones
        .into_iter()
        .max_by_key(|phone| (phone.last_used, phone.created))
        .ok_or_else(|| unavailable("no_phone"))
}

/// The signed content, shortened at place and name until the whole text fits (3.6 step 2).
fn offline_jws(
    app: &Shared,
    actor: &Actor,
    account: &Account,
    phone: &Phone,
    sign_in: &SignIn,
) -> Result<String, Refusal> {
    let (rp, usr, geo) = MAX_BYTES;
    let ctx: serde_json::Value = serde_json::from_str(&sign_in.ctx).unwrap_or_default();
    let mut content = OfflineRequest {
        head: app.head(),
        tid: sign_in.tid,
        n: OfflineNonce::from_bytes(random::bytes()),
        iat: sign_in.created,
        exp: sign_in.exp,
        rp: cut(&actor.service.name, rp),
        usr: cut(&masked_short(&account.email), usr),
        geo: ctx["geo"].as_str().map(|place| cut(place, geo)),
        dv: device_hint(&phone.aid),
        ok: OFF_KID.to_owned(),
    };
    loop {
        let payload = json::to_vec(&content)?;
        let jws = compact::sign(OfflineRequest::TYP, SIGN_KID, &payload, &app.keys.sign)?;
        let over = offline_text(&app.iss, &jws).len().saturating_sub(MAX_OFFLINE_TEXT);
        if over == 0 {
            return Ok(jws);
        }
        match &mut content.geo {
            Some(place) if place.len() > 4 => *place = cut(place, place.len().saturating_sub(over).max(4)),
            Some(_) => content.geo = None,
            None if content.rp.len() > 4 => {
                content.rp = cut(&content.rp, content.rp.len().saturating_sub(over).max(4));
            }
            None => return Err(unavailable("policy")),
        }
    }
}

/// At most `bytes` bytes, cut at a code point, with an ellipsis where something was cut.
fn cut(text: &str, bytes: usize) -> String {
    const ELLIPSIS: char = '\u{2026}';
    if text.len() <= bytes {
        return text.to_owned();
    }
    let room = bytes.saturating_sub(ELLIPSIS.len_utf8());
    let end = (0..=room).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}{ELLIPSIS}", text[..end].trim_end())
}

async fn insert(
    app: &Shared,
    sign_in: SignIn,
    made: Vec<StoredRequest>,
    account: Option<(Account, bool)>,
) -> Result<(), Refusal> {
    let shared = app.clone();
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            sign_in::insert(tx, &sign_in)?;
            for one in &made {
                request::insert(tx, one)?;
            }
            if let Some((account, recognised)) = account {
                wake_phones(tx, &shared, &made, &account, recognised)?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}

/// Wakes within the budget; not at all for a while after "it wasn't me", unless the browser is known (3.4.6).
fn wake_phones(
    tx: &Tx<'_>,
    app: &App,
    made: &[StoredRequest],
    account: &Account,
    recognised: bool,
) -> Result<(), StoreFault> {
    let (now, policy) = (app.now(), app.policy());
    if account.quiet_until > now && !recognised {
        return Ok(());
    }
    for one in made {
        wake::note(tx, &one.aid, now, policy.wakes_10min, policy.wakes_day)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn texts_are_cut_at_code_points_and_say_so() {
        assert_eq!(cut("Grants Portal", 64), "Grants Portal");
        assert_eq!(cut("Grants Portal", 9), "Grants…");
        assert_eq!(cut("ééééé", 8), "éé…");
        assert!(cut("日本日本日本", 10).len() <= 10);
    }
}
