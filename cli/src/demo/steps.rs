//! The steps, in the order in which a newcomer would meet them.

use super::hands::{Hands, Screen};
use super::house::House;
use super::site::{Site, broken, text};
use super::stage::Stage;
use crate::failure::Failure;
use crate::phone::{Answer, Manner, Opened, Session, Setup, open};
use crate::picture;
use countersign_engine::Entry;
use countersign_protocol::message::response::DenyWhy;
use countersign_protocol::secret::Number;
use serde_json::{Value, json};

const PIN: &str = "4927";
const WRONG_PIN: &str = "8315";

/// The demo at play.
struct Play<'a> {
    house: &'a House,
    site: Site,
    account: String,
    opened: Opened,
}

/// Plays all steps; the first that cannot go on ends the demo.
pub fn play(house: &House, stage: &mut Stage) -> Result<(), Failure> {
    let site = Site::of(house)?;
    let account = site.account("anna.keller@example.eu")?;
    let opened = open(setup(house, true))?;
    let mut play = Play { house, site, account, opened };
    stage.step("Pair by an image of the QR", |stage| play.pair(stage))?;
    stage.step("Sign in with a number, typed on the phone", |stage| play.number(stage))?;
    stage.step("A wrong PIN, a wrong number, then both right", |stage| play.slips(stage))?;
    stage.step("Sign in by a rotating QR", |stage| play.qr(stage))?;
    stage.step("Approve a payment with two rows of text", |stage| play.transaction(stage))?;
    stage.step("Sign in while the phone has no network", |stage| play.offline(stage))?;
    stage.step("\"It wasn't me\"", |stage| play.not_me(stage))?;
    stage.step("The history on the phone", |stage| play.history(stage))
}

fn setup(house: &House, network: bool) -> Setup {
    let state = house.data.join("phone");
    Setup { state, name: "Demo phone".to_owned(), wire: false, ca: None, network }
}

fn expect(good: bool, what: &str) -> Result<(), Failure> {
    if good { Ok(()) } else { Err(broken(what)) }
}

fn accounts(session: &mut Session<'_>) -> Result<(), Failure> {
    session.accounts()
}

fn history(session: &mut Session<'_>) -> Result<(), Failure> {
    session.history()
}

fn grouped(digits: &str) -> String {
    let (one, two) = digits.split_at(digits.len() / 2);
    format!("{one}\u{202f}{two}")
}

