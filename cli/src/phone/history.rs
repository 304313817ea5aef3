//! `phone history`, and "It wasn't me" to something in it.

use super::Session;
use crate::failure::Failure;
use countersign_engine::history::{Decided, Deed, Outcome};
use countersign_protocol::id::Tid;
use serde_json::{Value, json};

impl Session<'_> {
    /// Lists what was decided, newest first, after asking what became of answers without an outcome.
    pub fn history(&mut self) -> Result<(), Failure> {
        for row in self.auth.history()?.iter().filter(|row| row.outcome == Outcome::Unknown) {
            if let Err(problem) = self.auth.resolve(row.account) {
                self.sink.remark(&Failure::from(problem).to_string());
            }
        }
        let rows = self.auth.history()?;
        let lines: Vec<String> = rows.iter().map(line).collect();
        let text = if lines.is_empty() { "Nothing was decided yet.".to_owned() } else { lines.join("\n") };
        let values: Vec<Value> = rows.iter().map(value).collect();
        self.sink.result(&text, &json!({"history": values}))
    }

    /// Reports what this phone decided before.
    pub(super) fn report(&mut self, tid: Tid) -> Result<(), Failure> {
        let rows = self.auth.history()?;
        let known = rows.iter().find(|row| row.tid == tid);
        let account = known.ok_or_else(|| Failure::of("transaction_unknown"))?.account;
        self.auth.report(account, tid)?;
        self.sink.result("Reported. The session was ended.", &json!({"reported": true, "tid": tid}))
    }
}

fn line(row: &Decided) -> String {
    format!(
        "{}  {}  {:<12} {:<11} {}",
        row.at,
        row.sign_in_code,
        deed(row.deed),
        outcome(row.outcome),
        row.client
    )
}

fn value(row: &Decided) -> Value {
    json!({
        "tid": row.tid, "sign_in_code": row.sign_in_code, "client": row.client, "deed": row.deed,
        "outcome": row.outcome, "at": row.at, "account": row.account.to_string(),
    })
}

const fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Approved => "approved",
        Deed::Cancelled => "cancelled",
        Deed::Reported => "reported",
        Deed::OfflineCode => "offline code",
    }
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Confirmed => "confirmed",
        Outcome::Unknown => "no answer",
        Outcome::None => "",
    }
}
