//! What every drawn page must hold as markup, whatever the words in it.

use super::samples::{Drawn, FRENCH, HOSTILE, NONCE, PLAIN, draw, time};
use crate::pages::view::texts::Texts;
use crate::pages::view::{Moment, Page, assets};
use std::io::Write;

/// Every page in every language.
fn all() -> Drawn {
    draw(&PLAIN).into_iter().chain(draw(&FRENCH)).collect()
}

/// The tags of a page, each without its brackets.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| rest.split_once('>').expect("tag is closed").0).collect()
}

/// The names of a tag's attributes (text in quotation marks is left out first).
fn attributes(tag: &str) -> Vec<String> {
    let outside: String = tag.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    outside.split_whitespace().skip(1).map(|a| a.trim_end_matches('=').to_lowercase()).collect()
}

#[test]
fn no_page_holds_inline_script_style_or_handler() {
    for (name, html) in all().into_iter().chain(draw(&HOSTILE)) {
        for tag in tags(&html) {
            assert!(!tag.starts_with("style"), "{name}: <{tag}>");
            assert!(!tag.starts_with("script") || tag.contains("src=\"/assets/"), "{name}: <{tag}>");
            for attribute in attributes(tag) {
                assert!(
                    attribute != "style" && !attribute.starts_with("on"),
                    "{name}: {attribute} in <{tag}>"
                );
            }
        }
        assert!(!html.contains("javascript:"), "{name}");
    }
}

#[test]
fn every_script_and_style_sheet_carries_the_nonce() {
    let nonce = format!("nonce=\"{NONCE}\"");
    for (name, html) in all() {
        let loads = |tag: &&str| tag.starts_with("script") || tag.contains("rel=\"stylesheet\"");
        for tag in tags(&html).into_iter().filter(loads) {
            assert!(tag.contains(&nonce), "{name}: <{tag}>");
        }
    }
}

#[test]
fn hostile_names_change_no_markup() {
    for ((name, plain), (_, hostile)) in draw(&PLAIN).into_iter().zip(draw(&HOSTILE)) {
        let shape = |html: &str| {
            tags(html)
                .iter()
                .map(|t| (t.split(' ').next().map(str::to_owned), attributes(t)))
                .collect::<Vec<_>>()
        };
        assert_eq!(shape(&plain), shape(&hostile), "{name}");
        assert!(hostile.contains("&#60;script&#62;"), "{name}: the server's name is drawn, escaped");
    }
}

#[test]
fn a_name_that_looks_like_a_placeholder_stays_as_it_is() {
    let pages = draw(&HOSTILE);
    let (_, page) = pages.iter().find(|(name, _)| name == "state-needs-phone").expect("drawn");
    assert!(page.contains("{server}"));
}

#[test]
fn every_form_posts_a_token() {
    for (name, html) in all() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().expect("form is closed");
            if form.contains("method=\"get\" action=\"/") && name.starts_with("operator-audit") {
                // It asks, and changes nothing: a token would stand in the address.
                assert!(!form.contains("csrf"), "{name}: {form}");
                continue;
            }
            assert!(form.contains("method=\"post\" action=\"/"), "{name}: {form}");
            assert!(form.contains("name=\"csrf\" value=\"t0ken-of-this-browser\""), "{name}: {form}");
        }
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    for (name, html) in all() {
        for tag in tags(&html) {
            let loads = ["script", "link ", "img"].iter().any(|t| tag.starts_with(t));
            assert!(!(loads && tag.contains("//")), "{name}: <{tag}>");
        }
    }
}

#[test]
fn every_page_has_its_landmarks_and_one_title() {
    for (name, html) in all() {
        for once in ["<h1 ", "<main ", "<header ", "<footer ", "<html lang=\"", "name=\"viewport\""] {
            assert_eq!(html.matches(once).count(), 1, "{name}: {once}");
        }
        assert!(html.contains("– Example ID</title>"), "{name}");
        assert_eq!(html.matches(" autofocus").count(), 1, "{name}: one place takes the focus");
    }
}

#[test]
fn labels_and_descriptions_point_to_something() {
    for (name, html) in all() {
        for attribute in ["for", "aria-describedby", "aria-labelledby", "form", "data-copy"] {
            for value in html.split(&format!(" {attribute}=\"")).skip(1) {
                let ids = value.split('"').next().expect("closed");
                for id in ids.split(' ') {
                    assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{name}: {attribute}={id}");
                }
            }
        }
    }
}

