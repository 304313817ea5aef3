//! Versions of apps, compared by number (3.0.8).

/// The three numbers; what follows a hyphen or plus does not count.
pub fn parse(version: &str) -> Option<[u32; 3]> {
    let core = version.split(['-', '+']).next()?;
    let parts: Vec<u32> = core.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn versions_compare_by_number() {
        assert!(parse("1.9.0") < parse("1.10.0"));
        assert_eq!(parse("1.2.3-beta"), Some([1, 2, 3]));
        assert_eq!(parse("1.2"), None);
    }
}
