//! What every page of one request is drawn with, besides what it is about: the nonce of its scripts and style sheets,
//! its language, and what its addresses begin with.

use super::language;
use super::view::texts::Texts;
use super::view::{Page, address};
use crate::app::App;
use crate::random;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use countersign_protocol::encoding::{array_from_b64u, b64u};
use std::convert::Infallible;

/// Made by the layer around all pages, one a request.
#[derive(Clone)]
pub struct Setting {
    nonce: String,
    /// The language that the address or a cookie names.
    chosen: Option<&'static Texts>,
    /// The best of those that the browser asks for.
    asked: Option<&'static Texts>,
    prefix: &'static str,
    here: String,
    /// The arrival that the address names.
    arrival: Option<[u8; 16]>,
}

impl Setting {
    /// For a request to this address.
    pub fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let (addressed, path) = language::of_path(uri.path());
        Self {
            nonce: b64u(&random::bytes::<16>()),
            chosen: addressed.or_else(|| language::of_cookie(headers)),
            asked: language::of_header(headers),
            prefix: addressed.map_or("", Texts::prefix),
            here: language::page_at(path, uri.query()),
            arrival: arrival_of(uri.query().unwrap_or_default()),
        }
    }

    /// The arrival that the address names, whoever's it is.
    pub fn arrival(&self) -> Option<[u8; 16]> {
        self.arrival
    }

    /// What a script or style sheet of this answer has to carry.
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// A page that nobody is signed in to.
    pub fn page(&self, app: &App) -> Page {
        self.page_for(app, None)
    }

    /// A page for somebody who would like this language, if the browser was told of no other.
    pub fn page_for(&self, app: &App, wish: Option<&str>) -> Page {
        let texts = self.chosen.or_else(|| Texts::of(wish?)).or(self.asked).unwrap_or_else(Texts::english);
        Page::new(&app.name, &self.nonce).speaking(texts).at(self.prefix, &self.here)
    }

    /// An address of the pages, in the language of this one's address.
    pub fn path(&self, path: &str) -> String {
        address(self.prefix, path)
    }
}

fn arrival_of(query: &str) -> Option<[u8; 16]> {
    let named = query.split('&').find_map(|pair| pair.strip_prefix("arrival="))?;
    array_from_b64u(named).ok()
}

impl<S: Sync> FromRequestParts<S> for Setting {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let made = parts.extensions.get().cloned();
        Ok(made.unwrap_or_else(|| Self::of(&parts.uri, &parts.headers)))
    }
}
