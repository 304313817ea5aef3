//! The catalogue of the tree holds to the rules, and each rule is seen to fail.

use super::*;
use language::ALL;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

/// What is wrong with these two files, as a person reads it.
fn wrong(en: &str, fr: &str) -> Vec<String> {
    joined(en, fr).1.iter().map(ToString::to_string).collect()
}

fn joined(en: &str, fr: &str) -> (Catalogue, Vec<Slip>) {
    let read = |json: &str| read::sections("x.json", json).expect("JSON");
    catalogue::join(vec![(ALL[0], read(en)), (ALL[1], read(fr))])
}

/// What is wrong with the text of `pin.title` alone.
fn wrong_text(text: &str) -> String {
    let json = serde_json::json!({"pin": {"title": text}}).to_string();
    let slips = wrong(&json, &json);
    assert!(slips.len() >= 2, "{text} is taken");
    slips[0].clone()
}

#[test]
fn the_words_of_the_tree_hold_to_every_rule() {
    let (catalogue, slips) = load(root()).expect("readable");
    assert!(slips.is_empty(), "{}", slips.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    let surface = tree::read_needed(root(), SURFACE).expect("the surface");
    assert_eq!(surface::slips(&surface, &catalogue), []);
    assert!(catalogue.sections.len() > 70);
    for made in files(&catalogue) {
        assert!(made.text.len() > 200, "{}", made.path);
    }
}

#[test]
fn what_the_system_asks_in_our_name_is_said_in_every_language() {
    let (catalogue, _) = load(root()).expect("readable");
    let purposes: serde_json::Value = serde_json::from_str(&apple::purposes(&catalogue)).expect("JSON");
    for key in ["CFBundleDisplayName", "NSCameraUsageDescription", "NSFaceIDUsageDescription"] {
        for language in ALL {
            let text = &purposes["strings"][key]["localizations"][language.tag]["stringUnit"]["value"];
            assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{key} in {}", language.tag);
        }
    }
}

#[test]
fn a_file_that_is_no_json_or_has_another_shape_is_named() {
    for json in
        ["", "{", "[]", r#"{"pin": "text"}"#, r#"{"pin": {"title": {"en": "x"}}}"#, r#"{"pin": {"a": 1}}"#]
    {
        let failure = read::sections("design/words/fr.json", json).err().expect("refused");
        assert!(failure.to_string().starts_with("design/words/fr.json: "), "{failure}");
    }
}

#[test]
fn a_key_that_one_language_lacks_or_alone_has_is_named() {
    let (two, one) = (r#"{"pin": {"title": "A", "text": "B"}}"#, r#"{"pin": {"title": "A"}}"#);
    assert_eq!(wrong(two, one), ["design/words/fr.json: pin.text: is missing, or has a slip of its own"]);
    assert_eq!(wrong(one, two), ["design/words/fr.json: pin.text: is not in en.json"]);
    assert_eq!(wrong("{}", one), ["design/words/fr.json: pin.title: is not in en.json"]);
}

#[test]
fn a_key_or_a_section_that_stands_twice_is_named() {
    let once = r#"{"pin": {"title": "A"}}"#;
    let key = r#"{"pin": {"title": "A", "title": "B"}}"#;
    assert_eq!(wrong(once, key), ["design/words/fr.json: pin.title: stands twice"]);
    let section = r#"{"pin": {"title": "A"}, "pin": {"title": "A"}}"#;
    assert_eq!(wrong(once, section), ["design/words/fr.json: pin: stands twice"]);
}

#[test]
fn other_placeholders_than_the_reference_has_are_named() {
    let (server, time) = (r#"{"a": {"b": "To {server}"}}"#, r#"{"a": {"b": "À {time}"}}"#);
    assert_eq!(wrong(server, time), ["design/words/fr.json: a.b: has {time}, needs {server}"]);
    let none = r#"{"a": {"b": "Là"}}"#;
    assert_eq!(wrong(server, none), ["design/words/fr.json: a.b: has no placeholder, needs {server}"]);
    let twice = r#"{"a": {"b": "{server} et {server}"}}"#;
    assert!(wrong(server, twice).is_empty());
}

#[test]
fn a_text_that_is_empty_or_cannot_be_read_is_named() {
    for (text, what) in [
        (" ", "is empty"),
        ("to {server", "after {server comes neither } nor \", plural,\""),
        ("to server}", "a } that closes nothing"),
        ("to {}", "{ is no name of a placeholder"),
        ("to {Server}", "{Server is no name of a placeholder"),
        ("to {the server}", "after {the comes neither"),
        ("to {fun}", "{fun is no name of a placeholder"),
        ("{n, select, a {b}}", "after {n comes neither"),
        ("{n, plural, other {x}}", "the plural of n has no form \"one\" in its place"),
        ("{n, plural, one {x}}", "the plural of n has no form \"other\" in its place"),
        ("{n, plural, one {} other {x}}", "the form \"one\" of n is empty"),
        ("{n, plural, one {x} other {y}", "the plural of n is not closed"),
        ("{n, plural, one {x} other {y", "the form \"other\" of n is not closed"),
        ("{n, plural, one x other {y}}", "no { after \"one\" of n"),
        (
            "{n, plural, one {{m, plural, one {a} other {b}}} other {c}}",
            "{m, plural stands inside another plural",
        ),
    ] {
        let slip = wrong_text(text);
        assert!(slip.starts_with(&format!("design/words/en.json: pin.title: {what}")), "{text}: {slip}");
    }
}

#[test]
fn names_that_kotlin_would_not_take_are_named() {
    for key in ["continue", "Title", "a-b", "a_b", ""] {
        let json = serde_json::json!({"pin": {key: "A"}}).to_string();
        assert!(wrong(&json, &json)[0].contains("is no name in camel case"), "{key}");
    }
}

#[test]
fn a_count_in_one_language_is_a_count_in_all() {
    let plain = r#"{"a": {"b": "{n} left, {all}"}}"#;
    let plural = r#"{"a": {"b": "{all} {n, plural, one {# essai} other {# essais}}"}}"#;
    let (catalogue, slips) = joined(plain, plural);
    assert_eq!(slips, []);
    let words = kotlin::interface(&catalogue);
    assert!(words.contains("fun b(n: Int, all: String): String"), "{words}");
    assert!(
        kotlin::language(&catalogue, "en")
            .contains("override fun b(n: Int, all: String): String = \"${n} left, ${all}\"\n")
    );
    let apple: serde_json::Value = serde_json::from_str(&apple::catalogue(&catalogue)).expect("JSON");
    let french = &apple["strings"]["a.b"]["localizations"]["fr"];
    assert_eq!(french["stringUnit"]["value"], "%2$@ %#@n1@");
    assert_eq!(
        french["substitutions"]["n1"]["variations"]["plural"]["other"]["stringUnit"]["value"],
        "%arg essais"
    );
    assert_eq!(apple["strings"]["a.b"]["localizations"]["en"]["stringUnit"]["value"], "%1$lld left, %2$@");
}
