//! One TLS library and one crypto library: rustls with ring. The lock file tells what else would be built.

use super::finding::Finding;

/// The file, from the root of the repository.
pub const PATH: &str = "Cargo.lock";

/// Packages that must not be in the tree, however deep.
const UNWANTED: [&str; 5] = ["aws-lc-rs", "aws-lc-sys", "aws-lc-fips-sys", "openssl-sys", "native-tls"];

/// One finding for each unwanted package in the lock file.
pub fn findings(lock: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in lock.lines().enumerate() {
        let name = line.strip_prefix("name = \"").and_then(|rest| rest.strip_suffix('"'));
        if let Some(name) = name.filter(|name| UNWANTED.contains(name)) {
            let mend =
                format!("TLS is rustls with ring: `cargo tree --workspace -i {name}` names who brings it");
            findings.push(Finding::new(PATH, index + 1, format!("{name} is in the tree"), mend));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::findings;

    #[test]
    fn an_unwanted_package_is_found_by_its_exact_name() {
        let lock =
            "[[package]]\nname = \"aws-lc-rs\"\nversion = \"1\"\n\n[[package]]\nname = \"native-tls-like\"\n";
        let found = findings(lock);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 2);
        assert!(found[0].what.contains("aws-lc-rs"));
    }
}
