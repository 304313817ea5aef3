//! A stage for walks in a real browser: a server and the phones beside it, driven by lines of JSON on standard input.
//!
//! Each line is one order, `{"do": "…", …}`, and gets one line of answer. An order that cannot be done is answered by
//! `{"failed": "why"}`, so that the walk can say at which step it was. The end of the input ends the server.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a step of the harness that fails is a step of the walk that fails, with its place"
)]

use countersign_e2e::camera::text_of_luma;
use countersign_e2e::lab::Mail;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::answer::Request;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::phone::scan::Scan;
use countersign_e2e::server::Server;
use countersign_protocol::encoding::from_b64u;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a walk may ask for.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Order {
    /// An account without a phone.
    Account { email: String },
    /// The owner of an account may use the operator's pages.
    Operator { email: String },
    /// What a camera reads of a picture.
    Read { width: usize, height: usize, luma: String },
    /// A service to which people go on from the pages.
    Service { name: String, back: String },
    /// A new phone claims a pairing, under a name of its own.
    Claim { link: String, name: Option<String> },
    /// The phone is confirmed and asks for what is new.
    Settle { phone: usize },
    /// The phone takes the sign-in of a scanned frame.
    Scan { phone: usize, text: String },
    /// The phone takes the sign-in of a tapped link.
    Open { phone: usize, link: String },
    /// The phone looks for requests that wait for it, and keeps the newest in its hand.
    Look { phone: usize },
    /// It approves what it has in its hand.
    Approve { phone: usize, number: Option<String> },
    /// The same with a wrong PIN.
    WrongPin { phone: usize, number: String },
    /// It refuses: `cancel` or `not_me`.
    Deny { phone: usize, why: String },
    /// The code for an offline QR.
    Offline { phone: usize, text: String },
    /// The server's clock moves on.
    Advance { seconds: u64 },
    /// The subjects and links of the letters to an account.
    Mails { account: String },
    /// The same for an address, whether it has an account or not.
    Letters { to: String },
    /// Members of the policy change.
    Policy { members: Value },
}

/// A phone and what it has in its hand.
struct Hand {
    phone: Phone,
    held: Option<(Request, Option<Scan>)>,
}

/// The server and everybody beside it.
struct Stage {
    server: Server,
    hands: Vec<Hand>,
}

fn main() {
    let program = std::env::current_exe().expect("a name").with_file_name("countersign-under-test");
    let mut stage = Stage { server: Server::start(&program.to_string_lossy()), hands: Vec::new() };
    say(&json!({"base": stage.server.base()}));
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        // A step of the harness that fails panics; the walk is told, and the next order is heard.
        let done = catch_unwind(AssertUnwindSafe(|| stage.act(&line)));
        say(&done.unwrap_or_else(|why| json!({"failed": reason(why.as_ref())})));
    }
}

fn say(answer: &Value) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{answer}").and_then(|()| output.flush()).expect("somebody listens");
}

fn reason(why: &(dyn std::any::Any + Send)) -> String {
    let text = why.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| why.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
}

impl Stage {
    fn act(&mut self, line: &str) -> Value {
        match serde_json::from_str(line).expect("an order") {
            Order::Account { email } => self.account(&email),
            Order::Operator { email } => {
                let output = self.server.operate(&["operator", "add", &email]);
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                json!({})
            }
            Order::Read { width, height, luma } => {
                let luma = from_b64u(&luma).expect("base64url");
                json!({"text": text_of_luma(&luma, width, height)})
            }
            Order::Service { name, back } => self.service(&name, &back),
            Order::Claim { link, name } => self.claim(&link, name),
            Order::Settle { phone } => {
                self.hands[phone].phone.settle_in();
                json!({})
            }
            Order::Scan { phone, text } => self.hands[phone].take(Scan::of(&text)),
            Order::Open { phone, link } => self.hands[phone].take(Scan::of_link(&link)),
            Order::Look { phone } => self.hands[phone].look(),
            Order::Approve { phone, number } => self.hands[phone].approve(number.as_deref()),
            Order::WrongPin { phone, number } => self.hands[phone].wrong_pin(&number),
            Order::Deny { phone, why } => self.hands[phone].deny(&why),
            Order::Offline { phone, text } => json!({"code": self.hands[phone].phone.code(&text)}),
            Order::Advance { seconds } => json!({"now": self.server.lab().advance(seconds)}),
            Order::Mails { account } => told(&self.server.lab().mails(&account)),
            Order::Letters { to } => told(&self.server.lab().mails_to(&to)),
            Order::Policy { members } => self.server.lab().policy(&members),
        }
    }

    fn account(&self, email: &str) -> Value {
        let output = self.server.operate(&["account", "add", email]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON of account add")
    }

    fn service(&self, name: &str, back: &str) -> Value {
        let origin = back.split('/').take(3).collect::<Vec<_>>().join("/");
        let output = self.server.operate(&["service", "add", name, "--origin", &origin, "--return", back]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON of service add")
    }

    fn claim(&mut self, link: &str, name: Option<String>) -> Value {
        let http = self.server.http();
        let invitation = Invitation::read(link);
        let back = invitation.open(&http).1.ret.clone();
        let (phone, claim) = invitation.claim(&http, &Keys::new(), |body| {
            if let Some(name) = name {
                body["info"]["name"] = json!(name);
            }
        });
        self.hands.push(Hand { phone, held: None });
        let back = back.zip(claim.rc).map(|(ret, rc)| format!("{ret}?rc={rc}"));
        json!({"phone": self.hands.len() - 1, "code": claim.cc, "back": back})
    }
}

/// What a walk is told of letters.
fn told(letters: &[Mail]) -> Value {
    let told = letters.iter().map(|letter| json!({"subject": letter.subject, "links": letter.links}));
    json!({"mails": told.collect::<Vec<_>>()})
}

impl Hand {
    fn take(&mut self, scan: Scan) -> Value {
        let request = self.phone.take(&scan);
        let seen = seen(&request);
        self.held = Some((request, Some(scan)));
        seen
    }

    fn look(&mut self) -> Value {
        let requests = self.phone.list();
        let count = requests.len();
        let newest = requests.into_iter().max_by_key(|request| request.content.iat);
        let mut answer = newest.as_ref().map_or_else(|| json!({}), seen);
        answer["count"] = json!(count);
        self.held = newest.map(|request| (request, None));
        answer
    }

    fn approve(&self, number: Option<&str>) -> Value {
        let (request, scan) = self.held();
        let answer = match (scan, number) {
            (Some(scan), _) => self.phone.approve_scanned(request, scan),
            (None, Some(number)) => self.phone.approve(request, number),
            (None, None) => panic!("a number is needed"),
        };
        let body: Value = serde_json::from_str(&answer.text()).unwrap_or_default();
        let back = request.content.ret.clone().zip(body["rc"].as_str());
        let back = back.map(|(ret, rc)| format!("{ret}?rc={rc}"));
        json!({"status": answer.status, "back": back})
    }

    fn wrong_pin(&self, number: &str) -> Value {
        json!({"status": self.phone.approve_wrongly(self.held().0, number).status})
    }

    fn deny(&self, why: &str) -> Value {
        json!({"status": self.phone.deny(self.held().0, why).status})
    }

    fn held(&self) -> (&Request, Option<&Scan>) {
        let (request, scan) = self.held.as_ref().expect("a request in the hand");
        (request, scan.as_ref())
    }
}

/// What the phone shows of a request.
fn seen(request: &Request) -> Value {
    json!({"service": request.content.client.name, "rows": request.content.txt, "place": request.content.ctx})
}
