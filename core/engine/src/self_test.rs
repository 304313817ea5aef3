//! "Why does nothing arrive?" (H1): what this phone and its servers can tell, one verdict each, each with what to do.
//! Words are the shell's.

use crate::account::Account;
use crate::authenticator::Authenticator;
use crate::call::Heard;
use crate::call::plain_problem;
use crate::port::{Method, Pins, Request};
use crate::problem::Problem;
use crate::vault::{Binding, BindingState, LoadedBinding};
use countersign_protocol::message::Level;

/// Seconds by which the phone's clock may differ before it is worth a word: no check depends on it (T17).
const CLOCK_TOLERANCE: u64 = 60;

/// What only the shell can know; `None` is "not on this platform".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Permissions {
    /// Notifications are allowed.
    pub notifications: Option<bool>,
    /// The camera is allowed.
    pub camera: Option<bool>,
    /// The app may run when the battery saver is on.
    pub background: Option<bool>,
}

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The key store and its protection.
    KeyStore,
    /// Notifications.
    Notifications,
    /// Camera.
    Camera,
    /// Battery saver.
    Background,
    /// Whether a server answers.
    Server,
    /// The phone's clock against a server's.
    Clock,
    /// Whether a server knows this phone.
    Registration,
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Good,
    /// The keys are in software: fine for trying out.
    SoftwareKeys,
    /// Allow it in the system's settings.
    Allow,
    /// Set the clock automatically: it is off by so many seconds.
    SetClock {
        /// Seconds.
        off_by: u64,
    },
    /// Whatever the problem's own sentence says.
    See(Problem),
}

/// One line of the self-test.
pub struct Finding {
    /// What was looked at.
    pub subject: Subject,
    /// At which account's server, if at one.
    pub account: Option<Account>,
    /// What was found.
    pub verdict: Verdict,
}

impl Authenticator {
    /// Looks at everything. Talks to each server once or twice; nothing is changed but what a signed answer changes.
    pub fn self_test(&self, permissions: Permissions) -> Result<Vec<Finding>, Problem> {
        let mut findings = vec![self.key_store()];
        for (subject, allowed) in [
            (Subject::Notifications, permissions.notifications),
            (Subject::Camera, permissions.camera),
            (Subject::Background, permissions.background),
        ] {
            let verdict = allowed.map(|allowed| if allowed { Verdict::Good } else { Verdict::Allow });
            findings.extend(verdict.map(|verdict| Finding { subject, account: None, verdict }));
        }
        for loaded in self.shared.vault.bindings()? {
            match loaded {
                LoadedBinding::Intact(binding) => self.server(*binding, &mut findings),
                LoadedBinding::Damaged { .. } => {
                    let verdict = Verdict::See(Problem::VaultCorrupt);
                    let account = Some(Account::of(&loaded));
                    findings.push(Finding { subject: Subject::Registration, account, verdict });
                }
            }
        }
        Ok(findings)
    }

    fn key_store(&self) -> Finding {
        let verdict = match self.shared.keyring.capabilities() {
            Ok(caps) if caps.level == Level::Software => Verdict::SoftwareKeys,
            Ok(_) => Verdict::Good,
            Err(error) => Verdict::See(error.into()),
        };
        Finding { subject: Subject::KeyStore, account: None, verdict }
    }

    fn server(&self, mut binding: Binding, findings: &mut Vec<Finding>) {
        let account = Account::of_binding(&binding);
        let mut found = |subject, verdict| {
            findings.push(Finding { subject, account: Some(account.clone()), verdict });
        };
        match self.clock_of(&binding) {
            Err(problem) => found(Subject::Server, Verdict::See(problem)),
            Ok(off_by) => {
                found(Subject::Server, Verdict::Good);
                let fine = off_by <= CLOCK_TOLERANCE;
                found(Subject::Clock, if fine { Verdict::Good } else { Verdict::SetClock { off_by } });
                if binding.state == BindingState::Active {
                    let known = crate::authenticator::check(&self.shared, &mut binding);
                    found(Subject::Registration, known.map_or_else(Verdict::See, |_| Verdict::Good));
                }
            }
        }
    }

    /// Seconds between this phone's clock and the server's.
    fn clock_of(&self, binding: &Binding) -> Result<u64, Problem> {
        let keyset = binding.keyset()?;
        let request = Request {
            iss: &binding.iss,
            path: "/.well-known/map-keyset",
            method: Method::Get,
            map_enrol: None,
            pins: Pins::Only(&keyset.content().tls_pins),
        };
        match self.shared.exchange(&request)? {
            Heard::Done(reply) => {
                let (theirs, ours) = (crate::trust::date(&reply)?, self.shared.clock.wall());
                Ok(theirs.secs().abs_diff(ours.secs()))
            }
            Heard::Refused(refusal) => Err(plain_problem(&refusal)),
        }
    }
}
