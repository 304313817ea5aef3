//! The text of 3.0.5 and 3.9.1 as a model: one phone, its counter, its failures, its messages.

use super::super::Reservation;
use std::collections::BTreeMap;

pub const DAY: u64 = 86_400;
/// Seconds that a message's row is kept.
pub const KEEP: u64 = 900;

/// What a message's PIN turns out to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finding {
    Wrong,
    Right,
    NoEffect,
}

/// The three bodies that a message can have.
pub const fn finding(body: u8) -> Finding {
    match body {
        1 => Finding::Wrong,
        2 => Finding::Right,
        _ => Finding::NoEffect,
    }
}

/// One message in the model; a body of 0 is one closed by `settle`.
pub struct Message {
    id: u64,
    pub body: u8,
    owner: u64,
    done: bool,
    counted: bool,
    at: u64,
    end: u64,
}

#[derive(Default)]
pub struct Model {
    pub locked: bool,
    pub fails: u32,
    pub wait: u64,
    pub run: u64,
    pub rows: Vec<(u64, u64, u64)>,
    pub messages: BTreeMap<u8, Message>,
    pub unlocked: Option<u64>,
    /// Wrong PINs that were judged: those reserved since the last reset, and when each since the last unlock was.
    pub answered: u32,
    pub window: Vec<u64>,
}

impl Model {
    pub fn open(&mut self, jti: u8, body: u8, worker: u64, now: u64) -> (&'static str, u64) {
        let new = Message {
            id: worker,
            body,
            owner: worker,
            done: false,
            counted: false,
            at: now,
            end: now + KEEP,
        };
        match self.messages.get_mut(&jti) {
            None => {
                self.messages.insert(jti, new);
                ("mine", worker)
            }
            Some(old) if old.body == 0 => ("settled", 0),
            Some(old) if old.body != body => ("conflict", 0),
            Some(old) if old.done => ("done", 0),
            Some(old) if now < old.at + 30 => ("busy", 0),
            Some(old) => {
                (old.owner, old.at) = (worker, now);
                ("mine", old.id)
            }
        }
    }

    pub fn in_window(&self, now: u64) -> usize {
        self.rows.iter().filter(|(_, at, _)| at + 30 * DAY > now).count()
    }

    pub fn owned(&mut self, jti: u8, worker: u64) -> Option<&mut Message> {
        self.messages.get_mut(&jti).filter(|message| message.owner == worker && !message.done)
    }

    pub fn reserve(&mut self, jti: u8, worker: u64, now: u64) -> Reservation {
        let (locked, free) = (self.locked, self.fails < 5 && self.wait <= now && self.in_window(now) < 25);
        let (run, wait) = (self.run, self.wait);
        let Some(message) = self.owned(jti, worker) else { return Reservation::Lost };
        if locked {
            return Reservation::Locked;
        }
        if message.counted {
            return Reservation::Reserved;
        }
        if !free {
            return Reservation::Wait(wait.saturating_sub(now).max(1));
        }
        message.counted = true;
        let id = message.id;
        self.fails += 1;
        self.rows.push((id, now, run));
        Reservation::Reserved
    }

    pub fn judge(&mut self, jti: u8, worker: u64, now: u64) -> bool {
        let Some(message) = self.owned(jti, worker) else { return false };
        message.done = true;
        let (id, found) = (message.id, finding(message.body));
        if self.locked {
            return true;
        }
        match found {
            Finding::Wrong => self.bad(id, now),
            Finding::Right => {
                self.reset();
                self.rows.retain(|(row, ..)| *row != id);
            }
            Finding::NoEffect => self.release(id),
        }
        true
    }

    pub fn bad(&mut self, id: u64, now: u64) {
        if self.locked {
            return;
        }
        // One that was reserved before a reset belongs to the run before.
        if let Some((_, at, run)) = self.rows.iter().find(|(row, ..)| *row == id) {
            self.answered += u32::from(*run == self.run);
            self.window.push(*at);
        }
        match self.fails {
            3 => self.wait = now + 60,
            4 => self.wait = now + 300,
            _ => {}
        }
        self.locked = self.fails >= 5 || self.in_window(now) >= 25;
    }

    pub fn reset(&mut self) {
        (self.fails, self.wait, self.answered) = (0, 0, 0);
        self.run += 1;
    }

    pub fn release(&mut self, id: u64) {
        if self.rows.iter().any(|(row, _, run)| *row == id && *run == self.run) {
            self.fails = self.fails.saturating_sub(1);
        }
        self.rows.retain(|(row, ..)| *row != id);
    }

    pub fn withdraw(&mut self, jti: u8, worker: u64) {
        if let Some(Message { id, counted, .. }) = self.owned(jti, worker) {
            let (id, counted) = (*id, *counted);
            self.messages.remove(&jti);
            if counted {
                self.release(id);
            }
        }
    }

    pub fn settle(&mut self, jti: u8, worker: u64, now: u64) {
        let closed = Message {
            id: worker,
            body: 0,
            owner: worker,
            done: true,
            counted: false,
            at: now,
            end: now + KEEP,
        };
        match self.messages.get_mut(&jti) {
            None => drop(self.messages.insert(jti, closed)),
            Some(old) if old.done || now < old.at + 30 => {}
            Some(old) => {
                let (id, counted) = (old.id, old.counted);
                (old.done, old.body, old.owner, old.at, old.end) = (true, 0, worker, now, now + KEEP);
                if counted {
                    self.bad(id, now);
                }
            }
        }
    }

    pub fn unlock(&mut self, now: u64) {
        if self.locked && self.unlocked.is_none_or(|at| at + DAY <= now) {
            self.locked = false;
            self.reset();
            self.rows.clear();
            self.window.clear();
            self.unlocked = Some(now);
        }
    }

    pub fn sweep(&mut self, now: u64) {
        let ended = |message: &&Message| message.end <= now && !message.done && message.counted;
        let crashed: Vec<u64> = self.messages.values().filter(ended).map(|message| message.id).collect();
        for id in crashed {
            self.bad(id, now);
        }
        self.messages.retain(|_, message| message.end > now);
        self.rows.retain(|(_, at, _)| at + 30 * DAY > now);
    }
}
