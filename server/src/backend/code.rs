//! `POST /sign-ins/{tid}/code`: the eight digits of an offline sign-in (3.6 step 5), on their own counter (3.9.1).

use super::sign_ins::{find, own};
use super::{body, describe};
use crate::app::{AppFault, Shared};
use crate::device::{PinKeys, phone_stopped};
use crate::limiter::Caller;
use crate::points::Point;
use crate::reply::{self, Refusal};
use crate::store::accounting::{self, Reservation};
use crate::store::evidence::{self, Evidence};
use crate::store::phone::{self, Phone, PhoneState};
use crate::store::sign_in::{self, Decision, SignIn};
use crate::store::{StoreFault, Tx, audit};
use crate::{random, tag};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::answer::SignInState;
use countersign_protocol::code::{offline_code, offline_key};
use countersign_protocol::id::{RequestHash, Tid};
use countersign_protocol::label::sha256;
use countersign_protocol::message::Factor;
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::secret::OfflineCode;
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    code: String,
}

/// `POST …/code`.
pub async fn call(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(tid): Path<String>,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let sign_in = own(&app, &headers, &tid)?;
    if sign_in.method != "offline" {
        return Err(Code::NotFound.into());
    }
    let typed: Typed = body(&bytes)?;
    let code = OfflineCode::parse_typed(&typed.code).map_err(|_| Code::Malformed)?;
    enter(&app, &sign_in.tid, code).await?;
    reply::json(200, &describe::sign_in(&find(&app, &sign_in.tid)?))
}

/// Judges a code: reserved before it is looked at, committed whatever comes of it.
pub async fn enter(app: &Shared, tid: &Tid, code: OfflineCode) -> Result<(), Refusal> {
    let sign_in = find(app, tid)?;
    check_state(sign_in.state)?;
    let aid = sign_in.aid.ok_or(Code::NotFound)?;
    let phone = app.store.read(|tx| -> Result<_, StoreFault> { phone::by_aid(tx, &aid) })?;
    let phone = phone.ok_or(Code::TransactionCancelled)?;
    tag::check_phone(&app.keys().evid, &phone)?;
    let id = random::bytes();
    reserve(app, &phone, &id).await?;
    app.points.reach(Point::AfterReserve).await;
    let right = expected(app, &phone, &sign_in)?.matches(&code);
    app.points.reach(Point::BeforeCommit).await;
    let verdict = Verdict { app: app.clone(), phone, sign_in, id };
    let outcome = app.store.write(move |tx| verdict.commit(tx, right)).await?;
    app.points.reach(Point::AfterCommit).await;
    app.sign_in_changed(tid);
    if !right {
        watch_rate(app);
    }
    outcome.map_err(Refusal::from)
}

/// Who tries a few codes at each of many accounts uses up the counter of none: the rate of all together is watched, and
/// told once an hour (3.6).
fn watch_rate(app: &Shared) {
    let (now, limit) = (app.now(), app.policy().codes_alarm_hour);
    let over = app.limiter.count_hour(Caller::Everybody("wrong codes"), limit, now).is_err();
    if over && app.limiter.count_hour(Caller::Everybody("wrong codes told"), 1, now).is_ok() {
        tracing::error!(limit, alarm = true, "more offline codes were wrong than usual in an hour");
    }
}

/// Column `code` of 3.13.1.
fn check_state(state: SignInState) -> Result<(), Problem> {
    match state {
        SignInState::Pending => Ok(()),
        SignInState::Failed => Err(Code::TransactionFailed.into()),
        SignInState::Cancelled => Err(Code::TransactionCancelled.into()),
        SignInState::Expired => Err(Code::TransactionExpired.into()),
        decided => {
            Err(Problem::with(Code::TransactionDecided, |m| m.state = Some(decided.as_str().to_owned())))
        }
    }
}

fn closed() -> Problem {
    Problem::with(Code::MethodUnavailable, |m| m.reason = Some("codes".to_owned()))
}

async fn reserve(app: &Shared, phone: &Phone, id: &[u8; 16]) -> Result<(), Refusal> {
    app.points.reach(Point::BeforeReserve).await;
    let (aid, id, now, limits) = (phone.aid, *id, app.now(), app.policy().limits.clone());
    let (reservation, shut) = app
        .store
        .write(move |tx| -> Result<_, StoreFault> {
            let shut = accounting::is_offline_closed(tx, &aid, now, &limits)?;
            Ok((accounting::reserve_offline(tx, &aid, &id, now, &limits)?, shut))
        })
        .await?;
    match reservation {
        Reservation::Reserved => Ok(()),
        Reservation::Wait(_) if shut => Err(closed().into()),
        Reservation::Wait(secs) => Err(Problem::with(Code::PinWait, |m| m.retry_after = Some(secs)).into()),
        Reservation::Lost => Err(reply::unavailable(1).into()),
        Reservation::Locked | Reservation::Revoked => {
            Err(app.store.read(|tx| phone_stopped(tx, app, &phone.aid))?.into())
        }
    }
}

