//! Our own drawings: strokes on a 24 × 24 grid, drawn inline because `<use>` of another file is blocked by
//! `default-src 'none'` in some browsers. Each stands beside a word and is hidden from screen readers.

/// The drawing `name` as an SVG element; an unknown name gives an empty drawing (a test finds it).
pub(super) fn svg(name: &str) -> String {
    let class = if matches!(name, "chevron" | "back" | "forward" | "leave") { "ic flip" } else { "ic" };
    let strokes = STROKES.iter().find(|(own, _)| *own == name).map_or("", |(_, strokes)| *strokes);
    format!(
        r#"<svg class="{class}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{strokes}</svg>"#
    )
}

/// Strokes by name, in the order of the names.
const STROKES: &[(&str, &str)] = &[
    ("add", r#"<path d="M12 5v14M5 12h14"/>"#),
    ("again", r#"<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3v4.2h-4.2"/>"#),
    ("back", r#"<path d="M20 12H4.5M11 5.5 4.5 12l6.5 6.5"/>"#),
    ("check", r#"<path d="m4.5 12.8 4.8 4.7L19.5 7"/>"#),
    ("chevron", r#"<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>"#),
    ("close", r#"<path d="m6 6 12 12M18 6 6 18"/>"#),
    (
        "copy",
        r#"<rect x="8.5" y="8.5" width="12" height="12" rx="2"/><path d="M4 15.5v-10A1.5 1.5 0 0 1 5.5 4h10"/>"#,
    ),
    ("down", r#"<path d="m5.5 9 6.5 6.5L18.5 9"/>"#),
    ("error", r#"<circle cx="12" cy="12" r="9"/><path d="M12 7.5V13M12 16.5h.01"/>"#),
    (
        "eye",
        r#"<path d="M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>"#,
    ),
    ("forward", r#"<path d="M4 12h15.5M13 5.5l6.5 6.5-6.5 6.5"/>"#),
    (
        "gear",
        r#"<circle cx="12" cy="12" r="3.2"/><path d="M12 2.5v4M12 17.5v4M2.5 12h4M17.5 12h4M5.3 5.3l2.8 2.8M15.9 15.9l2.8 2.8M18.7 5.3l-2.8 2.8M8.1 15.9l-2.8 2.8"/>"#,
    ),
    (
        "globe",
        r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.6 2.4 3.900 5.400 3.900 9s-1.300 6.600-3.900 9c-2.600-2.400-3.900-5.400-3.900-9s1.300-6.600 3.900-9z"/>"#,
    ),
    (
        "history",
        r#"<path d="M4.500 12a7.500 7.500 0 1 0 2.300-5.400L4.500 8.700M4.500 4.500v4.200h4.200M12 8v4.300l3 1.800"/>"#,
    ),
    ("home", r#"<path d="M4 11 12 4l8 7v9h-5.5v-5.5h-5V20H4z"/>"#),
    ("info", r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5h.01"/>"#),
    ("key", r#"<circle cx="7" cy="12" r="3.8"/><path d="M10.8 12H21v3.5M16.5 12v2.8"/>"#),
    ("leave", r#"<path d="M10 4H5v16h5M15.5 8l4 4-4 4M19.5 12H10"/>"#),
    (
        "keyboard",
        r#"<rect x="2.5" y="6" width="19" height="12.5" rx="2"/><path d="M6.500 9.800h.01M10.200 9.800h.01M13.800 9.800h.01M17.500 9.800h.01M6.500 13h.01M17.500 13h.01M9.500 15.500h5"/>"#,
    ),
    (
        "list",
        r#"<path d="M5 4.5h14v15H5zM8.5 8.5h.01M8.5 12h.01M8.5 15.5h.01M11.5 8.5h4M11.5 12h4M11.5 15.5h4"/>"#,
    ),
    (
        "lock",
        r#"<rect x="5" y="10.5" width="14" height="10.5" rx="2"/><path d="M8 10.5V7a4 4 0 0 1 8 0v3.5M12 14.5v2.5"/>"#,
    ),
    ("mail", r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3.5 7 8.5 6.5L20.5 7"/>"#),
    ("menu", r#"<path d="M4 6.5h16M4 12h16M4 17.5h16"/>"#),
    (
        "no-network",
        r#"<path d="m3.5 3.5 17 17M5.2 12.6a10 10 0 0 1 4-2.3M8.6 16.1a5 5 0 0 1 5.6-.9M2.2 9a15 15 0 0 1 3.4-2.2M10 5.3A15 15 0 0 1 21.8 9M15 10.5a10 10 0 0 1 3.8 2.1M12 19.5h.01"/>"#,
    ),
    (
        "number",
        r#"<path class="dots" d="M6 4.5h.01M12 4.5h.01M18 4.5h.01M6 10h.01M12 10h.01M18 10h.01M6 15.5h.01M12 15.5h.01M18 15.5h.01M12 21h.01"/>"#,
    ),
    (
        "people",
        r#"<circle cx="9" cy="8.5" r="3.3"/><path d="M2.8 19a6.2 6.2 0 0 1 12.4 0M15.5 5.6a3.3 3.3 0 0 1 0 5.8M17.3 13.6a6.2 6.2 0 0 1 3.9 5.4"/>"#,
    ),
    (
        "person",
        r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20c.6-3.7 3.6-6 7.5-6s6.900 2.300 7.500 6z"/>"#,
    ),
    ("phone", r#"<rect x="6.5" y="2.5" width="11" height="19" rx="2"/><path d="M11 18.5h2"/>"#),
    (
        "phone-check",
        r#"<rect x="6.5" y="2.5" width="11" height="19" rx="2"/><path d="m9.2 11.8 2 2 3.6-3.8M11 18.5h2"/>"#,
    ),
    (
        "print",
        r#"<path d="M7 8.5V3.5h10v5M7 17.5H4.5a1.5 1.5 0 0 1-1.5-1.5v-6a1.5 1.5 0 0 1 1.5-1.5h15A1.5 1.5 0 0 1 21 10v6a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6.5H7z"/>"#,
    ),
    ("pulse", r#"<path d="M2.5 13h4l2.5-7 4.5 12 2.5-5h5.5"/>"#),
    (
        "qr",
        r#"<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v2M14 20h2M18.5 18.5H20V20"/>"#,
    ),
    (
        "question",
        r#"<circle cx="12" cy="12" r="9"/><path d="M9.5 9.6a2.5 2.5 0 1 1 3.7 2.2c-.8.45-1.2 1-1.2 1.9M12 16.8h.01"/>"#,
    ),
    ("save", r#"<path d="M12 4v11M7 10.5l5 5 5-5M4.5 15.5V20h15v-4.5"/>"#),
    (
        "shield",
        r#"<path d="m12 3 7.5 2.8v5.4c0 4.5-3 8-7.5 9.6-4.5-1.6-7.5-5.1-7.5-9.6V5.8zM9.5 9.3l5 5M14.5 9.3l-5 5"/>"#,
    ),
    ("timer", r#"<circle cx="12" cy="13.5" r="7.5"/><path d="M12 9.5v4M9.5 2.5h5"/>"#),
    ("warning", r#"<path d="M12 3.5 2.5 20h19zM12 10v4.5M12 17.2h.01"/>"#),
];
