//! The phone: opens the vault, knows the accounts, and is where every flow begins.
//!
//! It never draws, waits or decides for the person. Its methods that talk to a server say so.

use crate::account::{Account, AccountId};
use crate::entry::{self, Entry};
use crate::offline::OfflineFlow;
use crate::pairing::PairingFlow;
use crate::problem::Problem;
use crate::shared::{Options, Ports, Shared};
use crate::sign_in::{ClaimFlow, Inbox};
use crate::vault::{Binding, BindingState, LoadedBinding};
use countersign_protocol::answer::SelfAnswer;
use countersign_protocol::issuer::Issuer;
use countersign_protocol::message::op::Operation;
use countersign_protocol::qr::Payload;
use std::sync::Arc;
use std::time::Duration;

/// Seconds after which an enrolment that the server does not know is really over (3.3).
const ENROLMENT_GRACE: u64 = 600;

/// One installation of the app.
pub struct Authenticator {
    pub(crate) shared: Arc<Shared>,
}

/// What a scanned code leads to.
pub enum Scanned {
    /// A pairing (P1).
    Pairing(Box<PairingFlow>),
    /// A sign-in (S3).
    SignIn(Box<ClaimFlow>),
    /// A sign-in without network (S5).
    Offline(Box<OfflineFlow>),
}

/// What a server says of this phone. Advisory but for what a signed message changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The pairing waits for its code.
    Enrolling,
    /// Can approve.
    Active,
    /// Locked after too many wrong PINs.
    Locked,
    /// The pairing ended without success, and this phone has forgotten it.
    Forgotten,
}

impl Authenticator {
    /// Opens the vault and deletes keys that no account uses. Talks to no server.
    pub fn open(ports: Ports, options: Options) -> Result<Self, Problem> {
        let shared = Arc::new(Shared::open(ports, options)?);
        delete_orphans(&shared);
        Ok(Self { shared })
    }

    /// All accounts, those that cannot be read too.
    pub fn accounts(&self) -> Result<Vec<Account>, Problem> {
        Ok(self.shared.vault.bindings()?.iter().map(Account::of).collect())
    }

    /// Opens what was scanned, pasted or tapped, by the rules of its way in. Talks to the server that the code names,
    /// if it is one of an account here or a pairing.
    pub fn open_code(&self, text: &[u8], entry: Entry) -> Result<Scanned, Problem> {
        let qr = entry::read(text, entry, self.shared.options.profile)?;
        let shared = self.shared.clone();
        match qr.payload {
            Payload::Pairing(pairing) => {
                PairingFlow::start(shared, qr.iss, pairing).map(Box::new).map(Scanned::Pairing)
            }
            Payload::Frame { handle, step, mac } => {
                let known = active_at(&self.shared, &qr.iss)?;
                ClaimFlow::start(shared, known, handle, Some((step, mac))).map(Box::new).map(Scanned::SignIn)
            }
            Payload::Link(handle) => {
                let known = active_at(&self.shared, &qr.iss)?;
                ClaimFlow::start(shared, known, handle, None).map(Box::new).map(Scanned::SignIn)
            }
            Payload::Offline(oqr) => {
                let known = active_at(&self.shared, &qr.iss)?;
                OfflineFlow::start(shared, known, oqr).map(Box::new).map(Scanned::Offline)
            }
        }
    }

    /// Asks every server for pending requests (S1, S2).
    pub fn requests(&self) -> Result<Inbox, Problem> {
        Inbox::fetch(&self.shared)
    }

    /// What is left of the phone's own pause between PIN entries (2.2.4); nothing if a PIN may be typed now.
    pub fn pin_pause(&self) -> Result<Option<Duration>, Problem> {
        self.shared.patience.wait(&self.shared.vault)
    }

    /// Asks a server what it holds of this phone; finishes a pairing whose code was typed meanwhile.
    pub fn check(&self, account: AccountId) -> Result<Standing, Problem> {
        let mut binding = self.shared.vault.binding(account.0)?;
        check(&self.shared, &mut binding)
    }

    /// Deletes an account that the server removed, with all its keys. Refused for any other (3.7.2).
    pub fn forget(&self, account: AccountId) -> Result<(), Problem> {
        let binding = self.shared.vault.binding(account.0)?;
        match binding.state {
            BindingState::Removed(_) => forget(&self.shared, &binding),
            _ => Err(Problem::OutOfTurn),
        }
    }
}

