//! Pages that belong to nobody and to no step.

mod help;
mod problem;

pub use help::HelpPage;
pub use problem::{Problem, ProblemPage, Support};
