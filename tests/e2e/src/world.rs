//! The usual scene: a server, a service with all scopes, an account; phones and sign-ins by one call.

use crate::backend::{Backend, start_body};
use crate::http::{Answer, Http};
use crate::lab::Lab;
use crate::phone::Phone;
use crate::phone::answer::Request;
use crate::phone::keys::Keys;
use crate::phone::pairing::{Invitation, pair};
use crate::phone::scan::Scan;
use crate::server::{ALL_SCOPES, Server};
use crate::sign_in::SignIn;
use crate::watch::Watch;
use serde_json::Value;

/// Origin of the usual service.
pub const ORIGIN: &str = "https://grants.example.eu";
/// Address of the usual account.
pub const EMAIL: &str = "anna@example.eu";

/// Server, service and account.
pub struct World {
    /// The server.
    pub server: Server,
    /// The service.
    pub service: Backend,
    /// The account's id.
    pub account: String,
}

impl World {
    /// Starts the program at `binary` and sets the scene.
    pub fn start(binary: &str) -> Self {
        Self::around(Server::start(binary))
    }

    /// Sets the scene around a server.
    pub fn around(server: Server) -> Self {
        let service = server.add_service("Grants Portal", ORIGIN, ALL_SCOPES);
        let account = service.add_account(EMAIL);
        Self { server, service, account }
    }

    /// A client without any secret.
    pub fn http(&self) -> Http {
        self.server.http()
    }

    /// The laboratory.
    pub fn lab(&self) -> Lab {
        self.server.lab()
    }

    /// Runs a command of an operator beside the server: whether it was done, and what it said last.
    pub fn operate(&self, arguments: &[&str]) -> (bool, Value) {
        let output = self.server.operate(arguments);
        let said = if output.stdout.is_empty() { output.stderr } else { output.stdout };
        let last =
            String::from_utf8_lossy(&said).lines().last().and_then(|line| serde_json::from_str(line).ok());
        (output.status.success(), last.unwrap_or_default())
    }

    /// Pairs a phone with the account.
    #[track_caller]
    pub fn phone(&self) -> Phone {
        self.phone_with(|_| ())
    }

    /// Pairs a phone with the account, with a change of its pairing message.
    #[track_caller]
    pub fn phone_with(&self, change: impl FnOnce(&mut Value)) -> Phone {
        pair(&self.http(), &self.service, &self.account, change)
    }

    /// Two phones of the account, both invited before either is active: later ones need a proof (3.11).
    #[track_caller]
    pub fn two_phones(&self) -> [Phone; 2] {
        let invited = [(); 2].map(|()| self.service.enrolment(&self.account));
        invited.map(|(eid, link)| {
            let (phone, claim) = Invitation::read(&link).claim(&self.http(), &Keys::new(), |_| ());
            self.service.confirm(&eid, &claim.cc).ok();
            phone.settle_in();
            phone
        })
    }

    /// A second account, with a phone.
    #[track_caller]
    pub fn other_phone(&self) -> (String, Phone) {
        let account = self.service.add_account("boris@example.eu");
        let phone = pair(&self.http(), &self.service, &account, |_| ());
        (account, phone)
    }

    /// Starts a push sign-in of the account.
    #[track_caller]
    pub fn push(&self) -> SignIn {
        self.service.start(&start_body("push", Some(&self.account)))
    }

    /// Starts a push sign-in and gives the request that the phone sees.
    #[track_caller]
    pub fn ask(&self, phone: &Phone) -> (SignIn, Request) {
        let sign_in = self.push();
        let request = phone.request(&sign_in.tid);
        (sign_in, request)
    }

    /// A push sign-in answered with a wrong PIN and the right number.
    #[track_caller]
    pub fn try_wrong_pin(&self, phone: &Phone) -> Answer {
        let (sign_in, request) = self.ask(phone);
        phone.approve_wrongly(&request, sign_in.number())
    }

    /// A push sign-in answered with the right PIN and the right number.
    #[track_caller]
    pub fn try_right_pin(&self, phone: &Phone) -> Answer {
        let (sign_in, request) = self.ask(phone);
        phone.approve(&request, sign_in.number())
    }

    /// Wrong PINs, each after the wait of the one before.
    #[track_caller]
    pub fn fail_pins(&self, phone: &Phone, count: usize) {
        for _ in 0..count {
            self.pass_waits(phone);
            self.try_wrong_pin(phone).refused(403, "pin_incorrect");
        }
    }

    /// Moves the clock past all waits of a phone.
    #[track_caller]
    pub fn pass_waits(&self, phone: &Phone) {
        let (lab, counters) = (self.lab(), self.lab().phone(&phone.aid));
        let until = counters.wait_until.max(counters.off_wait_until).unwrap_or(0);
        lab.advance(until.saturating_sub(lab.now()));
    }

    /// Starts a QR sign-in, with or without the account.
    #[track_caller]
    pub fn qr(&self, account: Option<&str>) -> SignIn {
        self.service.start(&start_body("qr", account))
    }

    /// Starts a QR sign-in without an account and scans its present frame.
    #[track_caller]
    pub fn scan(&self) -> (SignIn, Scan) {
        let sign_in = self.qr(None);
        let scan = Scan::of(&self.service.frame(&sign_in.tid));
        (sign_in, scan)
    }

    /// Starts an offline sign-in of the account.
    #[track_caller]
    pub fn offline(&self) -> SignIn {
        self.service.start(&start_body("offline", Some(&self.account)))
    }

    /// Wrong offline codes, each on a sign-in of its own and after the wait of the one before.
    #[track_caller]
    pub fn fail_codes(&self, phone: &Phone, count: usize) {
        for _ in 0..count {
            self.pass_waits(phone);
            let sign_in = self.offline();
            let wrong = crate::sign_in::other_digits(&phone.code(sign_in.qr()));
            self.service.code(&sign_in.tid, &wrong).refused(403, "code_incorrect");
        }
    }

    /// Remembers how everything about a phone and a sign-in is now.
    pub fn watch<'a>(&'a self, phone: &'a Phone, tid: &'a str) -> Watch<'a> {
        Watch::new(self, phone, tid)
    }
}
