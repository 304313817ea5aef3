//! Passwords (W7): the forgotten one, and another one for somebody who is signed in. What is typed twice alike and good
//! enough is taken.

mod forgotten;
pub mod link;
mod own;
mod reset;

use super::session::Visit;
use super::table::Table;
use super::view::password::Wrong;
use crate::app::{AppFault, Shared};
use crate::letters;
use crate::password::Chosen;
use crate::password::guesses;
use crate::password::rules::{self, ALONE, BESIDE};
use crate::reply::Refusal;
use crate::store::link::{self as links, Use};
use crate::store::session::{self, Acr, NewSession};
use crate::store::{Tx, audit, browser, password};
use serde::Deserialize;
use serde_json::json;

/// What a person might choose.
pub const CHOSEN: [(&str, &str); 2] =
    [("password", "four horses in a field"), ("again", "four horses in a field")];

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    pub password: String,
    #[serde(default)]
    again: String,
}

/// Its addresses.
pub fn table() -> Table {
    Table::default()
        .page("/password/forgotten", forgotten::page)
        .form("/password/forgotten", forgotten::send, &[("email", "boris@example.eu")])
        .page("/password/new/{token}", reset::page)
        .form("/password/new/{token}", reset::set, &CHOSEN)
        .page("/me/password", own::page)
        .form("/me/password", own::change, &CHOSEN)
}

/// Why it is not taken from somebody of these names.
pub fn wrong(app: &Shared, names: &[&str], least: u32, typed: &Typed) -> Option<Wrong> {
    let own = rules::words_of(&[names, &[&app.name]].concat());
    let weak = rules::judge(&typed.password, least, &own).err().map(Wrong::Weak);
    weak.or_else(|| (typed.password != typed.again).then_some(Wrong::Differ))
}

/// Shorter is enough where a second factor is always asked for, and there is one.
const fn least(beside: bool) -> u32 {
    if beside { BESIDE } else { ALONE }
}

/// What is said of a change, and what goes on.
struct Kept {
    /// By whom: `owner`, `letter`.
    by: &'static str,
    /// The session that does not end.
    session: Option<[u8; 16]>,
}

/// Puts a password in the place of the one before. Somebody else may have known that: every other session ends, no browser
/// stays recognised, no link to another password and no first factor of a moment ago counts any more.
fn replace(
    tx: &Tx<'_>,
    app: &Shared,
    (account, chosen): (&str, &Chosen),
    kept: &Kept,
) -> Result<(), AppFault> {
    let now = app.now();
    password::set(tx, account, &chosen.sealed(app, account)?, now)?;
    session::end_all(tx, account, kept.session.as_ref(), now)?;
    browser::forget_recognised(tx, account)?;
    browser::forget_first(tx, account)?;
    links::end_all(tx, account, Use::Reset)?;
    guesses::forget_all(tx, app, account)?;
    letters::password_changed(tx, app, account, now)?;
    let about = json!({"account": account, "by": kept.by});
    Ok(audit::append(tx, &app.keys().audit, "password_set", &about, now)?)
}

/// Signs a browser in by a password that was just chosen, behind a link that proves the address.
pub async fn sign_in_by_password(app: &Shared, visit: &mut Visit, account: &str) -> Result<(), Refusal> {
    let new = NewSession {
        account: account.to_owned(),
        acr: Some(Acr::Basic),
        amr: json!(["pwd"]).to_string(),
        tid: None,
        key: "password",
        eid: None,
        agent: visit.agent.clone(),
    };
    visit.sign_in(app, new).await
}
