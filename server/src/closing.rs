//! An account that its owner closes (W6): it is stopped at once, a link in a letter brings it back for some days, and then it
//! is ended for good, as an operator ends one.

use crate::app::{App, AppFault};
use crate::letters;
use crate::operator::acts::{self, By};
use crate::signed_link::{self, Purpose};
use crate::store::account::{self, Account};
use crate::store::{
    StoreFault, Tx, address, arrival, audit, browser, closing, enrolment, link, session, sign_in,
};
use countersign_protocol::label::sha256;
use countersign_protocol::time::Time;
use serde_json::json;

/// Ends what is under way for an account and where it is signed in, whoever stops it.
pub fn stop(tx: &Tx<'_>, account: &str, now: Time) -> Result<(), StoreFault> {
    sign_in::cancel_all(tx, account)?;
    enrolment::cancel_all(tx, account)?;
    browser::forget_first(tx, account)?;
    arrival::forget_of(tx, account)?;
    session::end_all(tx, account, None, now).map(drop)
}

/// Its owner closes an account; gives when it ends for good, nothing if it is not active. No link of before leads in, and
/// no browser is recognised.
pub fn begin(tx: &Tx<'_>, app: &App, id: &str, now: Time) -> Result<Option<Time>, StoreFault> {
    let Some(account) = account::by_id(tx, id)?.filter(|account| account.state == "active") else {
        return Ok(None);
    };
    let until = now.plus(app.policy().closing_for());
    closing::begin(tx, id, until, now)?;
    stop(tx, id, now)?;
    browser::forget_recognised(tx, id)?;
    address::stop(tx, id)?;
    link::end_every(tx, id)?;
    account::end_setup_link(tx, id)?;
    letters::account_closing(tx, app, (&account.id, until), now)?;
    let about = json!({"account": id, "by": "owner", "until": until.secs()});
    audit::append(tx, &app.keys().audit, "account_closing", &about, now)?;
    Ok(Some(until))
}

/// What the link of a letter is about: an account, and the end that it had when the letter was written. One that is closed
/// again later has another end, so that the link of before does not keep it.
pub type Meant = ([u8; 16], Time);

/// Where the link leads that keeps an account.
pub fn path(app: &App, account: &str, until: Time) -> String {
    format!("/close/undo/{}", signed_link::token(app, Purpose::Keep, (&name(account), ""), until))
}

/// Ids of accounts have no fixed length.
fn name(account: &str) -> [u8; 16] {
    let mut name = [0; 16];
    name.copy_from_slice(&sha256(account.as_bytes())[..16]);
    name
}

/// The account that is meant, while it can be kept.
pub fn find(tx: &Tx<'_>, (meant, until): Meant, now: Time) -> Result<Option<Account>, StoreFault> {
    if now >= until {
        return Ok(None);
    }
    Ok(closing::ending_at(tx, until)?.into_iter().find(|account| name(&account.id) == meant))
}

/// Brings an account back; gives it as it is then, nothing if there is nothing to bring back. Phones that were removed stay
/// removed, and what an operator stopped stays stopped.
pub fn undo(tx: &Tx<'_>, app: &App, meant: Meant, now: Time) -> Result<Option<Account>, StoreFault> {
    let Some(account) = find(tx, meant, now)? else { return Ok(None) };
    closing::undo(tx, &account.id)?;
    letters::account_kept(tx, app, &account.id, now)?;
    let about = json!({"account": account.id, "by": "letter"});
    audit::append(tx, &app.keys().audit, "account_kept", &about, now)?;
    account::by_id(tx, &account.id)
}

/// Ends every account whose time is over, and says whether there was one.
pub fn end_due(tx: &Tx<'_>, app: &App, now: Time) -> Result<bool, AppFault> {
    let mut any = false;
    for account in closing::due(tx, now)? {
        any |= acts::close(tx, app, &account, &By::owner())?;
    }
    Ok(any)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{self, Scene};
    use crate::pairing::{Draft, Wanted};
    use crate::store::accounting;
    use crate::store::phone::{self, PhoneState};

    /// A scene whose account is being closed, and a pairing that was drafted before.
    fn overtaken() -> (Scene, Draft) {
        let scene = fixture::with_phone();
        let account = scene.app.store.read(|tx| account::by_id(tx, "u-1")).unwrap().unwrap();
        let wanted = Wanted { account: &account, service: "portal", by: None, return_url: None, life: 300 };
        let draft = Draft::new(&scene.app, &wanted).unwrap();
        let app = scene.app.clone();
        scene.write(move |tx| begin(tx, &app, "u-1", app.now())).unwrap().expect("it is closing");
        (scene, draft)
    }

    #[test]
    fn what_was_judged_before_a_closing_frees_no_phone_and_pairs_none() {
        let (scene, draft) = overtaken();
        let (app, aid) = (scene.app.clone(), scene.phone.aid);
        let freed = scene.write(move |tx| accounting::unlock(tx, &aid, app.now(), 0)).unwrap();
        let state = scene.app.store.read(|tx| phone::by_aid(tx, &aid)).unwrap().unwrap().state;
        assert!(!freed && state == PhoneState::Locked);
        let app = scene.app.clone();
        assert!(scene.write(move |tx| draft.insert(tx, &app)).is_err());
    }
}
