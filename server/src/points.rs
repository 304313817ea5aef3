//! Named places in the evaluation of a message where a lab can stop it or end the process (3.12).
//!
//! Outside the lab nothing is armed and a place costs one atomic load.

use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;

/// The places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Point {
    /// Before A.
    BeforeReserve,
    /// After A is on disk.
    AfterReserve,
    /// Before C.
    BeforeCommit,
    /// After C is on disk, before the answer.
    AfterCommit,
}

#[derive(Default)]
struct Armed {
    kill: Option<Point>,
    hold: Option<Point>,
}

/// What the lab armed.
pub struct Points {
    any: AtomicBool,
    armed: Mutex<Armed>,
    releases: watch::Sender<u64>,
}

impl Default for Points {
    fn default() -> Self {
        Self { any: AtomicBool::new(false), armed: Mutex::default(), releases: watch::Sender::new(0) }
    }
}

impl Points {
    /// A message reached a place.
    pub async fn reach(&self, point: Point) {
        if !self.any.load(Ordering::Acquire) {
            return;
        }
        let hold = {
            let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
            if armed.kill == Some(point) {
                // As a power cut would: no unwinding, no flushing.
                std::process::abort();
            }
            if armed.hold == Some(point) {
                armed.hold.take().map(|_| self.releases.subscribe())
            } else {
                None
            }
        };
        if let Some(mut release) = hold {
            let _ = release.changed().await;
        }
    }

    /// The next message that reaches `point` ends the process.
    pub fn kill(&self, point: Point) {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner).kill = Some(point);
        self.any.store(true, Ordering::Release);
    }

    /// The next message that reaches `point` waits there.
    pub fn hold(&self, point: Point) {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner).hold = Some(point);
        self.any.store(true, Ordering::Release);
    }

    /// All that wait go on.
    pub fn release(&self) {
        self.releases.send_modify(|count| *count += 1);
    }
}
