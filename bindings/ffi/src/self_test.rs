//! "Why does nothing arrive?" (H1).

use crate::account::Account;
use crate::authenticator::Authenticator;
use crate::problem::Problem;
use countersign_engine::self_test as inner;
use countersign_engine::self_test::{Permissions, Subject};

/// One thing that was looked at.
#[derive(uniffi::Record)]
pub struct Finding {
    /// What was looked at.
    pub subject: Subject,
    /// At which account's server, if at one.
    pub account: Option<Account>,
    /// What was found.
    pub verdict: Verdict,
}

/// What is to be done about it.
#[derive(uniffi::Enum)]
pub enum Verdict {
    /// Nothing.
    Good,
    /// The keys are in software: fine for trying out.
    SoftwareKeys,
    /// Allow it in the system's settings.
    Allow,
    /// Set the clock automatically: it is off by so many seconds.
    SetClock { off_by: u64 },
    /// Whatever the problem's own sentence says.
    See { problem: Problem },
}

#[uniffi::export]
impl Authenticator {
    /// Looks at everything; what the shell alone knows comes with it. Talks to each server once or twice.
    pub fn self_test(&self, permissions: Permissions) -> Result<Vec<Finding>, Problem> {
        Ok(self.0.self_test(permissions)?.into_iter().map(Into::into).collect())
    }
}

impl From<inner::Finding> for Finding {
    fn from(finding: inner::Finding) -> Self {
        let inner::Finding { subject, account, verdict } = finding;
        Self { subject, account: account.map(Into::into), verdict: verdict.into() }
    }
}

impl From<inner::Verdict> for Verdict {
    fn from(verdict: inner::Verdict) -> Self {
        match verdict {
            inner::Verdict::Good => Self::Good,
            inner::Verdict::SoftwareKeys => Self::SoftwareKeys,
            inner::Verdict::Allow => Self::Allow,
            inner::Verdict::SetClock { off_by } => Self::SetClock { off_by },
            inner::Verdict::See(problem) => Self::See { problem: problem.into() },
        }
    }
}
