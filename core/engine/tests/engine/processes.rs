//! Several processes on one vault: what one of them finishes while another waits for the network stays finished.

use crate::lab::{Fault, Lab, Server, answers};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use crate::sign_in::listed;
use countersign_engine::account::AccountState;
use countersign_engine::pin_change::PinChangeState;
use countersign_engine::port::{Reply, Request, Transport, TransportFault};
use countersign_engine::sign_in::SignInState;
use countersign_engine::{AccountId, Authenticator};
use countersign_protocol::message::Confirmation;
use countersign_protocol::message::notice::{Notice, NoticeState, NoticeWhy};
use countersign_protocol::problem::Code;
use std::sync::Mutex;

const NEW: &str = "8315";
const KEYSETS: &str = "map-keyset";
const OPS: &str = "ops";

/// What the other process does.
type Deed = Box<dyn FnOnce() + Send>;

/// A network in which something happens on this phone while the answer to one request is on its way.
struct Slow {
    lab: Lab,
    path: &'static str,
    deed: Mutex<Option<Deed>>,
}

impl Slow {
    fn new(lab: &Lab, path: &'static str, deed: impl FnOnce() + Send + 'static) -> Self {
        Self { lab: lab.clone(), path, deed: Mutex::new(Some(Box::new(deed))) }
    }
}

impl Transport for Slow {
    fn send(&self, request: &Request<'_>) -> Result<Reply, TransportFault> {
        let reply = self.lab.send(request);
        if request.path.ends_with(self.path)
            && let Some(deed) = self.deed.lock().unwrap().take()
        {
            deed();
        }
        reply
    }
}

/// Two processes of one phone: one for the test, and one that acts when it is told to.
fn two() -> (Lab, Phone, Authenticator, AccountId) {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let other = phone.beside(lab.clone());
    (lab, phone, other, account)
}

fn changes_pin(auth: &Authenticator, account: AccountId) {
    let state = auth.change_pin(account).unwrap().submit(pin(PIN), pin(NEW), pin(NEW)).unwrap();
    assert_eq!(state, PinChangeState::Changed);
}

fn approves(lab: &Lab, phone: &Phone, digits: &str) {
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let state = listed(phone).approve(Some(&number()), pin(digits)).unwrap();
    assert!(matches!(state, SignInState::Approved { .. }), "{state:?}");
}

/// Publishes a set of this version.
fn publish(server: &mut Server, ver: u64) {
    let content = server.keys.content(ISS, ver, 1, server.now);
    server.keysets = server.keys.signed(&content, &[0]);
}

#[test]
fn a_pin_change_that_ends_while_key_sets_are_fetched_is_not_undone() {
    let (lab, phone, other, account) = two();
    let slow = phone.beside(Slow::new(&lab, KEYSETS, move || changes_pin(&other, account)));
    phone.set_wall(lab.now().secs() + 86_400);
    let silent = slow.requests().unwrap().silent;
    assert!(silent.is_empty(), "{:?}", silent.first().map(|silent| &silent.problem));
    approves(&lab, &phone, NEW);
}

#[test]
fn a_pin_change_that_ends_while_the_server_is_asked_is_not_undone() {
    let (lab, phone, other, account) = two();
    let slow = phone.beside(Slow::new(&lab, OPS, move || changes_pin(&other, account)));
    slow.check(account).unwrap();
    approves(&lab, &phone, NEW);
}

#[test]
fn a_newer_key_set_that_another_process_took_meanwhile_stays() {
    let (lab, phone, other, account) = two();
    let network = lab.clone();
    lab.at(ISS, |server| publish(server, 8));
    let slow = phone.beside(Slow::new(&lab, KEYSETS, move || {
        network.at(ISS, |server| {
            publish(server, 9);
            server.ver = 9;
        });
        other.check(account).unwrap();
    }));
    phone.set_wall(lab.now().secs() + 86_400);
    let silent = slow.requests().unwrap().silent;
    assert!(silent.is_empty(), "{:?}", silent.first().map(|silent| &silent.problem));
    assert_eq!(lab.at(ISS, |server| server.phones[0].acked), 9);
    lab.at(ISS, |server| publish(server, 8));
    phone.set_wall(lab.now().secs() + 200_000);
    assert_eq!(phone.auth.requests().unwrap().silent.len(), 1, "the older one is a rollback");
}

#[test]
fn a_removal_that_comes_while_another_process_fetches_key_sets_is_kept() {
    let (lab, phone, other, account) = two();
    let network = lab.clone();
    let slow = phone.beside(Slow::new(&lab, KEYSETS, move || {
        let notice = network.at(ISS, |server| {
            let known = server.phones[0].clone();
            let (jkt, at) = (known.device.thumbprint(), server.now);
            let (state, why) = (NoticeState::Revoked, NoticeWhy::Web);
            let (head, aud, cnf) = (server.head(), known.aid, Confirmation { jkt });
            server.jws("map-notice+jws", &Notice { head, iat: at, aud, cnf, state, why, at })
        });
        let refused =
            answers::problem_with(Code::AuthenticatorRevoked, |members| members.notice = Some(notice));
        network.next([Fault::Instead(refused)]);
        assert!(other.check(account).is_err());
    }));
    phone.set_wall(lab.now().secs() + 86_400);
    let _ = slow.requests().unwrap();
    assert!(matches!(phone.auth.accounts().unwrap()[0].state, AccountState::Removed { .. }));
}
