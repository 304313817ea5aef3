//! The server's pages in a browser without scripts, with a phone beside it: good paths, other browsers, forged forms.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step that fails is a test that fails, with its place"
)]

mod address;
mod arrivals;
mod closing;
mod closing_restored;
mod closing_strangers;
mod forgotten;
mod headers;
mod here;
mod history;
mod host;
mod languages;
mod live;
mod my_details;
mod my_options;
mod my_phones;
mod my_sign_ins;
mod new_account;
mod operator;
mod operator_audit;
mod operator_changes;
mod operator_health;
mod operator_services;
mod own_password;
mod pairing;
mod password;
mod recover;
mod report;
mod scene;
mod session;
mod sign_in;
mod single_sign_on;
mod table;
mod taken_keys;
mod tricks;
mod undo;
mod visits;
