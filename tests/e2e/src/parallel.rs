//! The same thing done by many at the same moment.

use std::sync::Barrier;

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
