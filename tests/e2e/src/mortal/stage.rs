//! Server, service and people, and the killing itself.

use super::deed::{Deed, Doom};
use super::handset::{Ended, Handset, Running};
use super::victim::was_killed;
use crate::backend::Backend;
use crate::server::{ALL_SCOPES, Server};
use crate::world::ORIGIN;
use reqwest::Method;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Seconds after which a server takes over what another one died of (3.0.5).
const TAKEN_OVER: u64 = 31;
/// How long it is left so, of which a phone's first repeat has to be a part.
const BUSY: Duration = Duration::from_millis(700);
/// Longest patience with one command of a phone.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody with an account, a phone and a PIN.
pub struct Person {
    /// The account.
    pub account: String,
    /// The phone.
    pub phone: Handset,
    /// The PIN that counts.
    pub pin: &'static str,
    /// The phone's id at the server.
    pub aid: String,
}

/// Everything that can die, and whoever goes on.
pub struct Stage {
    /// The server.
    pub server: Server,
    /// A service.
    pub service: Backend,
    binary: PathBuf,
    folder: TempDir,
    /// Seconds by which the lab's clock is ahead; a new process begins without them.
    ahead: u64,
    made: u32,
    pub(super) doom: Option<Doom>,
    killer: Option<JoinHandle<()>>,
    killed: u32,
    /// When the server came back, while it still takes what the other one began for being judged.
    revived: Option<Instant>,
}

impl Stage {
    /// Starts the program at `binary`.
    pub fn start(binary: &str) -> Self {
        let server = Server::start(binary);
        let service = server.add_service("Grants Portal", ORIGIN, ALL_SCOPES);
        let folder = tempfile::tempdir().expect("temporary folder");
        let binary = binary.into();
        Self {
            server,
            service,
            binary,
            folder,
            ahead: 0,
            made: 0,
            doom: None,
            killer: None,
            killed: 0,
            revived: None,
        }
    }

    /// Performs a deed under a doom, goes on as people would, checks what must hold; tells whether anybody died.
    /// With [`Deed::Pair`] the person is a new one afterwards.
    pub fn perform(&mut self, deed: Deed, person: &mut Person, doom: Option<Doom>) -> bool {
        let before = self.killed;
        match deed {
            Deed::Pair => *person = self.pair(doom),
            Deed::Approve => self.approve(person, doom),
            Deed::Mistype => self.mistype(person, doom),
            Deed::ChangePin => self.change_pin(person, doom),
            Deed::MistypeChange => self.mistype_change(person, doom),
            Deed::RenewKeys => self.renew_keys(person, doom),
            Deed::Move => self.move_on(person, doom),
        }
        self.check_phone(person);
        self.check_audit();
        self.killed > before
    }

    /// Somebody new, paired in peace.
    pub fn newcomer(&mut self) -> Person {
        self.pair(None)
    }

    /// From here on, doom is at work.
    pub(super) fn begin(&mut self, doom: Option<Doom>) {
        match &doom {
            Some(Doom::Server(place)) => self.server.restart_to_die(place, self.ahead),
            Some(Doom::ServerAfter(delay)) => self.killer = Some(self.server.process().kill_after(*delay)),
            _ => {}
        }
        self.doom = doom;
    }

    /// Doom is over: whoever is dead is started again, and a crashed evaluation may be taken over.
    pub(super) fn recover(&mut self) {
        if let Some(killer) = self.killer.take() {
            killer.join().expect("the killer");
        }
        self.revive();
        self.take_over();
        if matches!(self.doom.take(), Some(Doom::Server(_))) {
            // Whoever was spared goes on without an order to die.
            self.server.restart_ahead(self.ahead);
        }
    }

    /// Starts a dead server again. Whoever waits hears `unavailable` of it for a while, then it takes over.
    pub(super) fn revive(&mut self) {
        let Some(status) = self.server.ended() else {
            if self.revived.is_some_and(|at| at.elapsed() > BUSY) {
                self.take_over();
            }
            return;
        };
        assert!(was_killed(status), "the server ended by {status}");
        self.killed += 1;
        self.server.restart_ahead(self.ahead);
        self.revived = Some(Instant::now());
    }

