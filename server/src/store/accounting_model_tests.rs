//! The counters of 3.9.1 and the rows of 3.0.5 against a small model of the text, under random orders of several
//! workers, a moving clock, crashes in every step, take-overs, locks, unlocks, `settle` and the sweep.
//!
//! The model knows no SQL: one phone, its counter, its failures, its messages. After each step both must agree.

#[path = "accounting_model.rs"]
mod model;

use super::super::{attempt, migrate, sweep};
use super::*;
use crate::keys::BodyMacs;
use crate::policy::Policy;
use attempt::{Closing, Open, Opening};
use countersign_protocol::id::{Jti, Thumbprint};
use model::{DAY, Finding, KEEP, Model, finding};
use rusqlite::Connection;

const AID: Aid = Aid::from_bytes([6; 16]);
const JKT: Thumbprint = Thumbprint::from_bytes([7; 32]);
/// How the clock jumps: around each limit of the text.
const JUMPS: [u64; 12] = [0, 0, 1, 1, 10, 29, 30, 31, 59, 61, 301, DAY];
/// A worker that holds a message.
struct Worker {
    number: u64,
    jti: u8,
    ticket: Ticket,
    reserved: bool,
}

struct Run {
    real: Connection,
    model: Model,
    limits: Limits,
    workers: Vec<Worker>,
    now: u64,
    next: u64,
    draw: u64,
}

fn sixteen(number: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    bytes
}

