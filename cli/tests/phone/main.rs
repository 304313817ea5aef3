//! The virtual phone as a person or a script uses it: the real binary, the real server, real pictures.

// Without this the helpers of the tests count as production code, where `unwrap` is denied.
#![cfg(test)]

mod desk;
mod life;
mod refusals;
mod sign_ins;
