//! The judgement on small made-up graphs, and the real table against itself.

use super::graph::Edge;
use super::*;
use std::collections::BTreeMap;

const SMALL: [Rule; 2] = [
    Rule { package: "low", ours: &[], not_directly: &["dice"], not_at_all: &["net"], why: "because" },
    Rule { package: "high", ours: &["low"], not_directly: &[], not_at_all: &[], why: "because" },
];

fn member(name: &str, edges: &[(&str, bool)]) -> Member {
    let text = edges.iter().map(|(to, _)| format!("{to}.workspace = true\n")).collect();
    let edges = edges.iter().map(|&(to, normal)| Edge { to: to.to_owned(), normal }).collect();
    Member { name: name.to_owned(), manifest: format!("{name}/Cargo.toml"), text, edges }
}

fn found(members: Vec<Member>, others: &[(&str, &str)]) -> Vec<String> {
    let mut normal: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for member in &members {
        let needed = member.edges.iter().filter(|edge| edge.normal).map(|edge| edge.to.clone());
        normal.insert(member.name.clone(), needed.collect());
    }
    for (from, to) in others {
        normal.entry((*from).to_owned()).or_default().push((*to).to_owned());
    }
    judge(&Graph { members, normal }, &SMALL).iter().map(ToString::to_string).collect()
}

#[test]
fn allowed_edges_pass() {
    let high = member("high", &[("low", true), ("net", true)]);
    assert!(
        found(vec![member("low", &[("maths", true), ("dice", false)]), high], &[("maths", "dice")])
            .is_empty()
    );
}

#[test]
fn an_edge_against_the_table_is_found_for_tests_too() {
    let members = vec![member("low", &[("maths", true), ("high", false)]), member("high", &[])];
    assert_eq!(found(members, &[]), ["low/Cargo.toml:2: low must not depend on high – because"]);
}

#[test]
fn a_package_that_must_not_be_named_is_found() {
    assert_eq!(found(vec![member("low", &[("dice", true)])], &[]).len(), 1);
}

#[test]
fn a_package_that_must_not_be_reached_is_found_with_the_way_to_it() {
    let found =
        found(vec![member("low", &[("a", true), ("b", true)])], &[("a", "c"), ("c", "net"), ("b", "net")]);
    assert_eq!(found, ["low/Cargo.toml:2: low must not reach b → net – because"]);
}

#[test]
fn a_member_without_a_rule_is_found() {
    assert!(found(vec![member("new", &[])], &[])[0].starts_with("new/Cargo.toml:1: new has no rule"));
}

#[test]
fn the_table_names_only_packages_that_have_a_rule_and_no_circle() {
    for (index, rule) in RULES.iter().enumerate() {
        for ours in rule.ours {
            assert!(
                RULES[..index].iter().any(|earlier| earlier.package == *ours),
                "{} → {ours}",
                rule.package
            );
        }
    }
}
