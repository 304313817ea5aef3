//! What every change goes through that an operator makes: a sign-in of the last minutes, a reason, and a question that names
//! what was found. Whoever says yes to it means that and nothing that became of it meanwhile, so a form that is sent twice
//! changes nothing more.

use super::{Op, frame};
use crate::app::{App, AppFault, Shared};
use crate::operator::acts::By;
use crate::pages::session::Visit;
use crate::pages::view::operator::{AskPage, Asked, Place, Reason, Wrong};
use crate::random;
use crate::reply::Refusal;
use crate::store::service::OPERATOR;
use crate::store::{StoreFault, Tx, repeat};
use axum::response::Response;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use countersign_protocol::label::sha256;
use countersign_protocol::text::is_clean;
use serde::Deserialize;

/// What the form of every change has.
#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    reason: String,
    /// What the question was about.
    #[serde(default)]
    mark: String,
    #[serde(default)]
    sure: String,
}

/// A change, as its form names it.
pub trait Change: Clone + Send + Sync + 'static {
    /// What it brings about.
    type Done: Send;
    /// Whether the question asks for the reason too; else the page before it does.
    const ASKS_WHY: bool = false;

    /// What it is about as things are now; nothing if it cannot be done.
    fn subject(&self, tx: &Tx<'_>) -> Result<Option<Subject>, StoreFault>;
    /// Does it; nothing if it cannot be done after all.
    fn make(&self, tx: &Tx<'_>, app: &Shared, by: &By) -> Result<Option<Self::Done>, AppFault>;
    /// Which of the pages it is on, the address of its form, and what that carries.
    fn form(&self) -> (Place, String, Vec<(&'static str, String)>);
    /// Where whoever says no goes back to.
    fn back(&self) -> String {
        self.form().1
    }
}

/// What a change is about.
pub struct Subject {
    /// The question.
    pub asked: Asked,
    /// Whom or what it changes, in words.
    pub on: String,
    /// Whose account it touches: nobody changes their own.
    pub account: Option<String>,
    /// All that must not have changed meanwhile.
    pub stands: String,
}

impl Subject {
    /// Tells it from what it may become, and nothing about it; each question has one of its own.
    fn mark(&self, form: &str, question: &[u8; 12]) -> String {
        let whole = [&b"MAP1 mark"[..], question, form.as_bytes(), b"\0", self.stands.as_bytes()].concat();
        b64u(&[&question[..], &sha256(&whole)[..12]].concat())
    }

    /// Whether a mark is of a question about this as it is.
    fn is_meant(&self, form: &str, mark: &str) -> bool {
        let question = array_from_b64u::<24>(mark).ok().and_then(|bytes| bytes.first_chunk().copied());
        question.is_some_and(|question| self.mark(form, &question) == mark)
    }
}

/// How far it came.
pub enum Came<D> {
    /// Not at all: the page is shown again, and says why unless that stands there anyway.
    Wrong(Visit, Option<Wrong>),
    /// To an answer of its own.
    Answered(Response),
    /// It is done.
    Done(Visit, D),
}

/// What became of a change in its transaction.
enum Made<D> {
    Done(D),
    /// It is not what it was.
    Gone,
    /// Whoever said so is no operator any more.
    Out,
}

/// Takes a form of a change one step further.
pub async fn change<C: Change>(
    app: &Shared,
    visit: Visit,
    op: &Op,
    given: Given,
    change: C,
) -> Result<Came<C::Done>, Refusal> {
    let found = app.store.read(|tx| change.subject(tx))?;
    let own = found.as_ref().is_some_and(|subject| subject.account.as_ref() == Some(&op.account));
    if own || !op.may_change(app) {
        return Ok(Came::Wrong(visit, None));
    }
    let why = reason(&given.reason);
    if why.is_none() && !C::ASKS_WHY {
        return Ok(Came::Wrong(visit, Some(Wrong::Reason)));
    }
    let Some(subject) = found else { return Ok(Came::Wrong(visit, Some(Wrong::Gone))) };
    let sure = !given.sure.is_empty();
    let Some(why) = why.filter(|_| sure) else {
        let wrong = sure.then_some(Wrong::Reason);
        return ask(app, visit, (subject, &change), (given.reason, wrong)).await.map(Came::Answered);
    };
    match make(app, op, change, (given.mark, why)).await? {
        Made::Done(done) => Ok(Came::Done(visit, done)),
        Made::Gone => Ok(Came::Wrong(visit, Some(Wrong::Gone))),
        Made::Out => Ok(Came::Answered(visit.see("/operator"))),
    }
}

/// The question, as things are now.
async fn ask<C: Change>(
    app: &Shared,
    visit: Visit,
    (subject, change): (Subject, &C),
    (reason, wrong): (String, Option<Wrong>),
) -> Result<Response, Refusal> {
    let (place, address, mut hidden) = change.form();
    hidden.push(("mark", subject.mark(&address, &random::bytes())));
    let page = AskPage {
        page: visit.page(app),
        frame: frame(&visit, place),
        asked: subject.asked,
        on: subject.on,
        reason: Reason { text: reason, asked: C::ASKS_WHY, missing: wrong.is_some() },
        submit: visit.post(&address),
        hidden,
        back: visit.path(change.back()),
    };
    visit.show(app, page.render()).await
}

/// Does it, if everything is as it was when it was asked about.
async fn make<C: Change>(
    app: &Shared,
    op: &Op,
    change: C,
    (mark, why): (String, String),
) -> Result<Made<C::Done>, Refusal> {
    let (shared, op) = (app.clone(), op.clone());
    let work = move |tx: &Tx<'_>| -> Result<_, AppFault> {
        if !op.is_still_in(tx, &shared)? {
            return Ok(Made::Out);
        }
        let form = change.form().1;
        let stands = change.subject(tx)?.is_some_and(|subject| subject.is_meant(&form, &mark));
        if !stands || !once(tx, &shared, &form, mark)? {
            return Ok(Made::Gone);
        }
        let by = By { who: op.account, reason: Some(why) };
        Ok(change.make(tx, &shared, &by)?.map_or(Made::Gone, Made::Done))
    };
    Ok(app.store.write(work).await?)
}

/// Whether a form comes for the first time.
pub fn once(tx: &Tx<'_>, app: &App, form: &str, mark: String) -> Result<bool, StoreFault> {
    let key = repeat::Key { service: OPERATOR.to_owned(), path: form.to_owned(), key: mark };
    repeat::take(tx, &key, app.now().plus(app.policy().operator_life))
}

/// Why something is changed, if that is one: a few visible characters.
pub fn reason(typed: &str) -> Option<String> {
    const MOST: usize = 200;
    let reason = typed.trim();
    (!reason.is_empty() && is_clean(reason, MOST)).then(|| reason.to_owned())
}
