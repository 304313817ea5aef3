//! How a command ends without success: a code that scripts can test and a sentence that people can read.

use crate::catalogue;
use countersign_engine::Problem;
use countersign_engine::pairing::PairingEnd;
use countersign_engine::pin_op::PinOutcome;
use countersign_engine::sign_in::SignInState;
use serde_json::{Map, Value, json};
use std::fmt;
use std::io;
use std::time::Duration;

/// A refusal (status 1) or wrong usage (status 2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(Box<Content>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Content {
    code: String,
    values: Vec<(&'static str, String)>,
    members: Map<String, Value>,
    usage: bool,
}

impl Failure {
    /// A refusal with this code of the catalogue.
    pub fn of(code: &str) -> Self {
        let content =
            Content { code: code.to_owned(), values: Vec::new(), members: Map::new(), usage: false };
        Self(Box::new(content))
    }

    /// Wrong usage that only shows at run time.
    pub fn usage(code: &str) -> Self {
        let mut failure = Self::of(code);
        failure.0.usage = true;
        failure
    }

    /// A file that cannot be read or written.
    pub fn file(what: &str, error: &io::Error) -> Self {
        Self::of("file").with("what", format!("{what}: {error}"))
    }

    /// Fills a place of the sentence.
    #[must_use]
    pub fn with(mut self, place: &'static str, value: String) -> Self {
        self.0.values.push((place, value));
        self
    }

    /// Adds a member to the JSON form.
    #[must_use]
    pub fn member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.members.insert(name.to_owned(), value.into());
        self
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The exit status.
    pub const fn status(&self) -> u8 {
        if self.0.usage { 2 } else { 1 }
    }

    /// The sentence.
    pub fn sentence(&self) -> String {
        catalogue::problem(&self.0.code, &self.0.values)
    }

    /// `{"problem","sentence",…}`.
    pub fn to_json(&self) -> Value {
        let mut value = json!({"problem": self.0.code, "sentence": self.sentence()});
        if let Some(object) = value.as_object_mut() {
            object.extend(self.0.members.clone());
        }
        value
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.sentence())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let failure = Self::of(problem.code());
        match problem {
            Problem::PinRejected { reason } => failure.with("rule", reason.to_string()),
            Problem::Unavailable { retry_after } | Problem::RateLimited { retry_after } => {
                failure.with("wait", seconds(retry_after)).member("retry_after", retry_after)
            }
            Problem::AppTooOld { min } => {
                let min = min.unwrap_or_default();
                failure.with("min", min.clone()).member("min", min)
            }
            Problem::Locked { notice } | Problem::Revoked { notice } => {
                let why = notice.map(|notice| notice.why.as_str());
                failure.member("notice", why)
            }
            Problem::MessageRefused { fault } => failure.with("why", format!("{fault:?}")),
            Problem::KeySetRefused { fault } => failure.with("why", fault.to_string()),
            Problem::Unreachable { sent } => failure.member("sent", sent),
            _ => failure,
        }
    }
}

/// Why an answer to a request did not succeed.
pub fn of_sign_in(state: &SignInState) -> Failure {
    match state {
        SignInState::WrongPin { left, retry_after } => Failure::of("pin_incorrect")
            .with("tries", left.map(catalogue::tries).unwrap_or_default())
            .member("attempts_left", *left)
            .member("retry_after", *retry_after),
        SignInState::WrongNumber { left } => Failure::of("number_mismatch")
            .with("tries", left.map(catalogue::tries).unwrap_or_default())
            .member("number_attempts_left", *left),
        SignInState::Wait { retry_in, may_resend } => {
            let code = if *may_resend { "pin_wait" } else { "patience" };
            let wait = retry_in.as_secs();
            Failure::of(code).with("wait", seconds(wait)).member("retry_after", wait)
        }
        SignInState::AlreadyDecided { state } => {
            let state = state.map_or("otherwise", |state| state.as_str());
            Failure::of("transaction_decided").with("state", state.to_owned()).member("state", state)
        }
        SignInState::Changed => Failure::of("request_mismatch"),
        SignInState::Failed => Failure::of("transaction_failed"),
        SignInState::Expired => Failure::of("transaction_expired"),
        SignInState::Cancelled => Failure::of("transaction_cancelled"),
        SignInState::Unknown => Failure::of("transaction_unknown"),
        SignInState::Unanswered { sent, .. } => Failure::of("unreachable").member("sent", *sent),
        SignInState::Approved { .. } | SignInState::Denied { .. } => Failure::of("out_of_turn"),
    }
}

/// Why something that took the PIN was not done.
pub fn of_pin<T>(outcome: &PinOutcome<T>) -> Failure {
    match outcome {
        PinOutcome::WrongPin { left, .. } => of_wrong_pin(*left),
        PinOutcome::Wait { retry_in } => of_wait(*retry_in),
        PinOutcome::Done(_) => Failure::of("out_of_turn"),
    }
}

/// A wrong PIN.
pub fn of_wrong_pin(left: Option<u32>) -> Failure {
    Failure::of("pin_incorrect")
        .with("tries", left.map(catalogue::tries).unwrap_or_default())
        .member("attempts_left", left)
}

/// The next PIN has to wait.
pub fn of_wait(retry_in: Duration) -> Failure {
    let wait = retry_in.as_secs();
    Failure::of("pin_wait").with("wait", seconds(wait)).member("retry_after", wait)
}

/// Why a pairing ended.
pub fn of_pairing(end: PairingEnd) -> Failure {
    match end {
        PairingEnd::Gone => Failure::of("enrolment_cancelled"),
        PairingEnd::ClaimedByAnother => Failure::of("enrolment_claimed"),
        PairingEnd::Active { .. } => Failure::of("out_of_turn"),
    }
}

/// "60 seconds", "5:00" from two minutes on.
pub fn seconds(secs: u64) -> String {
    match secs {
        1 => "1 second".to_owned(),
        0..120 => format!("{secs} seconds"),
        _ => format!("{}:{:02} minutes", secs / 60, secs % 60),
    }
}
