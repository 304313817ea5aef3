//! Key sets: one alone, a changed one, and a change of root.

use super::twins::{bad_twins, good_twins};
use crate::case::{Case, Group, Vectors, bad, good};
use crate::forge::{Compact, Key};
use crate::published::{ISS, TIME, id, off, root, sign};
use serde_json::{Value, json};

const TYP: &str = "map-keyset+jws";
const EXP: u64 = 1_797_776_000;

pub fn content(ver: u64, next_root: &str) -> Value {
    json!({
        "v": 1, "versions": [1], "iss": ISS, "name": "Example ID", "ver": ver, "iat": TIME, "exp": EXP,
        "sign": [{"kid": "s1", "jwk": sign().jwk(), "nbf": TIME, "exp": 1_805_552_000_u64}],
        "off": [{"kid": "off1", "jwk": off().jwk(), "exp": 1_805_552_000_u64}],
        "tls_pins": [id(0, 32), id(1, 32)], "return_origins": [ISS], "next_root": next_root,
        "policy": {
            "pin_min": 4, "factors": ["pin", "bio"], "bio_days": 14, "offline": {"on": true}, "tx_ttl": 180,
            "min_app": {"android": "1.0.0", "ios": "1.0.0"},
        },
    })
}

fn set(content: &Value, key: &Key) -> String {
    Compact::self_keyed(TYP, key, &content.to_string()).signed(key)
}

/// The published set, under the published root.
pub fn set_jws() -> String {
    set(&content(7, &id(0x2a, 32)), &root())
}

pub fn file() -> Vectors {
    let groups = vec![first(), refresh(), change_of_root()];
    Vectors {
        name: "keyset",
        about: "Key sets as a phone accepts them over what it has pinned (3.2)",
        groups,
    }
}

fn group(pinned: &Value, cases: Vec<Case>) -> Group {
    Group { kind: "KeySet", members: json!({"iss": ISS, "pinned": pinned}), cases }
}

fn only(root: &Key) -> Value {
    json!({"root": root.jkt(), "next_root": null, "stored": null})
}

fn sets(list: &[String]) -> Value {
    json!({"keysets": list, "date": TIME})
}

fn taken(list: &[String], root: &Key, ver: u64) -> Value {
    json!({"keysets": list, "date": TIME, "root": root.jkt(), "ver": ver})
}

/// Over a pinned root alone.
fn first() -> Group {
    let jws = Compact::self_keyed(TYP, &root(), &content(7, &id(0x2a, 32)).to_string());
    let own = set_jws();
    let mut cases = vec![
        good("the published key set", taken(std::slice::from_ref(&own), &root(), 7)),
        good("without a date nothing ends", json!({"keysets": [own], "date": null})),
        good("a second before its end", json!({"keysets": [own], "date": EXP - 1})),
        bad("at its end", "Form", json!({"keysets": [own], "date": EXP})),
        bad("no key set", "Form", sets(&[])),
        bad("signed by a root that is not pinned", "Root", sets(&[set(&content(7, &id(1, 32)), &sign())])),
        bad("nineteen of them", "Form", sets(&vec![own.clone(); 19])),
        good("eighteen times the same", sets(&vec![own.clone(); 18])),
    ];
    cases.extend(as_sets(good_twins(&jws, &root())));
    cases.extend(as_sets(bad_twins(&jws, &root())));
    cases.extend(forms());
    group(&only(&root()), cases)
}

/// The shared twins speak of one `jws`; here it is a list of one.
fn as_sets(cases: Vec<Case>) -> impl Iterator<Item = Case> {
    cases.into_iter().map(|case| case.map(|members| sets(&[members["jws"].as_str().unwrap().to_owned()])))
}

