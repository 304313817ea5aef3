//! `POST /v1/scan`: a scanned frame, or a tapped link, becomes a ticket (3.5.1 step 4, 3.5.2).

use super::judge::flow_of;
use super::{MAX_MESSAGE, answered};
use crate::app::Shared;
use crate::caller::Caller as Peer;
use crate::limiter::Caller;
use crate::random;
use crate::reply::{self, Refusal, rate_limited};
use crate::seal::Purpose;
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx, ticket};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use countersign_protocol::answer::{ScanAnswer, ScanBody, SignInState};
use countersign_protocol::code::frame_mac;
use countersign_protocol::id::{ScanId, Tid};
use countersign_protocol::json;
use countersign_protocol::label::sha256;
use countersign_protocol::message::Flow;
use countersign_protocol::problem::Code;
use countersign_protocol::secret::Ticket;
use countersign_protocol::time::Time;

/// Handler.
pub async fn scan(State(app): State<Shared>, peer: Peer, headers: HeaderMap, body: Bytes) -> Response {
    answered(receive(&app, peer, &headers, &body).await)
}

async fn receive(app: &Shared, peer: Peer, headers: &HeaderMap, body: &[u8]) -> Result<Response, Refusal> {
    // Only refused scans count: a person who scans well is never slowed.
    let caller = Caller::network("scan", peer.0);
    let limit = app.policy().scan_ip_min;
    if let Some(secs) = app.limiter.is_over(&caller, limit, app.now()) {
        return Err(rate_limited(secs).into());
    }
    let outcome = judge(app, headers, body).await;
    if matches!(&outcome, Err(Refusal::Problem(_))) {
        app.limiter.count(caller, limit, app.now()).map_err(rate_limited)?;
    }
    outcome
}

async fn judge(app: &Shared, headers: &HeaderMap, body: &[u8]) -> Result<Response, Refusal> {
    let plain = !headers.contains_key(header::CONTENT_ENCODING) && is_json(headers);
    if body.len() > MAX_MESSAGE || !plain {
        return Err(Code::Malformed.into());
    }
    let scan: ScanBody = json::parse(body).map_err(|_| Code::Malformed)?;
    if scan.t.is_some() != scan.m.is_some() {
        return Err(Code::Malformed.into());
    }
    // A handle has a kind: that of a QR comes with a frame and its MAC, that of a link alone (3.5.2).
    let step = scan.t.zip(scan.m.as_ref());
    if step
        .is_some_and(|(step, mac)| !app.keys().qr.all().any(|key| frame_mac(key, &scan.h, step).matches(mac)))
    {
        return Err(Code::QrStale.into());
    }
    let (now, policy) = (app.now(), app.policy());
    let found = app
        .store
        .read(|tx| -> Result<_, StoreFault> { sign_in::by_handle(tx, &scan.h, now, &policy.lifetimes) })?;
    let sign_in = found.filter(|sign_in| sign_in.state == SignInState::Created).ok_or(Code::QrStale)?;
    let kind = if step.is_some() { Flow::Scan } else { Flow::Link };
    if flow_of(&sign_in) != kind {
        return Err(Code::QrStale.into());
    }
    let frame = Frame {
        app: app.clone(),
        tid: sign_in.tid,
        step: step.map_or(0, |(step, _)| step),
        r: scan.r,
        in_window: step.is_none_or(|(step, _)| is_in_window(app, &sign_in, step)),
    };
    let (ticket, exp) = app.store.write(move |tx| frame.ticket(tx)).await?;
    // By the clock of the transaction or later: never more than a ticket's life.
    reply::json(200, &ScanAnswer { ticket, exp_in: exp.since(app.now()) })
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

/// `0 ≤ now_step − t ≤ window`.
fn is_in_window(app: &Shared, sign_in: &SignIn, step: u32) -> bool {
    let lifetimes = &app.policy().lifetimes;
    let now_step = app.now().since(sign_in.created) / lifetimes.frame;
    u64::from(step) <= now_step && now_step - u64::from(step) <= u64::from(lifetimes.frame_window)
}

struct Frame {
    app: Shared,
    tid: Tid,
    step: u32,
    r: ScanId,
    in_window: bool,
}

impl Frame {
    /// The frame's ticket: within the window for everybody, later only for a scan that came within it.
    fn ticket(&self, tx: &Tx<'_>) -> Result<(Ticket, Time), Refusal> {
        let now = self.app.now();
        let limits = self.app.policy().limits.clone();
        if self.in_window {
            ticket::remember_scan(tx, &self.tid, self.step, &self.r, limits.scans)?;
        } else if !ticket::is_known_scan(tx, &self.tid, self.step, &self.r)? {
            return Err(Code::QrStale.into());
        }
        if let Some((sealed, exp)) = ticket::of_frame(tx, &self.tid, self.step)?
            && exp > now
        {
            let plain = self.app.keys().kek.open(&self.purpose(), &sealed)?;
            let bytes = <[u8; 16]>::try_from(&plain[..]).map_err(|_| StoreFault::Damaged("ticket"))?;
            return Ok((Ticket::from_bytes(bytes), exp));
        }
        if !self.in_window || ticket::alive(tx, &self.tid, now)? >= limits.tickets {
            return Err(Code::QrStale.into());
        }
        self.issue(tx, now)
    }

    fn issue(&self, tx: &Tx<'_>, now: Time) -> Result<(Ticket, Time), Refusal> {
        let bytes: [u8; 16] = random::bytes();
        let sealed = self.app.keys().kek.seal(&self.purpose(), &bytes, random::bytes())?;
        let exp = now.plus(self.app.policy().lifetimes.ticket);
        let new = ticket::NewTicket { hash: sha256(&bytes), sealed: &sealed, exp };
        ticket::insert(tx, &self.tid, self.step, &new)?;
        Ok((Ticket::from_bytes(bytes), exp))
    }

    fn purpose(&self) -> Purpose {
        Purpose::stored(&[&b"ticket"[..], self.tid.as_bytes(), &self.step.to_be_bytes()].concat())
    }
}
