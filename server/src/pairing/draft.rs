//! A new pairing: its secrets, its signed offer, and the row that it becomes.

use super::Typed;
use crate::app::{App, AppFault};
use crate::random;
use crate::reply::Refusal;
use crate::seal::Purpose;
use crate::store::account::{self, Account};
use crate::store::enrolment::{self, NewEnrolment};
use crate::store::{StoreFault, Tx, audit};
use countersign_protocol::id::{Aid, Eid, Nonce};
use countersign_protocol::mask::masked_email;
use countersign_protocol::message::offer::{Offer, OfferKind};
use countersign_protocol::qr::Pairing;
use countersign_protocol::secret::EnrolSecret;
use countersign_protocol::time::Time;
use serde_json::json;

/// What is wanted.
pub struct Wanted<'a> {
    /// For whom.
    pub account: &'a Account,
    /// On whose behalf; its letters name it.
    pub service: &'a str,
    /// The phone that asks, and whether the new one takes its place.
    pub by: Option<(Aid, OfferKind)>,
    /// Same device: where the app goes back to.
    pub return_url: Option<String>,
    /// Seconds that it lives.
    pub life: u64,
}

/// A pairing that is not in the database yet.
pub struct Draft {
    /// What its QR holds.
    pub pairing: Pairing,
    /// Its row.
    pub row: NewEnrolment,
    now: Time,
}

impl Draft {
    /// Draws the secrets and signs the offer.
    pub fn new(app: &App, wanted: &Wanted<'_>) -> Result<Self, AppFault> {
        let now = app.now();
        let pairing = Pairing {
            eid: Eid::from_bytes(random::bytes()),
            secret: EnrolSecret::from_bytes(random::bytes()),
            root: app.root(),
            same_device: wanted.return_url.is_some(),
        };
        let purpose = Purpose::enrolment(&pairing.eid, &wanted.account.id);
        let es = app.keys().kek.seal(&purpose, pairing.secret.expose(), random::bytes())?;
        let (nonce, exp) = (Nonce::from_bytes(random::bytes()), now.plus(wanted.life));
        let kind = wanted.by.map_or(OfferKind::New, |(_, kind)| kind);
        let offer = app.sign(&Offer {
            head: app.head(),
            iat: now,
            eid: pairing.eid,
            nonce,
            exp,
            account: masked_email(&wanted.account.email),
            kind,
            attest: app.policy().attest,
            min_level: app.policy().min_level,
            ret: wanted.return_url.clone(),
        })?;
        let row = NewEnrolment {
            eid: pairing.eid,
            account: wanted.account.id.clone(),
            service: wanted.service.to_owned(),
            exp,
            es,
            nonce,
            offer,
            migrates: kind == OfferKind::Migrate,
            started_by: wanted.by.map(|(aid, _)| aid),
            return_url: wanted.return_url.clone(),
            typed: None,
        };
        Ok(Self { pairing, row, now })
    }

    /// Lets it be found by a code to type as well, and gives that code.
    pub async fn add_code(&mut self, app: &App) -> Result<Typed, Refusal> {
        let typed = Typed::of(&self.pairing.secret, &app.iss).await?;
        self.row.typed = Some(typed.boxed(&app.iss, &self.pairing)?);
        Ok(typed)
    }

    /// Puts it into the database. One that names a root of before is refused: those that are there have been ended. So is
    /// one for an account that was stopped since.
    pub fn insert(&self, tx: &Tx<'_>, app: &App) -> Result<(), StoreFault> {
        let is_active =
            account::by_id(tx, &self.row.account)?.is_some_and(|account| account.state == "active");
        if !is_active || self.pairing.root != app.root() {
            return Err(StoreFault::NotCommitted);
        }
        enrolment::insert(tx, &self.row, self.now)?;
        let about = json!({
            "eid": self.row.eid, "account": self.row.account, "service": self.row.service, "by": self.row.started_by,
        });
        audit::append(tx, &app.keys().audit, "enrolment_started", &about, self.now)
    }
}
