//! Sign-in without network (S5), protocol 3.6: a signed code in, eight digits out.
//!
//! The server's key set is the one pinned earlier, whatever its own end; the phone's clock only warns. If there is a
//! network after all, the server is asked first, because a page that says "offline" to a phone that is not may be
//! somebody else's page.

use crate::account::Account;
use crate::countdown::Countdown;
use crate::history;
use crate::port::Clock;
use crate::problem::Problem;
use crate::shared::Shared;
use crate::vault::{Binding, Deed, Entry, Outcome};
use countersign_protocol::answer::SignInState;
use countersign_protocol::code::{device_hint, offline_code};
use countersign_protocol::key::PublicKey;
use countersign_protocol::keyset::MessageFault;
use countersign_protocol::mask::masked_short;
use countersign_protocol::message::offline::OfflineRequest;
use countersign_protocol::secret::OfflineCode;
use countersign_vault::pin_entry::PinEntry;
use std::sync::Arc;
use std::time::Duration;

/// How long a code may be shown.
const SHOWN: Duration = Duration::from_secs(60);

/// One sign-in without network.
pub struct OfflineFlow {
    shared: Arc<Shared>,
    binding: Binding,
    oqr: String,
    request: OfflineRequest,
    off_key: PublicKey,
    /// What the server said when it was asked last: the sign-in does not wait for a code.
    over: bool,
}

/// What the shell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfflineState {
    /// No network, as the page says: ask for the PIN.
    Ready,
    /// There is a network: "This page thinks your phone is offline. It is not." Offer [`OfflineFlow::report`] before
    /// the PIN.
    Connected,
    /// There is a network, and the sign-in is not waiting: no code.
    Over {
        /// Its state, if the server named one.
        state: Option<SignInState>,
    },
}

/// Eight digits, wiped when they have been shown long enough. No `Debug`.
pub struct ShownCode {
    digits: OfflineCode,
    end: Countdown,
    clock: Arc<dyn Clock>,
}

impl ShownCode {
    /// The digits, as long as they may be shown.
    pub fn digits(&mut self) -> Option<&str> {
        if self.left().is_zero() {
            self.hide();
            return None;
        }
        Some(self.digits.expose())
    }

    /// Time left.
    pub fn left(&self) -> Duration {
        self.end.left(&*self.clock)
    }

    /// Wipes the digits at once.
    pub fn hide(&mut self) {
        self.digits = OfflineCode::from_value(0);
        self.end = Countdown::lasting(Duration::ZERO, &*self.clock);
    }
}

impl OfflineFlow {
    /// Verifies the code with the pinned key set and finds its account. Sends nothing. `known` is not empty.
    pub(crate) fn start(shared: Arc<Shared>, known: Vec<Binding>, oqr: String) -> Result<Self, Problem> {
        let mut candidates = Vec::new();
        let mut fault = MessageFault::UnknownKey;
        for binding in known {
            match binding.keyset()?.open::<OfflineRequest>(&oqr) {
                Ok(request) => candidates.push((binding, request.into_inner())),
                Err(found) => fault = found,
            }
        }
        if candidates.is_empty() {
            // An unknown key may be a newer one: this phone has to be connected once.
            let unknown = fault == MessageFault::UnknownKey;
            return Err(if unknown { Problem::ConnectFirst } else { fault.into() });
        }
        let (binding, request) = mine(candidates).ok_or(Problem::UnknownService)?;
        let off_key = *binding.keyset()?.off_key(&request.ok).ok_or(Problem::ConnectFirst)?;
        Ok(Self { shared, binding, oqr, request, off_key, over: false })
    }

    /// What is shown: service, place, user.
    pub fn request(&self) -> &OfflineRequest {
        &self.request
    }

    /// The account that it is for.
    pub fn account(&self) -> Account {
        Account::of_binding(&self.binding)
    }

    /// Whether the phone's clock says that this code is over or not yet made: warn, no more.
    pub fn clock_differs(&self) -> bool {
        let now = self.shared.clock.wall();
        now < self.request.iat || now >= self.request.exp
    }

    /// Tries to reach the server and asks for the sign-in's state.
    pub fn probe(&mut self) -> Result<OfflineState, Problem> {
        self.binding = self.shared.vault.binding(self.binding.id)?;
        let state = match history::get(&self.shared, &mut self.binding, self.request.tid) {
            Ok(answer) => match SignInState::from_name(&answer.state) {
                Some(SignInState::Pending) => OfflineState::Connected,
                state => OfflineState::Over { state },
            },
            Err(Problem::Unreachable { .. } | Problem::UntrustedServer | Problem::Unavailable { .. }) => {
                OfflineState::Ready
            }
            Err(Problem::Refused { .. }) => OfflineState::Over { state: None },
            Err(problem) => return Err(problem),
        };
        self.over = matches!(state, OfflineState::Over { .. });
        Ok(state)
    }

    /// "It wasn't me": only with a network.
    pub fn report(&mut self) -> Result<(), Problem> {
        self.binding = self.shared.vault.binding(self.binding.id)?;
        history::report(&self.shared, &mut self.binding, self.request.tid, self.request.rp.clone())
    }

    /// Computes the code. The entry is wiped. Whether the PIN was right nobody can tell here: a wrong one gives a
    /// wrong code. None comes of an app that is too old to approve, or after [`OfflineState::Over`].
    pub fn code(&mut self, pin: PinEntry) -> Result<ShownCode, Problem> {
        let mut pin = pin;
        if self.over {
            return Err(Problem::OutOfTurn);
        }
        // As it is now: a change of PIN may have begun or ended since the code was scanned.
        self.binding = self.shared.vault.binding(self.binding.id)?;
        self.shared.check_version(&self.binding.keyset()?)?;
        let aid = self.binding.aid.ok_or(Problem::OutOfTurn)?;
        if self.shared.settle(&mut self.binding).is_err() {
            return Err(Problem::ChangePending);
        }
        let keys = self.shared.pin_keys(&self.binding, &mut pin)?;
        let key = keys.offline_key(aid.as_bytes(), &self.request.ok, self.off_key.as_sec1())?;
        let digits = offline_code(key.as_bytes(), &self.oqr);
        self.shared.vault.record(self.binding.id, &self.entry())?;
        let end = Countdown::lasting(SHOWN, &*self.shared.clock);
        Ok(ShownCode { digits, end, clock: self.shared.clock.clone() })
    }

    fn entry(&self) -> Entry {
        Entry {
            tid: self.request.tid,
            client: self.request.rp.clone(),
            deed: Deed::OfflineCode,
            outcome: Outcome::None,
            at: self.shared.clock.wall(),
            answer: None,
            earlier: Vec::new(),
        }
    }
}

/// The account that `dv` names; of two with the same hint the one that the masked user fits better.
fn mine(candidates: Vec<(Binding, OfflineRequest)>) -> Option<(Binding, OfflineRequest)> {
    let mut fitting: Vec<_> = candidates
        .into_iter()
        .filter(|(binding, request)| binding.aid.is_some_and(|aid| device_hint(&aid) == request.dv))
        .collect();
    let exact = fitting.iter().position(|(binding, request)| masked_short(&binding.account) == request.usr);
    if fitting.is_empty() { None } else { Some(fitting.swap_remove(exact.unwrap_or(0))) }
}
