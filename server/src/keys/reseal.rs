//! After a rotation of the key encryption key: PIN keys of phones are sealed anew, some at a time (3.8).

use crate::app::App;
use crate::random;
use crate::seal::Purpose;
use crate::store::{StoreFault, Tx, sealed};
use zeroize::Zeroizing;

/// Phones a round: a round is one transaction, and others wait for it.
const ROUND: u32 = 500;

/// One round; how many were sealed anew. A value that does not open is left as it is, with an alarm.
pub fn some(tx: &Tx<'_>, app: &App) -> Result<u32, StoreFault> {
    let keys = app.keys();
    let mut done = 0;
    for old in sealed::phones_of_others(tx, keys.kek.id(), ROUND)? {
        let purpose = Purpose::pin(&old.aid, &old.fid);
        let plain = keys.kek.open(&purpose, &old.value).map(Zeroizing::new);
        match plain.and_then(|plain| keys.kek.seal(&purpose, &plain, random::bytes())) {
            Ok(new) => {
                sealed::replace(tx, &old, &new)?;
                done += 1;
            }
            Err(fault) => {
                let aid = old.aid;
                tracing::error!(%aid, %fault, alarm = true, "the keys of a phone cannot be sealed anew");
            }
        }
    }
    Ok(done)
}
