//! Counts statements, for tests of what an answer costs.

use rusqlite::Connection;
use rusqlite::trace::TraceEventCodes;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Statements that the connections of one store have begun.
#[derive(Clone, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// From now on counts those of this connection too.
    pub fn watch(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        let count = self.0.clone();
        connection.trace_v2(
            TraceEventCodes::SQLITE_TRACE_STMT,
            Some(move |_: rusqlite::trace::TraceEvent<'_>| _ = count.fetch_add(1, Ordering::Relaxed)),
        )
    }

    /// How many.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
