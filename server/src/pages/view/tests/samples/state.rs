//! The states that end a page of waiting.

use super::{Drawn, Words, add, page, post, target, time, wait};
use crate::pages::view::{Countdown, Next, Outcome, StatePage, Step};

/// Draws them.
pub fn draw(w: &Words, all: &mut Drawn) {
    let cases = [
        ("claimed", Outcome::Claimed, vec![Step::Cancel]),
        ("claimed-here", Outcome::ClaimedHere, vec![Step::Cancel]),
        ("denied", Outcome::Denied, vec![Step::StartAgain, Step::OtherKey]),
        ("reported", Outcome::Reported, vec![Step::BackToService]),
        ("numbers", Outcome::FailedNumbers, vec![Step::NewRequest, Step::OtherKey]),
        ("codes", Outcome::FailedCodes, vec![Step::NewCode, Step::OtherKey]),
        ("expired", Outcome::Expired, vec![Step::NewRequest, Step::OtherKey]),
        ("cancelled", Outcome::Cancelled, vec![Step::StartAgain, Step::BackToService]),
        ("locked", Outcome::Locked(time(9120)), vec![Step::OtherKey]),
        ("phones-locked", Outcome::PhonesLocked, vec![Step::OtherKey]),
        ("needs-phone", Outcome::NeedsPhone, vec![Step::AddPhone, Step::BackToService, Step::Account]),
        ("unavailable", Outcome::Unavailable, vec![Step::OtherKey, Step::GetHelp]),
        ("connect", Outcome::ConnectFirst, vec![Step::OtherKey]),
        ("rejected", Outcome::Rejected, vec![Step::NewCode, Step::SignIn]),
        ("paired", Outcome::Paired(w.phone.into()), vec![Step::Account]),
        ("paired-bare", Outcome::PairedBare(w.phone.into()), vec![Step::SignIn]),
        ("pair-expired", Outcome::PairingExpired, vec![Step::NewCode, Step::Account]),
        ("pair-stopped", Outcome::PairingStopped, vec![Step::NewCode, Step::Account]),
        ("pair-failed", Outcome::PairingFailed, vec![Step::NewCode, Step::Account]),
        ("return", Outcome::ReturnRefused, vec![Step::SignIn]),
        ("mail-report", Outcome::ReportedByMail, vec![Step::SignIn]),
        ("removed", Outcome::PhoneRemoved, vec![Step::SignIn]),
        ("again", Outcome::SignInAgain, vec![Step::SignInAgain]),
        ("phones-one", Outcome::PhonesRemoved(1), vec![Step::Account]),
        ("phones", Outcome::PhonesRemoved(3), vec![Step::SignIn]),
        ("password", Outcome::PasswordChanged, vec![Step::SignIn]),
        ("address-proven", Outcome::AddressProven, vec![Step::Account]),
        ("address", Outcome::AddressChanged, vec![Step::Account]),
        ("address-stopped", Outcome::AddressStopped, vec![Step::Account]),
        ("closing", Outcome::Closing(time(1_218_000)), vec![Step::GetHelp]),
        ("kept", Outcome::AccountKept, vec![Step::SignIn]),
        ("stopped", Outcome::AccountStopped, vec![Step::SignIn]),
        ("closing-over", Outcome::ClosingOver, vec![Step::SignIn]),
    ];
    for (name, outcome, steps) in cases {
        let waits = matches!(
            outcome,
            Outcome::Claimed | Outcome::ClaimedHere | Outcome::Locked(_) | Outcome::PhonesLocked
        );
        let state = StatePage {
            page: page(w),
            target: target(w),
            countdown: waits.then_some(Countdown { left_s: 35, total_s: 120 }),
            wait: waits.then(|| wait("claimed")),
            outcome,
            next: steps.into_iter().map(|step| Next::post(step, post("/sign-in/next"))).collect(),
        };
        add(all, &format!("state-{name}"), state.render());
    }
}
