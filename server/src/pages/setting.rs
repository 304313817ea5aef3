//! What every page of one request is drawn with, besides what it is about: the nonce of its scripts and style sheets.

use super::view::Page;
use crate::app::App;
use crate::random;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use countersign_protocol::encoding::b64u;
use std::convert::Infallible;

/// Made by the layer around all pages, one a request.
#[derive(Clone)]
pub struct Setting {
    nonce: String,
}

impl Setting {
    /// A fresh nonce.
    pub fn new() -> Self {
        Self { nonce: b64u(&random::bytes::<16>()) }
    }

    /// What a script or style sheet of this answer has to carry.
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// A page that nobody is signed in to.
    pub fn page(&self, app: &App) -> Page {
        Page::new(&app.name, &self.nonce)
    }

    /// An address of the pages.
    pub fn path(&self, path: &str) -> String {
        path.to_owned()
    }
}

impl<S: Sync> FromRequestParts<S> for Setting {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_else(Self::new))
    }
}
