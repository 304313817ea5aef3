//! Steps 3 to 5 of 3.3: fetching the offer, and believing it only under the root that the code names.

use crate::call::{Heard, parsed, plain_problem};
use crate::countdown::Countdown;
use crate::port::{Method, Pins, Request};
use crate::problem::{MessageDefect, Problem};
use crate::shared::Shared;
use crate::sign_in::may_return;
use crate::trust::date;
use crate::vault::{Binding, LoadedBinding};
use countersign_protocol::answer::OfferAnswer;
use countersign_protocol::code::{header_value, offer_mac};
use countersign_protocol::id::Thumbprint;
use countersign_protocol::issuer::Issuer;
use countersign_protocol::keyset::{Accepted, KeySet, Pinned, accept};
use countersign_protocol::mask::masked_email;
use countersign_protocol::message::offer::Offer;
use countersign_protocol::qr::Pairing;

/// An offer that was verified, with the pins it was verified by.
pub(super) struct Offered {
    pub iss: Issuer,
    pub pairing: Pairing,
    pub offer: Offer,
    pub keyset: KeySet,
    pub pinned: Pinned,
    pub end: Countdown,
    /// Labels of accounts here that look like the offered one (N44).
    pub twins: Vec<String>,
}

/// Fetches and verifies the offer. A root other than that of an account at this server is refused before anything
/// is sent (N210).
pub(super) fn fetch(shared: &Shared, iss: Issuer, pairing: Pairing) -> Result<Offered, Problem> {
    let known = accounts_at(shared, &iss)?;
    if known.iter().any(|binding| !expects(binding, &pairing)) {
        return Err(Problem::RootMismatch);
    }
    let path = format!("/v1/enrolments/{}", pairing.eid);
    let mac = header_value(&offer_mac(&pairing.secret, &pairing.eid));
    let request = Request {
        iss: &iss,
        path: &path,
        method: Method::Get,
        map_enrol: Some(&mac),
        // The code's root is all that is known of this server so far.
        pins: Pins::WebOnly,
    };
    let reply = match shared.exchange(&request)? {
        Heard::Done(reply) => reply,
        Heard::Refused(refusal) => return Err(plain_problem(&refusal)),
    };
    let answer: OfferAnswer = parsed(&reply)?;
    let now = date(&reply)?;
    let Accepted { keyset, pinned } =
        accept(&known_of(&known, pairing.root), &iss, &answer.keysets, Some(now))?;
    if pinned.root != pairing.root {
        return Err(Problem::RootMismatch);
    }
    let offer = keyset.open::<Offer>(&answer.offer)?.into_inner();
    if offer.eid != pairing.eid {
        return Err(MessageDefect::OtherMessage.into());
    }
    if !offer.ret.as_deref().is_none_or(|url| may_return(&shared.options, &keyset, url)) {
        return Err(MessageDefect::ReturnAddress.into());
    }
    let twins = twins(&known, &offer.account);
    let end = Countdown::until(offer.exp, now, &*shared.clock);
    Ok(Offered { iss, pairing, offer, keyset, pinned, end, twins })
}

fn accounts_at(shared: &Shared, iss: &Issuer) -> Result<Vec<Binding>, Problem> {
    let loaded = shared.vault.bindings()?.into_iter();
    Ok(loaded
        .filter_map(|loaded| match loaded {
            LoadedBinding::Intact(binding) if binding.iss == *iss => Some(*binding),
            _ => None,
        })
        .collect())
}

/// Whether the code's root is the one that this account trusts, or the next one that it committed to.
fn expects(binding: &Binding, pairing: &Pairing) -> bool {
    binding.pinned.root == pairing.root || binding.pinned.next_root == Some(pairing.root)
}

/// What is known of a server under the root of its code. An account here has seen its sets up to some version: nobody
/// on the way may hand out an older one, of which a key may have been withdrawn.
fn known_of(known: &[Binding], root: Thumbprint) -> Pinned {
    let newest = known.iter().max_by_key(|binding| binding.keyset_version()).map(|binding| &binding.pinned);
    match newest {
        Some(pinned) if pinned.root == root => pinned.clone(),
        Some(pinned) => Pinned { stored: pinned.stored.clone(), ..Pinned::root_only(root) },
        None => Pinned::root_only(root),
    }
}

fn twins(known: &[Binding], offered: &str) -> Vec<String> {
    let labels = known.iter().map(|binding| binding.account.clone());
    labels.filter(|label| label == offered || masked_email(label) == *offered).collect()
}
