//! Signed bindings: what this server holds of a phone (3.1).

use crate::app::{App, AppFault};
use crate::reply::Refusal;
use crate::store::phone::Phone;
use crate::store::{StoreFault, account};
use countersign_protocol::id::Jti;
use countersign_protocol::message::binding::Binding;
use countersign_protocol::message::{Confirmation, Level};

/// The binding of a phone, in answer to the operation `jti`.
pub fn of(app: &App, phone: &Phone, jti: Jti) -> Result<String, Refusal> {
    let account = app.store.read(|tx| -> Result<_, StoreFault> { account::by_id(tx, &phone.account) })?;
    let account = account.ok_or(StoreFault::Damaged("phone.account"))?;
    Ok(sign(app, phone, account.email, jti)?)
}

/// The same where the account's label is at hand.
pub fn sign(app: &App, phone: &Phone, account: String, jti: Jti) -> Result<String, AppFault> {
    app.sign(&Binding {
        head: app.head(),
        iat: app.now(),
        aid: phone.aid,
        r#ref: jti,
        cnf: Confirmation { jkt: phone.jkt },
        fid: phone.fid,
        bio_fid: phone.bio.map(|bio| bio.fid),
        account,
        level: level(phone.level),
        ver: app.published().ver,
    })
}

/// The level of a row tag's byte.
pub const fn level(tag: u8) -> Level {
    match tag {
        1 => Level::Tee,
        2 => Level::SecureEnclave,
        3 => Level::Strongbox,
        _ => Level::Software,
    }
}
