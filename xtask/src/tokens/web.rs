//! The look as a style sheet: what the server's pages have in `server/assets/tokens.css`, to the letter.

use super::read::{Colour, Tokens, TypeStyle};
use std::fmt::Write as _;

/// `tokens.css`.
pub fn style_sheet(tokens: &Tokens) -> String {
    let mut css = String::from(
        "/* The values of design/tokens.json; a test compares the two. */\n:root {\n  color-scheme: light dark;\n",
    );
    css.push_str(&colours(tokens, "  ", |colour| colour.light));
    for (prefix, values) in [("s", &tokens.space), ("r", &tokens.radius)] {
        for (step, pixels) in values {
            let _ = writeln!(css, "  --{prefix}-{step}: {pixels}px;");
        }
    }
    for TypeStyle { name, size, line, weight, .. } in &tokens.type_styles {
        let _ = writeln!(css, "  --t-{name}: {weight} {}/{} var(--font);", rem(*size), rem(*line));
    }
    css.push_str("}\n\n@media (prefers-color-scheme: dark) {\n  :root {\n");
    css.push_str(&colours(tokens, "    ", |colour| colour.dark));
    css + "  }\n}\n"
}

fn colours(tokens: &Tokens, indent: &str, value: impl Fn(&Colour) -> u32) -> String {
    let mut css = String::new();
    for colour in &tokens.colours {
        let _ = writeln!(css, "{indent}--c-{}: #{:06X};", colour.role, value(colour));
    }
    css
}

/// A sixteenth of a size, in whole sixteenths or with a fraction: 28 is `1.75rem`.
fn rem(size: u64) -> String {
    let (whole, sixteenths) = (size / 16, size % 16);
    let fraction = format!("{:04}", sixteenths * 625);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{whole}rem") } else { format!("{whole}.{fraction}rem") }
}
