//! Bodies that are refused by their form (step 1 of 3.0.7).

use crate::common::Table;
use countersign_e2e::edit::{edited, set, with_duplicate, without};
use countersign_e2e::http::{JOSE, JSON};
use countersign_e2e::script::{Entry, Envelope, Script, Typ};
use reqwest::Method;
use serde_json::json;
use std::time::{Duration, Instant};

const MALFORMED: (u16, &str) = (400, "malformed");

/// The right message with white space up to this size.
fn padded(script: &Script, size: usize) -> Vec<u8> {
    let mut body = script.seal().body();
    body.resize(size, b' ');
    body
}

fn text(envelope: &Envelope) -> String {
    String::from_utf8(envelope.body()).unwrap()
}

/// A member that each payload has and that is judged by its form.
fn claim_name(script: &Script) -> &'static str {
    match script.typ {
        Typ::Response => "dec",
        Typ::Op => "op",
        Typ::Enrol => "aud",
    }
}

#[test]
fn n01_a_body_may_have_its_last_allowed_byte_and_no_more() {
    let table = Table::set();
    table.refused(&table.registered(), MALFORMED, |script| padded(script, 16 * 1024 + 1));
    table.refused(&table.all(), MALFORMED, |script| padded(script, 64 * 1024 + 1));
    for script in table.registered() {
        script.post(&table.world.http(), padded(&script, 16 * 1024)).ok();
    }
    let enrolment = table.enrolment();
    enrolment.post(&table.world.http(), padded(&enrolment, 64 * 1024)).ok();
}

#[test]
fn n02_duplicate_members_are_refused_in_body_payload_and_header() {
    let table = Table::set();
    table.refused(&table.all(), MALFORMED, |script| {
        with_duplicate(&text(&script.seal()), "payload").into_bytes()
    });
    table.refused(&table.all(), MALFORMED, |script| {
        let payload = String::from_utf8(script.payload.clone()).unwrap();
        script.with_payload(with_duplicate(&payload, claim_name(script))).seal().body()
    });
    table.refused(&table.all(), MALFORMED, |script| {
        script.seal_header(|header| with_duplicate(&header, "typ")).body()
    });
    table.refused(&table.with_factor(), MALFORMED, |script| {
        script.seal_factor_header(|header| with_duplicate(&header, "kid")).body()
    });
    table.all_right();
}

/// A base64url value of a message.
type Place = fn(&mut Envelope) -> &mut String;

#[test]
fn n07_base64url_is_strict_in_payload_headers_and_signatures() {
    let table = Table::set();
    let places: [Place; 3] = [
        |envelope| &mut envelope.payload,
        |envelope| &mut envelope.last().protected,
        |envelope| &mut envelope.last().signature,
    ];
    for place in places {
        for end in ["=", "+", "\n", " "] {
            table.refused(&table.all(), MALFORMED, |script| {
                let mut envelope = script.seal();
                place(&mut envelope).push_str(end);
                envelope.body()
            });
        }
    }
    table.refused(&table.all(), MALFORMED, |script| {
        let mut envelope = script.seal();
        let signature = &mut envelope.last().signature;
        // 64 bytes leave four unused bits in the last symbol.
        *signature = next_symbol(signature);
        envelope.body()
    });
    table.all_right();
}

fn next_symbol(value: &str) -> String {
    let (head, last) = value.split_at(value.len() - 1);
    let next = match last {
        "A" => "B",
        "Q" => "R",
        "g" => "h",
        _ => "x",
    };
    format!("{head}{next}")
}

