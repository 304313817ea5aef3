//! How objects are told to services: plain JSON, times as RFC 3339.

use crate::binding::level;
use crate::store::enrolment::{Enrolment, EnrolmentState};
use crate::store::phone::Phone;
use crate::store::sign_in::SignIn;
use countersign_protocol::time::{Iso, Time};
use serde_json::{Value, json};

/// A phone in a list.
pub fn phone(phone: &Phone) -> Value {
    json!({
        "ref": phone.r#ref,
        "name": phone.name,
        "os": phone.os,
        "level": level(phone.level).as_str(),
        "state": phone.state.as_str(),
        "created": Iso(phone.created),
        "last_used": phone.last_used.map(Iso),
    })
}

/// An enrolment, with the phone that claimed it.
pub fn enrolment(enrolment: &Enrolment, claimed_by: Option<&Phone>, tries: u32) -> Value {
    let over = matches!(enrolment.state, EnrolmentState::Cancelled | EnrolmentState::Expired);
    let phone = claimed_by.filter(|_| !over).map(|phone| {
        json!({"ref": phone.r#ref, "name": phone.name, "os": phone.os, "level": level(phone.level).as_str()})
    });
    json!({
        "eid": enrolment.eid,
        "state": enrolment.state.as_str(),
        "contested": enrolment.contested,
        "attempts_left": tries.saturating_sub(enrolment.confirm_fail),
        "phone": phone,
    })
}

/// A sign-in.
pub fn sign_in(sign_in: &SignIn) -> Value {
    let mut value = json!({
        "tid": sign_in.tid,
        "state": sign_in.state.as_str(),
        "expires_at": Iso(sign_in.exp),
        "ended": sign_in.ended.map(Iso),
    });
    if let Some(reason) = &sign_in.reason {
        value["reason"] = json!(reason);
    }
    value
}

/// A time in plain JSON.
pub fn time(at: Time) -> Value {
    json!(Iso(at))
}
