//! `design/tokens.json` is the one source: the style sheet holds exactly its values, and its colours are legible
//! (look.md §2; contrast as WCAG 2.2 defines it).

use crate::pages::view::assets;
use serde_json::{Map, Value};
use std::fmt::Write;

const JSON: &str = include_str!("../../../../../design/tokens.json");
const CSS: &str = include_str!("../../../../assets/tokens.css");

fn tokens() -> Value {
    serde_json::from_str(JSON).expect("JSON")
}

fn group(tokens: &Value, name: &str) -> Map<String, Value> {
    tokens[name].as_object().expect("an object").clone()
}

/// A sixteenth of a size as CSS writes it: 28 is `1.75rem`.
fn rem(value: &Value) -> String {
    format!("{}rem", value.as_f64().expect("a number") / 16.0)
}

fn colours(css: &mut String, tokens: &Value, theme: &str, indent: &str) {
    for (role, value) in group(tokens, "colour") {
        writeln!(css, "{indent}--c-{role}: {};", value[theme].as_str().expect("a colour")).expect("memory");
    }
}

/// The style sheet that the tokens ask for.
fn expected() -> String {
    let tokens = tokens();
    let mut css = String::from(
        "/* The values of design/tokens.json; a test compares the two. */\n:root {\n  color-scheme: light dark;\n",
    );
    colours(&mut css, &tokens, "light", "  ");
    for (prefix, name) in [("s", "space"), ("r", "radius")] {
        for (step, value) in group(&tokens, name) {
            writeln!(css, "  --{prefix}-{step}: {value}px;").expect("memory");
        }
    }
    for (role, t) in group(&tokens, "type") {
        let (weight, size, line) = (&t["weight"], rem(&t["size"]), rem(&t["line"]));
        writeln!(css, "  --t-{role}: {weight} {size}/{line} var(--font);").expect("memory");
    }
    css.push_str("}\n\n@media (prefers-color-scheme: dark) {\n  :root {\n");
    colours(&mut css, &tokens, "dark", "    ");
    css + "  }\n}\n"
}

/// Relative luminance of `#RRGGBB`.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// All pairs that carry text or meaning: role, ground, least ratio.
fn pairs(tokens: &Value) -> Vec<(String, String, f64)> {
    let text = |value: &Value| value.as_str().expect("a role").to_owned();
    let ratio = |value: &Value| value.as_f64().expect("a ratio");
    let mut all = Vec::new();
    for (role, value) in group(tokens, "colour") {
        if let Some(min) = value.get("min") {
            all.push((role, text(&min["on"]), ratio(&min["ratio"])));
        }
    }
    for pair in tokens["pairs"].as_array().expect("a list") {
        all.push((text(&pair["of"]), text(&pair["on"]), ratio(&pair["ratio"])));
    }
    all
}

#[test]
fn the_style_sheet_holds_exactly_the_tokens() {
    assert_eq!(CSS, expected());
}

#[test]
fn contrasts_reach_their_minimum_in_light_and_dark() {
    let tokens = tokens();
    let pairs = pairs(&tokens);
    assert!(pairs.len() > 25);
    for (role, ground, least) in pairs {
        assert!(least >= 3.0, "{role} on {ground} asks for too little");
        for theme in ["light", "dark"] {
            let colour =
                |name: &str| tokens["colour"][name][theme].as_str().expect("a known role").to_owned();
            let found = contrast(&colour(&role), &colour(&ground));
            assert!(found >= least, "{role} on {ground}, {theme}: {found:.2}, least {least}");
        }
    }
}

#[test]
fn text_roles_ask_for_the_ratio_of_text() {
    let tokens = tokens();
    for (role, value) in group(&tokens, "colour") {
        let is_text = role.starts_with("text") || role.starts_with("on-") || role == "danger";
        assert!(!is_text || value["min"]["ratio"].as_f64() >= Some(4.5), "{role}");
    }
}

#[test]
fn contrast_is_that_of_wcag() {
    assert!((contrast("#000000", "#FFFFFF") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#FFFFFF") - 4.478).abs() < 1e-3);
}

#[test]
fn pages_take_every_colour_from_the_tokens() {
    let style = assets::find("app.css").expect("a style sheet").bytes;
    let pages = std::str::from_utf8(style).expect("text");
    let own: Vec<_> = pages.split('#').skip(1).map(|rest| &rest[..3]).collect();
    assert_eq!(own, ["fff"], "only the ground of QR codes is fixed");
    for used in pages.split("var(--").skip(1) {
        let name = used.split(')').next().expect("closed");
        assert!(name == "font" || CSS.contains(&format!("--{name}: ")), "{name} is not a token");
    }
}
