//! The offline QR (3.6): bound to one phone, signed, short enough for a camera.

use super::{Start, active_phones, unavailable};
use crate::app::Shared;
use crate::backend::Actor;
use crate::keys::SignKey;
use crate::random;
use crate::reply::Refusal;
use crate::store::account::Account;
use crate::store::phone::Phone;
use crate::store::sign_in::SignIn;
use crate::store::{StoreFault, accounting};
use countersign_protocol::code::device_hint;
use countersign_protocol::id::{OfflineNonce, PhoneRef};
use countersign_protocol::jose::compact;
use countersign_protocol::json;
use countersign_protocol::mask::masked_short;
use countersign_protocol::message::ServerMessage;
use countersign_protocol::message::offline::{MAX_BYTES, OfflineRequest};
use countersign_protocol::message::request::Kind;
use countersign_protocol::problem::Code;
use countersign_protocol::qr::{MAX_OFFLINE_TEXT, offline_text};

/// Binds the sign-in to one phone and makes its QR.
pub(super) fn bind(
    app: &Shared,
    actor: &Actor,
    account: &Account,
    start: &Start,
    sign_in: &mut SignIn,
) -> Result<(), Refusal> {
    let plain = start.kind == Kind::Login && start.rows.is_empty();
    if !plain || !app.policy().offline || !account.offline_on {
        return Err(unavailable("policy"));
    }
    let phone = choose_phone(active_phones(app, &account.id)?, start.phone)?;
    let (now, limits) = (app.now(), app.policy().limits.clone());
    let closed = app.store.read(|tx| -> Result<_, StoreFault> {
        accounting::is_offline_closed(tx, &phone.aid, now, &limits)
    })?;
    // A phone that holds no off key that we know of has to connect first, too.
    let (keys, published) = (app.keys(), app.published());
    let known = |kid: &str| published.is_known(kid, phone.acked_ver);
    let (Some(off), Some(sign), false) = (keys.off_known(known), keys.signing_known(now, known), closed)
    else {
        return Err(unavailable("codes"));
    };
    let content = OfflineRequest { ok: off.kid.clone(), ..content(app, actor, account, &phone, sign_in) };
    sign_in.oqr = Some(shortened_jws(app, content, sign)?);
    sign_in.off_kid = Some(off.kid.clone());
    sign_in.aid = Some(phone.aid);
    Ok(())
}

/// The phone that was asked for, else the one used last.
fn choose_phone(phones: Vec<Phone>, wanted: Option<PhoneRef>) -> Result<Phone, Refusal> {
    if let Some(wanted) = wanted {
        return phones.into_iter().find(|phone| phone.r#ref == wanted).ok_or_else(|| Code::NotFound.into());
    }
    phones
        .into_iter()
        .max_by_key(|phone| (phone.last_used, phone.created))
        .ok_or_else(|| unavailable("no_phone"))
}

/// What the QR says, but for the id of the off key.
fn content(
    app: &Shared,
    actor: &Actor,
    account: &Account,
    phone: &Phone,
    sign_in: &SignIn,
) -> OfflineRequest {
    let (rp, usr, geo) = MAX_BYTES;
    let ctx: serde_json::Value = serde_json::from_str(&sign_in.ctx).unwrap_or_default();
    OfflineRequest {
        head: app.head(),
        tid: sign_in.tid,
        n: OfflineNonce::from_bytes(random::bytes()),
        iat: sign_in.created,
        exp: sign_in.exp,
        rp: cut(&actor.service.name, rp),
        usr: cut(&masked_short(&account.email), usr),
        geo: ctx["geo"].as_str().map(|place| cut(place, geo)),
        dv: device_hint(&phone.aid),
        ok: String::new(),
    }
}

/// Signed, and shortened at place and name until the whole text fits (3.6 step 2).
fn shortened_jws(app: &Shared, mut content: OfflineRequest, sign: &SignKey) -> Result<String, Refusal> {
    loop {
        let payload = json::to_vec(&content)?;
        let jws = compact::sign(OfflineRequest::TYP, &sign.kid, &payload, &sign.key)?;
        let over = offline_text(&app.iss, &jws).len().saturating_sub(MAX_OFFLINE_TEXT);
        if over == 0 {
            return Ok(jws);
        }
        match &mut content.geo {
            Some(place) if place.len() > 4 => *place = cut(place, place.len().saturating_sub(over).max(4)),
            Some(_) => content.geo = None,
            None if content.rp.len() > 4 => {
                content.rp = cut(&content.rp, content.rp.len().saturating_sub(over).max(4));
            }
            None => return Err(unavailable("policy")),
        }
    }
}

/// At most `bytes` bytes, cut at a code point, with an ellipsis where something was cut.
fn cut(text: &str, bytes: usize) -> String {
    const ELLIPSIS: char = '\u{2026}';
    if text.len() <= bytes {
        return text.to_owned();
    }
    let room = bytes.saturating_sub(ELLIPSIS.len_utf8());
    let end = (0..=room).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}{ELLIPSIS}", text[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn texts_are_cut_at_code_points_and_say_so() {
        assert_eq!(cut("Grants Portal", 64), "Grants Portal");
        assert_eq!(cut("Grants Portal", 9), "Grants…");
        assert_eq!(cut("ééééé", 8), "éé…");
        assert!(cut("日本日本日本", 10).len() <= 10);
    }
}
