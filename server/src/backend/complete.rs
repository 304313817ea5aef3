//! `POST /sign-ins/{tid}/complete`: the service takes the result, after the evidence was verified anew (3.0.7).
//!
//! A flipped column grants nothing: the approval tag covers what was approved, and online the device's signature has
//! to verify under the key that the tag names.

use super::proof::{Act, ActJson};
use super::sign_ins::own;
use super::{body, describe};
use crate::app::Shared;
use crate::binding::level;
use crate::letters;
use crate::random;
use crate::reply::{self, Refusal};
use crate::seal::Purpose;
use crate::store::evidence::{self, Evidence, Signed};
use crate::store::phone::{self, Phone};
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, audit, history};
use crate::tag;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::answer::SignInState;
use countersign_protocol::code::sign_in_code;
use countersign_protocol::encoding::from_b64u;
use countersign_protocol::id::RequestHash;
use countersign_protocol::jose::envelope::evidence_verifies;
use countersign_protocol::json as strict;
use countersign_protocol::key::PublicKey;
use countersign_protocol::label::sha256;
use countersign_protocol::message::Factor;
use countersign_protocol::message::request::{Kind, Request, request_hash};
use countersign_protocol::message::response::{self, Decision};
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::secret::ReturnCode;
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

/// Method of a same-device sign-in.
const LINK: &str = "link";
/// `acr` of an approval that the phone signed.
const ACR_ONLINE: &str = "urn:countersign:acr:aal2";
/// `acr` of an offline code, which can be relayed: lower (3.10).
const ACR_OFFLINE: &str = "urn:countersign:acr:aal2-otp";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    #[serde(default, deserialize_with = "strict::optional")]
    rc: Option<ReturnCode>,
}

/// `POST …/complete`.
pub async fn call(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(tid): Path<String>,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let sign_in = own(&app, &headers, &tid)?;
    let Body { rc } = body(&bytes)?;
    if rc.is_some() && sign_in.method != LINK {
        return Err(Code::Malformed.into());
    }
    reply::json(200, &complete(&app, &sign_in, rc.as_ref()).await?)
}

/// Only who was sent back with the code may have what a link brought, and only soon (3.5.2). Whether it is the
/// browser that started is the service's to know (3.11).
fn check_return(app: &Shared, sign_in: &SignIn, rc: Option<&ReturnCode>) -> Result<(), Refusal> {
    if sign_in.method != LINK {
        return Ok(());
    }
    let right = rc.zip(sign_in.rc).is_some_and(|(rc, hash)| hash.ct_eq(&sha256(rc.expose())).into());
    let life = app.policy().lifetimes.link_return;
    // A repeat of what was completed in time is not late.
    let in_time = sign_in.state == SignInState::Completed
        || sign_in.decided_at.is_some_and(|at| app.now().since(at) <= life);
    if right && in_time { Ok(()) } else { Err(Code::ReturnRefused.into()) }
}

/// Completes an approved sign-in; for a short while a repeat gets the same answer.
pub async fn complete(app: &Shared, sign_in: &SignIn, rc: Option<&ReturnCode>) -> Result<Value, Refusal> {
    if matches!(sign_in.state, SignInState::Approved | SignInState::Completed) {
        check_return(app, sign_in, rc)?;
    }
    if let Some(answer) = repeated(app, sign_in)? {
        return Ok(answer);
    }
    if sign_in.state != SignInState::Approved {
        return Err(decided(sign_in.state).into());
    }
    let answer = verify(app, sign_in).inspect_err(|refusal| alarm(sign_in, refusal))?;
    let sealed = app.keys().kek.seal(&purpose(sign_in), answer.to_string().as_bytes(), random::bytes())?;
    let (shared, tid) = (app.clone(), sign_in.tid);
    let about = json!({"tid": tid, "account": sign_in.account, "service": sign_in.service});
    let is_login = sign_in.kind == Kind::Login.as_str();
    let taken = app
        .store
        .write(move |tx| -> Result<bool, StoreFault> {
            let now = shared.now();
            let taken = sign_in::complete(tx, &tid, &sealed, now)?;
            if taken {
                audit::append(tx, &shared.keys().audit, "sign_in_completed", &about, now)?;
            }
            if taken
                && is_login
                && let Some(past) = history::find(tx, &tid)?
            {
                letters::signed_in(tx, &shared, (&past, false), now)?;
            }
            Ok(taken)
        })
        .await?;
    app.sign_in_changed(&sign_in.tid);
    if taken {
        return Ok(answer);
    }
    // Somebody else was faster: the same service by a second call, or a report.
    let fresh = super::sign_ins::find(app, &sign_in.tid)?;
    repeated(app, &fresh)?.ok_or_else(|| decided(fresh.state).into())
}

fn decided(state: SignInState) -> Problem {
    Problem::with(Code::TransactionDecided, |m| m.state = Some(state.as_str().to_owned()))
}

fn purpose(sign_in: &SignIn) -> Purpose {
    Purpose::stored(&[&b"complete"[..], sign_in.tid.as_bytes()].concat())
}

/// The same answer while it is `completed`, nothing ended it, and the time for repeats has not passed.
fn repeated(app: &Shared, sign_in: &SignIn) -> Result<Option<Value>, Refusal> {
    let life = app.policy().lifetimes.complete_repeat;
    let fresh = sign_in.completed_at.is_some_and(|at| app.now().since(at) < life);
    let (SignInState::Completed, None, true, Some(sealed)) =
        (sign_in.state, sign_in.ended, fresh, &sign_in.answer)
    else {
        return Ok(None);
    };
    let plain = app.keys().kek.open(&purpose(sign_in), sealed)?;
    Ok(Some(serde_json::from_slice(&plain).map_err(|_| StoreFault::Damaged("sign_in.answer"))?))
}

