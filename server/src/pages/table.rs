//! The table of all addresses of the pages: what the router answers, and what tests walk so that none is forgotten.
//!
//! A form gets in by [`Table::form`] alone, and only with a handler that takes [`Posted`] last: a form that does not look
//! at its token does not compile.

use super::form::Posted;
use crate::app::Shared;
use axum::Router;
use axum::handler::Handler;
use axum::routing::{get, post};
use serde::Serialize;

/// Routes, and what is known about each.
#[derive(Default)]
pub struct Table {
    router: Router<Shared>,
    rows: Vec<Row>,
}

/// One address and what it answers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// As the router writes it, with `{names}` for what differs.
    pub path: &'static str,
    /// What is there.
    pub kind: Kind,
    /// Fields of a form as a person might send it, besides the token.
    pub fields: Vec<(&'static str, &'static str)>,
    /// Names of what it reads from its query.
    pub query: Vec<&'static str>,
    /// Where the page can be looked at again that a form may answer with.
    pub shown_at: Option<&'static str>,
    /// Whether it also stands below the prefix of each language.
    pub prefixed: bool,
}

/// What an address answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A page, by GET; looking at it changes nothing.
    Page,
    /// What a page sends, by POST; it needs the token of its browser.
    Form,
    /// What a page loads, by GET: a picture, a state, a file.
    Data,
}

/// Arguments of a handler that end with [`Posted`].
pub trait EndsPosted {}

impl<M, F> EndsPosted for (M, Posted<F>) {}
impl<M, A, F> EndsPosted for (M, A, Posted<F>) {}
impl<M, A, B, F> EndsPosted for (M, A, B, Posted<F>) {}
impl<M, A, B, C, F> EndsPosted for (M, A, B, C, Posted<F>) {}

impl Table {
    /// A page.
    #[must_use]
    pub fn page<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.add(path, Kind::Page, &[]).route(path, get(handler))
    }

    /// What a page loads.
    #[must_use]
    pub fn data<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        self.add(path, Kind::Data, &[]).route(path, get(handler))
    }

    /// A form, with fields as a person might send them.
    #[must_use]
    pub fn form<H, T>(self, path: &'static str, handler: H, fields: &[(&'static str, &'static str)]) -> Self
    where
        H: Handler<T, Shared>,
        T: EndsPosted + 'static,
    {
        self.add(path, Kind::Form, fields).route(path, post(handler))
    }

    /// What the address that was added last reads from its query.
    #[must_use]
    pub fn query(mut self, names: &[&'static str]) -> Self {
        if let Some(row) = self.rows.last_mut() {
            row.query = names.to_vec();
        }
        self
    }

    /// Where the page can be looked at again that the form that was added last may answer with.
    #[must_use]
    pub fn shown_at(mut self, path: &'static str) -> Self {
        if let Some(row) = self.rows.last_mut() {
            row.shown_at = Some(path);
        }
        self
    }

    /// The same addresses, below no language.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.rows.iter_mut().for_each(|row| row.prefixed = false);
        self
    }

    /// This table and another.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        Self { router: self.router.merge(other.router), rows: self.rows }
    }

    /// The rows, in the order in which they were added.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The routes.
    pub fn into_router(self) -> Router<Shared> {
        self.router
    }

    fn add(mut self, path: &'static str, kind: Kind, fields: &[(&'static str, &'static str)]) -> Self {
        let fields = fields.to_vec();
        self.rows.push(Row { path, kind, fields, query: Vec::new(), shown_at: None, prefixed: true });
        self
    }

    fn route(self, path: &'static str, method: axum::routing::MethodRouter<Shared>) -> Self {
        Self { router: self.router.route(path, method), rows: self.rows }
    }
}
