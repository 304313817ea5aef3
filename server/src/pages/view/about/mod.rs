//! Pages that belong to nobody and to no step.

mod accessibility;
mod help;
mod privacy;
mod problem;

pub use accessibility::AccessibilityPage;
pub use help::HelpPage;
pub use privacy::PrivacyPage;
pub use problem::{Problem, ProblemPage, Support};
