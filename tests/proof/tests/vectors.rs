//! The vectors as they lie in the tree: the generator writes the same bytes, every case comes out as it says, and
//! the published values of protocol.md section 2.9 are in them.

#![allow(clippy::unwrap_used, reason = "a step that fails is a test that fails, with its place")]

use countersign_proof::{check, make};
use serde_json::Value;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../vectors/map1")
}

fn files() -> Vec<(String, Value)> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), value)
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

#[test]
fn the_generator_writes_what_lies_in_the_tree() {
    let mut made: Vec<_> =
        make::all().iter().map(|file| (format!("{}.json", file.name), file.to_json())).collect();
    made.sort();
    for (name, text) in &made {
        let found = std::fs::read_to_string(folder().join(name)).unwrap_or_default();
        assert!(found == *text, "{name} differs: run `cargo xtask vectors` and look at the difference");
    }
    let names: Vec<_> = files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, made.into_iter().map(|(name, _)| name).collect::<Vec<_>>(), "no file is left over");
}

#[test]
fn every_case_comes_out_as_it_says() {
    let (mut valid, mut invalid, mut wrong) = (0, 0, Vec::new());
    for (name, file) in files() {
        for group in file["testGroups"].as_array().unwrap() {
            for test in group["tests"].as_array().unwrap() {
                let expected = test["result"] == "valid";
                *(if expected { &mut valid } else { &mut invalid }) += 1;
                if check::run(group, test) != Some(expected) {
                    wrong.push(format!(
                        "{name} tcId {}: {}, {}",
                        test["tcId"], test["comment"], test["result"]
                    ));
                }
            }
        }
    }
    println!("{valid} valid and {invalid} invalid cases ran");
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(valid >= 250 && invalid >= 1500, "{valid} valid, {invalid} invalid");
}

#[test]
fn numbers_count_through_and_flags_are_explained() {
    for (name, file) in files() {
        let groups = file["testGroups"].as_array().unwrap();
        let tests: Vec<&Value> = groups.iter().flat_map(|group| group["tests"].as_array().unwrap()).collect();
        assert_eq!(file["numberOfTests"], tests.len(), "{name}");
        for (index, test) in tests.iter().enumerate() {
            assert_eq!(test["tcId"], index + 1, "{name}");
            let flags = test["flags"].as_array().unwrap();
            assert!(flags.iter().all(|flag| file["notes"][flag.as_str().unwrap()].is_string()), "{name}");
            assert_eq!(
                flags.contains(&"Normal".into()),
                test["result"] == "valid",
                "{name} {}",
                test["tcId"]
            );
        }
        assert!(tests.iter().any(|test| test["result"] == "valid"), "{name}");
        assert!(tests.iter().any(|test| test["result"] == "invalid"), "{name}");
    }
}
