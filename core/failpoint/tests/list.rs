//! The lists name exactly the places that are in the sources.

#![allow(clippy::unwrap_used, reason = "a source that cannot be read is a test that fails")]

use countersign_failpoint::{PHONE, SERVER};
use std::fs;
use std::path::Path;

fn places(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            places(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let names = text.split("failpoint::reached(\"").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(names.map(str::to_owned));
        }
    }
}

#[test]
fn every_place_is_listed_and_every_listed_place_is_somewhere_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (sources, listed) in [("server/src", &SERVER[..]), ("core/engine/src", &PHONE[..])] {
        let mut found = Vec::new();
        places(&root.join(sources), &mut found);
        found.sort();
        let mut listed = listed.to_vec();
        listed.sort_unstable();
        assert_eq!(found, listed, "{sources}");
    }
}