fn forms() -> Vec<Case> {
    let kid = |kid: &str| json!([{"kid": kid, "jwk": sign().jwk(), "nbf": TIME, "exp": EXP}]);
    let no_point = json!({"kty": "EC", "crv": "P-256", "x": id(1, 32), "y": id(1, 32)});
    let changes = [
        ("/v", "Form", json!(2), false),
        ("/versions", "Form", json!([2]), false),
        ("/versions", "Normal", json!([1, 2]), true),
        ("/iss", "Addressee", json!("https://id.example.com"), false),
        ("/name", "Text", json!("Example\u{202e}ID"), false),
        ("/name", "Text", json!(""), false),
        ("/sign", "Form", json!([]), false),
        ("/sign", "Form", kid("a b"), false),
        ("/sign", "Form", kid(""), false),
        ("/sign", "Form", kid("12345678901234567"), false),
        ("/sign", "Form", kid("off1"), false),
        ("/sign", "Normal", kid("A-z_0123456789ab"), true),
        ("/sign/0/jwk", "Key", no_point.clone(), false),
        ("/off/0/jwk", "Key", no_point, false),
        ("/off", "Normal", json!([]), true),
        ("/tls_pins", "Form", json!([id(0, 32)]), false),
        ("/next_root", "Form", json!(id(0, 31)), false),
        ("/policy/factors", "Form", json!(["pin", "face"]), false),
        ("/policy/offline", "Json", json!([true]), false),
        ("/policy/min_app", "Json", json!(["1.0.0", "1.0.0"]), false),
        ("/policy", "Member", json!({}), false),
        ("/ver", "Json", json!("7"), false),
    ];
    changes.into_iter().map(|(pointer, flag, to, valid)| changed(pointer, flag, &to, valid)).collect()
}

fn changed(pointer: &str, flag: &'static str, to: &Value, valid: bool) -> Case {
    let mut value = content(7, &id(0x2a, 32));
    *value.pointer_mut(pointer).unwrap() = to.clone();
    let shown: String = to.to_string().chars().take(60).collect();
    let (comment, members) = (format!("{pointer} is {shown}"), sets(&[set(&value, &root())]));
    if valid { good(comment, members) } else { bad(comment, flag, members) }
}

/// Over a set of version 7 that the phone has.
fn refresh() -> Group {
    let has = set_jws();
    let payload = has.split('.').nth(1).unwrap();
    let pinned =
        json!({"root": root().jkt(), "next_root": id(0x2a, 32), "stored": {"ver": 7, "payload": payload}});
    let with_ver = |ver: u64| set(&content(ver, &id(0x2a, 32)), &root());
    let cases = vec![
        good("the same again", taken(std::slice::from_ref(&has), &root(), 7)),
        good("a newer one", taken(&[with_ver(8)], &root(), 8)),
        bad("an older one", "Rollback", sets(&[with_ver(6)])),
        bad(
            "the same version with another next root",
            "Rollback",
            sets(&[set(&content(7, &id(1, 32)), &root())]),
        ),
        bad("a newer one, then an older one", "Rollback", sets(&[with_ver(9), with_ver(8)])),
    ];
    group(&pinned, cases)
}

/// Root 9 commits to root 0e, that one to root 0f.
fn change_of_root() -> Group {
    let (second, third, stranger) = (Key::new([0x0e; 32]), Key::new([0x0f; 32]), Key::new([0x10; 32]));
    let stored = set(&content(7, &second.jkt()), &root());
    let payload = stored.split('.').nth(1).unwrap();
    let pinned =
        json!({"root": root().jkt(), "next_root": second.jkt(), "stored": {"ver": 7, "payload": payload}});
    let eight = content(8, &third.jkt());
    let twenty = content(20, &stranger.jkt());
    let both = [set(&eight, &root()), set(&eight, &second)];
    let reversed = [both[1].clone(), both[0].clone()];
    let twice = [&both[..], &[set(&twenty, &second), set(&twenty, &third)]].concat();
    let skipped = [&both[..], &[set(&twenty, &third)]].concat();
    let same = content(8, &second.jkt());
    let unannounced = [set(&same, &root()), set(&same, &stranger)];
    let forged = [set(&eight, &root()), set(&eight, &third)];
    let mut broken = both.clone();
    broken[1] = format!("{}AAAA", &broken[1][..broken[1].len() - 4]);
    let cases = vec![
        good("signed by both roots", taken(&both, &second, 8)),
        good("the new root's first", taken(&reversed, &second, 8)),
        good("two changes, one after the other", taken(&twice, &third, 20)),
        good("still by the old root alone", taken(&[set(&same, &root())], &root(), 8)),
        good("by the old root alone, with another next root", taken(&both[..1], &root(), 8)),
        good("a root that was not announced is not pinned", taken(&unannounced, &root(), 8)),
        good("a broken signature of the new root pins nothing", taken(&broken, &root(), 8)),
        good("a root that the set names itself is not pinned by it", taken(&forged, &root(), 8)),
        bad("that root is then pinned", "WrongValue", taken(&unannounced, &stranger, 8)),
        bad("by the announced root alone", "Root", sets(&both[1..])),
        bad("the second change without the first's root", "Root", sets(&skipped)),
        bad(
            "an older set under the new root",
            "Rollback",
            sets(&[&both[..], &[set(&content(7, &third.jkt()), &second)]].concat()),
        ),
    ];
    group(&pinned, cases)
}
