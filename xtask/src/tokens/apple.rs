//! The look as Swift. Not compiled here: there is no Xcode.

use super::name::camel;
use super::read::Tokens;
use super::svg::Drawing;
use crate::generated::origin;
use std::fmt::Write as _;

const COLOUR: &str = "
/// A colour that follows the appearance of the phone.
private func colour(_ light: UInt32, _ dark: UInt32) -> Color {
    Color(UIColor { traits in
        let value = traits.userInterfaceStyle == .dark ? dark : light
        return UIColor(
            red: CGFloat(value >> 16 & 0xFF) / 255,
            green: CGFloat(value >> 8 & 0xFF) / 255,
            blue: CGFloat(value & 0xFF) / 255,
            alpha: 1
        )
    })
}
";

/// `Tokens.swift`.
pub fn tokens(tokens: &Tokens) -> String {
    let origin = origin("tokens", "design/tokens.json");
    let mut text = format!("// {origin}\nimport SwiftUI\nimport UIKit\n\nextension Color {{\n");
    text.push_str("    /// The colours of the look, by their role.\n    enum cs {\n");
    for colour in &tokens.colours {
        let (name, light, dark) = (camel(&colour.role), colour.light, colour.dark);
        let _ = writeln!(text, "        static let {name} = colour(0x{light:06X}, 0x{dark:06X})");
    }
    let (scrim, percent) = tokens.scrim;
    let _ = writeln!(
        text,
        "        static let scrim = colour(0x{scrim:06X}, 0x{scrim:06X}).opacity({percent}.0 / 100)"
    );
    text.push_str(
        "    }\n}\n\n/// Lengths in points, times in milliseconds, styles of type.\nenum Tokens {\n",
    );
    let space: Vec<_> = tokens.space.iter().map(|(_, points)| (format!("s{points}"), *points)).collect();
    for (name, values) in
        [("Space", &space), ("Radius", &tokens.radius), ("Size", &tokens.size), ("Motion", &tokens.motion)]
    {
        text.push_str(&numbers(name, values));
    }
    text.push_str("    enum TypeStyle {\n");
    for style in tokens.type_styles.iter().filter(|style| !style.only_web) {
        let (name, size, line, weight) = (camel(&style.name), style.size, style.line, style.weight);
        let values = format!("(size: CGFloat({size}), line: CGFloat({line}), weight: {weight})");
        let _ = writeln!(text, "        static let {name} = {values}");
    }
    text + "    }\n}\n" + COLOUR
}

/// `Icons.swift`: every icon by the name that it has in the asset catalogue.
pub fn icons(drawings: &[(String, Drawing)]) -> String {
    let origin = origin("tokens", "design/icons");
    let mut text = format!("// {origin}\n\n/// Every icon there is. Material Symbols, Apache License 2.0.\n");
    text.push_str("enum Icon: String, CaseIterable {\n");
    for (name, _) in drawings {
        let _ = writeln!(text, "    case {} = \"{name}\"", camel(name));
    }
    text + "}\n"
}

fn numbers(name: &str, values: &[(String, u64)]) -> String {
    let mut text = format!("    enum {name} {{\n");
    for (name, value) in values {
        let _ = writeln!(text, "        static let {}: CGFloat = {value}", camel(name));
    }
    text + "    }\n\n"
}
