//! What a phone reads: messages of a server, key sets, QR texts.

use super::{must, stated, text};
use countersign_protocol::encoding::b64u;
use countersign_protocol::id::Thumbprint;
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::keyset::{Accepted, Pinned, accept};
use countersign_protocol::message::ServerMessage;
use countersign_protocol::message::binding::Binding;
use countersign_protocol::message::notice::Notice;
use countersign_protocol::message::offer::Offer;
use countersign_protocol::message::offline::OfflineRequest;
use countersign_protocol::message::receipt::{OpReceipt, ResponseReceipt};
use countersign_protocol::message::request::{Request, request_hash};
use countersign_protocol::qr::{self, Payload};
use countersign_protocol::time::Time;
use serde_json::{Value, json};

pub fn server(group: &Value, test: &Value) -> Option<()> {
    match text(group, "message")? {
        "request" | "request_link" => opened::<Request>(group, test),
        "offer" => opened::<Offer>(group, test),
        "binding" => opened::<Binding>(group, test),
        "receipt" => opened::<ResponseReceipt>(group, test),
        "receipt_op" => opened::<OpReceipt>(group, test),
        "notice" => opened::<Notice>(group, test),
        "offline_request" => opened::<OfflineRequest>(group, test),
        _ => None,
    }
}

fn opened<T: ServerMessage>(group: &Value, test: &Value) -> Option<()> {
    let iss = Issuer::parse(text(group, "iss")?, Profile::Production).ok()?;
    let pinned = Pinned::root_only(Thumbprint::parse(text(group, "root")?).ok()?);
    let set = accept(&pinned, &iss, &texts(&group["keysets"])?, None).ok()?.keyset;
    let jws = text(test, "jws")?;
    must(text(group, "typ")? == T::TYP)?;
    set.open::<T>(jws).ok()?;
    stated(test, "req", &request_hash(jws).to_string())
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
}

pub fn keyset(group: &Value, test: &Value) -> Option<()> {
    let iss = Issuer::parse(text(group, "iss")?, Profile::Production).ok()?;
    let date = test["date"].as_u64().map(Time::from_secs);
    let Accepted { keyset, pinned } =
        accept(&pinned(&group["pinned"])?, &iss, &texts(&test["keysets"])?, date).ok()?;
    stated(test, "root", &pinned.root.to_string())?;
    must(test.get("ver").is_none_or(|ver| *ver == keyset.content().ver))
}

fn pinned(value: &Value) -> Option<Pinned> {
    let thumbprint = |name: &str| Thumbprint::parse(text(value, name)?).ok();
    let stored = &value["stored"];
    let stored = stored["ver"].as_u64().zip(text(stored, "payload").map(str::to_owned));
    Some(Pinned {
        root: thumbprint("root")?,
        next_root: thumbprint("next_root"),
        replaced_root: None,
        stored,
    })
}

pub fn qr(group: &Value, test: &Value) -> Option<()> {
    let profile = match text(group, "profile")? {
        "production" => Profile::Production,
        _ => Profile::Development,
    };
    let scanned = text(test, "text")?;
    let read = qr::parse_qr(scanned.as_bytes(), profile).ok()?;
    stated(test, "iss", read.iss.as_str())?;
    let (payload, again) = seen(&read.iss, &read.payload);
    must(again == scanned)?;
    must(test.get("payload").is_none_or(|stated| *stated == payload))
}

/// What was read, and the text that says the same.
fn seen(iss: &Issuer, payload: &Payload) -> (Value, String) {
    match payload {
        Payload::Pairing(pairing) => (
            json!({
                "kind": "e", "eid": pairing.eid, "es": pairing.secret, "root": pairing.root,
                "same_device": pairing.same_device,
            }),
            qr::pairing_text(iss, pairing),
        ),
        Payload::Frame { handle, step, mac } => (
            json!({"kind": "s", "h": handle, "t": step, "m": b64u(mac.expose())}),
            qr::frame_text(iss, handle, *step, mac),
        ),
        Payload::Link(handle) => (json!({"kind": "l", "h": handle}), qr::link_text(iss, handle)),
        Payload::Offline(jws) => (json!({"kind": "o", "jws": jws}), qr::offline_text(iss, jws)),
    }
}
