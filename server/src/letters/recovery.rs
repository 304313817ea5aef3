//! About recovery codes.

use super::Letter;
use crate::app::App;
use crate::store::{StoreFault, Tx};
use countersign_protocol::time::Time;

/// There is a recovery code, or another one.
pub fn recovery_code_made(
    tx: &Tx<'_>,
    app: &App,
    account: &str,
    through: &str,
    now: Time,
) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.recovery_made.text", &[("by", through)]);
    letter.say("mail.support", &[]);
    letter.queue(("recovery_made", "mail.recovery_made.subject"), now)
}

/// A recovery code was used: somebody may pair a phone now.
pub fn recovery_code_used(
    tx: &Tx<'_>,
    app: &App,
    account: &str,
    through: &str,
    now: Time,
) -> Result<(), StoreFault> {
    let mut letter = Letter::to(tx, app, account)?;
    letter.say("mail.recovery_used.text", &[("by", through)]);
    letter.say("mail.support", &[]);
    letter.queue(("recovery_used", "mail.recovery_used.subject"), now)
}
