//! Letters that have not left: sent again, or dropped. What they say is nobody's business here.

use super::change::{self, Came, Change, Given, Subject};
use super::{Key, Op, frame, operator};
use crate::app::{AppFault, Shared};
use crate::operator::acts::{self, By};
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::Moment;
use crate::pages::view::operator::{Asked, Letter, LettersPage, Place, Wrong};
use crate::reply::Refusal;
use crate::store::{StoreFault, Tx, overview};
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// Where they stand.
const ADDRESS: &str = "/operator/mail";
/// Letters on one page.
const MOST: u32 = 100;

/// The form of a letter.
#[derive(Deserialize)]
pub struct Form {
    #[serde(default)]
    id: String,
    #[serde(default)]
    act: String,
    #[serde(flatten)]
    given: Given,
}

/// `GET /operator/mail`.
pub async fn page(State(app): State<Shared>, visit: Visit, key: Key) -> Result<Response, Refusal> {
    match operator(&app, &visit, &key).await? {
        Ok(op) => show(&app, visit, &op, None).await,
        Err(elsewhere) => Ok(elsewhere),
    }
}

async fn show(app: &Shared, visit: Visit, op: &Op, wrong: Option<Wrong>) -> Result<Response, Refusal> {
    let now = app.now();
    let stuck = app.store.read(|tx| -> Result<_, StoreFault> { overview::stuck(tx, MOST) })?;
    let letter = |one: overview::Stuck| Letter {
        id: one.id,
        own: one.account == op.account,
        kind: one.kind,
        recipient: one.recipient,
        dead: one.dead,
        tries: one.tries,
        at: Moment { at: one.at, now },
    };
    let page = LettersPage {
        page: visit.page(app),
        frame: frame(&visit, Place::Mail),
        letters: stuck.into_iter().map(letter).collect(),
        may_change: op.may_change(app),
        submit: visit.post(ADDRESS),
        again: visit.post("/operator/sign-in"),
        wrong,
    };
    visit.show(app, page.render()).await
}

/// `POST /operator/mail`: asks first, then does it.
pub async fn change(
    State(app): State<Shared>,
    key: Key,
    Posted { visit, fields }: Posted<Form>,
) -> Result<Response, Refusal> {
    let op = match operator(&app, &visit, &key).await? {
        Ok(op) => op,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let change = OnLetter { id: fields.id.parse().unwrap_or_default(), act: fields.act };
    match change::change(&app, visit, &op, fields.given, change).await? {
        Came::Wrong(visit, wrong) => show(&app, visit, &op, wrong).await,
        Came::Answered(answer) => Ok(answer),
        Came::Done(visit, ()) => visit.go(&app, ADDRESS).await,
    }
}

/// What is to be done to a letter.
#[derive(Clone)]
struct OnLetter {
    id: i64,
    act: String,
}

impl Change for OnLetter {
    type Done = ();
    const ASKS_WHY: bool = true;

    fn subject(&self, tx: &Tx<'_>) -> Result<Option<Subject>, StoreFault> {
        let asked = match self.act.as_str() {
            "send" => Asked::SendAgain,
            "drop" => Asked::Drop,
            _ => return Ok(None),
        };
        Ok(overview::letter(tx, self.id)?.map(|letter| Subject {
            asked,
            on: format!("{} · {}", letter.recipient, letter.kind),
            stands: format!("{} {} {} {}", letter.id, letter.dead, letter.tries, letter.next.secs()),
            account: Some(letter.account),
        }))
    }

    fn make(&self, tx: &Tx<'_>, app: &Shared, by: &By) -> Result<Option<()>, AppFault> {
        let Some(letter) = overview::letter(tx, self.id)? else { return Ok(None) };
        let done = match self.act.as_str() {
            "send" => acts::send_again(tx, app, &letter, by)?,
            _ => acts::drop_letter(tx, app, &letter, by)?,
        };
        Ok(done.then_some(()))
    }

    fn form(&self) -> (Place, String, Vec<(&'static str, String)>) {
        let hidden = vec![("id", self.id.to_string()), ("act", self.act.clone())];
        (Place::Mail, ADDRESS.to_owned(), hidden)
    }
}