impl Play<'_> {
    /// Lets the person with this PIN do something on the phone, and shows what the phone showed.
    fn on_phone(
        &self,
        stage: &mut Stage,
        pin: &'static str,
        act: impl FnOnce(&mut Session<'_>) -> Result<(), Failure>,
    ) -> (Screen, Result<(), Failure>) {
        let (mut person, mut screen) = (Hands(pin), Screen::default());
        let outcome = act(&mut Session {
            auth: &self.opened.auth,
            keys: &*self.opened.keys,
            person: &mut person,
            sink: &mut screen,
        });
        stage.phone(&screen.lines);
        if let Err(failure) = &outcome {
            stage.phone(&[failure.sentence()]);
        }
        (screen, outcome)
    }

    /// Draws a QR into a file and reads it back with the phone's scanner.
    fn through_the_camera(&self, text: &str, name: &str) -> Result<String, Failure> {
        let file = self.house.data.join(name);
        picture::draw(text, &file)?;
        Ok(picture::only_text(&file)?.as_str().to_owned())
    }

    fn pair(&mut self, stage: &mut Stage) -> Result<(), Failure> {
        if let Some(aloud) = &self.opened.aloud {
            stage.phone(std::slice::from_ref(aloud));
        }
        let started = self.site.post("/enrolments", &json!({"account": self.account}))?;
        stage.browser("Add a phone: a QR code, 5:00 left");
        let scanned = self.through_the_camera(&text(&started, "link")?, "pair.png")?;
        let manner = Manner { yes: true, wait: false };
        let (screen, outcome) = self.on_phone(stage, PIN, |s| s.pair(&scanned, Entry::Scanner, manner));
        outcome?;
        let code =
            screen.value("code").and_then(Value::as_str).ok_or_else(|| broken("no code on the phone"))?;
        let path = format!("/enrolments/{}", text(&started, "eid")?);
        let phone = self.site.get(&path)?["phone"].clone();
        stage.browser(format!(
            "Code from {}, {}: {}",
            text(&phone, "name")?,
            text(&phone, "os")?,
            grouped(code)
        ));
        let confirmed = self.site.post(&format!("{path}/confirm"), &json!({"code": code}))?;
        expect(confirmed["state"] == "active", "the pairing is not active")?;
        stage.browser("The phone was added");
        let (screen, outcome) = self.on_phone(stage, PIN, accounts);
        outcome?;
        let active =
            screen.value("accounts").is_some_and(|list| list.to_string().contains(r#""state":"active""#));
        expect(active, "the phone does not know that it is paired")
    }

    fn start_push(&self, stage: &mut Stage) -> Result<(String, Number), Failure> {
        let started = self.site.start("push", Some(&self.account), &json!([]))?;
        let number = text(&started, "number")?;
        stage.browser(format!("Type this number in your app: {}", grouped(&number)));
        let number = Number::parse(&number).map_err(|_| broken("a number that is none"))?;
        Ok((text(&started, "tid")?, number))
    }

    fn finish(&self, stage: &mut Stage, tid: &str, screen: &Screen) -> Result<(), Failure> {
        let done = self.site.complete(tid)?;
        let code = text(&done, "code")?;
        stage.browser(format!("Signed in to Grants Portal as {}, code {code}", text(&done, "account")?));
        let same = screen.value("sign_in_code").is_none_or(|own| *own == json!(code));
        expect(same && done["account"] == json!(self.account), "both sides do not agree on the sign-in")
    }

    fn number(&mut self, stage: &mut Stage) -> Result<(), Failure> {
        let (tid, number) = self.start_push(stage)?;
        let (screen, outcome) = self.on_phone(stage, PIN, |s| s.approve(None, Some(number)));
        outcome?;
        self.finish(stage, &tid, &screen)
    }

    fn slips(&mut self, stage: &mut Stage) -> Result<(), Failure> {
        let (tid, number) = self.start_push(stage)?;
        let right = number.clone();
        let (_, outcome) = self.on_phone(stage, WRONG_PIN, |s| s.approve(None, Some(number.clone())));
        expect(outcome.is_err_and(|f| f.code() == "pin_incorrect"), "a wrong PIN was not told")?;
        let value: u32 = right.expose().parse().map_err(|_| broken("a number that is none"))?;
        let wrong = Number::from_value((value + 1) % 1_000_000);
        let (_, outcome) = self.on_phone(stage, PIN, |s| s.approve(None, Some(wrong)));
        expect(outcome.is_err_and(|f| f.code() == "number_mismatch"), "a wrong number was not told")?;
        let (screen, outcome) = self.on_phone(stage, PIN, |s| s.approve(None, Some(right)));
        outcome?;
        self.finish(stage, &tid, &screen)
    }

    fn qr(&mut self, stage: &mut Stage) -> Result<(), Failure> {
        let started = self.site.start("qr", None, &json!([]))?;
        let tid = text(&started, "tid")?;
        let frame = self.site.get(&format!("/sign-ins/{tid}/frame"))?;
        stage.browser(format!(
            "Scan this code with your app: frame {}, the picture changes every 3 s",
            frame["step"]
        ));
        let scanned = self.through_the_camera(&text(&frame, "qr")?, "sign-in.png")?;
        let (screen, outcome) =
            self.on_phone(stage, PIN, |s| s.scan(&scanned, Entry::Scanner, Answer::Approve, None));
        outcome?;
        self.finish(stage, &tid, &screen)
    }

    fn transaction(&mut self, stage: &mut Stage) -> Result<(), Failure> {
        let rows = json!([{"l": "Payee", "t": "City of Ghent"}, {"l": "Amount", "t": "EUR 120.00"}]);
        let started = self.site.start("push", Some(&self.account), &rows)?;
        let number = text(&started, "number")?;
        stage.browser(format!("Pay EUR 120.00 to City of Ghent: {}", grouped(&number)));
        let number = Number::parse(&number).map_err(|_| broken("a number that is none"))?;
        let (screen, outcome) = self.on_phone(stage, PIN, |s| s.approve(None, Some(number)));
        outcome?;
        let shown = screen.value("request").is_some_and(|request| request["txt"] == rows);
        expect(shown, "the phone did not show the rows")?;
        self.finish(stage, &text(&started, "tid")?, &screen)
    }

    fn offline(&mut self, stage: &mut Stage) -> Result<(), Failure> {
        let started = self.site.start("offline", Some(&self.account), &json!([]))?;
        stage
            .browser("Sign in without network on your phone: a QR code that stays, a field for eight digits");
        let scanned = self.through_the_camera(&text(&started, "qr")?, "offline.png")?;
        // The phone's network is cut: everything below is computed on the phone alone.
        self.opened = open(setup(self.house, false))?;
        let (screen, outcome) = self.on_phone(stage, PIN, |s| s.offline_code(&scanned));
        outcome?;
        let code =
            screen.value("code").and_then(Value::as_str).ok_or_else(|| broken("no code on the phone"))?;
        let tid = text(&started, "tid")?;
        stage.browser(format!("Code from the app: {}", grouped(code)));
        self.site.post(&format!("/sign-ins/{tid}/code"), &json!({"code": code}))?;
        self.opened = open(setup(self.house, true))?;
        self.finish(stage, &tid, &Screen::default())
    }

    fn not_me(&mut self, stage: &mut Stage) -> Result<(), Failure> {
        let (tid, _) = self.start_push(stage)?;
        let (_, outcome) = self.on_phone(stage, PIN, |s| s.deny(None, DenyWhy::NotMe));
        outcome?;
        let seen = self.site.get(&format!("/sign-ins/{tid}"))?;
        stage.browser("Reported by the owner. Nobody was signed in.");
        expect(seen["state"] == "reported" && seen["reason"] == "not_me", "the browser was not told")?;
        let events = self.site.get("/events")?;
        let told = events.as_array().is_some_and(|list| list.iter().any(|event| event["tid"] == json!(tid)));
        expect(told, "the service was not told")
    }

    fn history(&mut self, stage: &mut Stage) -> Result<(), Failure> {
        let (screen, outcome) = self.on_phone(stage, PIN, history);
        outcome?;
        let rows = screen.value("history").and_then(Value::as_array).map_or(0, Vec::len);
        expect(rows == 6, "the history has not six rows")
    }
}
