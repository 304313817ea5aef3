//! Overwrites the stack that a computation with secrets has used (2.7). Best effort: the compiler may still have
//! spilled a value elsewhere.

use zeroize::zeroize_stack;

/// Bytes overwritten below the caller's frame: twice the 8 KiB of 2.7, because the tables of a scalar
/// multiplication take more in an unoptimised build; far below the 512 KiB of the smallest phone thread.
const DEPTH: usize = 16 * 1024;

/// Runs `work` in a frame of its own, then overwrites that frame and what lay below it.
pub fn wiped<T>(work: impl FnOnce() -> T) -> T {
    let result = own_frame(work);
    zeroize_stack::<DEPTH>();
    result
}

#[inline(never)]
fn own_frame<T>(work: impl FnOnce() -> T) -> T {
    work()
}
