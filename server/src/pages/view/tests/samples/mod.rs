//! Every page in every state, with values as they really occur, or with hostile ones.

mod about;
mod address;
mod letters;
mod me;
mod new;
mod operator;
mod password;
mod recover;
mod sessions;
mod sign_in;
mod state;

use crate::pages::view::texts::Texts;
use crate::pages::view::{Moment, Page, Post, Target, TargetLevel, Wait};
use countersign_protocol::time::Time;

/// The nonce of all samples.
pub const NONCE: &str = "bm9uY2Utb2YtdGhpcw";

/// The language, and the strings that come from outside.
#[derive(Clone, Copy)]
pub struct Words {
    pub language: &'static str,
    pub server: &'static str,
    pub service: &'static str,
    pub account: &'static str,
    pub phone: &'static str,
}

pub const PLAIN: Words = Words {
    language: "en",
    server: "Example ID",
    service: "Grants Portal",
    account: "anna.keller@example.eu",
    phone: "Pixel 9, Android 17",
};

/// The same in the other language.
pub const FRENCH: Words = Words { language: "fr", ..PLAIN };

/// What an attacker would like to see drawn as markup, or as a placeholder of the catalogue.
pub const HOSTILE: Words = Words {
    language: "en",
    server: r#"<script>a()</script>"#,
    service: r#"{server}"><img src=x onerror="a()">"#,
    account: r#"'" autofocus onfocus='a()'@example.eu"#,
    phone: r#"</bdi><style>*{color:red}</style>"#,
};

/// Pages by the name of their file.
pub type Drawn = Vec<(String, String)>;

/// What draws the pages of an area.
pub type Draw = fn(&Words, &mut Drawn);

/// The areas, each with what draws its pages. Browsers are shown what stands here, one sheet of pictures an area.
pub const AREAS: [(&str, Draw); 11] = [
    ("about", about::draw),
    ("new", new::draw),
    ("password", password::draw),
    ("recover", recover::draw),
    ("address", address::draw),
    ("sign-in", sign_in::draw),
    ("me", me::draw),
    ("sessions", sessions::draw),
    ("operator", operator::draw),
    ("letters", letters::draw),
    ("state", state::draw),
];

/// Draws all pages.
pub fn draw(w: &Words) -> Drawn {
    AREAS.iter().flat_map(|(_, draw)| draw_area(w, *draw)).collect()
}

/// Draws the pages of one area.
pub fn draw_area(w: &Words, draw: Draw) -> Drawn {
    let mut all = Vec::new();
    draw(w, &mut all);
    all
}

fn page(w: &Words) -> Page {
    let texts = Texts::of(w.language).expect("a catalogue");
    Page::new(w.server, NONCE).speaking(texts).at(texts.prefix(), "/help")
}

fn post(action: &str) -> Post {
    Post::new(action, "t0ken-of-this-browser")
}

fn target(w: &Words) -> Option<Target> {
    Some(Target {
        service: w.service.into(),
        website: "grants.example.eu".into(),
        level: TargetLevel::Strong,
        names: true,
        email: true,
        back: "https://grants.example.eu/back?error=cancelled".into(),
    })
}

fn wait(state: &str) -> Wait {
    Wait {
        poll: "/wait/poll".into(),
        events: Some("/wait/events".into()),
        state: state.into(),
        check: "/sign-in/wait".into(),
    }
}

/// Noon of a day, at the time that is given.
pub fn time(secs: u64) -> Time {
    Time::from_secs(1_795_348_800 + secs)
}

/// Today.
fn moment() -> Moment {
    Moment { at: time(8460), now: time(9000) }
}

fn add(all: &mut Drawn, name: &str, html: Result<String, askama::Error>) {
    all.push((name.to_owned(), html.expect("templates render")));
}
