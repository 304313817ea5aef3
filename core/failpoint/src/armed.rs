//! The places in a build for kill tests: the environment says which of them ends the process.

use crate::VARIABLE;
use rustix::process::{Signal, getpid, kill_process};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where to die, and at which passing.
struct Order {
    name: String,
    passing: u32,
}

static ORDER: LazyLock<Option<Order>> =
    LazyLock::new(|| std::env::var(VARIABLE).ok().map(|text| read(&text)));
static PASSED: AtomicU32 = AtomicU32::new(0);

/// The process is at this place; if it was told to die here, it does not return.
pub fn reached(name: &'static str) {
    let Some(order) = ORDER.as_ref().filter(|order| order.name == name) else { return };
    if PASSED.fetch_add(1, Ordering::SeqCst) + 1 == order.passing {
        die();
    }
}

fn read(text: &str) -> Order {
    let (name, passing) = text.split_once(':').unwrap_or((text, "1"));
    Order { name: name.to_owned(), passing: passing.parse().unwrap_or(1) }
}

/// By SIGKILL: no unwinding, no flushing, nothing that a handler could tidy up.
fn die() -> ! {
    let _ = kill_process(getpid(), Signal::KILL);
    loop {
        std::thread::park();
    }
}
