//! Proof of an account's own phone (3.11): what binds or frees a phone of an account that has or had one needs an
//! approval of exactly that by the account itself. Single use.

use super::Actor;
use super::complete;
use crate::app::Shared;
use crate::reply::Refusal;
use crate::store::account::Account;
use crate::store::phone::Phone;
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx};
use countersign_protocol::answer::SignInState;
use countersign_protocol::id::{PhoneRef, Tid};
use countersign_protocol::message::request::Row;
use countersign_protocol::problem::Code;
use serde::{Deserialize, Serialize};

/// What an approval may be a proof for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Another phone.
    Enrol,
    /// A new recovery code.
    RecoveryCode,
    /// A locked phone.
    Unlock(PhoneRef),
    /// The end of a phone.
    Remove(PhoneRef),
}

/// `act` on the wire and in the database.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActJson {
    #[serde(rename = "do")]
    what: String,
    #[serde(
        default,
        deserialize_with = "countersign_protocol::json::optional",
        skip_serializing_if = "Option::is_none"
    )]
    r#ref: Option<PhoneRef>,
}

impl Act {
    /// Reads the members; `unlock` and `remove` name a phone, the others none.
    pub fn of(json: &ActJson) -> Result<Self, Code> {
        match (json.what.as_str(), json.r#ref) {
            ("enrol", None) => Ok(Self::Enrol),
            ("recovery_code", None) => Ok(Self::RecoveryCode),
            ("unlock", Some(phone)) => Ok(Self::Unlock(phone)),
            ("remove", Some(phone)) => Ok(Self::Remove(phone)),
            _ => Err(Code::Malformed),
        }
    }

    /// The phone that it names.
    pub const fn phone(self) -> Option<PhoneRef> {
        match self {
            Self::Unlock(phone) | Self::Remove(phone) => Some(phone),
            Self::Enrol | Self::RecoveryCode => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::RecoveryCode => "recovery_code",
            Self::Unlock(_) => "unlock",
            Self::Remove(_) => "remove",
        }
    }

    /// The column.
    pub fn to_column(self) -> String {
        let json = ActJson { what: self.name().to_owned(), r#ref: self.phone() };
        serde_json::to_string(&json).unwrap_or_default()
    }

    /// The row that the person is shown and signs.
    pub fn row(self, phone: Option<&Phone>, server: &str) -> Row {
        let text = phone.map_or_else(|| server.to_owned(), |phone| format!("{}, {}", phone.name, phone.os));
        Row { l: self.label().to_owned(), t: text }
    }

    /// The label of that row, one for each act.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Enrol => "Add a phone",
            Self::RecoveryCode => "New recovery code",
            Self::Unlock(_) => "Unlock the phone",
            Self::Remove(_) => "Remove the phone",
        }
    }
}

/// A proof that is good, not used up yet.
pub struct Good {
    tid: Tid,
}

/// Whether a call needs a proof, and if so a good one. Whatever is wrong with it is `proof_required`.
pub fn needed(
    app: &Shared,
    actor: &Actor,
    account: &Account,
    (act, proof): (Act, Option<String>),
) -> Result<Option<Good>, Refusal> {
    if actor.is_portal() || !account.had_phone {
        return Ok(None);
    }
    let tid = proof.and_then(|text| Tid::parse(&text).ok()).ok_or(Code::ProofRequired)?;
    let sign_in = super::sign_ins::find(app, &tid).map_err(|refusal| match refusal {
        Refusal::Problem(_) => Code::ProofRequired.into(),
        fault @ Refusal::Fault(_) => fault,
    })?;
    if !fits(app, actor, account, (&sign_in, act)) || !is_others(app, account, (&sign_in, act))? {
        return Err(Code::ProofRequired.into());
    }
    // The row says that it was approved and completed; only the evidence shows it (T15).
    complete::check_evidence(app, &sign_in)?;
    Ok(Some(Good { tid }))
}

fn fits(app: &Shared, actor: &Actor, account: &Account, (sign_in, act): (&SignIn, Act)) -> bool {
    let life = app.policy().lifetimes.proof;
    let fresh = sign_in.completed_at.is_some_and(|at| app.now().since(at) <= life);
    sign_in.state == SignInState::Completed
        && sign_in.ended.is_none()
        && fresh
        && sign_in.service == actor.service.id
        && sign_in.account.as_deref() == Some(&account.id)
        && sign_in.act.as_deref() == Some(&act.to_column())
}

/// A locked phone is freed by another one (3.9.1): its own word from before is no proof.
fn is_others(app: &Shared, account: &Account, (sign_in, act): (&SignIn, Act)) -> Result<bool, Refusal> {
    let Act::Unlock(locked) = act else { return Ok(true) };
    Ok(sign_in.decided_by != Some(phone_of(app, &account.id, locked)?.aid))
}

/// Uses a proof up, in the transaction of what it is for.
pub fn take(tx: &Tx<'_>, proof: Option<&Good>) -> Result<(), Refusal> {
    match proof {
        Some(good) if !sign_in::use_as_proof(tx, &good.tid)? => Err(Code::ProofRequired.into()),
        _ => Ok(()),
    }
}

/// For phones that a call names: the one of this account.
pub fn phone_of(app: &Shared, account: &str, wanted: PhoneRef) -> Result<Phone, Refusal> {
    let phones =
        app.store.read(|tx| -> Result<_, StoreFault> { crate::store::phone::of_account(tx, account) })?;
    phones.into_iter().find(|phone| phone.r#ref == wanted).ok_or_else(|| Code::NotFound.into())
}
