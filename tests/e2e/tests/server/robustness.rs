//! Anything at all may be posted: the server answers in time, never with its own fault, and goes on (T20).

use crate::common::{Table, world};
use countersign_e2e::http::{Answer, Http};
use countersign_e2e::phone::jti;
use countersign_e2e::script::{Script, Typ};
use countersign_e2e::world::World;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::sample::Index;
use proptest::strategy::Just;
use proptest::test_runner::{Config, TestRunner};
use reqwest::Method;
use serde_json::{Value, json};

const CASES: u32 = 300;

fn run<S: Strategy>(strategy: S, test: impl Fn(S::Value)) {
    let config =
        Config { cases: CASES, failure_persistence: None, max_shrink_iters: 50, ..Config::default() };
    let mut runner = TestRunner::new(config);
    runner
        .run(&strategy, |value| {
            test(value);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// An answer came, and it is no fault of the server.
fn is_sound(answer: Option<Answer>) {
    let answer = answer.expect("an answer");
    assert!((200..500).contains(&answer.status), "{} {}", answer.status, answer.text());
    if answer.status >= 400 {
        assert!(answer.code().is_some(), "{} {}", answer.status, answer.text());
    }
}

/// Everything that takes a body, with the headers it needs.
fn endpoints(world: &World) -> Vec<(String, Vec<(&'static str, String)>)> {
    let jose = || vec![("content-type", "application/jose+json".to_owned())];
    let json = || vec![("content-type", "application/json".to_owned())];
    let service = || {
        let mut headers = json();
        headers.push(("authorization", world.service.authorization().to_owned()));
        headers
    };
    let (push, newcomer) = (world.qr(None).tid, world.service.add_account("boris@example.eu"));
    let (eid, _) = world.service.enrolment(&newcomer);
    vec![
        (format!("/v1/enrolments/{eid}"), jose()),
        (format!("/v1/transactions/{push}/response"), jose()),
        ("/v1/ops".to_owned(), jose()),
        ("/v1/scan".to_owned(), json()),
        ("/backend/v1/accounts".to_owned(), service()),
        ("/backend/v1/enrolments".to_owned(), service()),
        (format!("/backend/v1/enrolments/{eid}/confirm"), service()),
        ("/backend/v1/sign-ins".to_owned(), service()),
        (format!("/backend/v1/sign-ins/{push}/code"), service()),
        (format!("/backend/v1/sign-ins/{push}/complete"), service()),
        ("/backend/v1/sign-ins".to_owned(), json()),
        ("/lab/clock".to_owned(), json()),
        ("/".to_owned(), vec![("content-type", "application/x-www-form-urlencoded".to_owned())]),
    ]
}

fn post(http: &Http, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> Option<Answer> {
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    http.try_send(Method::POST, path, &headers, body)
}

#[test]
fn random_bytes_never_hurt_the_server() {
    let world = world();
    let (http, endpoints) = (world.http(), endpoints(&world));
    run(vec(any::<u8>(), 0..600), |body| {
        for (path, headers) in &endpoints {
            let answer = post(&http, path, headers, body.clone());
            assert!(answer.as_ref().is_some_and(|answer| answer.status < 500), "{path}");
            if !path.ends_with('/') {
                is_sound(answer);
            }
        }
    });
    world.lab().now();
}

#[test]
fn random_json_never_hurts_the_server() {
    let world = world();
    let (http, endpoints) = (world.http(), endpoints(&world));
    run(any_json(), |value| {
        for (path, headers) in endpoints.iter().filter(|(path, _)| path != "/") {
            is_sound(post(&http, path, headers, value.to_string().into_bytes()));
        }
    });
    world.lab().now();
}

/// Values with the names that our messages use.
fn any_json() -> impl Strategy<Value = Value> {
    let names = ["payload", "signatures", "protected", "signature", "h", "t", "m", "r", "method", "account"];
    let leaf = proptest::prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,30}".prop_map(Value::from),
        "[A-Za-z0-9_-]{22}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        let name = proptest::sample::select(names.to_vec()).prop_map(str::to_owned);
        proptest::prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec((name, inner), 0..5).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A change of bytes: flip, insert, remove, cut, repeat.
#[derive(Debug, Clone)]
enum Change {
    Flip(Index, u8),
    Insert(Index, u8),
    Remove(Index),
    Cut(Index),
    Double(Index),
}

fn any_change() -> impl Strategy<Value = Change> {
    proptest::prop_oneof![
        (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Insert(at, byte)),
        any::<Index>().prop_map(Change::Remove),
        any::<Index>().prop_map(Change::Cut),
        any::<Index>().prop_map(Change::Double),
    ]
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let size = bytes.len();
        if size == 0 {
            return;
        }
        match self {
            Self::Flip(at, bit) => bytes[at.index(size)] ^= 1 << bit,
            Self::Insert(at, byte) => bytes.insert(at.index(size), *byte),
            Self::Remove(at) => drop(bytes.remove(at.index(size))),
            Self::Cut(at) => bytes.truncate(at.index(size)),
            Self::Double(at) => {
                let tail = bytes.split_off(at.index(size));
                bytes.extend(tail.repeat(2));
            }
        }
    }
}

#[test]
fn mutated_messages_are_refused_and_change_nothing() {
    let table = Table::set();
    let watch = table.world.watch(&table.phone, &table.sign_in.tid);
    let scripts = table.all().map(|script| (script.seal().body(), script));
    run(vec(any_change(), 1..4), |changes| {
        for (body, script) in &scripts {
            let mut mutated = body.clone();
            changes.iter().for_each(|change| change.apply(&mut mutated));
            if is_same_json(&mutated, body) {
                continue;
            }
            let answer = table.world.http().post_jose(&script.path, mutated);
            assert!((400..500).contains(&answer.status), "{} {}", answer.status, answer.text());
            is_sound(Some(answer));
        }
    });
    watch.unchanged();
    table.all_right();
}

/// White space and escapes change bytes and mean nothing.
fn is_same_json(one: &[u8], other: &[u8]) -> bool {
    let value = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
    value(one).is_some() && value(one) == value(other)
}

#[test]
fn mutated_payloads_under_good_signatures_never_hurt_the_server() {
    let table = Table::set();
    let scripts = table.all();
    run(vec(any_change(), 1..4), |changes| {
        for script in &scripts {
            let mut payload = script.payload.clone();
            changes.iter().for_each(|change| change.apply(&mut payload));
            is_sound(Some(script.with_payload(payload).send(&table.world.http())));
        }
    });
    table.phone.binding();
}

#[test]
fn random_members_under_good_signatures_never_hurt_the_server() {
    let table = Table::set();
    let scripts = table.all();
    run((any::<Index>(), any_json()), |(at, value)| {
        for script in &scripts {
            let members: Vec<String> = script.value().as_object().unwrap().keys().cloned().collect();
            let name = &members[at.index(members.len())];
            let changed = fresh(script).with(|payload| payload[name] = value.clone());
            is_sound(Some(changed.send(&table.world.http())));
        }
    });
    table.phone.binding();
}

/// The same message under a new id, so that it is judged and not repeated.
fn fresh(script: &Script) -> Script {
    assert!(matches!(script.typ, Typ::Enrol | Typ::Response | Typ::Op));
    script.with(|payload| payload["jti"] = json!(jti()))
}
