//! What every request handler shares.

use crate::clock::Clock;
use crate::crowd::Crowd;
pub use crate::fault::AppFault;
use crate::hub::{Hub, Topic};
use crate::limiter::Limiter;
use crate::password::hash::Hasher;
use crate::points::Points;
use crate::policy::Policy;
use crate::policy::chosen::{Chosen, PolicyFault};
use crate::published::{Facts, Published, Publisher};
use crate::seal::Purpose;
use crate::store::{Store, enrolment, phone, service};
use crate::trusted::Trusted;
use crate::turns::Turns;
use crate::{keys::Keys, nonce, random};
use countersign_protocol::id::{Eid, Jti, Thumbprint, Tid};
use countersign_protocol::issuer::Issuer;
use countersign_protocol::jose::compact;
use countersign_protocol::json;
use countersign_protocol::message::offer::AttestPolicy;
use countersign_protocol::message::{Head, ServerMessage, VERSION};
use countersign_protocol::time::Time;
use serde::Serialize;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

/// The server's state, shared by all handlers.
pub struct App {
    /// The database.
    pub store: Store,
    /// Clock.
    pub clock: Clock,
    /// Waiters.
    pub hub: Hub,
    /// Browsers that wait.
    pub crowd: Arc<Crowd>,
    /// Wake-ups.
    pub push: crate::push::Sender,
    /// Lab places.
    pub points: Points,
    /// Counts per minute.
    pub limiter: Limiter,
    /// Calls of services that carry the same `Idempotency-Key`.
    pub turns: Turns,
    /// Long looks of operators take turns: connections that read are few.
    pub looks: Arc<tokio::sync::Mutex<()>>,
    /// What stretches passwords.
    pub hasher: Hasher,
    /// Messages that were read before (3.0.6).
    pub reads: Reads,
    /// What attestations are judged by.
    pub trusted: Trusted,
    /// This server's name on the wire.
    pub iss: Issuer,
    /// This server's name for people.
    pub name: String,
    /// SHA-256 of the lab's secret, if this is a lab.
    pub lab: Option<[u8; 32]>,
    /// Whether the address of a caller is in `X-Forwarded-For` of a trusted proxy.
    pub behind_proxy: bool,
    /// Since when the server runs.
    pub started: Time,
    /// How letters leave, for whoever asks after the server's health.
    pub letters: OnceLock<&'static str>,
    policy: RwLock<Arc<Policy>>,
    /// The policy where an operator chose nothing, and what one chose.
    default_policy: Policy,
    chosen: Mutex<Chosen>,
    keys: RwLock<Arc<Keys>>,
    publisher: Publisher,
    published: RwLock<Arc<Published>>,
}

/// Handle to [`App`].
pub type Shared = Arc<App>;

/// The parts that [`App::open`] puts together.
pub struct Parts {
    /// See [`App::store`].
    pub store: Store,
    /// The keys to begin with.
    pub keys: Keys,
    /// See [`App::iss`].
    pub iss: Issuer,
    /// See [`App::name`].
    pub name: String,
    /// What makes the key sets.
    pub publisher: Publisher,
    /// See [`App::lab`].
    pub lab: Option<[u8; 32]>,
    /// See [`App::behind_proxy`].
    pub behind_proxy: bool,
    /// See [`App::trusted`].
    pub trusted: Trusted,
    /// The policy where an operator chooses nothing.
    pub policy: Policy,
    /// What an operator chose.
    pub chosen: Chosen,
}

impl App {
    /// Puts the parts together and publishes the key set.
    pub fn open(parts: Parts) -> Result<Shared, AppFault> {
        let app = Self::assemble(parts);
        app.republish()?;
        Ok(app)
    }

    /// Puts the parts together and publishes nothing: for what an operator does beside a running server.
    pub fn assemble(parts: Parts) -> Shared {
        let Parts { store, keys, iss, name, publisher, lab, behind_proxy, trusted, policy, chosen } = parts;
        let in_force = chosen.over(&policy).unwrap_or_else(|_| policy.clone());
        Arc::new(Self {
            store,
            keys: RwLock::new(Arc::new(keys)),
            clock: Clock::default(),
            hub: Hub::default(),
            crowd: Arc::default(),
            push: crate::push::Sender::new(),
            points: Points::default(),
            limiter: Limiter::default(),
            turns: Turns::default(),
            looks: Arc::default(),
            hasher: Hasher::default(),
            reads: Reads::default(),
            trusted,
            iss,
            name,
            lab,
            behind_proxy,
            started: Clock::default().now(),
            letters: OnceLock::new(),
            policy: RwLock::new(Arc::new(in_force)),
            default_policy: policy,
            chosen: Mutex::new(chosen),
            publisher,
            published: RwLock::default(),
        })
    }

