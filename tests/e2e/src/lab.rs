//! The lab interface (protocol 3.12): clocks, counters, mails, wake-ups, and the places where a message can be stopped.

use crate::http::{Answer, Http};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

/// A client with the lab's secret.
#[derive(Clone)]
pub struct Lab {
    http: Http,
    authorization: String,
}

/// What `GET /lab/phones/{aid}` tells; times in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are those of the columns and are explained in protocol 3.9.1")]
pub struct Counters {
    pub aid: String,
    pub state: String,
    pub fid: String,
    pub pin_fail: u64,
    pub fail30: u64,
    pub wait_until: Option<u64>,
    pub off_fail: u64,
    pub off_fail30: u64,
    pub off_wait_until: Option<u64>,
    pub num_fail: u64,
    pub bio_fail: u64,
    pub acked_ver: u64,
}

/// A mail that the server would have sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The links in it.
    pub links: Vec<String>,
}

/// A place in the evaluation of a message.
#[derive(Debug, Clone, Copy)]
pub enum Point {
    /// Before A of 3.9.1.
    BeforeReserve,
    /// After A is on disk.
    AfterReserve,
    /// Before C.
    BeforeCommit,
    /// After C is on disk, before the answer.
    AfterCommit,
}

impl Point {
    const fn as_str(self) -> &'static str {
        match self {
            Self::BeforeReserve => "before_reserve",
            Self::AfterReserve => "after_reserve",
            Self::BeforeCommit => "before_commit",
            Self::AfterCommit => "after_commit",
        }
    }
}

impl Lab {
    /// A client of the lab with this secret.
    pub fn new(http: Http, secret: &str) -> Self {
        Self { http, authorization: format!("Bearer {secret}") }
    }

    /// Any call.
    #[track_caller]
    pub fn call(&self, method: Method, path: &str, body: &Value) -> Answer {
        let headers = &[("authorization", self.authorization.as_str()), ("content-type", "application/json")];
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.http.try_send(method, path, headers, body).expect("an answer of the lab")
    }

    /// Moves the clock ahead and gives the new time.
    #[track_caller]
    pub fn advance(&self, seconds: u64) -> u64 {
        let answer = self.call(Method::POST, "/lab/clock", &json!({"advance": seconds})).ok();
        answer["now"].as_u64().expect("now")
    }

    /// The server's time.
    #[track_caller]
    pub fn now(&self) -> u64 {
        self.advance(0)
    }

    /// Moves the clock to `time`, right at the beginning of that second, so that a call has it to itself.
    #[track_caller]
    pub fn advance_to(&self, time: u64) {
        let last = self.now();
        let mut now = last;
        while now == last {
            now = self.now();
        }
        assert_eq!(self.advance(time.checked_sub(now).expect("a time to come")), time);
    }

    /// Counters of a phone.
    #[track_caller]
    pub fn phone(&self, aid: &str) -> Counters {
        let answer = self.call(Method::GET, &format!("/lab/phones/{aid}"), &Value::Null).ok();
        serde_json::from_value(answer).expect("counters")
    }

    /// Mails to an address, whether it has an account or not.
    #[track_caller]
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        let address = address.replace('@', "%40");
        let answer = self.call(Method::GET, &format!("/lab/mails?to={address}"), &Value::Null).ok();
        serde_json::from_value(answer).expect("mails")
    }

    /// Mails to an account, oldest first.
    #[track_caller]
    pub fn mails(&self, account: &str) -> Vec<Mail> {
        let answer = self.call(Method::GET, &format!("/lab/mails?account={account}"), &Value::Null).ok();
        serde_json::from_value(answer).expect("mails")
    }

    /// Sets the password of an account.
    #[track_caller]
    pub fn set_password(&self, account: &str, password: &str) {
        self.call(Method::PUT, "/lab/password", &json!({"account": account, "password": password})).ok();
    }

    /// Statements that were run and passwords that were stretched for what `ask` does: the least of some tries, because
    /// housekeeping goes on beside it.
    pub fn work_of(&self, mut ask: impl FnMut()) -> (u64, u64) {
        let done = || {
            let done = self.call(Method::GET, "/lab/work", &Value::Null).ok();
            let number = |name: &str| done[name].as_u64().expect("a number");
            (number("statements"), number("stretched"))
        };
        let mut once = || {
            let before = done();
            ask();
            let after = done();
            (after.0 - before.0, after.1 - before.1)
        };
        (0..8).map(|_| once()).min().unwrap_or_default()
    }

    /// Requests of pages that wait.
    pub fn waiting(&self) -> u64 {
        self.call(Method::GET, "/lab/work", &Value::Null).ok()["waiting"].as_u64().expect("a number")
    }

    /// Number of wake-ups of a phone.
    #[track_caller]
    pub fn wakes(&self, aid: &str) -> usize {
        let answer = self.call(Method::GET, &format!("/lab/wakes?aid={aid}"), &Value::Null).ok();
        answer.as_array().expect("wakes").iter().filter(|wake| wake["at"].is_u64()).count()
    }

    /// Sets members of the policy and gives the whole.
    #[track_caller]
    pub fn policy(&self, members: &Value) -> Value {
        self.call(Method::PUT, "/lab/policy", members).ok()
    }

    /// The next message that reaches `point` ends the process.
    #[track_caller]
    pub fn kill(&self, point: Point) {
        self.call(Method::POST, "/lab/kill", &json!({"point": point.as_str()})).is(204);
    }

    /// The next message that reaches `point` waits there.
    #[track_caller]
    pub fn hold(&self, point: Point) {
        self.call(Method::POST, "/lab/hold", &json!({"point": point.as_str()})).is(204);
    }

    /// All that wait go on.
    #[track_caller]
    pub fn release(&self) {
        self.call(Method::POST, "/lab/release", &json!({})).is(204);
    }
}
