//! One request, from showing it to its outcome (S1 to S6, D1).

use crate::account::Account;
use crate::pin::PinEntry;
use crate::problem::{Problem, seconds};
use crate::turn::Turn;
use countersign_engine::biometrics::SignatureRequest;
use countersign_engine::sign_in as inner;
use countersign_protocol::answer::SignInState as ServerState;
use countersign_protocol::message::Flow as Arrival;
use countersign_protocol::message::request::Kind as RequestKind;
use countersign_protocol::message::response::DenyWhy;
use countersign_protocol::secret::Number;
use std::sync::Arc;
use std::time::Duration;

/// One request.
#[derive(uniffi::Object)]
pub struct SignInFlow(Turn<inner::SignInFlow>);

/// A verified request, as it is shown.
#[derive(uniffi::Record)]
pub struct Request {
    /// Its place in the list that it came from; 0 for one that was scanned.
    pub place: u32,
    /// Names the sign-in.
    pub tid: String,
    /// The account that it is for.
    pub account: Account,
    /// Sign-in or transaction.
    pub kind: RequestKind,
    /// How it came.
    pub arrival: Arrival,
    /// Name of the service.
    pub client: String,
    /// Its web address.
    pub origin: String,
    /// The browser that started.
    pub browser: Browser,
    /// Rows that are part of what is signed.
    pub rows: Vec<Row>,
    /// What it takes, and how long it can be answered.
    pub terms: Terms,
}

/// The browser that started.
#[derive(uniffi::Record)]
pub struct Browser {
    /// Network address.
    pub ip: String,
    /// Place, if it is known.
    pub place: Option<String>,
    /// Browser, if it is known.
    pub agent: Option<String>,
    /// When it started, in seconds since 1970.
    pub at: u64,
}

/// One signed row.
#[derive(uniffi::Record)]
pub struct Row {
    /// Label.
    pub label: String,
    /// Text.
    pub text: String,
}

/// What an approval takes.
#[derive(uniffi::Record)]
pub struct Terms {
    /// Whether the number in the browser has to be typed.
    pub needs_number: bool,
    /// Whether finger or face may approve.
    pub takes_biometrics: bool,
    /// Time left.
    pub left: Duration,
}

/// What an answer led to.
#[derive(uniffi::Enum)]
pub enum SignInState {
    /// Approved, with the server's signature. Same device: `return_to` is for the browser that started.
    Approved { sign_in_code: String, at: u64, return_to: Option<String> },
    /// Refused, with the server's signature.
    Denied { why: DenyWhy },
    /// The PIN is not right: type it again, after the wait.
    WrongPin { left: Option<u32>, retry_in: Duration },
    /// The next try has to wait: then `resend` if the server holds the answer, else the PIN once more.
    Wait { retry_in: Duration, may_resend: bool },
    /// The number is not the one in the browser: type it and the PIN again. The PIN was not counted.
    WrongNumber { left: Option<u32> },
    /// The request is another one now: fetch it and show it again.
    Changed,
    /// Stopped after too many wrong numbers.
    Failed,
    /// Out of time.
    Expired,
    /// Cancelled in the browser.
    Cancelled,
    /// Answered before.
    AlreadyDecided { state: Option<ServerState> },
    /// No such request for this account.
    Unknown,
    /// No answer: wait, then `resend`.
    Unanswered { retry_in: Duration, sent: bool },
}

#[uniffi::export]
impl SignInFlow {
    /// What is shown.
    pub fn request(&self) -> Result<Request, Problem> {
        self.0.with(|flow| shown(flow, 0))
    }

    /// Approves with the PIN and, where it is needed, the number in the browser. The entry is wiped, whatever comes of it.
    pub fn approve(&self, number: Option<String>, pin: Arc<PinEntry>) -> Result<SignInState, Problem> {
        let (pin, number) = (pin.take(), read(number)?);
        self.0.with(|flow| flow.approve(number.as_ref(), pin).map(Into::into))
    }

    /// Begins an approval by biometrics: what has to be signed, by which key. Then `submit_signature`.
    pub fn approve_by_biometrics(&self, number: Option<String>) -> Result<SignatureRequest, Problem> {
        let number = read(number)?;
        self.0.with(|flow| flow.approve_by_biometrics(number.as_ref()))
    }

    /// Approves with the signature that the person gave.
    pub fn submit_signature(&self, signature: Vec<u8>) -> Result<SignInState, Problem> {
        self.0.with(|flow| flow.submit_signature(&signature).map(Into::into))
    }

    /// Refuses: changed one's mind, or "It wasn't me". Needs no PIN.
    pub fn deny(&self, why: DenyWhy) -> Result<SignInState, Problem> {
        self.0.with(|flow| flow.deny(why).map(Into::into))
    }

    /// Sends the same bytes again, after the wait that `Unanswered` or `Wait` named.
    pub fn resend(&self) -> Result<SignInState, Problem> {
        self.0.with(|flow| flow.resend().map(Into::into))
    }
}

impl SignInFlow {
    pub(crate) const fn new(flow: inner::SignInFlow) -> Self {
        Self(Turn::new(flow))
    }
}

/// Digits that a person typed.
fn read(number: Option<String>) -> Result<Option<Number>, Problem> {
    number.map(|number| Number::parse(&number)).transpose().map_err(|_| Problem::NumberMissing)
}

/// A request for the screen.
pub(crate) fn shown(flow: &inner::SignInFlow, place: u32) -> Result<Request, Problem> {
    let request = flow.request().clone();
    Ok(Request {
        place,
        tid: request.tid.to_string(),
        account: flow.account()?.into(),
        kind: request.kind,
        arrival: request.flow,
        client: request.client.name,
        origin: request.client.origin,
        browser: Browser {
            ip: request.ctx.ip,
            place: request.ctx.geo,
            agent: request.ctx.agent,
            at: request.ctx.at.secs(),
        },
        rows: request.txt.into_iter().map(|row| Row { label: row.l, text: row.t }).collect(),
        terms: Terms {
            needs_number: flow.needs_number(),
            takes_biometrics: flow.takes_biometrics()?,
            left: flow.left(),
        },
    })
}

impl From<inner::SignInState> for SignInState {
    fn from(state: inner::SignInState) -> Self {
        use inner::SignInState as State;
        match state {
            State::Approved { sign_in_code, at, return_to } => {
                let return_to = return_to.map(|url| url.expose().to_owned());
                Self::Approved { sign_in_code, at: at.secs(), return_to }
            }
            State::Denied { why } => Self::Denied { why },
            State::WrongPin { left, retry_after } => Self::WrongPin { left, retry_in: seconds(retry_after) },
            State::Wait { retry_in, may_resend } => Self::Wait { retry_in, may_resend },
            State::WrongNumber { left } => Self::WrongNumber { left },
            State::Changed => Self::Changed,
            State::Failed => Self::Failed,
            State::Expired => Self::Expired,
            State::Cancelled => Self::Cancelled,
            State::AlreadyDecided { state } => Self::AlreadyDecided { state },
            State::Unknown => Self::Unknown,
            State::Unanswered { retry_in, sent } => Self::Unanswered { retry_in, sent },
        }
    }
}
