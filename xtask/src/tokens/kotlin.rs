//! The look as Kotlin, in the units of Compose.

use super::name::{camel, pascal};
use super::read::{Colour, Tokens, TypeStyle};
use crate::generated::origin;
use std::fmt::Write as _;

const IMPORTS: &str = "\
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp
";

/// `Tokens.kt`.
pub fn tokens(tokens: &Tokens) -> String {
    let origin = origin("tokens", "design/tokens.json");
    let mut text = format!("// {origin}\npackage eu.countersign.ui.theme\n\n{IMPORTS}\n");
    text.push_str("/** The values of the look; colours by their role. */\nobject Tokens {\n");
    text.push_str(&theme(tokens, "Light", "By day.", |colour| colour.light));
    text.push_str(&theme(tokens, "Dark", "By night.", |colour| colour.dark));
    let (colour, percent) = tokens.scrim;
    let _ = writeln!(text, "    /** What lies over the page under a sheet. */");
    let _ = writeln!(text, "    val scrim: Color = Color(0x{:02X}{colour:06X})\n", percent * 255 / 100);
    let space: Vec<_> = tokens.space.iter().map(|(_, dp)| (format!("s{dp}"), *dp)).collect();
    text.push_str(&lengths("Space", "Between parts; named by its own value.", &space));
    text.push_str(&lengths("Radius", "Of corners.", &camel_names(&tokens.radius)));
    text.push_str(&lengths("Size", "Of parts, and how thick their lines are.", &camel_names(&tokens.size)));
    text.push_str("    /** Times, in milliseconds. */\n    object Motion {\n");
    for (name, milliseconds) in &tokens.motion {
        let _ = writeln!(text, "        const val {}: Int = {milliseconds}", constant(name));
    }
    text.push_str("    }\n\n    /** Styles of type. */\n    object Type {\n");
    for style in tokens.type_styles.iter().filter(|style| !style.only_web) {
        text.push_str(&type_style(style));
    }
    text.push_str("    }\n}\n");
    text
}

fn theme(tokens: &Tokens, object: &str, says: &str, value: impl Fn(&Colour) -> u32) -> String {
    let mut text = format!("    /** {says} */\n    object {object} {{\n");
    for colour in &tokens.colours {
        let _ =
            writeln!(text, "        val {}: Color = Color(0xFF{:06X})", camel(&colour.role), value(colour));
    }
    text + "    }\n\n"
}

fn lengths(object: &str, says: &str, values: &[(String, u64)]) -> String {
    let mut text = format!("    /** {says} */\n    object {object} {{\n");
    for (name, dp) in values {
        let _ = writeln!(text, "        val {name}: Dp = {dp}.dp");
    }
    text + "    }\n\n"
}

fn camel_names(values: &[(String, u64)]) -> Vec<(String, u64)> {
    values.iter().map(|(name, value)| (camel(name), *value)).collect()
}

fn type_style(style: &TypeStyle) -> String {
    let TypeStyle { name, size, line, weight, .. } = style;
    let mut text = format!("        object {} {{\n", pascal(name));
    let _ = writeln!(text, "            val size: TextUnit = {size}.sp");
    let _ = writeln!(text, "            val line: TextUnit = {line}.sp");
    let _ = writeln!(text, "            const val WEIGHT: Int = {weight}");
    text + "        }\n"
}

fn constant(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}
