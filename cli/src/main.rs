//! The binary `countersign`.

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

/// Freed memory is wiped: a message that a PIN signed has passed through many buffers when it is sent (2.7).
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> std::process::ExitCode {
    countersign::run()
}
