//! One page for every state that replaces a waiting page (W3; the states are those of protocol.md 3.13).
//!
//! It names what happened, what did not happen, and the next step; the caller chooses the steps.

use super::page::Page;
use super::parts::{Countdown, Go, Next, Target, Wait};
use askama::Template;
use countersign_protocol::time::Time;

/// What happened.
#[derive(Clone)]
pub enum Outcome {
    /// The QR code was scanned; the answer is still to come. Give `wait` and `countdown`.
    Claimed,
    /// The app on this phone has it; the answer is still to come. Give `wait` and `countdown`.
    ClaimedHere,
    /// Denied with `cancel` on the phone.
    Denied,
    /// "It wasn't me".
    Reported,
    /// Third wrong number.
    FailedNumbers,
    /// Third wrong offline code.
    FailedCodes,
    /// Nobody answered in time.
    Expired,
    /// Cancelled in the browser, or because the phone was removed meanwhile.
    Cancelled,
    /// The phone must wait until then.
    Locked(Time),
    /// Every phone that could answer is locked.
    PhonesLocked,
    /// The service asks for two factors, and the account has no phone.
    NeedsPhone,
    /// `method_unavailable`.
    Unavailable,
    /// `method_unavailable` with reason `codes`: the offline path is closed until the phone was online.
    ConnectFirst,
    /// "Not my account" after a QR sign-in.
    Rejected,
    /// The pairing is done; how the phone is named ("Pixel 9, Android 17").
    Paired(String),
    /// The same, of an account that has no recovery code: it was used for this, or there never was one.
    PairedBare(String),
    /// The enrolment ran out.
    PairingExpired,
    /// The enrolment was cancelled.
    PairingStopped,
    /// Third wrong pairing code.
    PairingFailed,
    /// What the app brought back belongs to another browser, is wrong or too late.
    ReturnRefused,
    /// Reported by the link in a letter.
    ReportedByMail,
    /// Removed by the link in a letter.
    PhoneRemoved,
    /// There is another password, and a phone is needed beside it.
    PasswordChanged,
    /// One of the two addresses of a change is proven.
    AddressProven,
    /// Both are: the account has another one.
    AddressChanged,
    /// The change was stopped by a link.
    AddressStopped,
    /// What is asked for takes another sign-in.
    SignInAgain,
    /// Phones were removed by their owner, so many.
    PhonesRemoved(u32),
    /// The account is being closed, and ends for good then.
    Closing(Time),
    /// It was brought back by the link in a letter.
    AccountKept,
    /// It is not being closed any more, but an operator stopped it.
    AccountStopped,
    /// There is nothing to bring back.
    ClosingOver,
}

/// A state with its next steps.
#[derive(Template)]
#[template(path = "state.html")]
pub struct StatePage {
    /// The frame.
    pub page: Page,
    /// The service; named in sentences and on "Back to …".
    pub target: Option<Target>,
    /// What happened.
    pub outcome: Outcome,
    /// Time left, for `Claimed`.
    pub countdown: Option<Countdown>,
    /// What to wait for, for `Claimed`.
    pub wait: Option<Wait>,
    /// The steps, the likeliest first; never empty.
    pub next: Vec<Next>,
}

impl StatePage {
    /// A state that nothing follows by itself.
    pub fn end(page: Page, outcome: Outcome, next: Next) -> StatePage {
        StatePage { page, target: None, outcome, countdown: None, wait: None, next: vec![next] }
    }

