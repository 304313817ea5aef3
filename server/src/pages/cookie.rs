//! Cookies: how ours are called, and what a browser sent of them.

use crate::app::App;
use axum::http::{HeaderMap, header};
use countersign_protocol::encoding::array_from_b64u;
use countersign_protocol::label::labelled_hmac;

/// The whole name of a cookie: over TLS no neighbour of ours can set one with this prefix.
pub fn cookie_name(secure: bool, name: &str) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}

/// The 32 bytes of a cookie, if it has the form of one of ours.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<[u8; 32]> {
    cookie_of(headers, name).and_then(|value| array_from_b64u(value).ok())
}

/// The value of a cookie.
pub fn cookie_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split("; ")).filter_map(|pair| pair.split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}

/// The token of a cookie's forms: nobody has it who has neither the cookie nor our key.
pub fn token(app: &App, cookie: &[u8; 32]) -> [u8; 16] {
    let mac = labelled_hmac(&app.keys().evid[..], "MAP1 page form", &[cookie]);
    let mut token = [0; 16];
    token.copy_from_slice(&mac[..16]);
    token
}
