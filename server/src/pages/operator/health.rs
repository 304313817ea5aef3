//! How the server is: sign-ins of the hour, what runs out, what is stuck.

use super::{Key, Who, frame, nothing, who};
use crate::app::Shared;
use crate::operator::watch::last_backup;
use crate::pages::session::Visit;
use crate::pages::view::Moment;
use crate::pages::view::operator::{EnterPage, Figures, HealthPage, Place, Row};
use crate::reply::Refusal;
use crate::store::{StoreFault, overview};
use axum::extract::State;
use axum::response::Response;

/// `GET /operator`; whoever has the role and is not in yet is asked to sign in for it.
pub async fn page(State(app): State<Shared>, visit: Visit, key: Key) -> Result<Response, Refusal> {
    match who(&app, &visit, &key).await? {
        Who::In(_) => {
            let page = health(&app, &visit)?.render();
            visit.show(&app, page).await
        }
        Who::Outside => {
            let page = EnterPage { page: visit.page(&app), submit: visit.post("/operator/sign-in") };
            visit.show(&app, page.render()).await
        }
        Who::Other => Ok(nothing(&app, &visit)),
    }
}

/// Seconds by which the log may be ahead of the clock: it is set a little now and then.
const DISAGREE: u64 = 5;

/// Whole days.
fn days(secs: u64) -> u32 {
    u32::try_from(secs / 86_400).unwrap_or(u32::MAX)
}

fn health(app: &Shared, visit: &Visit) -> Result<HealthPage, Refusal> {
    let now = app.now();
    let (sign_ins, letters, wakes, newest) = app.store.read(|tx| -> Result<_, StoreFault> {
        let (wakes, newest) = (overview::wakes(tx, now)?, overview::newest_record(tx)?);
        Ok((overview::sign_ins(tx, now)?, overview::letters(tx, now)?, wakes, newest))
    })?;
    let size = std::fs::metadata(app.store.path()).map_or(0, |file| file.len());
    let (published, backup) = (app.published(), last_backup(app.store.path()));
    let moment = |at| Moment { at, now };
    Ok(HealthPage {
        page: visit.page(app),
        frame: frame(visit, Place::Health),
        at: moment(now),
        figures: Figures {
            all: sign_ins.all,
            approved: sign_ins.approved,
            reported: sign_ins.reported,
            median: sign_ins.median,
        },
        rows: vec![
            Row::Keys {
                ver: u32::try_from(published.ver).unwrap_or(u32::MAX),
                end: published.exp.map(moment),
                left: published.exp.map_or(0, |exp| days(exp.since(now))),
            },
            Row::Database(u32::try_from(size / 1024).unwrap_or(u32::MAX)),
            Row::Mail { sent: letters.sent, waiting: letters.waiting, dead: letters.dead },
            Row::Backup { last: backup.map(moment), ago: backup.map_or(0, |at| days(now.since(at))) },
            Row::Wakes { sent: wakes.0, answered: wakes.1 },
            Row::Clock { now: moment(now), behind: newest.since(now) > DISAGREE },
            Row::Letters(app.letters.get().is_some_and(|how| *how != "kept")),
        ],
    })
}
