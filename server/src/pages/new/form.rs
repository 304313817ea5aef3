//! Who wants an account.

use super::sent;
use crate::app::Shared;
use crate::backend::accounts::is_email;
use crate::caller::Caller;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::new::{Field, Fields, NewPage, Wrong};
use crate::pages::view::texts::Texts;
use crate::reply::Refusal;
use crate::store::signup::Signup;
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::text::{SHORT, is_clean};
use serde::Deserialize;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    given_name: String,
    #[serde(default)]
    family_name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    language: String,
    read: Option<String>,
}

/// `GET /account/new`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let language = visit.page(&app).language().to_owned();
    let fields = Fields { language, ..Fields::default() };
    show(&app, visit, fields, None).await
}

async fn show(
    app: &Shared,
    visit: Visit,
    fields: Fields,
    wrong: Option<(Field, Wrong)>,
) -> Result<Response, Refusal> {
    let page = NewPage { page: visit.page(app), submit: visit.post("/account/new"), fields, wrong };
    visit.show(app, page.render()).await
}

/// `POST /account/new`.
pub async fn send(
    State(app): State<Shared>,
    peer: Caller,
    Posted { mut visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let fields = trimmed(fields);
    if let Some(wrong) = wrong(&fields) {
        return show(&app, visit, fields, Some(wrong)).await;
    }
    match sent::write(&app, &peer, signup(fields)).await {
        Ok(hash) => visit.change(|browser| browser.signup = Some(hash)),
        Err(fault) => return Ok(visit.refusal(&app, fault)),
    }
    visit.go(&app, "/account/new/sent").await
}

fn trimmed(typed: Typed) -> Fields {
    let trim = |text: String| text.trim().to_owned();
    Fields {
        given_name: trim(typed.given_name),
        family_name: trim(typed.family_name),
        email: trim(typed.email),
        again: trim(typed.again),
        language: typed.language,
        read: typed.read.is_some(),
    }
}

/// The first thing that is wrong.
fn wrong(fields: &Fields) -> Option<(Field, Wrong)> {
    let bad_name = |name: &str| !name.is_empty() && !is_clean(name, SHORT);
    let checks = [
        (fields.given_name.is_empty() && fields.family_name.is_empty(), Field::GivenName, Wrong::Missing),
        (bad_name(&fields.given_name), Field::GivenName, Wrong::Name),
        (bad_name(&fields.family_name), Field::FamilyName, Wrong::Name),
        (!is_address(&fields.email), Field::Email, Wrong::Address),
        (!fields.email.eq_ignore_ascii_case(&fields.again), Field::Again, Wrong::Differ),
        (Texts::of(&fields.language).is_none(), Field::Language, Wrong::Missing),
        (!fields.read, Field::Read, Wrong::Missing),
    ];
    checks.into_iter().find(|(is_wrong, ..)| *is_wrong).map(|(_, field, wrong)| (field, wrong))
}

/// Whether a letter can be sent there.
fn is_address(text: &str) -> bool {
    let domain = text.split_once('@').map_or("", |(_, domain)| domain);
    is_email(text) && domain.contains('.') && text.parse::<lettre::Address>().is_ok()
}

fn signup(fields: Fields) -> Signup {
    let given = |name: String| (!name.is_empty()).then_some(name);
    Signup {
        email: fields.email,
        given_name: given(fields.given_name),
        family_name: given(fields.family_name),
        language: fields.language,
    }
}
