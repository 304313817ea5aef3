//! Pages that links in letters lead to.

mod keep;
mod report;
mod start;
mod undo;

pub use keep::KeepPage;
pub use report::{ReportMailPage, ReportPage};
pub use start::StartPage;
pub use undo::UndoPage;