    /// The key sets that are given out now.
    pub fn published(&self) -> Arc<Published> {
        self.published.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks at everything that a key set is made of, and gives out a new version if anything of it changed.
    pub fn republish(&self) -> Result<(), AppFault> {
        let return_origins = self.store.read(service::return_origins)?;
        let policy = self.policy();
        // Under the lock: two at a time could write the older set last.
        let mut published = self.published.write().unwrap_or_else(PoisonError::into_inner);
        // A phone has no set but one that was given out: since the start that is ours, before it what they acknowledged.
        let passed =
            if published.ver > 0 { published.ver } else { self.store.read(phone::highest_acknowledged)? };
        let facts = Facts { iss: &self.iss, name: &self.name, policy: &policy, return_origins, passed };
        let fresh = self.publisher.publish(&self.keys(), &facts, self.now())?;
        if *fresh != **published {
            *published = fresh;
        }
        Ok(())
    }

    /// The keys in use.
    pub fn keys(&self) -> Arc<Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes other keys into use if an operator rotated some; `true` if so.
    pub async fn reload_keys(&self) -> Result<bool, AppFault> {
        let (before, rotated) = (self.root(), self.publisher.has_other_ring(&self.keys().ring)?);
        if rotated {
            let fresh = Arc::new(Keys::open(self.publisher.data())?);
            *self.keys.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        let unpublished = self.published().root != Some(self.root());
        if before != self.root() || unpublished {
            // From here on no link of the old root comes in any more (`Draft::insert`), so that this ends them all. It is
            // done before the new root is published: where it fails, it is tried again.
            self.store.write(enrolment::cancel_open).await?;
        }
        if !rotated && !unpublished {
            return Ok(false);
        }
        self.republish()?;
        Ok(true)
    }

    /// The root in use.
    pub fn root(&self) -> Thumbprint {
        self.keys().root.public().thumbprint()
    }

    /// Puts another policy in force if an operator chose another; `true` if so.
    pub fn reload_policy(&self) -> Result<bool, AppFault> {
        let fresh = Chosen::read(self.publisher.data())?;
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        if *chosen == fresh {
            return Ok(false);
        }
        let policy = fresh.over(&self.default_policy)?;
        if policy.attest == AttestPolicy::Enforce && !self.trusted.can_enforce() {
            // The next start would refuse it too, when nobody looks any more.
            return Err(PolicyFault::Unprovable.into());
        }
        self.set_policy(policy);
        *chosen = fresh;
        drop(chosen);
        self.republish()?;
        Ok(true)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.publisher.data()
    }

    /// Now.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// The policy in force.
    pub fn policy(&self) -> Arc<Policy> {
        self.policy.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another policy in force.
    pub fn set_policy(&self, policy: Policy) {
        *self.policy.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(policy);
    }

    /// `v` and `iss` of a message.
    pub fn head(&self) -> Head {
        Head { v: VERSION, iss: self.iss.clone() }
    }

    /// Signs a message with the present sign key.
    pub fn sign<T: ServerMessage + Serialize>(&self, message: &T) -> Result<String, AppFault> {
        let keys = self.keys();
        let sign = keys.signing(self.now())?;
        Ok(compact::sign(T::TYP, &sign.kid, &json::to_vec(message)?, &sign.key)?)
    }

    /// Seals an answer to a phone's message.
    pub fn seal_answer(&self, jkt: &Thumbprint, jti: &Jti, body: &[u8]) -> Result<Vec<u8>, AppFault> {
        Ok(self.keys().kek.seal(&Purpose::answer(jkt, jti), body, random::bytes())?)
    }

    /// A fresh nonce for `MAP-Nonce`.
    pub fn fresh_nonce(&self) -> String {
        nonce::make(&self.keys().nonce.current, self.now(), random::bytes())
    }

    /// Wakes whoever waits for this sign-in.
    pub fn sign_in_changed(&self, tid: &Tid) {
        self.hub.changed(&Topic::Object(*tid.as_bytes()));
    }

    /// Wakes whoever waits for this enrolment.
    pub fn enrolment_changed(&self, eid: &Eid) {
        self.hub.changed(&Topic::Object(*eid.as_bytes()));
    }
}

/// Read operations of the last minutes, so that a repeat is answered with `use_nonce` (3.0.6).
#[derive(Default)]
pub struct Reads(Mutex<ReadLog>);

#[derive(Default)]
struct ReadLog {
    seen: HashMap<([u8; 32], [u8; 16]), Time>,
    swept: u64,
}

impl Reads {
    /// Whether this read was answered within `life` seconds.
    pub fn is_repeat(&self, jkt: &Thumbprint, jti: &Jti, now: Time, life: u64) -> bool {
        let log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.seen.get(&(*jkt.as_bytes(), *jti.as_bytes())).is_some_and(|at| now.since(*at) <= life)
    }

    /// Notes a read that is being answered. A refused one is not noted: the phone signs it again under the same id.
    pub fn note(&self, jkt: &Thumbprint, jti: &Jti, now: Time, life: u64) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.secs() > log.swept + life {
            log.seen.retain(|_, at| now.since(*at) <= life);
            log.swept = now.secs();
        }
        log.seen.insert((*jkt.as_bytes(), *jti.as_bytes()), now);
    }
}
