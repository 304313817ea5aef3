//! The icons and the mark as Kotlin: each is built when it is first shown.

use super::name::camel;
use super::svg::Drawing;
use crate::generated::origin;
use std::fmt::Write as _;

const ICON: &str = r#"
/** Material Symbols lie above their base line: from -960 to 0. The shell gives the colour. */
private fun icon(
    name: String,
    turns: Boolean,
    vararg paths: String,
): Lazy<ImageVector> =
    lazy(LazyThreadSafetyMode.PUBLICATION) {
        val builder =
            ImageVector
                .Builder(name, 24.dp, 24.dp, viewportWidth = 960f, viewportHeight = 960f, autoMirror = turns)
                .addGroup(translationY = 960f)
        paths.forEach { builder.addPath(addPathNodes(it), fill = SolidColor(Color.Black)) }
        builder.clearGroup().build()
    }
"#;

const MARK: &str = r#"/** The brand: two halves of a tally that fit. Never mirrored. */
object Mark {
    /** In these colours, [size] wide and high. */
    fun vector(
        left: Color,
        right: Color,
        size: Dp,
    ): ImageVector =
        ImageVector
            .Builder("Countersign", size, size, viewportWidth = 48f, viewportHeight = 48f)
            .addPath(addPathNodes(LEFT), fill = SolidColor(left))
            .addPath(addPathNodes(RIGHT), fill = SolidColor(right))
            .build()

"#;

/// `Icons.kt`.
pub fn icons(drawings: &[(String, Drawing)], mirrored: &[String]) -> String {
    let mut text = opening("design/icons", &["dp"]);
    text.push_str(
        "/** Every icon there is, 24 dp, named like its file. Material Symbols, Apache License 2.0. */\n",
    );
    text.push_str("object Icons {\n");
    for (name, drawing) in drawings {
        let (own, turns) = (camel(name), mirrored.contains(name));
        let paths = drawing.paths.iter().map(|path| format!("\"{path}\"")).collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "    val {own}: ImageVector by icon(\"{own}\", {turns}, {paths})");
    }
    text + "}\n" + ICON
}

/// `Mark.kt`.
pub fn mark(drawing: &Drawing) -> String {
    let mut text = opening("design/mark.svg", &["Dp"]) + MARK;
    for (name, path) in ["LEFT", "RIGHT"].iter().zip(&drawing.paths) {
        let _ = writeln!(text, "    private const val {name}: String = \"{path}\"");
    }
    text + "}\n"
}

fn opening(source: &str, units: &[&str]) -> String {
    let mut text = format!("// {}\npackage eu.countersign.ui.theme\n\n", origin("tokens", source));
    for name in ["Color", "SolidColor", "vector.ImageVector", "vector.addPathNodes"] {
        let _ = writeln!(text, "import androidx.compose.ui.graphics.{name}");
    }
    for unit in units {
        let _ = writeln!(text, "import androidx.compose.ui.unit.{unit}");
    }
    text + "\n"
}
