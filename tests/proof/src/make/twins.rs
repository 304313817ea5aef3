//! Negative twins that every compact JWS has, whatever its message.

use crate::case::{Case, bad, good};
use crate::forge::{Compact, Key, broken, high_s};
use crate::published::pin_sig;
use serde_json::{Value, json};

/// One more member, as deep as the outermost value plus `depth` lists.
fn nested(payload: &str, depth: usize) -> String {
    payload.replacen('{', &format!("{{\"x\":{}1{},", "[".repeat(depth), "]".repeat(depth)), 1)
}

/// What must be taken besides the message as the server writes it.
pub fn good_twins(jws: &Compact, key: &Key) -> Vec<Case> {
    let text = String::from_utf8(jws.payload.clone()).unwrap();
    let spaced = Compact { payload: text.replace(",\"", " ,\n \"").into_bytes(), ..jws.clone() };
    let more = Compact { payload: nested(&text, 5).into_bytes(), ..jws.clone() };
    let signature = key.sign(jws.input().as_bytes());
    vec![
        good("as the server writes it", json!({"jws": jws.signed(key)})),
        good("white space in the payload", json!({"jws": spaced.signed(key)})),
        good("an unknown member of the payload, six deep", json!({"jws": more.signed(key)})),
        good("the header's members in another order", json!({"jws": reordered(jws).signed(key)})),
        good("s above n/2", json!({"jws": jws.with(&high_s(&signature))})),
    ]
}

fn reordered(jws: &Compact) -> Compact {
    let header: Value = serde_json::from_str(&jws.header).unwrap();
    let members = header.as_object().unwrap().clone().into_iter().rev();
    Compact { header: Value::Object(members.collect()).to_string(), ..jws.clone() }
}

/// What must be refused for its header, its signature or its spelling.
pub fn bad_twins(jws: &Compact, key: &Key) -> Vec<Case> {
    let mut cases = headers(jws, key);
    cases.extend(signatures(jws, key));
    cases.extend(spellings(&jws.signed(key)));
    cases.extend(payloads(jws, key));
    cases
}