/// The code that the phone shows for this QR and the right PIN.
fn expected(app: &Shared, phone: &Phone, sign_in: &SignIn) -> Result<OfflineCode, Refusal> {
    let (Some(oqr), Some(kid)) = (&sign_in.oqr, &sign_in.off_kid) else { return Err(Code::NotFound.into()) };
    let keys = PinKeys::of(app, phone)?;
    let ka = p256::PublicKey::from_sec1_bytes(keys.ka.as_sec1())
        .map_err(|_| StoreFault::Damaged("phone.pin_keys"))?;
    let server = app.keys();
    let off = server.off(kid).ok_or(StoreFault::Damaged("sign_in.off_kid"))?;
    let shared = p256::ecdh::diffie_hellman(off.secret.to_nonzero_scalar(), ka.as_affine());
    let key = Zeroizing::new(offline_key(shared.raw_secret_bytes(), &phone.aid, &phone.fid, kid));
    Ok(offline_code(&key, oqr))
}

struct Verdict {
    app: Shared,
    phone: Phone,
    sign_in: SignIn,
    id: [u8; 16],
}

impl Verdict {
    /// The outer error rolls back; a wrong code is an outcome that is committed.
    fn commit(&self, tx: &Tx<'_>, right: bool) -> Result<Result<(), Problem>, AppFault> {
        match phone::state(tx, &self.phone.aid)? {
            PhoneState::Active if right => self.succeed(tx),
            PhoneState::Active => self.fail(tx).map(Err),
            // Stopped meanwhile: no effect, counters as they are.
            _ => Ok(Err(phone_stopped(tx, &self.app, &self.phone.aid)?)),
        }
    }

    fn succeed(&self, tx: &Tx<'_>) -> Result<Result<(), Problem>, AppFault> {
        let now = self.app.now();
        let (tid, aid) = (self.sign_in.tid, self.phone.aid);
        let decision = Decision { state: SignInState::Approved, reason: None, aid: &aid };
        if !sign_in::decide(tx, &tid, &decision, now)? {
            accounting::release_offline(tx, &aid, &self.id)?;
            let state =
                sign_in::by_tid(tx, &tid, now, &self.app.policy().lifetimes)?.map(|fresh| fresh.state);
            return Ok(Err(check_state(state.unwrap_or(SignInState::Expired)).err().unwrap_or_else(closed)));
        }
        accounting::succeed_offline(tx, &aid, &self.id)?;
        phone::note_use(tx, &aid, now)?;
        evidence::insert(tx, &self.evidence())?;
        self.audit(tx, "sign_in_approved")?;
        Ok(Ok(()))
    }

    fn fail(&self, tx: &Tx<'_>) -> Result<Problem, AppFault> {
        let (now, limits) = (self.app.now(), self.app.policy().limits.clone());
        let failure = accounting::fail_offline(tx, &self.phone.aid, now, &limits)?;
        let state = sign_in::by_tid(tx, &self.sign_in.tid, now, &self.app.policy().lifetimes)?
            .map(|fresh| fresh.state);
        if let Err(over) = check_state(state.unwrap_or(SignInState::Expired)) {
            return Ok(over);
        }
        let tries = sign_in::count_wrong(tx, &self.sign_in.tid)?;
        let failed = tries >= limits.code_tries;
        if failed {
            sign_in::end(tx, &self.sign_in.tid, SignInState::Failed, Some("codes"))?;
            self.audit(tx, "sign_in_failed")?;
        }
        Ok(match (failure.shut, failed) {
            (true, _) => closed(),
            (false, true) => Code::TransactionFailed.into(),
            (false, false) => Problem::with(Code::CodeIncorrect, |m| {
                m.left = Some((limits.code_tries - tries).min(failure.left));
                m.retry_after = Some(failure.wait);
            }),
        })
    }

    fn evidence(&self) -> Evidence {
        let oqr = self.sign_in.oqr.as_deref().unwrap_or_default();
        let at = self.app.now();
        let approval = tag::Approval {
            tid: &self.sign_in.tid,
            aid: &self.phone.aid,
            jkt: &self.phone.jkt,
            req: &RequestHash::from_bytes(sha256(oqr.as_bytes())),
            pay: [0; 32],
            at,
            service: &self.sign_in.service,
            account: &self.phone.account,
        };
        let ev = tag::approval(&self.app.keys().evid, &approval).to_vec();
        Evidence {
            tid: self.sign_in.tid,
            aid: self.phone.aid,
            jkt: self.phone.jkt,
            at,
            ev,
            signed: None,
            factor: Factor::Pin,
        }
    }

    fn audit(&self, tx: &Tx<'_>, what: &str) -> Result<(), StoreFault> {
        let about = json!({
            "tid": self.sign_in.tid,
            "aid": self.phone.aid,
            "account": self.phone.account,
            "service": self.sign_in.service,
            "flow": "offline",
        });
        audit::append(tx, &self.app.keys().audit, what, &about, self.app.now())
    }
}