/// Active accounts at a server.
fn active_at(shared: &Shared, iss: &Issuer) -> Result<Vec<Binding>, Problem> {
    let known: Vec<Binding> = shared
        .vault
        .bindings()?
        .into_iter()
        .filter_map(|loaded| match loaded {
            LoadedBinding::Intact(binding) => Some(*binding),
            LoadedBinding::Damaged { .. } => None,
        })
        .filter(|binding| binding.iss == *iss && binding.state == BindingState::Active)
        .collect();
    if known.is_empty() { Err(Problem::UnknownService) } else { Ok(known) }
}

/// Op `self` (3.1), and what follows from it.
pub(crate) fn check(shared: &Shared, binding: &mut Binding) -> Result<Standing, Problem> {
    if binding.aid.is_none() {
        // The answer to the enrolment was lost with the process: nobody can type its code any more.
        return abandoned(shared, binding)
            .map(|over| if over { Standing::Forgotten } else { Standing::Enrolling });
    }
    shared.settle(binding)?;
    let removed = matches!(binding.state, BindingState::Removed(_));
    let bio = binding.bio.as_ref().map(|bio| bio.fid);
    let (heard, op) = shared.op(binding, || Operation::SelfState)?;
    let answer: SelfAnswer = match shared.body(binding, heard) {
        Err(Problem::NotRecognised) if abandoned(shared, binding)? => return Ok(Standing::Forgotten),
        answer => answer?,
    };
    if let Some(text) = &answer.binding {
        let message = shared.own_binding(binding, text, &op)?;
        let off = shared.vault.update(binding, |fresh| {
            // A notice that came meanwhile is newer than this answer.
            if removed || !matches!(fresh.state, BindingState::Removed(_)) {
                fresh.state = BindingState::Active;
            }
            fresh.account.clone_from(&message.account);
            fresh.level = Some(message.level);
            // What the server has turned off is not offered any longer; a finger that came meanwhile it did not know.
            Ok(bio.filter(|_| message.bio_fid.is_none()).and_then(|fid| fresh.take_bio(&fid)))
        })?;
        shared.delete_keys(off.map(|bio| bio.alias).into_iter().collect());
        if message.ver > binding.keyset_version() {
            shared.fetch_keyset(binding)?;
        }
        // What fails here is done with the next list.
        let _ = shared.acknowledge(binding);
    }
    Ok(match (answer.state.as_str(), &binding.state) {
        ("locked", _) => Standing::Locked,
        (_, BindingState::Enrolling { .. }) => Standing::Enrolling,
        _ => Standing::Active,
    })
}

/// Forgets an enrolment that has ended, but not on an unsigned word alone: 600 s must have passed as well (3.3).
fn abandoned(shared: &Shared, binding: &Binding) -> Result<bool, Problem> {
    let enrolling = matches!(binding.state, BindingState::Enrolling { .. });
    let over = enrolling && shared.clock.wall().since(binding.created) >= ENROLMENT_GRACE;
    if over {
        forget(shared, binding)?;
    }
    Ok(over)
}

/// Rows first, then keys: keys without rows are found at the next start, rows without keys would be a broken account.
pub(crate) fn forget(shared: &Shared, binding: &Binding) -> Result<(), Problem> {
    shared.vault.erase(binding.id)?;
    for alias in binding.aliases() {
        shared.keyring.delete(alias)?;
    }
    Ok(())
}

/// Deletes keys that no account uses: what a crash between making keys and writing the row leaves. Nothing is
/// deleted while any account cannot be read, because the keys may be its.
fn delete_orphans(shared: &Shared) {
    let (Ok(loaded), Ok(aliases)) = (shared.vault.bindings(), shared.keyring.list()) else { return };
    let mut used = Vec::new();
    for loaded in &loaded {
        let LoadedBinding::Intact(binding) = loaded else { return };
        used.extend(binding.aliases());
    }
    for alias in aliases.iter().filter(|alias| !used.contains(alias)) {
        // A key that cannot be deleted now is tried again at the next start.
        let _ = shared.keyring.delete(alias.clone());
    }
}