fn alarm(sign_in: &SignIn, refusal: &Refusal) {
    if let Refusal::Problem(problem) = refusal {
        tracing::error!(tid = %sign_in.tid, code = problem.code.as_str(), alarm = true, "an approval does not verify");
    }
}

/// Whether what the database says of an approval is what the phone approved.
pub fn check_evidence(app: &Shared, sign_in: &SignIn) -> Result<(), Refusal> {
    verify(app, sign_in).map(|_| ()).inspect_err(|refusal| alarm(sign_in, refusal))
}

/// Everything that the answer says is checked against what the phone approved.
fn verify(app: &Shared, sign_in: &SignIn) -> Result<Value, Refusal> {
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        let Some(evidence) = evidence::find(tx, &sign_in.tid)? else { return Ok(None) };
        Ok(phone::by_aid(tx, &evidence.aid)?.map(|phone| (evidence, phone)))
    })?;
    let (evidence, phone) = found.ok_or(Code::EvidenceInvalid)?;
    let account = sign_in.account.as_deref().ok_or(Code::EvidenceInvalid)?;
    let offline = evidence.signed.is_none();
    if offline != (sign_in.method == "offline") || !has_genuine_tag(app, sign_in, &evidence, account) {
        return Err(Code::EvidenceInvalid.into());
    }
    if let Some(signed) = &evidence.signed {
        check_signed(sign_in, &evidence, signed).ok_or(Code::EvidenceInvalid)?;
    }
    Ok(answer(sign_in, &evidence, &phone, account))
}

fn has_genuine_tag(app: &Shared, sign_in: &SignIn, evidence: &Evidence, account: &str) -> bool {
    let (req, pay) = match &evidence.signed {
        Some(signed) => (request_hash(&signed.request), sha256(signed.payload.as_bytes())),
        None => {
            let oqr = sign_in.oqr.as_deref().unwrap_or_default();
            (RequestHash::from_bytes(sha256(oqr.as_bytes())), [0; 32])
        }
    };
    let approval = tag::Approval {
        tid: &sign_in.tid,
        aid: &evidence.aid,
        jkt: &evidence.jkt,
        req: &req,
        pay,
        at: evidence.at,
        service: &sign_in.service,
        account,
    };
    tag::approval(&app.keys().evid, &approval).ct_eq(&evidence.ev[..]).into()
}

/// The request names the service, the payload approves it, the device key of the tag signed the payload.
fn check_signed(sign_in: &SignIn, evidence: &Evidence, signed: &Signed) -> Option<()> {
    let request: Request = strict::parse(&from_b64u(signed.request.split('.').nth(1)?).ok()?).ok()?;
    let response = response::Response::parse(&from_b64u(&signed.payload).ok()?).ok()?;
    let key = PublicKey::from_sec1(&signed.pk_dev).ok()?;
    let fits = request.client.id == sign_in.service
        && request.tid == sign_in.tid
        && response.tid == sign_in.tid
        && response.req == request_hash(&signed.request)
        && !matches!(response.decision, Decision::Deny(_))
        && names_act(sign_in, &request)
        && key.thumbprint() == evidence.jkt
        && evidence_verifies(&key, &signed.protected, &signed.payload, &signed.signature);
    fits.then_some(())
}

/// What an approval is a proof for was on the phone's screen, and nothing else.
fn names_act(sign_in: &SignIn, request: &Request) -> bool {
    let Some(column) = &sign_in.act else { return true };
    let act = serde_json::from_str::<ActJson>(column).ok().and_then(|json| Act::of(&json).ok());
    matches!((act, &request.txt[..]), (Some(act), [row]) if row.l == act.label())
        && request.kind == Kind::Sign
}

fn answer(sign_in: &SignIn, evidence: &Evidence, phone: &Phone, account: &str) -> Value {
    let proof = evidence.signed.as_ref().map(|signed| {
        let jwk = PublicKey::from_sec1(&signed.pk_dev).ok().map(|key| key.to_jwk());
        json!({
            "request": signed.request,
            "jwk": jwk,
            "payload": signed.payload,
            "protected": signed.protected,
            "signature": signed.signature,
        })
    });
    let amr = match (&proof, phone.attested, evidence.factor) {
        (None, ..) => json!(["otp", "pin", "mfa"]),
        (Some(_), true, Factor::Pin) => json!(["hwk", "pin", "mfa"]),
        (Some(_), false, Factor::Pin) => json!(["swk", "pin", "mfa"]),
        // Which sensor it was, no platform tells (3.10).
        (Some(_), true, Factor::Bio) => json!(["hwk", "mfa"]),
        (Some(_), false, Factor::Bio) => json!(["swk", "mfa"]),
    };
    json!({
        "tid": sign_in.tid,
        "account": account,
        "account_given": sign_in.account_given,
        "acr": if proof.is_some() { ACR_ONLINE } else { ACR_OFFLINE },
        "amr": amr,
        "auth_time": describe::time(evidence.at),
        "code": sign_in_code(&sign_in.tid),
        "phone": {"ref": phone.r#ref, "level": level(phone.level).as_str(), "attested": phone.attested},
        "evidence": proof,
    })
}
