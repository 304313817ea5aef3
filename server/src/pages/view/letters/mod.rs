//! Pages that links in letters lead to.

mod report;
mod start;
mod undo;

pub use report::{ReportMailPage, ReportPage};
pub use start::StartPage;
pub use undo::UndoPage;