    fn take_over(&mut self) {
        if self.revived.take().is_some() {
            self.advance(TAKEN_OVER);
        }
    }

    /// Moves the server's clock.
    pub(super) fn advance(&mut self, seconds: u64) {
        self.ahead += seconds;
        self.server.lab().advance(seconds);
    }

    /// A call of the service, made again when the server dies of it.
    pub(super) fn call(&mut self, method: &Method, path: &str, body: &Value) -> (u16, Value) {
        for _ in 0..5 {
            if let Some(answer) = self.service.try_call(method.clone(), path, body, &[]) {
                return (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default());
            }
            self.wait_for_death();
            self.revive();
        }
        panic!("{method} {path}: no answer")
    }

    /// A `POST` of the service that succeeds.
    pub(super) fn post(&mut self, path: &str, body: &Value) -> Value {
        let (status, value) = self.call(&Method::POST, path, body);
        assert!(status < 300, "{path}: {status} {value}");
        value
    }

    /// A `GET` of the service that succeeds.
    pub(super) fn get(&mut self, path: &str) -> Value {
        let (status, value) = self.call(&Method::GET, path, &Value::Null);
        assert_eq!(status, 200, "{path}: {value}");
        value
    }

    /// A connection may break a moment before its process is gone.
    fn wait_for_death(&self) {
        let patience = Instant::now() + Duration::from_secs(2);
        while self.server.ended().is_none() && Instant::now() < patience {
            std::thread::yield_now();
        }
    }

    pub(super) fn add_account(&mut self) -> String {
        self.made += 1;
        let email = format!("anna{}@example.eu", self.made);
        self.post("/accounts", &json!({"email": email}))["account"].as_str().expect("account").to_owned()
    }

    pub(super) fn add_handset(&mut self) -> Handset {
        self.made += 1;
        Handset::new(&self.binary, self.folder.path().join(format!("phone{}", self.made)))
    }

    /// Starts a command of the phone that doom may mean.
    pub(super) fn start_doomed(&mut self, phone: &Handset, arguments: &[&str], typed: &str) -> Running {
        match &self.doom {
            Some(Doom::Phone(place)) => phone.start(arguments, typed, Some(place)),
            Some(Doom::PhoneAfter(delay)) => self.start_with_killer(phone, (arguments, typed), *delay),
            _ => phone.start(arguments, typed, None),
        }
    }

    /// The same for the phone that an account moves to.
    pub(super) fn start_doomed_new(&mut self, phone: &Handset, arguments: &[&str], typed: &str) -> Running {
        match &self.doom {
            Some(Doom::NewPhone(place)) => phone.start(arguments, typed, Some(place)),
            Some(Doom::NewPhoneAfter(delay)) => self.start_with_killer(phone, (arguments, typed), *delay),
            _ => phone.start(arguments, typed, None),
        }
    }

    fn start_with_killer(
        &mut self,
        phone: &Handset,
        (arguments, typed): (&[&str], &str),
        delay: Duration,
    ) -> Running {
        let running = phone.start(arguments, typed, None);
        self.killer = Some(running.process.kill_after(delay));
        running
    }

    /// Waits for the end of a command, and starts a server that dies meanwhile again.
    pub(super) fn attend(
        &mut self,
        mut running: Running,
        mut on_line: impl FnMut(&mut Self, &mut Running, &Value),
    ) -> Ended {
        let patience = Instant::now() + PATIENCE;
        while running.process.ended().is_none() {
            assert!(Instant::now() < patience, "the phone did not end");
            self.revive();
            if let Some(line) = running.next() {
                on_line(self, &mut running, &line);
            }
        }
        let ended = running.end();
        self.killed += u32::from(ended.was_killed());
        ended
    }

    /// A command that nobody is killed in.
    pub(super) fn command(&mut self, phone: &Handset, arguments: &[&str], typed: &str) -> Ended {
        let running = phone.start(arguments, typed, None);
        self.attend(running, |_, _, _| ())
    }
}