#[test]
fn n24_json_outside_the_profile_is_refused_in_the_body() {
    let table = Table::set();
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    let bodies: Vec<Vec<u8>> = vec![
        deep.clone().into_bytes(),
        format!(r#"{{"payload":"{}","signatures":[]}}"#, "A".repeat(1 << 20)).into_bytes(),
        b"{\"payload\":\"\xff\",\"signatures\":[]}".to_vec(),
        br#"{"payload":"\ud800","signatures":[]}"#.to_vec(),
        br#"{"payload":1.0,"signatures":[]}"#.to_vec(),
        br#"{"payload":"AA","signatures":[]}"#.to_vec(),
        b"null".to_vec(),
        Vec::new(),
    ];
    for body in bodies {
        let start = Instant::now();
        table.refused(&table.all(), MALFORMED, |_| body.clone());
        assert!(start.elapsed() < Duration::from_secs(5));
    }
    let edits: [fn(String) -> String; 3] = [
        |body| format!("\u{feff}{body}"),
        |body| edited(&body, set("unknown", 1)),
        |body| edited(&body, |value| value["signatures"][0]["unknown"] = json!(1)),
    ];
    for edit in edits {
        table.refused(&table.all(), MALFORMED, |script| edit(text(&script.seal())).into_bytes());
    }
    table.all_right();
}

#[test]
fn n24_json_outside_the_profile_is_refused_in_the_payload() {
    let table = Table::set();
    let edits: [fn(&str) -> Vec<u8>; 9] = [
        |payload| format!(r#"{{"x":{}{},{}"#, "[".repeat(1000), "]".repeat(1000), &payload[1..]).into_bytes(),
        |payload| format!(r#"{{"x":"\ud800",{}"#, &payload[1..]).into_bytes(),
        |payload| [b"{\"x\":\"\xff\",", &payload.as_bytes()[1..]].concat(),
        |payload| format!("\u{feff}{payload}").into_bytes(),
        |payload| payload.replace(r#""v":1,"#, r#""v":1.0,"#).into_bytes(),
        |payload| payload.replace(r#""v":1,"#, r#""v":-1,"#).into_bytes(),
        |payload| payload.replace(r#""v":1,"#, r#""v":1e0,"#).into_bytes(),
        |payload| payload.replace(r#""v":1,"#, r#""v":9007199254740993,"#).into_bytes(),
        |payload| edited(payload, set("unknown", 1)).into_bytes(),
    ];
    for edit in edits {
        table.refused(&table.all(), MALFORMED, |script| {
            let payload = String::from_utf8(script.payload.clone()).unwrap();
            script.with_payload(edit(&payload)).seal().body()
        });
    }
    table.all_right();
}

#[test]
fn every_member_of_a_payload_is_needed_and_none_may_be_null() {
    let table = Table::set();
    for script in table.all() {
        let members: Vec<String> = script.value().as_object().unwrap().keys().cloned().collect();
        for name in members {
            let one = std::slice::from_ref(&script);
            table.refused(one, MALFORMED, |script| script.with(without(&name)).seal().body());
            if name != "push" {
                table.refused(one, MALFORMED, |script| script.with(set(&name, json!(null))).seal().body());
            }
        }
    }
    table.all_right();
}

#[test]
fn another_media_type_or_an_encoded_body_is_malformed() {
    let table = Table::set();
    let http = table.world.http();
    for script in table.all() {
        let headers: [&[(&str, &str)]; 3] =
            [&[("content-type", JSON)], &[], &[("content-type", JOSE), ("content-encoding", "identity")]];
        for headers in headers {
            let answer = http.try_send(Method::POST, &script.path, headers, script.seal().body());
            answer.unwrap().refused(400, "malformed");
        }
    }
    let headers = &[("content-type", "application/jose+json; charset=utf-8")];
    let script = table.op();
    http.try_send(Method::POST, &script.path, headers, script.seal().body()).unwrap().ok();
    table.all_right();
}

#[test]
fn no_signature_and_five_signatures_are_malformed() {
    let table = Table::set();
    table.refused(&table.all(), MALFORMED, |script| {
        Envelope { signatures: Vec::new(), ..script.seal() }.body()
    });
    table.refused(&table.all(), MALFORMED, |script| {
        let mut envelope = script.seal();
        let last = envelope.signatures.pop().unwrap();
        let factors: Vec<Entry> = (0..4).map(|_| factor_entry(script)).collect();
        envelope.signatures = factors.into_iter().chain([last]).collect();
        envelope.body()
    });
    table.all_right();
}

fn factor_entry(script: &Script) -> Entry {
    let mut envelope = script.unfinished();
    let header = countersign_e2e::script::factor_header("AAAAAAAAAAAAAAAAAAAAAA");
    envelope.push_factor(&header, &script.device);
    envelope.signatures.pop().unwrap()
}