    /// Keys of the title and of the sentence.
    fn keys(&self) -> (&'static str, &'static str) {
        match self.outcome {
            Outcome::Claimed => ("state.claimed.title", "state.claimed.text"),
            Outcome::ClaimedHere => ("state.claimed_here.title", "state.claimed_here.text"),
            Outcome::Denied => ("state.denied.title", "state.denied.text"),
            Outcome::Reported => ("state.reported.title", "state.reported.text"),
            Outcome::FailedNumbers => ("state.numbers.title", "state.numbers.text"),
            Outcome::FailedCodes => ("state.codes.title", "state.codes.text"),
            Outcome::Expired => ("state.expired.title", "state.expired.text"),
            Outcome::Cancelled => ("state.cancelled.title", "state.cancelled.text"),
            Outcome::Locked(_) => ("state.locked.title", "state.locked.text"),
            Outcome::PhonesLocked => ("state.phones_locked.title", "state.phones_locked.text"),
            Outcome::NeedsPhone => ("state.needs_phone.title", "state.needs_phone.text"),
            Outcome::Unavailable => ("state.unavailable.title", "state.unavailable.text"),
            Outcome::ConnectFirst => ("state.connect.title", "state.connect.text"),
            Outcome::Rejected => ("state.rejected.title", "state.rejected.text"),
            Outcome::Paired(_) => ("state.paired.title", "state.paired.text"),
            Outcome::PairedBare(_) => ("state.paired.title", "state.paired_bare.text"),
            Outcome::PairingExpired => ("state.pair_expired.title", "state.pair_expired.text"),
            Outcome::PairingStopped => ("state.pair_stopped.title", "state.pair_stopped.text"),
            Outcome::PairingFailed => ("state.pair_failed.title", "state.pair_failed.text"),
            Outcome::ReturnRefused => ("state.return.title", "state.return.text"),
            Outcome::ReportedByMail => ("state.mail_report.title", "state.mail_report.text"),
            Outcome::PhoneRemoved => ("state.removed.title", "state.removed.text"),
            Outcome::PasswordChanged => ("state.password.title", "state.password.text"),
            Outcome::AddressProven => ("state.address_proven.title", "state.address_proven.text"),
            Outcome::AddressChanged => ("state.address.title", "state.address.text"),
            Outcome::AddressStopped => ("state.address_stopped.title", "state.address_stopped.text"),
            Outcome::SignInAgain => ("state.again.title", "state.again.text"),
            Outcome::PhonesRemoved(_) => ("state.phones.title", "state.phones.text"),
            Outcome::Closing(_) => ("state.closing.title", "state.closing.text"),
            Outcome::AccountKept => ("state.kept.title", "state.kept.text"),
            Outcome::AccountStopped => ("state.stopped.title", "state.stopped.text"),
            Outcome::ClosingOver => ("state.closing_over.title", "state.closing_over.text"),
        }
    }

    /// Tone and icon of the sign above the title.
    fn sign(&self) -> (&'static str, &'static str) {
        match self.outcome {
            Outcome::Claimed | Outcome::ClaimedHere | Outcome::NeedsPhone => ("info", "phone-check"),
            Outcome::Paired(_)
            | Outcome::PairedBare(_)
            | Outcome::PasswordChanged
            | Outcome::AddressProven
            | Outcome::AddressChanged
            | Outcome::AccountKept => ("success", "check"),
            Outcome::Reported | Outcome::Rejected | Outcome::ReturnRefused => ("danger", "shield"),
            Outcome::ReportedByMail
            | Outcome::PhoneRemoved
            | Outcome::PhonesRemoved(_)
            | Outcome::AddressStopped => ("success", "shield"),
            Outcome::Locked(_) | Outcome::PhonesLocked | Outcome::AccountStopped => ("warning", "lock"),
            Outcome::SignInAgain => ("info", "lock"),
            Outcome::Expired | Outcome::PairingExpired | Outcome::ClosingOver => ("neutral", "timer"),
            Outcome::Denied | Outcome::Cancelled | Outcome::PairingStopped | Outcome::Closing(_) => {
                ("neutral", "close")
            }
            Outcome::FailedNumbers | Outcome::FailedCodes | Outcome::PairingFailed => ("danger", "error"),
            Outcome::Unavailable | Outcome::ConnectFirst => ("warning", "no-network"),
        }
    }

    fn title(&self) -> String {
        self.sentence(self.keys().0)
    }

    fn text(&self) -> String {
        self.sentence(self.keys().1)
    }

    fn sentence(&self, key: &str) -> String {
        match &self.outcome {
            Outcome::NeedsPhone => self.page.fill(key, "service", self.back()),
            Outcome::PhonesLocked | Outcome::AccountStopped => {
                self.page.fill(key, "server", &self.page.server)
            }
            Outcome::Closing(until) => self.page.fill(key, "time", self.page.day(*until)),
            Outcome::Locked(until) => self.page.fill(key, "time", self.page.clock(*until)),
            Outcome::Paired(phone) | Outcome::PairedBare(phone) => self.page.fill(key, "phone", phone),
            Outcome::PhonesRemoved(n) => self.page.count(key, *n),
            _ => self.page.fill(key, "", ""),
        }
    }

    /// Who "Back to …" names.
    fn back(&self) -> &str {
        self.target.as_ref().map_or(&self.page.server, |target| &target.service)
    }

    fn note(&self) -> Option<&'static str> {
        matches!(self.outcome, Outcome::Reported).then(|| self.page.t("state.reported.note"))
    }

    /// One filled button at most: the first, if its step may lead.
    fn class(&self, index: usize) -> &'static str {
        let leads = index == 0 && self.next.first().is_some_and(|next| next.step.may_lead());
        if leads { "primary" } else { "secondary" }
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}
