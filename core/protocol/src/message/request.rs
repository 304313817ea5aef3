//! The request that a person approves or refuses (3.4.3).

use super::{Factor, Flow, Head, ServerMessage, is_request_life};
use crate::id::{Aid, Nonce, RequestHash, Tid};
use crate::issuer::Issuer;
use crate::json;
use crate::label::sha256;
use crate::text::{LONG, ROW_LABEL, SHORT, is_clean};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Most signed rows.
pub const MAX_ROWS: usize = 8;
/// Longest return address.
pub const MAX_RETURN: usize = 200;

/// One request, for one phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `v`, `iss`.
    #[serde(flatten)]
    pub head: Head,
    /// The phone.
    pub aud: Aid,
    /// The sign-in.
    pub tid: Tid,
    /// Goes back in the answer.
    pub nonce: Nonce,
    /// When it was made.
    pub iat: Time,
    /// When it ends, by the server's clock.
    pub exp: Time,
    /// Sign-in or transaction.
    pub kind: Kind,
    /// How it reaches the phone.
    pub flow: Flow,
    /// Who asks.
    pub client: Client,
    /// Where the browser is.
    pub ctx: Context,
    /// Rows that are part of what is signed.
    pub txt: Vec<Row>,
    /// Factors that may approve.
    pub factors: Vec<Factor>,
    /// Where a same-device sign-in returns to.
    #[serde(deserialize_with = "json::nullable")]
    pub ret: Option<String>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A sign-in.
    Login,
    /// A transaction (S6).
    Sign,
}

impl Kind {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Sign => "sign",
        }
    }
}

/// The service, from the server's registry only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its web address.
    pub origin: String,
}

/// The browser that started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Network address.
    pub ip: String,
    /// Place, absent when unknown.
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    pub geo: Option<String>,
    /// Browser, absent when unknown.
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// When the browser started.
    pub at: Time,
}

/// One signed row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Label.
    pub l: String,
    /// Text.
    pub t: String,
}

impl Row {
    /// Whether both texts may be shown.
    pub fn is_clean(&self) -> bool {
        is_clean(&self.l, ROW_LABEL) && is_clean(&self.t, LONG)
    }
}

impl Context {
    /// Whether all texts may be shown.
    pub fn is_clean(&self) -> bool {
        is_clean(&self.ip, SHORT)
            && self.geo.as_deref().is_none_or(|text| is_clean(text, SHORT))
            && self.agent.as_deref().is_none_or(|text| is_clean(text, SHORT))
    }
}

impl ServerMessage for Request {
    const TYP: &'static str = "map-request+jws";

    fn head(&self) -> &Head {
        &self.head
    }

    fn iat(&self) -> Time {
        self.iat
    }

    fn is_well_formed(&self) -> bool {
        is_clean(&self.client.id, SHORT)
            && is_clean(&self.client.name, SHORT)
            && is_clean(&self.client.origin, LONG)
            && self.ctx.is_clean()
            && self.txt.len() <= MAX_ROWS
            && self.txt.iter().all(Row::is_clean)
            && is_request_life(self.iat, self.exp)
            && (self.ret.is_some() == (self.flow == Flow::Link))
            && self.ret.as_deref().is_none_or(is_return_url)
    }
}

/// Whether `url` is a return address by form: https (or http on loopback), no query, no fragment, at most 200 bytes.
pub fn is_return_url(url: &str) -> bool {
    url.len() <= MAX_RETURN
        && url.is_ascii()
        && !url.contains(['?', '#', '\\', ' ', '@'])
        && !url.bytes().any(|b| b.is_ascii_control())
        && return_origin(url).is_some()
}

/// The origin of a return address.
pub fn return_origin(url: &str) -> Option<Issuer> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split('/').next()?;
    Issuer::parse(&format!("{scheme}://{authority}"), crate::issuer::Profile::Development).ok()
}

/// `req`: which request an answer belongs to, over the compact JWS as received.
pub fn request_hash(jws: &str) -> RequestHash {
    RequestHash::from_bytes(sha256(jws.as_bytes()))
}
