//! The look of the tree can be taken, and what cannot be is named.

use super::*;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

/// The tokens of the tree with one text in them replaced.
fn with(old: &str, new: &str) -> Result<Tokens, String> {
    let json = tree::read_needed(root(), TOKENS).expect("the tokens");
    assert!(json.contains(old), "{old}");
    read::tokens(&json.replacen(old, new, 1))
}

fn made(path: &str) -> String {
    let files = files(root()).expect("the look");
    files.into_iter().find(|made| made.path.ends_with(path)).expect("made").text
}

#[test]
fn the_style_sheet_is_the_one_that_the_server_has() {
    let own = tree::read_needed(root(), "server/assets/tokens.css").expect("the style sheet");
    assert_eq!(made("tokens.css"), own);
}

#[test]
fn kotlin_has_the_values_in_the_units_of_compose() {
    let kotlin = made("Tokens.kt");
    for line in [
        "val onPrimarySoft: Color = Color(0xFF063B43)",
        "val onPrimarySoft: Color = Color(0xFFC6ECEC)",
        "val scrim: Color = Color(0x8E0A1011)",
        "val s4: Dp = 4.dp",
        "val l: Dp = 16.dp",
        "val rowOneLine: Dp = 54.dp",
        "const val APPEAR: Int = 200",
        "val size: TextUnit = 44.sp",
    ] {
        assert!(kotlin.contains(line), "{line}");
    }
    assert!(!kotlin.contains("NumberWeb"), "a phone never shows it");
}

#[test]
fn icons_are_named_like_their_files_and_only_directions_turn_round() {
    let icons = made("Icons.kt");
    for (name, turns) in
        [("arrowBack", true), ("logout", true), ("openInNew", true), ("check", false), ("history", false)]
    {
        let opening = format!("    val {name}: ImageVector by icon(\"{name}\", {turns}, \"");
        assert!(icons.contains(&opening), "{name}");
    }
    assert_eq!(icons.matches(" by icon(").count(), 58);
    assert_eq!(made("Mark.kt").matches("private const val").count(), 2);
}

#[test]
fn swift_has_both_themes() {
    let swift = made("Tokens.swift");
    assert!(swift.contains("static let onPrimary = colour(0xFFFFFF, 0x00363C)"));
    assert!(swift.contains("static let rowOneLine: CGFloat = 54"));
}

#[test]
fn swift_has_every_icon_by_the_name_of_its_drawing() {
    let icons = made("ios/Icons.swift");
    assert!(icons.contains("    case arrowBack = \"arrow_back\"\n"));
    assert_eq!(icons.matches("    case ").count(), 58);
    let files = files(root()).expect("the look");
    let drawn = |made: &&Made| made.path.starts_with("ios/Look.xcassets/") && made.path.ends_with(".svg");
    assert_eq!(files.iter().filter(drawn).count(), 58 + 2);
    let (turns, stays) = (made("arrow_back.imageset/Contents.json"), made("check.imageset/Contents.json"));
    assert!(turns.contains("\"language-direction\": \"left-to-right\""));
    assert!(!stays.contains("language-direction"));
    assert!(
        made("check.imageset/check.svg")
            .contains("viewBox=\"0 0 960 960\"><g transform=\"translate(0 960)\">")
    );
}

#[test]
fn a_value_that_cannot_be_is_named_by_its_place() {
    for (old, new, what) in [
        ("\"#F6F5F1\"", "\"#F6F5F\"", "colour.bg.light: is no colour"),
        ("\"#0E1516\"", "\"0E1516\"", "colour.bg.dark: is no colour"),
        ("\"surface-2\": {", "\"Surface 2\": {", "colour.Surface 2: is no name"),
        ("\"s\": 10", "\"s\": 1.5", "radius.s: is no whole number"),
        ("\"s\": 10", "\"s\": 0", "radius.s: is no whole number"),
        ("\"size\": 44", "\"size\": \"44\"", "type.number.size: is no whole number"),
        ("\"only\": \"web\"", "\"only\": \"print\"", "type.number-web.only: is not \"web\""),
        ("\"percent\": 56", "\"percent\": 156", "scrim.percent: is more than all"),
        ("\"motion\"", "\"movement\"", "motion: is no object"),
        ("\"mirrored\"", "\"turned\"", "mirrored: is no list"),
        ("{", "", "trailing characters"),
    ] {
        let error = with(old, new).err().unwrap_or_else(|| panic!("{new} is taken"));
        assert!(error.contains(what), "{new}: {error}");
    }
}

#[test]
fn an_icon_that_shall_turn_round_and_is_not_there_is_named() {
    let tokens = with("\"arrow_back\"", "\"arrow_sideways\"").expect("tokens");
    let failure = check_mirrored(&tokens, &drawings(root()).expect("icons")).expect_err("no such icon");
    assert_eq!(failure.to_string(), "design/tokens.json: mirrored: there is no icon arrow_sideways");
}
