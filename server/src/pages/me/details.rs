//! Names, telephone and language.

use super::gate::{self, Need};
use crate::app::Shared;
use crate::pages::form::Posted;
use crate::pages::session::Visit;
use crate::pages::view::me::{Details, DetailsPage, Place, Said, WrongDetail};
use crate::pages::view::texts::Texts;
use crate::reply::Refusal;
use crate::store::{StoreFault, account, audit};
use axum::extract::State;
use axum::response::Response;
use countersign_protocol::text::{SHORT, is_clean};
use serde::Deserialize;
use serde_json::json;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    given_name: String,
    #[serde(default)]
    family_name: String,
    #[serde(default)]
    telephone: String,
    #[serde(default)]
    language: String,
}

/// `GET /me/details`.
pub async fn page(State(app): State<Shared>, visit: Visit) -> Result<Response, Refusal> {
    let account = match gate::pass(&app, &visit, Need::Look, "") {
        Ok(account) => account,
        Err(answer) => return Ok(*answer),
    };
    let kept = kept(&app, &account.id)?;
    let language = Some(kept.language).filter(|tag| !tag.is_empty());
    let language = language.unwrap_or_else(|| visit.page(&app).language().to_owned());
    show(&app, visit, Details { language, ..kept }, Said::Nothing).await
}

async fn show(app: &Shared, visit: Visit, details: Details, said: Said) -> Result<Response, Refusal> {
    let page = visit.page(app).within(Place::Details);
    let page = DetailsPage { page, submit: visit.post("/me/details"), details, said };
    visit.show(app, page.render()).await
}

fn kept(app: &Shared, account: &str) -> Result<Details, Refusal> {
    let kept = app.store.read(|tx| -> Result<_, StoreFault> { account::details(tx, account) })?;
    let [given_name, family_name, telephone, language] = kept.map(Option::unwrap_or_default);
    Ok(Details { given_name, family_name, telephone, language })
}

/// `POST /me/details`.
pub async fn save(
    State(app): State<Shared>,
    Posted { visit, fields }: Posted<Typed>,
) -> Result<Response, Refusal> {
    let account = match gate::pass(&app, &visit, Need::Change, "details") {
        Ok(account) => account.id,
        Err(answer) => return Ok(*answer),
    };
    let details = trimmed(fields);
    if let Some(wrong) = wrong(&details) {
        return show(&app, visit, details, Said::Wrong(wrong)).await;
    }
    let changed = changed(&kept(&app, &account)?, &details);
    if !changed.is_empty() {
        let (shared, now, new) = (app.clone(), app.now(), details.clone());
        app.store
            .write(move |tx| -> Result<_, StoreFault> {
                let Details { given_name, family_name, telephone, language } = &new;
                account::set_details(tx, &account, [given_name, family_name, telephone, language])?;
                let about = json!({"account": account, "by": "owner", "changed": changed});
                audit::append(tx, &shared.keys().audit, "details_changed", &about, now)
            })
            .await?;
    }
    show(&app, visit, details, Said::Saved).await
}

fn trimmed(typed: Typed) -> Details {
    let trim = |text: String| text.trim().to_owned();
    Details {
        given_name: trim(typed.given_name),
        family_name: trim(typed.family_name),
        telephone: plain_number(&typed.telephone),
        language: typed.language,
    }
}

/// A telephone number without what people put between its digits.
fn plain_number(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"-./()".contains(*c)).collect()
}

/// The first thing that is wrong.
fn wrong(details: &Details) -> Option<WrongDetail> {
    let bad_name = |name: &str| !name.is_empty() && !is_clean(name, SHORT);
    let checks = [
        (bad_name(&details.given_name), WrongDetail::GivenName),
        (bad_name(&details.family_name), WrongDetail::FamilyName),
        (!details.telephone.is_empty() && !is_number(&details.telephone), WrongDetail::Telephone),
        (Texts::of(&details.language).is_none(), WrongDetail::Language),
    ];
    checks.into_iter().find(|(is_wrong, _)| *is_wrong).map(|(_, field)| field)
}

/// A telephone number with its country (ITU-T E.164).
fn is_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0')
    })
}

/// What differs, by name: what it was and is, the log does not hold.
fn changed(before: &Details, after: &Details) -> Vec<&'static str> {
    let pairs = [
        ("given_name", &before.given_name, &after.given_name),
        ("family_name", &before.family_name, &after.family_name),
        ("telephone", &before.telephone, &after.telephone),
        ("language", &before.language, &after.language),
    ];
    pairs.into_iter().filter(|(_, before, after)| before != after).map(|(name, ..)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_has_its_country_and_nothing_but_digits() {
        for good in ["+32 2 299 11 11", "+1 (202) 555-0123", "+491234567"] {
            assert!(is_number(&plain_number(good)), "{good}");
        }
        for bad in ["022991111", "+0123456789", "+12345", "+1234567890123456", "+32x2299111", "32+22991111"] {
            assert!(!is_number(&plain_number(bad)), "{bad}");
        }
    }
}
