//! Writes every page and asset to `target/pages/`, so that a person can look at them in a browser.

use super::samples::{AREAS, FRENCH, NONCE, PLAIN, draw_area};
use crate::pages::headers::content_security_policy;
use crate::pages::view::assets;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/pages")
}

/// A picture of the size of a QR code with `modules` a side; its pattern means nothing.
fn picture(modules: u32) -> String {
    let side = modules + 8;
    let mut path = String::new();
    for at in 0..modules * modules {
        if at.wrapping_mul(2_654_435_761).rotate_left(9) % 2 == 0 {
            let (x, y) = (4 + at % modules, 4 + at / modules);
            write!(path, "M{x} {y}h1v1h-1z").expect("memory");
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>"##
    )
}

#[test]
fn all_pages_can_be_written_down_and_opened() {
    let folder = folder();
    // What an earlier run drew and this one does not is no page any more.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("assets")).expect("folder");
    for asset in assets::ASSETS {
        std::fs::write(folder.join("assets").join(asset.name), asset.bytes).expect("asset");
    }
    std::fs::write(folder.join("qr.svg"), picture(45)).expect("picture");
    std::fs::write(folder.join("qr-offline.svg"), picture(85)).expect("picture");
    let mut index = String::from("<!doctype html><title>Pages</title>");
    let mut pages = Vec::new();
    std::fs::create_dir_all(folder.join("fr")).expect("folder");
    for (area, draw) in AREAS {
        for ((name, html), (_, french)) in draw_area(&PLAIN, draw).into_iter().zip(draw_area(&FRENCH, draw)) {
            std::fs::write(folder.join(format!("{name}.html")), html).expect("page");
            std::fs::write(folder.join("fr").join(format!("{name}.html")), french).expect("page");
            write!(index, "<p><a href=\"{name}.html\">{name}</a> <a href=\"fr/{name}.html\">fr</a>")
                .expect("memory");
            pages.push(json!({"area": area, "name": name}));
        }
    }
    std::fs::write(folder.join("index.html"), index).expect("index");
    std::fs::write(folder.join("pages.json"), listed(&pages)).expect("list");
    assert!(folder.join("number.html").is_file());
}

/// What a suite in a real browser needs to know: the pages, and what the server lets them do.
fn listed(pages: &[Value]) -> String {
    let policy = content_security_policy(NONCE, None);
    json!({"languages": ["en", "fr"], "policy": policy, "pages": pages}).to_string()
}