impl Run {
    fn new(seed: u64) -> Self {
        let real = Connection::open_in_memory().unwrap();
        migrate::run(&real).unwrap();
        let row = "INSERT INTO phone (aid, ref, account, state, jkt, pk_dev, fid, pin_keys, level, row_tag, name, os,
                   app, created) VALUES (?1, x'01', 'u-1', 'active', ?2, x'', x'', x'', 0, x'', 'a', 'b', 'c', 1)";
        real.execute(row, params![AID.as_bytes(), JKT.as_bytes()]).unwrap();
        let limits = Policy::default().limits;
        let now = 1_790_000_000;
        Self { real, model: Model::default(), limits, workers: Vec::new(), now, next: 1, draw: seed | 1 }
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.draw ^= self.draw << 13;
        self.draw ^= self.draw >> 7;
        self.draw ^= self.draw << 17;
        (self.draw >> 8) % bound
    }

    /// One transaction; one in eight dies before its commit. `None`: nothing happened.
    fn tx<T>(&mut self, work: impl FnOnce(&Tx<'_>, Time, &Limits) -> Result<T, StoreFault>) -> Option<T> {
        let killed = self.below(8) == 0;
        self.real.execute_batch("BEGIN IMMEDIATE").unwrap();
        let done = work(&Tx(&self.real), Time::from_secs(self.now), &self.limits);
        let kept = done.ok().filter(|_| !killed);
        self.real.execute_batch(if kept.is_some() { "COMMIT" } else { "ROLLBACK" }).unwrap();
        kept
    }

    fn step(&mut self) {
        let pick = usize::try_from(self.below(12)).unwrap();
        self.now += JUMPS[pick];
        if self.below(400) == 0 {
            self.now += 31 * DAY;
        }
        match self.below(16) {
            0..=3 => self.open(),
            4..=7 => self.reserve(),
            8..=10 => self.judge(),
            11 => self.withdraw(),
            12 => self.kill(),
            13 => self.settle(),
            14 => self.sweep(),
            _ => self.unlock(),
        }
    }

    fn open(&mut self) {
        let (jti, body) =
            (u8::try_from(self.below(6)).unwrap(), u8::try_from(1 + self.below(6).min(2)).unwrap());
        // Wrong PINs more often than right ones, or the counter never rises.
        let body = if body == 3 && self.below(3) > 0 { 1 } else { body };
        let (number, now) = (self.next, self.now);
        self.next += 1;
        let opened = self.tx(|tx, at, _| {
            let open = Open {
                jkt: JKT,
                jti: Jti::from_bytes([jti; 16]),
                aid: Some(AID),
                body_mac: BodyMacs::only([body; 32]),
                id: sixteen(number),
                owner: sixteen(number),
                now: at,
                keep_until: at.plus(KEEP),
            };
            attempt::open(tx, &open)
        });
        let Some(opened) = opened else { return };
        let (word, id) = self.model.open(jti, body, number, now);
        let found = match &opened {
            Opening::Mine(ticket) => ("mine", ticket.id),
            Opening::Done(_) => ("done", [0; 16]),
            Opening::Conflict => ("conflict", [0; 16]),
            Opening::Settled => ("settled", [0; 16]),
            Opening::Busy => ("busy", [0; 16]),
        };
        assert_eq!(found, (word, sixteen(id)));
        if let Opening::Mine(ticket) = opened {
            self.workers.push(Worker { number, jti, ticket, reserved: false });
        }
    }

    /// Some worker, taken out of the list.
    fn worker(&mut self, reserved: bool) -> Option<Worker> {
        let fitting: Vec<usize> =
            (0..self.workers.len()).filter(|index| self.workers[*index].reserved == reserved).collect();
        let pick = self.below(u64::try_from(fitting.len().max(1)).unwrap());
        fitting.get(usize::try_from(pick).unwrap()).copied().map(|index| self.workers.swap_remove(index))
    }

    fn reserve(&mut self) {
        let Some(mut worker) = self.worker(false) else { return };
        let found = self.tx(|tx, now, limits| reserve_online(tx, &AID, &worker.ticket, now, limits));
        let Some(found) = found else { return };
        assert_eq!(found, self.model.reserve(worker.jti, worker.number, self.now));
        worker.reserved = found == Reservation::Reserved;
        if found != Reservation::Lost {
            self.workers.push(worker);
        }
    }

    fn judge(&mut self) {
        let Some(worker) = self.worker(true) else { return };
        let body = self.model.messages.get(&worker.jti).map_or(1, |message| message.body);
        let found = self.tx(|tx, now, limits| {
            if state_of(tx, &AID)? == "active" {
                match finding(body) {
                    Finding::Wrong => fail_online(tx, &AID, now, limits).map(|_| ())?,
                    Finding::Right => succeed_online(tx, &AID, &worker.ticket.id, now)?,
                    Finding::NoEffect => release_online(tx, &AID, &worker.ticket.id)?,
                }
            }
            // Another owner: every effect above is rolled back with this error.
            if attempt::close(tx, &worker.ticket, 200, b"answer")? {
                Ok(())
            } else {
                Err(StoreFault::NotCommitted)
            }
        });
        // Killed, or overtaken: the model must not move either way.
        if found.is_some() {
            let judged = self.model.judge(worker.jti, worker.number, self.now);
            assert!(judged, "an overtaken worker committed");
        }
    }

    fn withdraw(&mut self) {
        let Some(worker) = self.worker(false) else { return };
        if self.tx(|tx, _, _| attempt::withdraw(tx, &worker.ticket, Some(&AID))).is_some() {
            self.model.withdraw(worker.jti, worker.number);
        }
    }

    fn kill(&mut self) {
        let reserved = self.below(2) == 0;
        let _dead = self.worker(reserved);
    }

    fn settle(&mut self) {
        let jti = u8::try_from(self.below(6)).unwrap();
        let number = self.next;
        self.next += 1;
        let settled = self.tx(|tx, now, limits| {
            let (id, owner, jti) = (sixteen(number), sixteen(number), Jti::from_bytes([jti; 16]));
            let closing = Closing { jkt: JKT, jti, id, owner, now, keep_until: now.plus(KEEP) };
            if attempt::settle(tx, &closing)? {
                fail_online(tx, &AID, now, limits)?;
            }
            Ok(())
        });
        if settled.is_some() {
            self.model.settle(jti, number, self.now);
        }
    }

    fn sweep(&mut self) {
        let policy = |limits: &Limits| Policy { limits: limits.clone(), ..Policy::default() };
        if self.tx(|tx, now, limits| sweep::run(tx, now, &policy(limits))).is_some() {
            self.model.sweep(self.now);
        }
    }

    fn unlock(&mut self) {
        if self.below(3) == 0 && self.tx(|tx, now, _| unlock(tx, &AID, now, DAY)).is_some() {
            self.model.unlock(self.now);
        }
    }

    fn agree(&self, step: u32) {
        let query = "SELECT state='locked', pin_fail, coalesce(wait_until, 0), run,
                     (SELECT count(*) FROM fail), (SELECT count(*) FROM attempt) FROM phone";
        let found: (bool, u32, i64, i64, u32, u32) = self
            .real
            .query_row(query, [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?)))
            .unwrap();
        let m = &self.model;
        // While it is locked nothing waits, and `unlock` clears it.
        let wait = if m.locked { found.2 } else { i64::try_from(m.wait).unwrap() };
        let run = i64::try_from(m.run).unwrap();
        let size = |count: usize| u32::try_from(count).unwrap();
        assert_eq!(
            found,
            (m.locked, m.fails, wait, run, size(m.rows.len()), size(m.messages.len())),
            "step {step}"
        );
        assert!(m.answered <= 5, "step {step}: {} guesses in a row were answered", m.answered);
        let month = m.window.iter().filter(|at| **at + 30 * DAY > self.now).count();
        assert!(month <= 25, "step {step}: {month} guesses in 30 days were answered");
    }
}

#[test]
fn the_counters_follow_the_model_in_every_order_of_workers_clock_and_crashes() {
    let (mut locks, mut resets) = (0, 0);
    for seed in 1..=40 {
        let mut run = Run::new(seed * 7919);
        let mut locked = false;
        for step in 0..2500 {
            run.step();
            run.agree(step);
            locks += u32::from(run.model.locked && !locked);
            locked = run.model.locked;
        }
        resets += run.model.run;
    }
    println!("{locks} locks and {resets} resets in 100,000 steps");
    assert!(locks >= 100 && resets >= 500, "{locks} {resets}: the orders reach what they are for");
}
