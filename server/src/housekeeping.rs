//! What the clock alone brings about: things that have had their time go, crashed tries are judged, moved phones end, accounts
//! that their owners closed as well.

use crate::app::{App, AppFault, Shared};
use crate::keys::reseal;
use crate::store::phone;
use crate::store::{StoreFault, Tx, sweep};
use crate::{closing, locking, removal};
use countersign_protocol::id::Aid;
use countersign_protocol::time::Time;

/// One round, in one transaction.
pub async fn run(app: &Shared) -> Result<(), AppFault> {
    let (shared, now) = (app.clone(), app.now());
    let reloaded = app.reload_keys().await;
    // A choice that cannot be followed must not let the key set run out.
    for done in [reloaded, app.reload_policy(), app.republish().map(|()| false)] {
        if let Err(fault) = done {
            tracing::error!(%fault, "what the operator changed");
        }
    }
    if let Err(fault) = app.trusted.refresh() {
        tracing::error!(%fault, "attestation");
    }
    let (ended, told) = app
        .store
        .write(move |tx| -> Result<_, AppFault> {
            let swept = sweep::run(tx, now, &shared.policy())?;
            for locked in &swept.locked {
                tell_locked(tx, &shared, locked, now)?;
            }
            reseal::some(tx, &shared)?;
            let moved = removal::end_all_moved(tx, &shared, now)?;
            let closed = closing::end_due(tx, &shared, now)?;
            Ok((moved || closed, swept.told))
        })
        .await?;
    if ended {
        app.hub.all();
    }
    app.hub.tell(told);
    Ok(())
}

/// A crashed try can be the fifth wrong PIN as well.
fn tell_locked(tx: &Tx<'_>, app: &App, aid: &Aid, now: Time) -> Result<(), StoreFault> {
    let Some(phone) = phone::by_aid(tx, aid)? else { return Ok(()) };
    locking::tell(tx, app, &phone, now)
}
