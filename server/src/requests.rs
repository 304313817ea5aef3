//! Signed requests for phones (3.4.3): from a sign-in, the registry and the policy.

use crate::app::{App, AppFault};
use crate::random;
use crate::store::StoreFault;
use crate::store::phone::Phone;
use crate::store::request::StoredRequest;
use crate::store::service::{self, Service};
use crate::store::sign_in::SignIn;
use countersign_protocol::id::Nonce;
use countersign_protocol::message::Flow;
use countersign_protocol::message::request::{Client, Context, Kind, Request};
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
        factors: serde_json::from_str(&sign_in.factors)
            .map_err(|_| StoreFault::Damaged("sign_in.factors"))?,
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
