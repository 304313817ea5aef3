//! Each way of printing a secret, and the ways that are fine.

use super::*;

fn found(source: &str) -> Vec<Finding> {
    findings(&[File::new("a/b.rs", source)], "# remark\na Pin # typed by the person\n")
}

#[test]
fn a_secret_without_debug_passes() {
    let source = "#[derive(Clone, Zeroize)]\npub struct Pin([u8; 4]);\n#[derive(Debug)]\nstruct Other;";
    assert!(found(source).is_empty());
}

#[test]
fn derived_debug_is_found_on_any_condition() {
    assert_eq!(found("#[derive(Clone, Debug)]\n#[repr(C)]\npub(crate) struct Pin([u8; 4]);")[0].line, 3);
    assert_eq!(found("#[cfg_attr(test, derive(Debug))] enum Pin { A }").len(), 1);
    assert_eq!(found("#[derive(std::fmt::Debug)] struct Pin<T>(T);").len(), 1);
}

#[test]
fn a_debug_of_ones_own_must_redact() {
    let redacting = "struct Pin; impl fmt::Debug for Pin { fn fmt() { f.write_str(\"<redacted>\") } }";
    assert!(found(redacting).is_empty());
    for telling in [
        "struct Pin; impl fmt::Debug for Pin { fn fmt() { f.write_str(&self.0) } }",
        "struct Pin; impl Debug for crate::Pin { fn fmt() { f.write_str(&self.0) } } const R: &str = \"<redacted>\";",
        "struct Pin<'a>(&'a str); impl<'a> Debug for Pin<'a> where X: Y { }",
    ] {
        assert_eq!(found(telling).len(), 1, "{telling}");
    }
}

#[test]
fn a_listed_type_must_exist() {
    let found = found("struct PinEntry; fn f(Pin: u8) {}");
    assert_eq!((found.len(), found[0].line), (1, 2));
    assert_eq!(found[0].path, LIST);
}

const MAKER: &str = "macro_rules! secret { ($($(#[$m:meta])* $name:ident;)*) => {$(
    $(#[$m])* #[derive(Clone)] pub struct $name(u8); )*} }";

#[test]
fn a_type_made_by_a_macro_is_known_under_its_own_name() {
    assert!(found(&format!("{MAKER} secret! {{ /// doc\n Pin; Other; }}")).is_empty());
    assert_eq!(found(&format!("{MAKER} secret! {{ Other; }}")).len(), 1, "not there");
}

#[test]
fn a_macro_that_makes_printable_secrets_is_found() {
    let call = "secret! { Other; Pin; }";
    assert_eq!(found(&format!("{} {call}", MAKER.replace("Clone", "Debug"))).len(), 1);
    assert_eq!(found(&format!("{MAKER} secret! {{ #[derive(Debug)] Pin; }}")).len(), 1);
    let with_impl = MAKER.replace(")*} }", "impl fmt::Debug for $name { } )*} }");
    assert_eq!(found(&format!("{with_impl} {call}")).len(), 1);
}

#[test]
fn an_implementation_outside_the_macro_counts_and_that_of_another_macro_does_not() {
    let outside = "secret! { Pin; } impl Debug for Pin { }";
    assert_eq!(found(&format!("{MAKER} {outside}")).len(), 1);
    let other = "secret! { Pin; } macro_rules! public { ($name:ident) => { impl Debug for $name { } } }";
    assert!(found(&format!("{MAKER} {other}")).is_empty());
}

#[test]
fn a_namesake_elsewhere_is_another_type() {
    let files = [File::new("a/b.rs", "struct Pin;"), File::new("ab/c.rs", "#[derive(Debug)] struct Pin;")];
    assert!(findings(&files, "a Pin").is_empty());
    assert_eq!(findings(&files, "ab Pin").len(), 1);
    assert_eq!(findings(&files, "c Pin").len(), 1, "defined elsewhere only");
    assert_eq!(findings(&files, "Pin").len(), 1, "without a folder");
}