fn headers(jws: &Compact, key: &Key) -> Vec<Case> {
    let changes = [
        (r#""ES256""#, r#""none""#, "alg none"),
        (r#""ES256""#, r#""ES384""#, "alg ES384"),
        (r#""ES256""#, r#""es256""#, "alg in lower case"),
        (r#""alg":"ES256","#, "", "no alg"),
        (r#""typ":"map-"#, r#""typ":"Map-"#, "typ in another case"),
        (r#"+jws""#, r#"""#, "typ cut off"),
        (r#"{"alg""#, r#"{"jku":"https://id.example.eu/k","alg""#, "an unknown header member"),
        (r#"{"alg""#, r#"{"crit":[],"alg""#, "an empty crit"),
        (r#"{"alg""#, r#"{"b64":true,"alg""#, "b64"),
    ];
    let duplicate = Compact { header: jws.header.replacen('{', r#"{"alg":"ES256","#, 1), ..jws.clone() };
    let escaped = Compact { header: jws.header.replacen('{', r#"{"\u0061lg":"ES256","#, 1), ..jws.clone() };
    let mut cases = vec![
        bad("alg twice in the header", "Json", json!({"jws": duplicate.signed(key)})),
        bad("alg twice, once escaped", "Json", json!({"jws": escaped.signed(key)})),
    ];
    for (from, to, comment) in changes {
        let header = jws.header.replacen(from, to, 1);
        assert_ne!(header, jws.header, "{comment}");
        cases.push(bad(comment, "Algorithm", json!({"jws": Compact { header, ..jws.clone() }.signed(key)})));
    }
    cases
}

fn signatures(jws: &Compact, key: &Key) -> Vec<Case> {
    let signature = key.sign(jws.input().as_bytes());
    let mut cases = vec![bad("signed by another key", "Signature", json!({"jws": jws.signed(&pin_sig())}))];
    for (comment, bytes) in broken(&signature) {
        cases.push(bad(comment, "Signature", json!({"jws": jws.with(&bytes)})));
    }
    let mut other = jws.clone();
    other.payload.push(b' ');
    let moved = format!("{}.{}", other.input(), jws.signed(key).rsplit_once('.').unwrap().1);
    cases.push(bad("the payload changed after signing", "Signature", json!({"jws": moved})));
    cases
}

fn spellings(text: &str) -> Vec<Case> {
    let parts: Vec<&str> = text.split('.').collect();
    let mut cases = vec![
        bad("two parts", "Truncated", json!({"jws": parts[..2].join(".")})),
        bad("four parts", "Truncated", json!({"jws": format!("{text}.AA")})),
        bad("a line feed at the end", "Encoding", json!({"jws": format!("{text}\n")})),
        bad("a space in front", "Encoding", json!({"jws": format!(" {text}")})),
        bad("nothing", "Truncated", json!({"jws": ""})),
        bad("two dots", "Truncated", json!({"jws": ".."})),
        bad("half of it", "Truncated", json!({"jws": text[..text.len() / 2]})),
    ];
    for (index, name) in ["header", "payload", "signature"].into_iter().enumerate() {
        for (what, part) in [("padding after the", format!("{}=", parts[index])), ("no", String::new())] {
            let mut changed: Vec<&str> = parts.clone();
            changed[index] = &part;
            let flag = if part.is_empty() { "Truncated" } else { "Encoding" };
            cases.push(bad(format!("{what} {name}"), flag, json!({"jws": changed.join(".")})));
        }
    }
    // 64 bytes leave four unused bits in the last symbol.
    let unused = format!("{}{}", &text[..text.len() - 1], next_symbol(text));
    cases.push(bad("unused bits of the signature set", "Encoding", json!({"jws": unused})));
    cases
}

fn next_symbol(text: &str) -> char {
    match text.chars().last().unwrap() {
        'A' => 'B',
        'Q' => 'R',
        'g' => 'h',
        _ => 'x',
    }
}

fn payloads(jws: &Compact, key: &Key) -> Vec<Case> {
    let text = String::from_utf8(jws.payload.clone()).unwrap();
    let iat = format!("\"iat\":{}", crate::published::TIME);
    let mut cases = Vec::new();
    for (comment, payload) in [
        ("seven deep", nested(&text, 6)),
        ("a fraction", text.replacen(&iat, &format!("{iat}.0"), 1)),
        ("an exponent", text.replacen(&iat, "\"iat\":179e7", 1)),
        ("a negative time", text.replacen(&iat, "\"iat\":-1", 1)),
        ("a number above 2^53 - 1", text.replacen('{', r#"{"x":9007199254740992,"#, 1)),
        ("iat twice", text.replacen('{', &format!("{{{iat},"), 1)),
        ("text behind the end", format!("{text}{{}}")),
        ("a byte order mark", format!("\u{feff}{text}")),
        ("half a surrogate pair", text.replacen('{', r#"{"x":"\ud800","#, 1)),
        ("a comma before the end", text.replacen('}', ",}", 1)),
        ("cut in half", text[..text.len() / 2].to_owned()),
        ("no payload", String::new()),
    ] {
        assert_ne!(payload, text, "{comment}");
        let changed = Compact { payload: payload.into_bytes(), ..jws.clone() };
        cases.push(bad(format!("payload: {comment}"), "Json", json!({"jws": changed.signed(key)})));
    }
    let latin = Compact { payload: text.replacen('{', "{\"x\":\"\u{e9}\",", 1).into_bytes(), ..jws.clone() };
    let payload = latin.payload.iter().copied().filter(|byte| *byte != 0xc3).collect();
    let latin = Compact { payload, ..latin };
    cases.push(bad("payload: not UTF-8", "Json", json!({"jws": latin.signed(key)})));
    cases
}

/// For each member of the payload: without it, with null, and with a list in its place.
pub fn members(payload: &str, may_be_null: &[&str], may_be_absent: &[&str]) -> Vec<(String, String, bool)> {
    let value: Value = serde_json::from_str(payload).unwrap();
    let mut out = Vec::new();
    for name in value.as_object().unwrap().keys() {
        let mut without = value.clone();
        without.as_object_mut().unwrap().shift_remove(name);
        out.push((format!("no {name}"), without.to_string(), may_be_absent.contains(&name.as_str())));
        let mut null = value.clone();
        null[name] = Value::Null;
        if null != value {
            out.push((format!("{name} is null"), null.to_string(), may_be_null.contains(&name.as_str())));
        }
        let mut list = value.clone();
        list[name] = json!([[]]);
        out.push((format!("{name} is a list of a list"), list.to_string(), false));
    }
    out
}

/// The sign key of the published key set.
pub fn by_server(typ: &str, payload: &str) -> Compact {
    Compact::new(typ, "s1", payload)
}
