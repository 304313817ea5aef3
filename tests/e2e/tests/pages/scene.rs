//! A server, an account whose first phone is paired through the pages, and browsers.

use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::camera::text_of_svg;
use countersign_e2e::http::Answer;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::answer::Request;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::phone::scan::Scan;
use countersign_e2e::server::Server;
use serde_json::Value;

/// The program under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_countersign-under-test");
/// The account of the scene.
pub const EMAIL: &str = "anna@example.eu";

/// A server with one account that has no phone yet.
pub struct Scene {
    pub server: Server,
    pub setup_path: String,
}

impl Scene {
    pub fn set() -> Self {
        let server = Server::start(BINARY);
        let output = server.operate(&["account", "add", EMAIL]);
        let made: Value = serde_json::from_slice(&output.stdout).expect("JSON of account add");
        let link = made["setup_link"].as_str().expect("a link").to_owned();
        let setup_path = link.strip_prefix(server.base()).expect("a link to this server").to_owned();
        Self { server, setup_path }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.server.http())
    }

    /// Uses the set-up link: the page that shows the pairing QR.
    pub fn begin_pairing(&self, browser: &mut Browser) -> Page {
        let start = browser.open(&self.setup_path);
        assert_eq!(start.title(), "Pair your first phone?");
        browser.submit(&start, &self.setup_path, &[])
    }

    /// Pairs the first phone through the pages.
    pub fn pair(&self) -> Phone {
        let mut browser = self.browser();
        self.begin_pairing(&mut browser);
        let (phone, code) = self.claim(&mut browser);
        let page = browser.open("/me/phones/add");
        let done = browser.submit(&page, "/me/phones/confirm", &[("code", &code)]);
        assert_eq!(done.title(), "Phone added", "{}", done.html());
        phone.settle_in();
        phone
    }

    /// A phone scans the QR of the page and claims; gives it and the code that it shows.
    pub fn claim(&self, browser: &mut Browser) -> (Phone, String) {
        let link = text_of_svg(&browser.get("/me/phones/qr.svg").text());
        let (phone, claim) = Invitation::read(&link).claim(&self.server.http(), &Keys::new(), |_| ());
        (phone, claim.cc)
    }
}

/// Starts a QR sign-in in `browser`.
pub fn start_qr(browser: &mut Browser) -> Page {
    let first = browser.open("/");
    browser.submit(&first, "/sign-in/qr", &[])
}

/// The phone scans the QR of the page, which takes the sign-in.
pub fn scan(browser: &mut Browser, phone: &Phone) -> (Request, Scan) {
    let scan = Scan::of(&text_of_svg(&browser.get("/sign-in/qr.svg").text()));
    (phone.take(&scan), scan)
}

/// Signs `browser` in by QR, to the page that asks whether it is the right account.
pub fn approve_by_qr(browser: &mut Browser, phone: &Phone) -> Page {
    start_qr(browser);
    let (request, scan) = scan(browser, phone);
    phone.approve_scanned(&request, &scan).ok();
    browser.open("/sign-in/wait")
}

/// Signs `browser` in by QR and asks to be recognised.
pub fn sign_in_and_remember(browser: &mut Browser, phone: &Phone) -> Page {
    let first = browser.open("/");
    browser.submit(&first, "/sign-in", &[("identifier", EMAIL), ("remember", "1")]);
    let asked = approve_by_qr(browser, phone);
    browser.submit(&asked, "/sign-in/confirm", &[])
}

/// The state that a poll of the waiting page tells, given the one that is shown.
pub fn poll(browser: &mut Browser, shown: &str) -> Answer {
    browser.get(&format!("/sign-in/poll?state={shown}"))
}
