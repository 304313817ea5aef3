//! `/enrolments`: a service starts a pairing, sees which phone came, and confirms it by the code on the phone (3.3).

use super::once::Once;
use super::{Actor, body, describe, no_content};
use crate::app::{AppFault, Shared};
use crate::device::offer_secret;
use crate::reply::{self, Refusal};
use crate::seal::Purpose;
use crate::store::account::{self, Account};
use crate::store::enrolment::{self, Enrolment, EnrolmentState, NewEnrolment};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::{StoreFault, Tx, audit};
use crate::{letters, random, tag};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::id::{Eid, Nonce};
use countersign_protocol::json as strict;
use countersign_protocol::mask::masked_email;
use countersign_protocol::message::offer::{Offer, OfferKind};
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::qr::{Pairing, pairing_text};
use countersign_protocol::secret::{ConfirmCode, EnrolSecret};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    account: String,
    #[serde(default)]
    same_device: bool,
    #[serde(default)]
    typed: bool,
    #[serde(default, deserialize_with = "strict::optional")]
    proof: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Confirm {
    code: ConfirmCode,
}

/// `POST /enrolments`.
pub async fn create(
    State(app): State<Shared>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let actor = Actor::of_call(&app, &headers, "enrol")?;
    let once = Once::of(&app, &actor, &headers, "/enrolments", &bytes).await?;
    if let Some(response) = once.as_ref().map_or(Ok(None), |once| once.earlier(&app))? {
        return Ok(response);
    }
    let create: Create = body(&bytes)?;
    // A proof can only be wrong yet; it is read so that its refusal is `proof_required`, not `malformed`.
    let _ = create.proof;
    if create.same_device || create.typed {
        return Err(Code::Malformed.into());
    }
    let enrolment = start(&app, &actor, &create.account).await?;
    let answer = json!({
        "eid": enrolment.eid,
        "link": link(&app, &enrolment)?,
        "expires_at": describe::time(enrolment.exp),
    });
    if let Some(once) = once {
        once.remember(&app, &answer, enrolment.exp).await?;
    }
    reply::json(201, &answer)
}

/// Starts a pairing. An account that has or had a phone needs a proof (3.11), except on the server's own pages.
pub async fn start(app: &Shared, actor: &Actor, account_id: &str) -> Result<Enrolment, Refusal> {
    actor.check_sees(app, account_id)?;
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        Ok(account::by_id(tx, account_id)?.zip(Some(phone::of_account(tx, account_id)?.len())))
    })?;
    let (account, phones) = found.ok_or(Code::NotFound)?;
    if account.had_phone && !actor.is_portal() {
        return Err(Code::ProofRequired.into());
    }
    let unavailable =
        |reason: &str| Problem::with(Code::MethodUnavailable, |m| m.reason = Some(reason.to_owned()));
    if account.state != "active" {
        return Err(unavailable("account").into());
    }
    let most = usize::try_from(app.policy().phones_max).unwrap_or(usize::MAX);
    if most > 0 && phones >= most {
        return Err(unavailable("phones").into());
    }
    insert(app, actor, &account).await
}

async fn insert(app: &Shared, actor: &Actor, account: &Account) -> Result<Enrolment, Refusal> {
    let (now, policy) = (app.now(), app.policy());
    let (eid, nonce) = (Eid::from_bytes(random::bytes()), Nonce::from_bytes(random::bytes()));
    let exp = now.plus(policy.lifetimes.enrolment);
    let secret = EnrolSecret::from_bytes(random::bytes());
    let es = app.keys.kek.seal(&Purpose::enrolment(&eid, &account.id), secret.expose(), random::bytes())?;
    let offer = app.sign(&Offer {
        head: app.head(),
        iat: now,
        eid,
        nonce,
        exp,
        account: masked_email(&account.email),
        kind: OfferKind::New,
        attest: policy.attest,
        min_level: policy.min_level,
        ret: None,
    })?;
    let (account, service) = (account.id.clone(), actor.service.id.clone());
    let new = NewEnrolment { eid, account, service, exp, es, nonce, offer };
    let shared = app.clone();
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            enrolment::insert(tx, &new, now)?;
            let about = json!({"eid": eid, "account": new.account, "service": new.service});
            audit::append(tx, &shared.keys.audit, "enrolment_started", &about, now)
        })
        .await?;
    find(app, &eid)
}

