//! The fuzz targets as ordinary tests: their seeds, and mutations of them that come out the same on every machine.

#![allow(clippy::unwrap_used, reason = "a step that fails is a test that fails, with its place")]

use countersign_proof::target::mutate::{Draw, mutated};
use countersign_proof::target::{ALL, seeds};
use std::path::PathBuf;

fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

#[test]
fn every_target_survives_its_seeds_and_mutations_of_them() {
    for target in ALL {
        let seeds = seeds::of(target.name, &folder("tests/vectors/map1")).unwrap();
        assert!(seeds.len() >= 3, "{} has {} seeds", target.name, seeds.len());
        seeds.iter().for_each(|seed| (target.run)(seed));
        let rounds = if target.name == "scanner" { 40 } else { 3000 };
        let mut draw = Draw::new(1_790_000_000);
        for _ in 0..rounds {
            let (seed, other) = (&seeds[draw.below(seeds.len())], &seeds[draw.below(seeds.len())]);
            (target.run)(&mutated(seed, other, &mut draw));
        }
    }
}

#[test]
fn every_target_has_its_binary() {
    for target in ALL {
        let path = folder("fuzz/fuzz_targets").join(format!("{}.rs", target.name));
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(text.contains(&format!("target::run(\"{}\"", target.name)), "{}", path.display());
        let manifest = std::fs::read_to_string(folder("fuzz/Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("name = \"{}\"", target.name)), "{}", target.name);
    }
}
