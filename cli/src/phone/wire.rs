//! `--wire`: every message as it passes, decoded, on stderr. Signatures are shortened; nothing is verified here.

use countersign_engine::port::{Method, Reply, Request, Transport, TransportFault};
use countersign_protocol::encoding::from_b64u;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Characters of a signature that are printed.
const SHOWN: usize = 12;

/// A transport that prints.
pub(super) struct WireTransport<T> {
    inner: T,
}

impl<T: Transport> WireTransport<T> {
    pub(super) fn new(inner: T) -> Self {
        Self { inner }
    }
}

impl<T: Transport> Transport for WireTransport<T> {
    fn send(&self, request: &Request<'_>) -> Result<Reply, TransportFault> {
        let (method, body) = match request.method {
            Method::Get => ("GET", &[][..]),
            Method::PostJose(body) | Method::PostJson(body) => ("POST", body),
        };
        print(&format!("→ {method} {}{}", request.iss, request.path), body);
        let reply = self.inner.send(request);
        match &reply {
            Ok(reply) => print(&format!("← {}", reply.status), &reply.body),
            Err(fault) => print(&format!("← {fault}"), &[]),
        }
        reply
    }
}

fn print(head: &str, body: &[u8]) {
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(value) => format!("{head}\n{:#}", decoded(&value)),
        Err(_) if body.is_empty() => head.to_owned(),
        Err(_) => format!("{head}\n({} bytes that are no JSON)", body.len()),
    };
    // Printing is a help; the exchange goes on without it.
    let _ = writeln!(io::stderr(), "{text}");
}

/// The value with every JWS in it taken apart.
fn decoded(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            Value::Object(object.iter().map(|(name, value)| member(name, value)).collect())
        }
        Value::Array(list) => Value::Array(list.iter().map(decoded).collect()),
        Value::String(text) => compact(text).unwrap_or_else(|| value.clone()),
        other => other.clone(),
    }
}

fn member(name: &str, value: &Value) -> (String, Value) {
    let shown = match (name, value.as_str()) {
        ("payload" | "protected", Some(text)) => json_of(text),
        ("signature", Some(text)) => Some(shortened(text)),
        _ => None,
    };
    (name.to_owned(), shown.unwrap_or_else(|| decoded(value)))
}

fn compact(text: &str) -> Option<Value> {
    let parts: Vec<&str> = text.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else { return None };
    let mut object = Map::new();
    object.insert("header".to_owned(), json_of(header)?);
    object.insert("payload".to_owned(), json_of(payload)?);
    object.insert("signature".to_owned(), shortened(signature));
    Some(Value::Object(object))
}

fn json_of(part: &str) -> Option<Value> {
    serde_json::from_slice(&from_b64u(part).ok()?).ok()
}

fn shortened(signature: &str) -> Value {
    let start: String = signature.chars().take(SHOWN).collect();
    json!(format!("{start}…"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_protocol::encoding::b64u;

    #[test]
    fn both_serialisations_are_taken_apart_and_signatures_are_cut() {
        let (header, payload) = (b64u(br#"{"alg":"ES256"}"#), b64u(br#"{"v":1}"#));
        let signature = "S".repeat(86);
        let general = json!({
            "payload": payload, "signatures": [{"protected": header, "signature": signature}]
        });
        let short = format!("{}…", "S".repeat(SHOWN));
        assert_eq!(
            decoded(&general),
            json!({"payload": {"v": 1}, "signatures": [{"protected": {"alg": "ES256"}, "signature": short}]})
        );
        let answer = json!({"receipt": format!("{header}.{payload}.{signature}"), "rc": null});
        let receipt = json!({"header": {"alg": "ES256"}, "payload": {"v": 1}, "signature": short});
        assert_eq!(decoded(&answer), json!({"receipt": receipt, "rc": null}));
        assert_eq!(decoded(&json!("a.b.c")), json!("a.b.c"), "what is no JWS stays");
    }
}