/// The enrolment of this id.
pub fn find(app: &Shared, eid: &Eid) -> Result<Enrolment, Refusal> {
    let now = app.now();
    let found = app.store.read(|tx| -> Result<_, StoreFault> { enrolment::by_eid(tx, eid, now) })?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// The pairing link of a living enrolment; the same text as in its QR.
pub fn link(app: &Shared, enrolment: &Enrolment) -> Result<String, Refusal> {
    let pairing = Pairing {
        eid: enrolment.eid,
        secret: offer_secret(app, enrolment)?,
        root: app.keys.root.public().thumbprint(),
        same_device: false,
    };
    Ok(pairing_text(&app.iss, &pairing))
}

fn own(app: &Shared, headers: &HeaderMap, eid: &str) -> Result<Enrolment, Refusal> {
    let actor = Actor::of_call(app, headers, "enrol")?;
    let enrolment = find(app, &Eid::parse(eid).map_err(|_| Code::NotFound)?)?;
    if enrolment.service == actor.service.id { Ok(enrolment) } else { Err(Code::NotFound.into()) }
}

fn view(app: &Shared, enrolment: &Enrolment) -> Result<Value, Refusal> {
    let phone = claimed_by(app, enrolment)?;
    Ok(describe::enrolment(enrolment, phone.as_ref(), app.policy().limits.confirm_tries))
}

/// The phone that claimed an enrolment.
pub fn claimed_by(app: &Shared, enrolment: &Enrolment) -> Result<Option<Phone>, Refusal> {
    let Some(aid) = enrolment.aid else { return Ok(None) };
    Ok(app.store.read(|tx| -> Result<_, StoreFault> { phone::by_aid(tx, &aid) })?)
}

/// `GET /enrolments/{eid}`.
pub async fn show(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(eid): Path<String>,
) -> Result<Response, Refusal> {
    let enrolment = own(&app, &headers, &eid)?;
    reply::json(200, &view(&app, &enrolment)?)
}

/// `DELETE /enrolments/{eid}`.
pub async fn delete(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(eid): Path<String>,
) -> Result<Response, Refusal> {
    let enrolment = own(&app, &headers, &eid)?;
    cancel(&app, &enrolment).await?;
    Ok(no_content())
}

/// Stops a pairing that is not done; its phone is purged.
pub async fn cancel(app: &Shared, enrolment: &Enrolment) -> Result<(), Refusal> {
    let (shared, eid, now) = (app.clone(), enrolment.eid, app.now());
    app.store
        .write(move |tx| -> Result<_, StoreFault> {
            // Read again: a phone may have claimed it since.
            let Some(fresh) = enrolment::by_eid(tx, &eid, now)? else { return Ok(()) };
            if !matches!(fresh.state, EnrolmentState::Open | EnrolmentState::Claimed) {
                return Ok(());
            }
            enrolment::cancel(tx, &fresh)?;
            audit::append(tx, &shared.keys.audit, "enrolment_cancelled", &json!({"eid": eid}), now)
        })
        .await?;
    app.enrolment_changed(&enrolment.eid);
    Ok(())
}

/// `POST /enrolments/{eid}/confirm`.
pub async fn confirm_call(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(eid): Path<String>,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let enrolment = own(&app, &headers, &eid)?;
    let typed: Confirm = body(&bytes)?;
    confirm(&app, &enrolment.eid, &typed.code).await?;
    reply::json(200, &view(&app, &find(&app, &enrolment.eid)?)?)
}

/// Judges the code from the phone: right makes the phone active, the third wrong one ends the pairing.
pub async fn confirm(app: &Shared, eid: &Eid, code: &ConfirmCode) -> Result<(), Refusal> {
    let (shared, id, code) = (app.clone(), *eid, code.clone());
    let outcome = app.store.write(move |tx| judge(tx, &shared, &id, &code)).await?;
    app.enrolment_changed(eid);
    outcome.map_err(Refusal::from)
}

/// The outer error rolls back; a wrong code is an outcome that is committed.
fn judge(tx: &Tx<'_>, app: &Shared, eid: &Eid, code: &ConfirmCode) -> Result<Result<(), Problem>, AppFault> {
    let now = app.now();
    let Some(enrolment) = enrolment::by_eid(tx, eid, now)? else { return Ok(Err(Code::NotFound.into())) };
    let state = |state: EnrolmentState| {
        Problem::with(Code::EnrolmentState, |m| m.state = Some(state.as_str().to_owned()))
    };
    let (aid, expected) = match (enrolment.state, enrolment.aid, &enrolment.cc) {
        (EnrolmentState::Claimed, Some(aid), Some(cc)) => (aid, cc),
        (EnrolmentState::Expired, ..) => return Ok(Err(Code::EnrolmentExpired.into())),
        (EnrolmentState::Cancelled, ..) => return Ok(Err(Code::EnrolmentCancelled.into())),
        (other, ..) => return Ok(Err(state(other))),
    };
    let expected = ConfirmCode::parse(expected).map_err(|_| StoreFault::Damaged("enrolment.cc"))?;
    if !expected.matches(code) {
        return Ok(Err(wrong(tx, app, &enrolment)?));
    }
    let phone = phone::by_aid(tx, &aid)?.filter(|phone| phone.state == PhoneState::Enrolling);
    let Some(phone) = phone.filter(|phone| tag::phone_is_genuine(&app.keys.evid, phone)) else {
        tracing::error!(%aid, alarm = true, "a phone that is confirmed does not fit its tag");
        return Err(StoreFault::Damaged("phone").into());
    };
    activate(tx, app, &enrolment, &phone)?;
    Ok(Ok(()))
}

fn wrong(tx: &Tx<'_>, app: &Shared, enrolment: &Enrolment) -> Result<Problem, StoreFault> {
    let count = enrolment::count_wrong_code(tx, &enrolment.eid)?;
    let left = app.policy().limits.confirm_tries.saturating_sub(count);
    if left > 0 {
        return Ok(Problem::with(Code::ConfirmCodeIncorrect, |m| m.left = Some(left)));
    }
    enrolment::cancel(tx, enrolment)?;
    audit::append(tx, &app.keys.audit, "enrolment_failed", &json!({"eid": enrolment.eid}), app.now())?;
    Ok(Code::EnrolmentCancelled.into())
}

fn activate(tx: &Tx<'_>, app: &Shared, enrolment: &Enrolment, phone: &Phone) -> Result<(), StoreFault> {
    let now = app.now();
    if !phone::activate(tx, &phone.aid)? || !enrolment::activate(tx, &enrolment.eid, now)? {
        return Err(StoreFault::NotCommitted);
    }
    account::note_phone(tx, &phone.account)?;
    letters::phone_added(tx, app, phone, &enrolment.service, now)?;
    let about = json!({"aid": phone.aid, "account": phone.account, "service": enrolment.service});
    audit::append(tx, &app.keys.audit, "phone_added", &about, now)
}
