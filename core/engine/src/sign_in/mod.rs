//! Sign-ins and transactions: from the list (S1, S2, S6) or a scanned code (S3), protocol 3.4 and 3.5.
//!
//! A request is shown only after its signature, audience, flow and texts were checked; approving takes what was
//! carried over from the browser and the PIN; refusing takes neither.

mod answer;
mod claim;
mod flow;
mod inbox;
mod request;

pub use answer::SignInState;
pub use claim::{ClaimFlow, ClaimState};
pub use flow::SignInFlow;
pub use inbox::{Inbox, Silent};
pub(crate) use request::may_return;
