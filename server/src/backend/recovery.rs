//! Recovery codes (3.7.4): one for each account, shown once, kept as a MAC. A right one gives a pairing and nothing else.

use super::enrolments::started_json;
use super::phones::{Proof, check_active, reachable};
use super::proof::{self, Act, Good};
use super::{Actor, body};
use crate::app::Shared;
use crate::pairing::{Draft, Wanted};
use crate::reply::{self, Refusal};
use crate::store::account::Account;
use crate::store::link::{self, Use};
use crate::store::service::Service;
use crate::store::{StoreFault, Tx, audit, recovery};
use crate::{letters, random};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::encoding::crockford;
use countersign_protocol::id::Eid;
use countersign_protocol::label::hmac_sha256;
use countersign_protocol::problem::Code;
use countersign_protocol::typed::normalised;
use serde::Deserialize;
use serde_json::json;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Symbols of a code: 125 random bits.
const SYMBOLS: usize = 25;
/// Wrong codes in a row after which the code is dead.
const DEAD_AFTER: u32 = 100;

/// `POST …/recovery-code`.
pub async fn make(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let actor = Actor::of_call(&app, &headers, "enrol")?;
    let Proof { proof } = body(&bytes)?;
    let account = reachable(&app, &actor, &id)?;
    check_active(&account)?;
    let good = proof::needed(&app, &actor, &account, (Act::RecoveryCode, proof))?;
    let code = make_by(&app, &actor, account, good).await?;
    reply::json(201, &json!({"recovery_code": code.as_str()}))
}

/// Makes a code, in the place of any before; the only time that it is told.
pub async fn make_by(
    app: &Shared,
    actor: &Actor,
    account: Account,
    good: Option<Good>,
) -> Result<Zeroizing<String>, Refusal> {
    let symbols = Zeroizing::new(crockford(&random::bytes::<16>(), SYMBOLS));
    let mac = mac(app, symbols.as_bytes());
    let (shared, service) = (app.clone(), actor.service.clone());
    app.store
        .write(move |tx| -> Result<_, Refusal> {
            proof::take(tx, good.as_ref())?;
            let now = shared.now();
            recovery::set(tx, &account.id, &mac)?;
            letters::recovery_code_made(tx, &shared, &account.id, &service.name, now)?;
            let about = json!({"account": account.id, "service": service.id});
            Ok(audit::append(tx, &shared.keys().audit, "recovery_code_made", &about, now)?)
        })
        .await?;
    Ok(grouped(&symbols))
}

/// Whether this is the code of an account, for whoever was just shown it.
pub fn is_present(app: &Shared, account: &str, typed: &str) -> Result<bool, Refusal> {
    let Ok(symbols) = normalised(typed, SYMBOLS).map(Zeroizing::new) else { return Ok(false) };
    let kept = app.store.read(|tx| -> Result<_, StoreFault> { recovery::find(tx, account) })?;
    Ok(kept.is_some_and(|kept| kept.ct_eq(&mac(app, &symbols)).into()))
}

fn grouped(symbols: &str) -> Zeroizing<String> {
    let mut shown = Zeroizing::new(String::with_capacity(SYMBOLS + 4));
    for (place, symbol) in symbols.chars().enumerate() {
        if place > 0 && place % 5 == 0 {
            shown.push('-');
        }
        shown.push(symbol);
    }
    shown
}

fn mac(app: &Shared, symbols: &[u8]) -> [u8; 32] {
    hmac_sha256(&app.keys().recovery[..], symbols)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recover {
    account: String,
    recovery_code: String,
    first_factor: bool,
}

/// `POST /recovery`. The first factor is the service's and comes first; whatever else is wrong has one answer.
pub async fn recover(
    State(app): State<Shared>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let actor = Actor::of_call(&app, &headers, "enrol")?;
    let given: Recover = body(&bytes)?;
    if !given.first_factor {
        return Err(Code::FirstFactorRequired.into());
    }
    let account = reachable(&app, &actor, &given.account).map_err(one_body)?;
    if account.state != "active" {
        return Err(Code::RecoveryRefused.into());
    }
    let typed = Zeroizing::new(given.recovery_code);
    let attempt = Attempt::new(&app, &actor, account, &typed)?;
    let answer = started_json(&app, &attempt.draft, None);
    if recover_by(&app, attempt).await?.is_none() {
        return Err(Code::RecoveryRefused.into());
    }
    reply::json(201, &answer)
}

/// Judges a code whose first factor was right; gives the pairing that it leads to.
pub async fn recover_by(app: &Shared, attempt: Attempt) -> Result<Option<Eid>, Refusal> {
    let eid = attempt.draft.row.eid;
    let good = app.store.write(move |tx| attempt.judge(tx)).await?;
    Ok(good.then_some(eid))
}

/// An account out of reach is refused like a wrong code.
fn one_body(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Problem(_) => Code::RecoveryRefused.into(),
        fault @ Refusal::Fault(_) => fault,
    }
}

/// One try, judged and counted in one transaction.
pub struct Attempt {
    app: Shared,
    draft: Draft,
    mac: [u8; 32],
    service: Service,
    account: Account,
    /// The link that proved the address, which a right code uses up.
    pub used_up: Option<[u8; 32]>,
}

impl Attempt {
    /// A code as it was typed, for a pairing that is made with it.
    pub fn new(app: &Shared, actor: &Actor, account: Account, typed: &str) -> Result<Self, Refusal> {
        let symbols = Zeroizing::new(normalised(typed, SYMBOLS).unwrap_or_default());
        let wanted = Wanted {
            account: &account,
            service: &actor.service.id,
            by: None,
            return_url: None,
            life: app.policy().lifetimes.enrolment,
        };
        let draft = Draft::new(app, &wanted)?;
        let (mac, service) = (mac(app, &symbols), actor.service.clone());
        Ok(Self { app: app.clone(), draft, mac, service, account, used_up: None })
    }

    fn judge(&self, tx: &Tx<'_>) -> Result<bool, StoreFault> {
        let (now, id) = (self.app.now(), &self.account.id);
        let limit = self.app.policy().recovery_day;
        if limit > 0 && recovery::failures(tx, id, now)? >= limit {
            return Ok(false);
        }
        let expected = recovery::find(tx, id)?;
        if !expected.is_some_and(|expected| expected.ct_eq(&self.mac).into()) {
            recovery::count_failure(tx, id, DEAD_AFTER, now)?;
            return Ok(false);
        }
        if let Some(link) = &self.used_up
            && link::take(tx, link, Use::Recover, now)?.is_none()
        {
            return Ok(false);
        }
        recovery::use_up(tx, id)?;
        self.draft.insert(tx, &self.app)?;
        letters::recovery_code_used(tx, &self.app, id, &self.service.name, now)?;
        let about = json!({"account": id, "service": self.service.id});
        audit::append(tx, &self.app.keys().audit, "recovery_code_used", &about, now)?;
        Ok(true)
    }
}
