//! Signed requests for phones (3.4.3): from a sign-in, the registry and the policy.

use crate::app::{App, AppFault};
use crate::device::factor;
use crate::random;
use crate::store::StoreFault;
use crate::store::phone::Phone;
use crate::store::request::StoredRequest;
use crate::store::service::{self, Service};
use crate::store::sign_in::SignIn;
use countersign_protocol::encoding::from_b64u;
use countersign_protocol::id::Nonce;
use countersign_protocol::json;
use countersign_protocol::message::request::{Client, Context, Kind, Request};
use countersign_protocol::message::{Factor, Flow};
use countersign_protocol::time::Time;

/// The request of a sign-in for one phone, with its own nonce.
pub fn make(
    app: &App,
    sign_in: &SignIn,
    phone: &Phone,
    flow: Flow,
    exp: Time,
) -> Result<StoredRequest, AppFault> {
    let service = app.store.read(|tx| -> Result<_, StoreFault> { service::by_id(tx, &sign_in.service) })?;
    let service = service.ok_or(StoreFault::Damaged("sign_in.service"))?;
    sign(app, &service, sign_in, phone, (flow, exp))
}

/// The same where the service is at hand.
pub fn sign(
    app: &App,
    service: &Service,
    sign_in: &SignIn,
    phone: &Phone,
    (flow, exp): (Flow, Time),
) -> Result<StoredRequest, AppFault> {
    let nonce = Nonce::from_bytes(random::bytes());
    let ctx: Context = serde_json::from_str(&sign_in.ctx).map_err(|_| StoreFault::Damaged("sign_in.ctx"))?;
    let request = Request {
        head: app.head(),
        aud: phone.aid,
        tid: sign_in.tid,
        nonce,
        iat: app.now(),
        exp,
        kind: if sign_in.kind == "sign" { Kind::Sign } else { Kind::Login },
        flow,
        client: Client { id: service.id.clone(), name: service.name.clone(), origin: service.origin.clone() },
        ctx,
        txt: serde_json::from_str(&sign_in.rows).map_err(|_| StoreFault::Damaged("sign_in.rows"))?,
        factors: factors(app, sign_in, phone)?,
        ret: sign_in.return_url.clone().filter(|_| flow == Flow::Link),
    };
    Ok(StoredRequest {
        tid: sign_in.tid,
        aid: phone.aid,
        nonce,
        jws: app.sign(&request)?,
        exp,
        receipt: None,
    })
}

/// What this phone may be asked to approve with, for its request.
fn factors(app: &App, sign_in: &SignIn, phone: &Phone) -> Result<Vec<Factor>, StoreFault> {
    let wanted: Vec<Factor> =
        serde_json::from_str(&sign_in.factors).map_err(|_| StoreFault::Damaged("sign_in.factors"))?;
    Ok(factor::allowed(&wanted, phone, &app.policy(), app.now()))
}

/// What this phone may answer its request with: what the request says, as it was signed, without what was suspended
/// since (3.0.7 8h). What is allowed again since then is not in it: the person was shown a request for the PIN.
pub fn factors_of(app: &App, request: &StoredRequest, phone: &Phone) -> Result<Vec<Factor>, StoreFault> {
    let damaged = || StoreFault::Damaged("request.jws");
    let payload = request.jws.split('.').nth(1).and_then(|part| from_b64u(part).ok()).ok_or_else(damaged)?;
    let said: Request = json::parse(&payload).map_err(|_| damaged())?;
    Ok(factor::allowed(&said.factors, phone, &app.policy(), app.now()))
}
