//! A small server in this process: it signs with the protocol crate, verifies what phones send, and does on demand
//! what a server, a network or an attacker would do.

pub mod answers;
mod enrolments;
mod factors;
mod keys;
mod ops;
mod rekey;
mod server;
mod sign_ins;

pub use keys::{jws, key};
pub use server::Server;

use countersign_engine::port::{Method, Reply, Request, Transport, TransportFault};
use countersign_protocol::time::Time;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

/// What happens to one request instead of, or after, its handling.
pub enum Fault {
    /// Nothing: it is handled and answered.
    Through,
    /// It never leaves the phone.
    NotConnected,
    /// It is handled; the answer is lost.
    AnswerLost,
    /// Its certificate does not fit.
    Untrusted,
    /// It is not handled; this is answered.
    Instead(Reply),
    /// It is handled; this is answered.
    Replaced(Reply),
    /// It is handled; the message in this member of the answer is changed and signed again by the server.
    Resigned(&'static str, Box<dyn FnOnce(&mut serde_json::Value) + Send>),
}

/// One request as the network saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub path: String,
    pub body: Vec<u8>,
    pub pinned: bool,
}

/// The network with its servers.
#[derive(Default)]
pub struct World {
    pub servers: HashMap<String, Server>,
    pub seen: Vec<Seen>,
    pub faults: VecDeque<Fault>,
}

/// The network, shared by phone and test.
#[derive(Clone, Default)]
pub struct Lab(Arc<Mutex<World>>, Arc<Mutex<u64>>);

impl Lab {
    /// A network with one server.
    pub fn with_server(iss: &str) -> Self {
        let lab = Self::default();
        lab.advance(1_790_000_000);
        lab.add_server(iss);
        lab
    }

    pub fn add_server(&self, iss: &str) {
        let server = Server::new(iss, self.now());
        self.world().servers.insert(iss.to_owned(), server);
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    /// Works on one server.
    pub fn at<T>(&self, iss: &str, work: impl FnOnce(&mut Server) -> T) -> T {
        let now = self.now();
        let mut world = self.world();
        let server = world.servers.get_mut(iss).unwrap();
        server.now = now;
        work(server)
    }

    /// Moves the servers' clock.
    pub fn advance(&self, secs: u64) {
        *self.1.lock().unwrap() += secs;
    }

    pub fn now(&self) -> Time {
        Time::from_secs(*self.1.lock().unwrap())
    }

    /// Queues what happens to the next requests, one each.
    pub fn next(&self, faults: impl IntoIterator<Item = Fault>) {
        self.world().faults.extend(faults);
    }

    /// What is still queued does not happen.
    pub fn calm(&self) {
        self.world().faults.clear();
    }

    /// The paths seen since the last call.
    pub fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.path).collect()
    }

    /// Everything seen since the last call.
    pub fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.world().seen)
    }
}

impl Transport for Lab {
    fn send(&self, request: &Request<'_>) -> Result<Reply, TransportFault> {
        let now = self.now();
        let mut world = self.world();
        let body = match request.method {
            Method::Get => &[][..],
            Method::PostJose(body) | Method::PostJson(body) => body,
        };
        let fault = world.faults.pop_front();
        if matches!(fault, Some(Fault::NotConnected)) {
            return Err(TransportFault::NotConnected);
        }
        if matches!(fault, Some(Fault::Untrusted)) {
            return Err(TransportFault::Untrusted);
        }
        let pinned = matches!(request.pins, countersign_engine::port::Pins::Only(_));
        let (iss, path) = (request.iss.to_string(), request.path.to_owned());
        world.seen.push(Seen { path: path.clone(), body: body.to_vec(), pinned });
        if let Some(Fault::Instead(reply)) = fault {
            return Ok(reply);
        }
        let server = world.servers.get_mut(&iss).ok_or(TransportFault::NotConnected)?;
        server.now = now;
        let mut reply = server.handle(&path, request.map_enrol, body);
        match fault {
            Some(Fault::AnswerLost) => Err(TransportFault::NoAnswer),
            Some(Fault::Replaced(other)) => Ok(other),
            Some(Fault::Resigned(member, edit)) => {
                server.resign(&mut reply, member, edit);
                Ok(reply)
            }
            _ => Ok(reply),
        }
    }
}
