//! Accounts and phones under an operator's hand: shown, locked, unlocked, closed, removed, let in again. Beside a running
//! server.

use super::acts::{self, By};
use super::{Operator, OperatorFault, SETUP_LIFE, now, setup_path};
use crate::app::{App, AppFault};
use crate::binding::level;
use crate::store::account::{self, Account};
use crate::store::phone::{self, Phone};
use crate::store::{StoreFault, Tx, audit, enrolment, session};
use crate::{letters, random};
use countersign_protocol::id::PhoneRef;
use countersign_protocol::label::sha256;
use countersign_protocol::time::Iso;
use serde_json::{Value, json};

/// An account with its phones.
pub struct AccountView {
    /// The account.
    pub account: Account,
    /// Its phones, those that were removed too.
    pub phones: Vec<Phone>,
}

impl AccountView {
    /// As JSON.
    pub fn to_json(&self) -> Value {
        let phones: Vec<Value> = self.phones.iter().map(phone_json).collect();
        json!({
            "account": self.account.id, "email": self.account.email, "state": self.account.state,
            "num_fail": self.account.num_fail, "offline": self.account.offline_on, "phones": phones,
            "closing_until": self.account.closing.map(Iso),
        })
    }
}

fn phone_json(phone: &Phone) -> Value {
    let attestation: Option<Value> =
        phone.attestation.as_deref().and_then(|text| serde_json::from_str(text).ok());
    json!({
        "ref": phone.r#ref, "name": phone.name, "os": phone.os, "level": level(phone.level).as_str(),
        "attested": phone.attested, "attestation": attestation, "state": phone.state.as_str(), "why": phone.why,
        "biometrics": phone.bio.is_some(), "created": Iso(phone.created), "last_used": phone.last_used.map(Iso),
    })
}

impl Operator {
    /// The account of this id or address.
    pub fn account(&self, wanted: &str) -> Result<AccountView, OperatorFault> {
        let found = self.app.store.read(|tx| -> Result<_, StoreFault> {
            let Some(account) = find(tx, wanted)? else { return Ok(None) };
            let phones = phone::all_of_account(tx, &account.id)?;
            Ok(Some(AccountView { account, phones }))
        })?;
        found.ok_or_else(|| OperatorFault::UnknownAccount(wanted.to_owned()))
    }

    /// Stops an account: its phones approve nothing, nothing is started for it, its sessions here end.
    pub async fn lock_account(&self, wanted: &str) -> Result<(), OperatorFault> {
        self.change(wanted, acts::lock).await
    }

    /// Lets an account go on that an operator stopped, or a restore without an audit log. Phones that wrong PINs locked
    /// stay locked.
    pub async fn unlock_account(&self, wanted: &str) -> Result<(), OperatorFault> {
        self.change(wanted, acts::unlock).await
    }

    /// Ends an account for good: every phone is removed.
    pub async fn close_account(&self, wanted: &str) -> Result<(), OperatorFault> {
        self.change(wanted, acts::close).await
    }

    /// Makes a link that pairs a phone, for an owner whose phones are all gone, and gives its path. Every link of
    /// before and whatever it began is over.
    pub async fn link_account(&self, wanted: &str) -> Result<String, OperatorFault> {
        let (app, wanted, token) = (self.app.clone(), wanted.to_owned(), random::bytes::<32>());
        let work = move |tx: &Tx<'_>| -> Result<(), OperatorFault> {
            let account = find(tx, &wanted)?.ok_or(OperatorFault::UnknownAccount(wanted))?;
            if account.state != "active" {
                return Err(OperatorFault::AccountState(account.state));
            }
            if account::has_active_phone(tx, &account.id)? {
                return Err(OperatorFault::ActivePhone);
            }
            enrolment::cancel_all(tx, &account.id)?;
            session::end_pairing(tx, &account.id, now())?;
            account::set_setup_link(tx, &account.id, &sha256(&token), now().plus(SETUP_LIFE))?;
            letters::setup_link_made(tx, &app, &account.id, now())?;
            let about = json!({"account": account.id, "by": "operator"});
            Ok(audit::append(tx, &app.keys().audit, "setup_link_made", &about, now())?)
        };
        self.write(work).await?;
        Ok(setup_path(&token))
    }

    async fn change(
        &self,
        wanted: &str,
        act: impl FnOnce(&Tx<'_>, &App, &Account, &By) -> Result<bool, AppFault> + Send + 'static,
    ) -> Result<(), OperatorFault> {
        let (wanted, app) = (wanted.to_owned(), self.app.clone());
        let work = move |tx: &Tx<'_>| -> Result<(), OperatorFault> {
            let account = find(tx, &wanted)?.ok_or(OperatorFault::UnknownAccount(wanted))?;
            let done = act(tx, &app, &account, &By::command_line())?;
            if done { Ok(()) } else { Err(OperatorFault::AccountState(account.state)) }
        };
        self.write(work).await
    }

    /// Removes a phone of an account.
    pub async fn revoke_phone(&self, wanted: &str, target: PhoneRef) -> Result<(), OperatorFault> {
        let (wanted, app) = (wanted.to_owned(), self.app.clone());
        let work = move |tx: &Tx<'_>| -> Result<(), OperatorFault> {
            let account = find(tx, &wanted)?.ok_or(OperatorFault::UnknownAccount(wanted))?;
            let done = acts::remove_phone(tx, &app, (&account, target), &By::command_line())?;
            if done { Ok(()) } else { Err(OperatorFault::UnknownPhone(target.to_string())) }
        };
        self.write(work).await
    }
}

/// The account of this id or address.
pub(crate) fn find(tx: &Tx<'_>, wanted: &str) -> Result<Option<Account>, StoreFault> {
    match account::by_id(tx, wanted)? {
        Some(account) => Ok(Some(account)),
        None => account::by_email(tx, wanted),
    }
}
