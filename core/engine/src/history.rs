//! What was decided on this phone (A9), what became of answers whose outcome was lost, and "It wasn't me" afterwards.

use crate::account::AccountId;
use crate::authenticator::Authenticator;
use crate::problem::{MessageDefect, Problem};
use crate::shared::Shared;
use crate::vault::{Binding, Entry, Sent};
use countersign_protocol::answer::{GetAnswer, ReceiptAnswer, SignInState};
use countersign_protocol::code::sign_in_code;
use countersign_protocol::id::Tid;
use countersign_protocol::message::op::Operation;
use countersign_protocol::message::receipt::{OpReceipt, ResponseReceipt};
use countersign_protocol::message::response::DecisionWord;
use countersign_protocol::problem::Code;
use countersign_protocol::time::Time;

pub use crate::vault::{Deed, Outcome};

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The account.
    pub account: AccountId,
    /// The sign-in.
    pub tid: Tid,
    /// Its label, which support asks for.
    pub sign_in_code: String,
    /// The service's name.
    pub client: String,
    /// What was done.
    pub deed: Deed,
    /// What is known of its effect.
    pub outcome: Outcome,
    /// The server's time, or the phone's while no receipt has come.
    pub at: Time,
}

impl Authenticator {
    /// All decisions, newest first.
    pub fn history(&self) -> Result<Vec<Decided>, Problem> {
        let kept = self.shared.vault.history()?;
        Ok(kept.into_iter().map(|kept| decided(kept.binding, kept.entry)).collect())
    }

    /// "It wasn't me", whatever became of the sign-in: stops pushes, cancels what is pending, ends the session.
    pub fn report(&self, account: AccountId, tid: Tid) -> Result<(), Problem> {
        let mut binding = self.shared.vault.binding(account.0)?;
        let known = self.shared.vault.history()?.into_iter().find(|kept| kept.entry.tid == tid);
        let client = known.map(|kept| kept.entry.client).unwrap_or_default();
        report(&self.shared, &mut binding, tid, client)
    }

    /// Asks the server what became of every answer of this account whose outcome is unknown.
    pub fn resolve(&self, account: AccountId) -> Result<(), Problem> {
        let mut binding = self.shared.vault.binding(account.0)?;
        resolve(&self.shared, &mut binding)
    }
}

fn decided(binding: u64, entry: Entry) -> Decided {
    Decided {
        account: AccountId(binding),
        tid: entry.tid,
        sign_in_code: sign_in_code(&entry.tid),
        client: entry.client,
        deed: entry.deed,
        outcome: entry.outcome,
        at: entry.at,
    }
}

/// Op `report` (3.7), and its row in the history.
pub(crate) fn report(
    shared: &Shared,
    binding: &mut Binding,
    tid: Tid,
    client: String,
) -> Result<(), Problem> {
    shared.settle_first(binding)?;
    let (heard, op) = shared.op(binding, || Operation::Report(tid))?;
    let answer: ReceiptAnswer = shared.body(binding, heard)?;
    let receipt = shared.open_message::<OpReceipt>(binding, &answer.receipt)?;
    if Some(receipt.aud) != binding.aid || receipt.r#ref != op.jti {
        return Err(MessageDefect::OtherMessage.into());
    }
    let (deed, outcome, at) = (Deed::Reported, Outcome::Confirmed, receipt.iat);
    let reported = Entry { tid, client, deed, outcome, at, answer: None, earlier: Vec::new() };
    shared.vault.record(binding.id, &reported)
}

/// Op `get` (3.1).
pub(crate) fn get(shared: &Shared, binding: &mut Binding, tid: Tid) -> Result<GetAnswer, Problem> {
    shared.settle_first(binding)?;
    let (heard, _) = shared.op(binding, || Operation::Get(tid))?;
    shared.body(binding, heard)
}

/// After a crash between sending and the answer (3.0.5): a receipt confirms, an open request means that nothing
/// happened and the PIN is asked for again, an ended one without receipt means that nothing came of it. A receipt that
/// fits nothing stands in the way of no other.
pub(crate) fn resolve(shared: &Shared, binding: &mut Binding) -> Result<(), Problem> {
    let mut refused = Ok(());
    for kept in shared.vault.history()? {
        if kept.binding == binding.id && kept.entry.outcome == Outcome::Unknown {
            match resolve_one(shared, binding, kept.entry) {
                problem @ Err(Problem::MessageRefused { .. }) => refused = problem,
                resolved => resolved?,
            }
        }
    }
    refused
}

fn resolve_one(shared: &Shared, binding: &mut Binding, entry: Entry) -> Result<(), Problem> {
    match get(shared, binding, entry.tid) {
        // Forgotten there: nothing can come of it any more.
        Err(Problem::Refused { code: Code::TransactionUnknown }) => {
            shared.vault.unrecord(binding.id, &entry.tid)
        }
        answer => settle(shared, binding, entry, &answer?),
    }
}

fn settle(shared: &Shared, binding: &mut Binding, entry: Entry, answer: &GetAnswer) -> Result<(), Problem> {
    let Some(text) = &answer.receipt else {
        // An answer may still be on its way while the sign-in is open; afterwards none can come.
        let open = SignInState::from_name(&answer.state).is_some_and(SignInState::is_open);
        return if open { Ok(()) } else { shared.vault.unrecord(binding.id, &entry.tid) };
    };
    let receipt = shared.open_message::<ResponseReceipt>(binding, text)?;
    let mine = Some(receipt.aud) == binding.aid && receipt.tid == entry.tid;
    // Of several answers the server took one, and not always the last.
    let taken = entry.sent().into_iter().find(|sent| mine && is_of(&receipt, sent));
    let taken = Sent { at: receipt.iat, ..taken.ok_or(MessageDefect::OtherMessage)? };
    if receipt.dec == DecisionWord::Approve {
        shared.patience.reset(&shared.vault)?;
    }
    let confirmed = Entry { outcome: Outcome::Confirmed, ..entry }.with_sent(vec![taken]);
    confirmed.map_or(Ok(()), |confirmed| shared.vault.record(binding.id, &confirmed))
}

fn is_of(receipt: &ResponseReceipt, sent: &Sent) -> bool {
    let word = if sent.deed == Deed::Approved { DecisionWord::Approve } else { DecisionWord::Deny };
    receipt.dec == word && receipt.r#ref == sent.jti && receipt.req == sent.req
}
