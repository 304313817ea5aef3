//! A process that somebody else may kill while it is waited for.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::Duration;

/// A child process, shared with its killer.
#[derive(Clone)]
pub struct Victim(Arc<Mutex<Child>>);

impl Victim {
    /// A process that was started just now.
    pub fn new(child: Child) -> Self {
        Self(Arc::new(Mutex::new(child)))
    }

    /// Ends it by SIGKILL; one that has ended stays as it is.
    pub fn kill(&self) {
        let _ = self.child().kill();
    }

    /// The same after a while, from a thread of its own that ends when it is dead.
    pub fn kill_after(&self, delay: Duration) -> JoinHandle<()> {
        let victim = self.clone();
        spawn(move || {
            sleep(delay);
            victim.kill();
            victim.wait();
        })
    }

    /// How it ended, if it did.
    pub fn ended(&self) -> Option<ExitStatus> {
        self.child().try_wait().expect("a process")
    }

    /// Waits for its end.
    pub fn wait(&self) -> ExitStatus {
        self.child().wait().expect("a process")
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.0.lock().expect("nobody panics while holding a process")
    }
}

/// Whether this is the end by SIGKILL.
pub fn was_killed(status: ExitStatus) -> bool {
    status.signal() == Some(9)
}
