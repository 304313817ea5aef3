//! The little of SVG that the icons are made of: one drawing with filled paths and nothing else. What could draw
//! differently from what is generated is refused: another element, a transformation, a shape that is no path.

/// Where the coordinates of Material Symbols lie.
pub const SYMBOL: &str = "0 -960 960 960";
/// Where those of the mark lie.
pub const MARK: &str = "0 0 48 48";

/// The `d` of each path, in order.
#[derive(Debug)]
pub struct Drawing {
    /// One after the other, as they lie upon each other.
    pub paths: Vec<String>,
}

/// Reads a drawing in these coordinates.
pub fn drawing(svg: &str, view_box: &str) -> Result<Drawing, String> {
    let mut elements = svg.trim().split('<');
    if elements.next() != Some("") {
        return Err("does not begin with an element".to_owned());
    }
    let opening =
        elements.next().and_then(|tag| tag.strip_prefix("svg ")).and_then(|tag| tag.strip_suffix('>'));
    let opening = opening.ok_or("does not begin with <svg>")?;
    if attribute(opening, "viewBox") != Some(view_box) {
        return Err(format!("its viewBox is not {view_box}"));
    }
    let mut paths = Vec::new();
    while let Some(element) = elements.next() {
        if element == "/svg>" {
            let is_whole = elements.next().is_none() && !paths.is_empty();
            return if is_whole { Ok(Drawing { paths }) } else { Err("has no path, or no end".to_owned()) };
        }
        paths.push(path(element)?);
    }
    Err("has no </svg>".to_owned())
}

fn path(element: &str) -> Result<String, String> {
    let inside = element.strip_prefix("path ").and_then(|tag| tag.strip_suffix("/>"));
    let inside = inside.ok_or_else(|| format!("holds <{element} and only paths can be taken"))?;
    if inside.contains("transform") || inside.contains("fill-rule") || inside.contains("stroke") {
        return Err("has a path that is not simply filled".to_owned());
    }
    let data = attribute(inside, "d").ok_or("has a path without d")?;
    let is_data = |mark: char| "MmLlHhVvCcSsQqTtAaZz0123456789.,- ".contains(mark);
    if data.starts_with(['M', 'm']) && data.chars().all(is_data) {
        Ok(data.to_owned())
    } else {
        Err("has a path whose d is none".to_owned())
    }
}

/// The value of an attribute, if it has one between double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let opening = format!("{name}=\"");
    let (before, rest) = tag.split_once(&opening)?;
    let stands_alone = before.is_empty() || before.ends_with(' ');
    rest.split_once('"').map(|(value, _)| value).filter(|_| stands_alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inside: &str) -> Result<Vec<String>, String> {
        drawing(&format!("<svg width=\"1\" viewBox=\"0 0 48 48\">{inside}</svg>\n"), MARK)
            .map(|own| own.paths)
    }

    #[test]
    fn paths_are_taken_in_order() {
        let paths = read("<path fill=\"#fff\" d=\"M1 2Z\"/><path d=\"m3-4.5L1,2\"/>").expect("a drawing");
        assert_eq!(paths, ["M1 2Z", "m3-4.5L1,2"]);
    }

    #[test]
    fn what_would_draw_differently_is_refused() {
        for inside in [
            "",
            "<circle r=\"1\"/>",
            "<g><path d=\"M1 2Z\"/></g>",
            "<path d=\"M1 2Z\" transform=\"scale(2)\"/>",
            "<path d=\"M1 2Z\" fill-rule=\"evenodd\"/>",
            "<path id=\"M1 2Z\"/>",
            "<path d=\"\"/>",
            "<path d=\"M1 2Z$x\"/>",
            "<path d=\"1 2\"/>",
            "<path d=\"M1 2Z\"/></svg><path d=\"M1 2Z\"/>",
        ] {
            assert!(read(inside).is_err(), "{inside}");
        }
        for svg in
            ["", "x<svg viewBox=\"0 0 48 48\"></svg>", "<svg viewBox=\"0 0 24 24\"><path d=\"M1 2Z\"/></svg>"]
        {
            assert!(drawing(svg, MARK).is_err(), "{svg}");
        }
    }
}
