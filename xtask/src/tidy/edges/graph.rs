//! The dependency graph as cargo resolved it, cut down to names.

use crate::failure::Failure;
use crate::process;
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, Package};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::process::Stdio;

/// The workspace's members and what every package needs to run.
pub struct Graph {
    /// Our own packages.
    pub members: Vec<Member>,
    /// Normal dependencies of each package, by name. Two versions of one package are one entry: the rules
    /// speak of names.
    pub normal: BTreeMap<String, Vec<String>>,
}

/// One of our own packages.
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its manifest, from the root of the repository.
    pub manifest: String,
    /// The manifest's text, to point at lines.
    pub text: String,
    /// What it depends on directly.
    pub edges: Vec<Edge>,
}

/// A direct dependency of a member.
pub struct Edge {
    /// The package's name.
    pub to: String,
    /// Whether it is needed to run, not only to test or build.
    pub normal: bool,
}

impl Member {
    /// The line that brings in `dependency`; 1 if it is spelled in a way that this does not know.
    pub fn line_of(&self, dependency: &str) -> usize {
        let names =
            |line: &str| line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with([' ', '.', '=']));
        self.text.lines().position(names).map_or(1, |index| index + 1)
    }
}

impl Graph {
    /// The shortest way from `member` to each of `unwanted` through normal dependencies.
    pub fn ways(&self, member: &Member, unwanted: &[&str]) -> Vec<Vec<String>> {
        let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut next = VecDeque::from([member.name.as_str()]);
        while let Some(package) = next.pop_front() {
            for dependency in self.normal.get(package).into_iter().flatten() {
                if dependency != &member.name && !came_from.contains_key(dependency.as_str()) {
                    came_from.insert(dependency, package);
                    next.push_back(dependency);
                }
            }
        }
        unwanted.iter().filter_map(|package| way_to(&came_from, package)).collect()
    }
}

fn way_to(came_from: &BTreeMap<&str, &str>, package: &str) -> Option<Vec<String>> {
    came_from.get(package)?;
    let way = std::iter::successors(Some(package), |step| came_from.get(step).copied());
    let mut way: Vec<_> = way.map(str::to_owned).collect();
    way.pop(); // the member itself
    way.reverse();
    Some(way)
}

/// Asks cargo. What is built for other platforms only is left out, or cargo would have to fetch all of it; the
/// members' own declarations count for every platform.
pub fn read(root: &Path) -> Result<Graph, Failure> {
    let version = answer(root, &["--version", "--verbose"])?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    let text = answer(root, &["metadata", "--format-version", "1", "--filter-platform", host])?;
    let metadata = MetadataCommand::parse(text.trim()).map_err(Box::new)?;
    Ok(from_metadata(root, &metadata))
}

/// What cargo writes to standard output.
fn answer(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let output = process::cargo(root, arguments).stderr(Stdio::inherit()).output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Failure::Ended { command: format!("cargo {}", arguments.join(" ")), status: output.status })
    }
}

fn from_metadata(root: &Path, metadata: &Metadata) -> Graph {
    let packages: BTreeMap<_, _> = metadata.packages.iter().map(|package| (&package.id, package)).collect();
    let mut normal: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for node in metadata.resolve.iter().flat_map(|resolve| &resolve.nodes) {
        if let Some(package) = packages.get(&node.id) {
            let targets = node.deps.iter().filter_map(|dependency| packages.get(&dependency.pkg));
            let needed = targets
                .filter(|target| is_built(package, node, &target.name))
                .map(|target| target.name.to_string());
            normal.entry(package.name.to_string()).or_default().extend(needed);
        }
    }
    let members = metadata.workspace_packages().into_iter().map(|package| member(root, package));
    Graph { members: members.collect(), normal }
}

fn member(root: &Path, package: &Package) -> Member {
    Member {
        name: package.name.to_string(),
        manifest: relative(root, package.manifest_path.as_std_path()),
        text: std::fs::read_to_string(&package.manifest_path).unwrap_or_default(),
        edges: edges(package),
    }
}

/// Whether `package`, with the features it has here, needs `target` to run. Cargo's answer also names optional
/// dependencies that a weak feature (`log?/std`) merely mentions.
fn is_built(package: &Package, node: &Node, target: &str) -> bool {
    let declared = package.dependencies.iter();
    let mut declared = declared.filter(|one| one.name == target && one.kind == DependencyKind::Normal);
    declared.any(|dependency| {
        let key = dependency.rename.as_deref().unwrap_or(&dependency.name);
        !dependency.optional || node.features.iter().any(|feature| switches_on(package, feature, key))
    })
}

/// Whether a feature brings in the optional dependency `key`: by its name, `dep:key`, `key/feature` or alone.
fn switches_on(package: &Package, feature: &str, key: &str) -> bool {
    let names = |entry: &str| entry.strip_prefix("dep:").or(entry.split('/').next()) == Some(key);
    feature == key || package.features.get(feature).into_iter().flatten().any(|entry| names(entry))
}

/// As declared, so that an optional dependency counts before anybody switches it on.
fn edges(package: &Package) -> Vec<Edge> {
    let declared = package.dependencies.iter();
    declared
        .map(|dependency| Edge {
            to: dependency.name.clone(),
            normal: dependency.kind == DependencyKind::Normal,
        })
        .collect()
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As cargo writes it: `a` has `quiet` by default, which mentions `log`, and `loud`, which brings it.
    fn reaches_log(features: &str) -> bool {
        let package = |name: &str, dependencies: &str, table: &str| {
            format!(
                r#"{{"name":"{name}","version":"1.0.0","id":"{name}","dependencies":[{dependencies}],"targets":[],
                "features":{table},"manifest_path":"/r/{name}/Cargo.toml","authors":[]}}"#
            )
        };
        let log = r#"{"name":"log","req":"^1","kind":null,"optional":true,"uses_default_features":true,"features":[]}"#;
        let table = r#"{"quiet":["log?/std"],"loud":["dep:log"],"log-std":["log/std"]}"#;
        let text = format!(
            r#"{{"packages":[{},{}],"workspace_members":["a"],"target_directory":"/r/t","workspace_root":"/r","version":1,
            "resolve":{{"root":null,"nodes":[{{"id":"a","dependencies":["log"],"features":[{features}],
            "deps":[{{"name":"log","pkg":"log","dep_kinds":[{{"kind":null,"target":null}}]}}]}}]}}}}"#,
            package("a", log, table),
            package("log", "", "{}"),
        );
        let graph = from_metadata(Path::new("/r"), &MetadataCommand::parse(text).expect("metadata"));
        !graph.ways(&graph.members[0], &["log"]).is_empty()
    }

    #[test]
    fn an_optional_dependency_counts_when_a_feature_switches_it_on() {
        assert!(!reaches_log(""));
        assert!(!reaches_log(r#""quiet""#));
        for feature in [r#""loud""#, r#""quiet","log-std""#, r#""log""#] {
            assert!(reaches_log(feature), "{feature}");
        }
    }
}