#[test]
fn every_icon_is_drawn() {
    for (name, html) in all() {
        assert!(!html.contains("focusable=\"false\"></svg>"), "{name}: an icon has no drawing");
    }
}

#[test]
fn errors_are_tied_to_their_field_and_take_the_focus() {
    for (name, html) in all().into_iter().filter(|(_, html)| html.contains("id=\"error\"")) {
        let field =
            tags(&html).into_iter().find(|t| t.contains("aria-invalid=\"true\"")).expect("a field is marked");
        assert!(
            field.contains("aria-describedby=\"error") && field.contains("autofocus"),
            "{name}: <{field}>"
        );
    }
}

#[test]
fn digits_are_grouped_for_the_eye_and_spelt_for_the_ear() {
    let pages = draw(&PLAIN);
    let (_, html) = pages.iter().find(|(name, _)| name == "number").expect("drawn");
    assert!(html.contains("<b>483</b>&#x202f;<b>920</b>") && html.contains(">4 8 3, 9 2 0<"));
    assert!(html.contains(">2:41 left<"));
}

#[test]
fn a_page_says_its_language_and_leads_to_the_others_and_back() {
    for words in [PLAIN, FRENCH] {
        for (name, html) in draw(&words) {
            assert!(html.contains(&format!("<html lang=\"{}\"", words.language)), "{name}");
            for tag in ["en", "fr"] {
                let link = format!("<a href=\"/language/{tag}?to=/help\" lang=\"{tag}\" hreflang=\"{tag}\"");
                let current = if tag == words.language { " aria-current=\"true\">" } else { ">" };
                assert!(html.contains(&(link + current)), "{name}: {tag}");
            }
        }
    }
}

#[test]
fn times_are_said_as_people_say_them() {
    let said = |language: &str, at: u64, now: u64| {
        let texts = Texts::of(language).unwrap();
        Page::new("", "").speaking(texts).when(&Moment { at: time(at), now: time(now) })
    };
    assert_eq!(said("en", 8460, 9000), "Today at 14:21 UTC");
    assert_eq!(said("fr", 8460, 9000), "Aujourd’hui à 14\u{a0}h\u{a0}21 UTC");
    assert_eq!(said("en", 8460, 90_000), "22 Nov 2026, 14:21 UTC");
    assert_eq!(said("fr", 8460, 90_000), "22 nov. 2026, 14\u{a0}h\u{a0}21 UTC");
}

#[test]
fn tries_are_counted_in_words() {
    let pages = draw(&PLAIN);
    let page =
        |name: &str| pages.iter().find(|(n, _)| n == name).map(|(_, html)| html.as_str()).expect("drawn");
    assert!(page("offline-wrong").contains("That code is not right. 1 try left."));
    assert!(page("confirm-phone-wrong").contains("That is not the code on the phone. 2 tries left."));
    assert!(page("problem-limited").contains("Try again in 30 seconds."));
}

#[test]
fn pages_and_scripts_stay_small() {
    for (name, html) in all() {
        let loaded = assets::ASSETS.iter().filter(|asset| html.contains(&format!("/assets/{}?", asset.name)));
        let whole: usize = packed(html.as_bytes()) + loaded.map(|asset| packed(asset.bytes)).sum::<usize>();
        assert!(whole <= 30 * 1024, "{name}: {whole} bytes with all that it loads, compressed");
        assert!(html.len() <= 16 * 1024, "{name}: {} bytes", html.len());
    }
    for asset in assets::ASSETS {
        assert!(asset.bytes.len() <= 24 * 1024, "{}", asset.name);
    }
    assert!(assets::find("when.js").is_some_and(|script| script.bytes.len() <= 768));
    assert!(assets::find("wait.js").is_some_and(|script| script.bytes.len() <= 2048));
}

fn packed(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory").len()
}

#[test]
fn pages_name_assets_that_exist_with_their_version() {
    for (name, html) in all() {
        for address in html.split("\"/assets/").skip(1) {
            let address = address.split('"').next().expect("closed");
            let (file, version) = address.split_once("?v=").expect("has a version");
            let asset = assets::find(file).unwrap_or_else(|| panic!("{name}: {file}"));
            assert_eq!(version, asset.version(), "{name}: {file}");
        }
    }
}
