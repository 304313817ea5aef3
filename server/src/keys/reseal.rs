//! After a rotation of the key encryption key: what stays sealed for years is sealed anew, some at a time (3.8).

use crate::app::App;
use crate::random;
use crate::seal::Purpose;
use crate::store::{StoreFault, Tx, sealed};
use zeroize::Zeroizing;

/// Values a round: a round is one transaction, and others wait for it.
const ROUND: u32 = 500;

/// One round; how many were sealed anew. A value that does not open is left as it is, with an alarm.
pub fn some(tx: &Tx<'_>, app: &App) -> Result<u32, StoreFault> {
    let id = app.keys().kek.id();
    let mut done = 0;
    for old in sealed::phones_of_others(tx, id, ROUND)? {
        if let Some(new) = anew(app, &Purpose::pin(&old.aid, &old.fid), &old.value, &old.aid.to_string()) {
            sealed::replace(tx, &old, &new)?;
            done += 1;
        }
    }
    for old in sealed::passwords_of_others(tx, id, ROUND)? {
        if let Some(new) = anew(app, &Purpose::password(&old.account), &old.value, &old.account) {
            sealed::replace_password(tx, &old, &new)?;
            done += 1;
        }
    }
    for (number, old) in sealed::letters_of_others(tx, id, ROUND)? {
        if let Some(new) = anew(app, &Purpose::mail(number), &old, "a letter") {
            sealed::replace_letter(tx, number, &old, &new)?;
            done += 1;
        }
    }
    Ok(done)
}

fn anew(app: &App, purpose: &Purpose, old: &[u8], whose: &str) -> Option<Vec<u8>> {
    let kek = &app.keys().kek;
    let plain = kek.open(purpose, old).map(Zeroizing::new);
    let new = plain.and_then(|plain| kek.seal(purpose, &plain, random::bytes()));
    new.inspect_err(|fault| {
        tracing::error!(whose, %fault, alarm = true, "a sealed value cannot be sealed anew");
    })
    .ok()
}
