//! Rules and colours that the system reads by itself.

use crate::xml::tags;
use crate::{read, read_below};
use serde_json::Value;

/// Every place that Android knows; one that is not excluded goes along.
const DOMAINS: [&str; 9] = [
    "root",
    "file",
    "database",
    "sharedpref",
    "external",
    "device_root",
    "device_file",
    "device_database",
    "device_sharedpref",
];

#[test]
fn nothing_goes_into_a_backup_or_to_another_phone() {
    let rules = read("app/src/main/res/xml/data_extraction_rules.xml");
    let found = tags(&rules);
    assert!(found.iter().all(|tag| tag.name != "include"));
    for way in ["cloud-backup", "device-transfer"] {
        let way = found.iter().find(|tag| tag.name == way).expect("both ways");
        let excluded = way.all("exclude");
        assert!(excluded.iter().all(|tag| tag.get("path") == Some(".")));
        assert_eq!(excluded.iter().filter_map(|tag| tag.get("domain")).collect::<Vec<_>>(), DOMAINS);
    }
}

#[test]
fn neither_clear_text_nor_authorities_of_the_person_are_trusted() {
    let config = read("app/src/main/res/xml/network_security_config.xml");
    let found = tags(&config);
    let names: Vec<_> = found.iter().map(|tag| tag.name).collect();
    assert_eq!(names, ["network-security-config", "base-config", "trust-anchors", "certificates"]);
    assert_eq!(found[1].get("cleartextTrafficPermitted"), Some("false"));
    assert_eq!(found[3].get("src"), Some("system"));
}

#[test]
fn the_system_draws_with_the_colours_of_the_tokens() {
    let tokens: Value = serde_json::from_str(&read_below("design", "tokens.json")).expect("JSON");
    let role = |role: &str, mode: &str| tokens["colour"][role][mode].as_str().expect("a colour").to_owned();
    let day = colours("values");
    assert_eq!(day["ground"], role("bg", "light"));
    assert_eq!(day["primary"], role("primary", "light"));
    assert_eq!(day["mark_left"], role("primary", "light"));
    let night = colours("values-night");
    assert_eq!(night["ground"], role("bg", "dark"));
    assert_eq!(night["mark_left"], role("primary", "dark"));
}

#[test]
fn every_picture_of_the_mark_has_its_two_halves() {
    let mark = read_below("design", "mark.svg");
    let halves: Vec<_> = tags(&mark).iter().filter_map(|tag| tag.get("d")).map(numbers).collect();
    assert_eq!(halves.len(), 2);
    for picture in ["mark", "notice", "ic_launcher_foreground", "ic_launcher_monochrome"] {
        let drawn = read(&format!("app/src/main/res/drawable/{picture}.xml"));
        let paths: Vec<_> =
            tags(&drawn).iter().filter_map(|tag| tag.get("android:pathData")).map(numbers).collect();
        assert_eq!(paths, halves, "{picture}");
    }
}

fn colours(folder: &str) -> std::collections::HashMap<String, String> {
    let xml = read(&format!("app/src/main/res/{folder}/colours.xml"));
    let colour = |tag: &crate::xml::Tag<'_>| {
        let name = tag.get("name").filter(|_| tag.name == "color")?;
        Some((name.to_owned(), tag.body.to_owned()))
    };
    tags(&xml).iter().filter_map(colour).collect()
}

/// The numbers of a path, however they are separated.
fn numbers(path: &str) -> Vec<String> {
    path.split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|n| !n.is_empty())
        .map(str::to_owned)
        .collect()
}
