//! `phone self-test`: one verdict each, with what to do (H1).

use super::{Session, shown};
use crate::catalogue;
use crate::failure::Failure;
use countersign_engine::self_test::{Finding, Permissions, Subject, Verdict};
use serde_json::{Value, json};

impl Session<'_> {
    /// Looks at everything; status 1 if something has to be done.
    pub fn self_test(&mut self) -> Result<(), Failure> {
        let findings = self.auth.self_test(Permissions::default())?;
        let lines: Vec<String> = findings.iter().map(line).collect();
        let values: Vec<Value> = findings.iter().map(value).collect();
        self.sink.result(&lines.join("\n"), &json!({"findings": values}))?;
        let fine = |finding: &Finding| matches!(finding.verdict, Verdict::Good | Verdict::SoftwareKeys);
        if findings.iter().all(fine) { Ok(()) } else { Err(Failure::of("self_test")) }
    }
}

fn line(finding: &Finding) -> String {
    let at =
        finding.account.as_ref().map(|account| format!(" ({})", shown::name(account))).unwrap_or_default();
    format!(
        "{}{at}: {}",
        catalogue::named(&format!("subject.{}", subject(finding.subject))),
        sentence(&finding.verdict)
    )
}

fn value(finding: &Finding) -> Value {
    json!({
        "subject": subject(finding.subject),
        "account": finding.account.as_ref().map(shown::account),
        "verdict": verdict(&finding.verdict),
        "sentence": sentence(&finding.verdict),
    })
}

const fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::KeyStore => "key_store",
        Subject::Notifications => "notifications",
        Subject::Camera => "camera",
        Subject::Background => "background",
        Subject::Server => "server",
        Subject::Clock => "clock",
        Subject::Registration => "registration",
    }
}

const fn verdict(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "good",
        Verdict::SoftwareKeys => "software_keys",
        Verdict::Allow => "allow",
        Verdict::SetClock { .. } => "set_clock",
        Verdict::See(problem) => problem.code(),
    }
}

fn sentence(found: &Verdict) -> String {
    match found {
        Verdict::See(problem) => Failure::from(problem.clone()).sentence(),
        Verdict::SetClock { off_by } => {
            catalogue::named("verdict.set_clock").replace("{wait}", &crate::failure::seconds(*off_by))
        }
        found => catalogue::named(&format!("verdict.{}", verdict(found))),
    }
}
