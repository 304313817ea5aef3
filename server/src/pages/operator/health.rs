//! How the server is: sign-ins of the hour, what runs out, what is stuck.

use super::{Key, Who, frame, nothing, who};
use crate::app::Shared;
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

fn health(app: &Shared, visit: &Visit) -> Result<HealthPage, Refusal> {
    let now = app.now();
    let (sign_ins, letters) = app.store.read(|tx| -> Result<_, StoreFault> {
        Ok((overview::sign_ins(tx, now)?, overview::letters(tx, now)?))
    })?;
    let size = std::fs::metadata(app.store.path()).map_or(0, |file| file.len());
    let published = app.published();
    Ok(HealthPage {
        page: visit.page(app),
        frame: frame(visit, Place::Health),
        at: Moment { at: now, now },
        figures: Figures {
            all: sign_ins.all,
            approved: sign_ins.approved,
            reported: sign_ins.reported,
            median: sign_ins.median,
        },
        rows: vec![
            Row::Keys(u32::try_from(published.ver).unwrap_or(u32::MAX)),
            Row::Database(u32::try_from(size / 1024).unwrap_or(u32::MAX)),
            Row::Mail { sent: letters.sent, waiting: letters.waiting, dead: letters.dead },
            Row::Letters(app.letters.get().is_some_and(|how| *how != "kept")),
        ],
    })
}
