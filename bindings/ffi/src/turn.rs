//! One call at a time into a flow, without a lock that is held while the flow works.
//!
//! A flow calls the shell's key store, and what that does is not ours to know. So a call takes the flow out and puts it
//! back; a second one that comes meanwhile, a double tap, finds nothing and is refused. Of a flow that panicked nothing
//! is put back.

use crate::problem::Problem;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A place for a flow.
pub(crate) struct Turn<T>(Mutex<Option<T>>);

impl<T> Turn<T> {
    pub(crate) const fn new(flow: T) -> Self {
        Self(Mutex::new(Some(flow)))
    }

    /// Lets the flow do something; refused while it does something else.
    pub(crate) fn with<R, P: Into<Problem>>(
        &self,
        work: impl FnOnce(&mut T) -> Result<R, P>,
    ) -> Result<R, Problem> {
        let mut flow = self.place().take().ok_or(Problem::OutOfTurn)?;
        let result = work(&mut flow);
        *self.place() = Some(flow);
        result.map_err(Into::into)
    }

    fn place(&self) -> MutexGuard<'_, Option<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_from_within_a_call_is_refused_and_the_flow_stays() {
        let turn = Turn::new(1);
        let within = turn.with(|flow| {
            *flow += 1;
            Ok::<_, Problem>(turn.with(|flow| Ok::<_, Problem>(*flow)).is_err())
        });
        assert!(within.expect("the first call"));
        assert_eq!(turn.with(|flow| Ok::<_, Problem>(*flow)).expect("the next call"), 2);
    }

    #[test]
    fn a_flow_that_panicked_is_not_used_again() {
        let turn = Turn::new(1);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            turn.with(|_| -> Result<(), Problem> { panic!("in the middle") })
        }));
        assert!(panicked.is_err());
        assert!(matches!(turn.with(|flow| Ok::<_, Problem>(*flow)), Err(Problem::OutOfTurn)));
    }
}
