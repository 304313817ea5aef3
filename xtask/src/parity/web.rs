//! What a browser shows while the phone is in a state, kept by hand: the two know nothing of each other.

/// State of the core, and the variant of the pages' `Outcome` (server/src/pages/view/state.rs). An approved sign-in has no
/// page beside it: the browser is where it wanted to go.
const BESIDE: [(&str, &str, &str); 11] = [
    ("PairingState", "Active", "Paired"),
    ("PairingState", "Gone", "PairingExpired"),
    ("ClaimState", "Claimed", "Claimed"),
    ("SignInState", "Denied", "Denied"),
    ("SignInState", "WrongNumber", "FailedNumbers"),
    ("SignInState", "Failed", "FailedNumbers"),
    ("SignInState", "Expired", "Expired"),
    ("SignInState", "Cancelled", "Cancelled"),
    ("SignInState", "WrongPin", "Locked"),
    ("SignInState", "Wait", "Locked"),
    ("AccountState", "Locked", "Locked"),
];

/// The file that they are in.
pub const PAGES: &str = "server/src/pages/view/state.rs";

/// The variant of the pages' outcome beside this state; most states are the phone's own affair.
pub fn beside(states: &str, variant: &str) -> Option<&'static str> {
    BESIDE.iter().find(|(own, state, _)| (*own, *state) == (states, variant)).map(|(_, _, outcome)| *outcome)
}

/// Every outcome that the table names.
pub fn outcomes() -> impl Iterator<Item = &'static str> {
    BESIDE.iter().map(|(_, _, outcome)| *outcome)
}
