//! The same thing done by many at the same moment.

use crate::lab::{Lab, Point};
use std::sync::Barrier;
use std::time::{Duration, Instant};

/// Runs `job(0)` to `job(count - 1)` on threads that start together, and gives the results in that order.
pub fn all<T: Send>(count: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let barrier = Barrier::new(count);
    let started = |index| {
        barrier.wait();
        job(index)
    };
    let started = &started;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|index| scope.spawn(move || started(index))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread of the test")).collect()
    })
}

/// Waits until `done`; for what another thread or process is about to do.
#[track_caller]
pub fn wait_until(done: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(10);
    while !done() {
        assert!(Instant::now() < patience, "it did not happen");
        std::thread::yield_now();
    }
}

/// Runs `during` while the message that `send` posts is held at `point`; gives what `send` gave after its release.
///
/// `reached` tells from outside that the message is there.
#[track_caller]
pub fn held<T: Send>(
    lab: &Lab,
    point: Point,
    send: impl FnOnce() -> T + Send,
    reached: impl Fn() -> bool,
    during: impl FnOnce(),
) -> T {
    lab.hold(point);
    std::thread::scope(|scope| {
        let sending = scope.spawn(send);
        // Released even when `during` fails, so that the failure is told at once.
        let release = Release(lab);
        wait_until(reached);
        during();
        drop(release);
        sending.join().expect("the held message")
    })
}

struct Release<'a>(&'a Lab);

impl Drop for Release<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}
