//! The worker that sends what is queued: outside every transaction, one after the other, again after a while when it fails.

use super::compose::compose;
use super::post::Post;
use crate::app::{AppFault, Shared};
use crate::letters::Body;
use crate::store::mail::{self, Due};
use crate::store::{StoreFault, Tx};
use std::time::Duration;

/// Between two looks at the queue.
const LOOK: Duration = Duration::from_secs(1);
/// Letters a look.
const MOST: u32 = 20;
/// Seconds between the tries of a letter; after the last it is given up.
const PAUSES: [u64; 7] = [60, 300, 1800, 7200, 21_600, 43_200, 86_400];

/// Sends until the server ends.
pub async fn send_forever(app: Shared, post: Post) {
    loop {
        tokio::time::sleep(LOOK).await;
        if let Err(fault) = send_due(&app, &post).await {
            tracing::error!(%fault, "the queue of letters");
        }
    }
}

async fn send_due(app: &Shared, post: &Post) -> Result<(), AppFault> {
    for _ in 0..MOST {
        let now = app.now();
        // Looked at first without a write: most of the time nothing is there.
        if !app.store.read(|tx| mail::is_any_due(tx, now))? {
            break;
        }
        // One by one: a server that ends in between can have sent only one without noting it.
        let taken = app.store.write(move |tx| mail::take_due(tx, now, &PAUSES)).await?;
        let Some(letter) = taken else { break };
        send_one(app, post, letter).await?;
    }
    Ok(())
}

async fn send_one(app: &Shared, post: &Post, letter: Due) -> Result<(), AppFault> {
    let (id, kind, last) = (letter.id, letter.kind.clone(), letter.last);
    let failed = send(app, post, letter).await.err();
    if let Some((for_good, why)) = &failed {
        // Neither who reads it nor what it says.
        tracing::warn!(id, kind, why, for_good, "a letter was not taken");
    }
    let now = app.now();
    let done = move |tx: &Tx<'_>| -> Result<(), StoreFault> {
        match failed {
            None => mail::sent(tx, id, now),
            Some((for_good, _)) if for_good || last => mail::given_up(tx, id),
            Some(_) => Ok(()),
        }
    };
    app.store.write(done).await?;
    Ok(())
}

/// Whether trying again is no use, and why it failed.
async fn send(app: &Shared, post: &Post, letter: Due) -> Result<(), (bool, String)> {
    let body = Body::open(app, letter.id, &letter.sealed).map_err(|fault| (true, fault.to_string()))?;
    let message = compose(app, &post.from, &letter, body).map_err(|fault| (true, fault.to_string()))?;
    let name = format!("{:08}-{}", letter.id, letter.kind);
    post.take(&name, message).await.map_err(|not| (not.for_good, not.why))
}
