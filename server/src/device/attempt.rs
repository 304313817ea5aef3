//! Step 6 and what follows from it (3.0.5): a message is evaluated once, by the worker that owns its row.

use super::authenticate::Spoken;
use crate::app::{App, Shared};
use crate::keys::BodyMacs;
use crate::random;
use crate::reply::{self, Refusal, unavailable};
use crate::seal::Purpose;
use crate::store::StoreFault;
use crate::store::attempt::{self, Open, Opening, Stored, Ticket};
use axum::response::Response;
use countersign_protocol::id::{Aid, Jti, Thumbprint};
use countersign_protocol::problem::{Code, Problem};
use countersign_protocol::time::Time;

/// What a message is keyed by.
#[derive(Clone)]
pub struct Keyed {
    /// Device key.
    pub jkt: Thumbprint,
    /// Message.
    pub jti: Jti,
    /// The phone, once it has an id.
    pub aid: Option<Aid>,
    /// MAC of the raw body.
    pub body_mac: BodyMacs,
}

impl Keyed {
    /// The key of a phone's message.
    pub fn of(app: &App, spoken: &Spoken, body: &[u8]) -> Self {
        Self {
            jkt: spoken.phone.jkt,
            jti: spoken.message.jti,
            aid: Some(spoken.phone.aid),
            body_mac: app.keys().body_macs(body),
        }
    }
}

/// Either the right to evaluate, or the answer.
pub enum Begun {
    /// Evaluate.
    Mine(Ticket),
    /// Answered before.
    Answered(Response),
}

/// Opens the row of a message.
pub async fn begin(app: &Shared, keyed: &Keyed, keep_until: Time) -> Result<Begun, Refusal> {
    let open = Open {
        jkt: keyed.jkt,
        jti: keyed.jti,
        aid: keyed.aid,
        body_mac: keyed.body_mac,
        id: random::bytes(),
        owner: random::bytes(),
        now: app.now(),
        keep_until,
    };
    let opening = app.store.write(move |tx| -> Result<_, StoreFault> { attempt::open(tx, &open) }).await?;
    match opening {
        Opening::Mine(ticket) => Ok(Begun::Mine(ticket)),
        Opening::Done(stored) => unseal(app, keyed, &stored).map(Begun::Answered),
        Opening::Conflict => Err(Code::IdempotencyConflict.into()),
        Opening::Settled => Err(Code::Settled.into()),
        Opening::Busy => Err(unavailable(1).into()),
    }
}

/// The stored answer of a message.
pub fn unseal(app: &App, keyed: &Keyed, stored: &Stored) -> Result<Response, Refusal> {
    let body = app.keys().kek.open(&Purpose::answer(&keyed.jkt, &keyed.jti), &stored.answer)?;
    Ok(reply::stored(stored.http, body))
}

/// A refusal before verification: the row goes, so that the same bytes are judged anew.
pub async fn withdraw(app: &Shared, keyed: &Keyed, ticket: Ticket, refusal: Refusal) -> Refusal {
    let aid = keyed.aid;
    let withdrawn =
        app.store.write(move |tx| -> Result<_, StoreFault> { attempt::withdraw(tx, &ticket, aid.as_ref()) });
    match withdrawn.await {
        Ok(()) => refusal,
        Err(fault) => fault.into(),
    }
}

/// The row was taken over meanwhile: everything was rolled back; the other worker's answer, if it is there.
pub fn overtaken(app: &App, keyed: &Keyed) -> Result<Response, Refusal> {
    let stored = app.store.read(|tx| -> Result<_, StoreFault> {
        attempt::outcome(tx, &keyed.jkt, &keyed.jti, Some(&keyed.body_mac))
    })?;
    match stored {
        Some(stored) => unseal(app, keyed, &stored),
        None => Err(unavailable(1).into()),
    }
}

/// An answer that is going to be stored: status and body.
pub struct Outcome {
    /// HTTP status.
    pub http: u16,
    /// Body.
    pub body: Vec<u8>,
    /// Whether more changed than what the message was about: a phone ended, or other sign-ins did.
    reaches_others: bool,
}

impl Outcome {
    /// A success.
    pub const fn ok(body: Vec<u8>) -> Self {
        Self { http: 200, body, reaches_others: false }
    }

    /// The same, saying whether anybody else who waits has to look again.
    pub fn reaching_others(self, reaches_others: bool) -> Self {
        Self { reaches_others, ..self }
    }

    /// Wakes whom it concerns besides; after the commit, for they look at once. That is rare: everybody looks.
    pub fn wake_others(&self, app: &App) {
        if self.reaches_others {
            app.hub.all();
        }
    }
}

impl From<Problem> for Outcome {
    fn from(problem: Problem) -> Self {
        Self { http: problem.code.status(), body: problem.to_body(), reaches_others: false }
    }
}

impl From<Code> for Outcome {
    fn from(code: Code) -> Self {
        Problem::from(code).into()
    }
}

/// Why a transaction of step 10 was rolled back.
pub enum Undone {
    /// The row is another worker's.
    Overtaken,
    /// A fault of the server.
    Fault(crate::app::AppFault),
}

impl<E: Into<crate::app::AppFault>> From<E> for Undone {
    fn from(fault: E) -> Self {
        Self::Fault(fault.into())
    }
}
