//! `/enrolments`: a service starts a pairing, sees which phone came, and confirms it by the code on the phone (3.3), by
//! what the app brought back (3.3.1), or gives a code to type instead of a QR (3.3.2).

use super::once::{Kept, Once};
use super::proof::{self, Act};
use super::{Actor, body, describe, no_content};
use crate::app::Shared;
use crate::pairing::{self, Draft, Shown, Typed, Wanted};
use crate::reply::{self, Refusal};
use crate::store::account::{self, Account};
use crate::store::enrolment::Enrolment;
use crate::store::{StoreFault, phone, service};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_protocol::id::Eid;
use countersign_protocol::json as strict;
use countersign_protocol::message::request::{is_return_url, return_origin};
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::qr::pairing_text;
use countersign_protocol::secret::{ConfirmCode, ReturnCode};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    account: String,
    #[serde(default)]
    same_device: bool,
    #[serde(default, deserialize_with = "strict::optional")]
    return_url: Option<String>,
    #[serde(default)]
    typed: bool,
    #[serde(default, deserialize_with = "strict::optional")]
    proof: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Confirm {
    #[serde(default, deserialize_with = "strict::optional")]
    code: Option<ConfirmCode>,
    #[serde(default, deserialize_with = "strict::optional")]
    rc: Option<ReturnCode>,
}

/// How a pairing reaches the phone.
#[derive(Default)]
pub struct Way {
    /// Same device: where the app goes back to.
    pub return_url: Option<String>,
    /// Whether there is a code to type.
    pub typed: bool,
}

impl Create {
    /// A return address belongs to one device, a code to type to two (3.11).
    fn way(&self, app: &Shared, actor: &Actor) -> Result<Way, Refusal> {
        let fits = self.same_device == self.return_url.is_some() && !(self.same_device && self.typed);
        if !fits {
            return Err(Code::Malformed.into());
        }
        if let Some(url) = &self.return_url {
            check_return_url(app, actor, url)?;
        }
        Ok(Way { return_url: self.return_url.clone(), typed: self.typed })
    }
}

/// A return address has the form of 3.4.3 and an origin that is registered for this service (3.2).
pub fn check_return_url(app: &Shared, actor: &Actor, url: &str) -> Result<(), Refusal> {
    let origin = return_origin(url).filter(|_| is_return_url(url)).ok_or(Code::Malformed)?;
    if actor.is_portal() && origin == app.iss {
        return Ok(());
    }
    let id = &actor.service.id;
    let registered =
        app.store.read(|tx| -> Result<_, StoreFault> { service::may_return_to(tx, id, origin.as_str()) })?;
    if !registered {
        return Err(Code::Malformed.into());
    }
    // A service that was added a moment ago: phones go by the signed list.
    if !app.published().return_origins.iter().any(|known| known == origin.as_str()) {
        app.republish()?;
    }
    Ok(())
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
    let way = create.way(&app, &actor)?;
    let keep = |draft: &Draft, typed: Option<&Typed>| {
        let kept =
            once.as_ref().map(|once| once.kept(&app, &started_json(&app, draft, typed), draft.row.exp));
        kept.transpose()
    };
    let (draft, typed) = start(&app, &actor, &create.account, (way, create.proof, keep)).await?;
    reply::json(201, &started_json(&app, &draft, typed.as_ref()))
}

/// The answer to whoever started it: the only time that a typed code is told.
pub fn started_json(app: &Shared, draft: &Draft, typed: Option<&Typed>) -> Value {
    let mut answer = json!({
        "eid": draft.row.eid,
        "link": pairing_text(&app.iss, &draft.pairing),
        "expires_at": describe::time(draft.row.exp),
    });
    if let Some(typed) = typed {
        answer["typed_code"] = json!(typed.shown().as_str());
    }
    answer
}

/// Starts a pairing, with the code to type if one was wanted. An account that has or had a phone needs a proof (3.11),
/// except on the server's own pages. What `keep` makes of it is remembered with it.
pub async fn start(
    app: &Shared,
    actor: &Actor,
    account_id: &str,
    (way, proof, keep): (
        Way,
        Option<String>,
        impl FnOnce(&Draft, Option<&Typed>) -> Result<Option<Kept>, Refusal>,
    ),
) -> Result<(Draft, Option<Typed>), Refusal> {
    actor.check_sees(app, account_id)?;
    let account = pairable(app, account_id)?;
    let proof = proof::needed(app, actor, &account, (Act::Enrol, proof))?;
    let wanted = Wanted {
        account: &account,
        service: &actor.service.id,
        by: None,
        return_url: way.return_url,
        life: app.policy().lifetimes.enrolment,
    };
    let mut draft = Draft::new(app, &wanted)?;
    let typed = if way.typed { Some(draft.add_code(app).await?) } else { None };
    let kept = keep(&draft, typed.as_ref())?;
    let shared = app.clone();
    let draft = app
        .store
        .write(move |tx| -> Result<_, Refusal> {
            proof::take(tx, proof.as_ref())?;
            draft.insert(tx, &shared)?;
            kept.iter().try_for_each(|kept| kept.insert(tx))?;
            Ok(draft)
        })
        .await?;
    Ok((draft, typed))
}

/// An account that may have one more phone.
fn pairable(app: &Shared, id: &str) -> Result<Account, Refusal> {
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        Ok(account::by_id(tx, id)?.zip(Some(phone::of_account(tx, id)?.len())))
    })?;
    let (account, phones) = found.ok_or(Code::NotFound)?;
    let unavailable =
        |reason: &str| Problem::with(Code::MethodUnavailable, |m| m.reason = Some(reason.to_owned()));
    if account.state != "active" {
        return Err(unavailable("account").into());
    }
    let most = usize::try_from(app.policy().phones_max).unwrap_or(usize::MAX);
    if most > 0 && phones >= most {
        return Err(unavailable("phones").into());
    }
    Ok(account)
}

fn own(app: &Shared, headers: &HeaderMap, eid: &str) -> Result<Enrolment, Refusal> {
    let actor = Actor::of_call(app, headers, "enrol")?;
    let enrolment = pairing::find(app, &Eid::parse(eid).map_err(|_| Code::NotFound)?)?;
    if enrolment.service == actor.service.id { Ok(enrolment) } else { Err(Code::NotFound.into()) }
}

fn view(app: &Shared, enrolment: &Enrolment) -> Result<Value, Refusal> {
    let phone = pairing::claimed_by(app, enrolment)?;
    Ok(describe::enrolment(enrolment, phone.as_ref(), app.policy().limits.confirm_tries))
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
    pairing::cancel(&app, &enrolment).await?;
    Ok(no_content())
}

/// `POST /enrolments/{eid}/confirm`.
pub async fn confirm_call(
    State(app): State<Shared>,
    headers: HeaderMap,
    Path(eid): Path<String>,
    bytes: Bytes,
) -> Result<Response, Refusal> {
    let enrolment = own(&app, &headers, &eid)?;
    let shown = match body(&bytes)? {
        Confirm { code: Some(code), rc: None } => Shown::Code(code),
        Confirm { code: None, rc: Some(rc) } => Shown::Returned(rc),
        _ => return Err(Code::Malformed.into()),
    };
    pairing::confirm(&app, &enrolment.eid, shown).await?;
    reply::json(200, &view(&app, &pairing::find(&app, &enrolment.eid)?)?)
}
