//! Just enough of Rust's grammar for the checks: words, functions, attributes.
//!
//! Not `syn`: it sees no functions inside macro calls (property tests live there) and costs more to compile than
//! all of xtask. It never judges whether a source is valid; that is the compiler's work.

mod attribute;
mod function;
mod token;

pub use attribute::attributes_before;
pub use function::{Function, functions};
pub use token::{Kind, Token, matching, tokens};
