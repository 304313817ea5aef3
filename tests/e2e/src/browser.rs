//! A browser without scripts: cookies, forms, redirects. It sees the pages as a person with scripts off does.

use crate::http::{Answer, Http};
use reqwest::Method;
use std::collections::BTreeMap;

/// A browser with its own cookies.
pub struct Browser {
    http: Http,
    cookies: BTreeMap<String, String>,
    languages: Option<&'static str>,
}

impl Browser {
    /// A fresh browser.
    pub fn new(http: Http) -> Self {
        Self { http, cookies: BTreeMap::new(), languages: None }
    }

    /// The same browser of somebody who would like these languages (`Accept-Language`).
    #[must_use]
    pub fn asking_for(self, languages: &'static str) -> Self {
        Self { languages: Some(languages), ..self }
    }

    /// Opens a page and follows redirects.
    #[track_caller]
    pub fn open(&mut self, path: &str) -> Page {
        let answer = self.send(Method::GET, path, Vec::new());
        self.follow(answer)
    }

    /// Opens a page without following.
    #[track_caller]
    pub fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Vec::new())
    }

    /// Submits a form with the token of `page`, and follows redirects.
    #[track_caller]
    pub fn submit(&mut self, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = page.token();
        let answer = self.post(path, &[&[("csrf", token.as_str())], fields].concat());
        self.follow(answer)
    }

    /// Posts fields as they are, without following.
    #[track_caller]
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        self.send(Method::POST, path, body.join("&").into_bytes())
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Puts a cookie into the browser, as an attacker might.
    pub fn plant(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    #[track_caller]
    fn send(&mut self, method: Method, path: &str, body: Vec<u8>) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut headers =
            vec![("accept", "text/html"), ("content-type", "application/x-www-form-urlencoded")];
        headers.extend(self.languages.map(|languages| ("accept-language", languages)));
        if !cookies.is_empty() {
            headers.push(("cookie", cookies.as_str()));
        }
        let answer = self.http.try_send(method, path, &headers, body).expect("an answer");
        for line in answer.headers.get_all("set-cookie") {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    #[track_caller]
    fn follow(&mut self, mut answer: Answer) -> Page {
        let mut path = String::new();
        for _ in 0..5 {
            let Some(next) = answer.header("location").map(str::to_owned) else { break };
            answer = self.get(&next);
            path = next;
        }
        Page { path, answer }
    }
}

/// What a browser shows.
pub struct Page {
    /// Where it ended, if it was redirected.
    pub path: String,
    /// The answer.
    pub answer: Answer,
}

impl Page {
    /// The HTML.
    pub fn html(&self) -> String {
        self.answer.text()
    }

    /// The HTML without what differs for each browser and each answer: token and nonce.
    pub fn common(&self) -> String {
        let mut html = self.html();
        for (before, after) in [(r#"name="csrf" value=""#, "TOKEN"), (r#"nonce=""#, "NONCE")] {
            if let Some(own) = self.between(before, "\"") {
                html = html.replace(&own, after);
            }
        }
        html
    }

    /// The text of the main heading.
    pub fn title(&self) -> String {
        let html = self.html();
        let Some((_, rest)) = html.split_once("<h1") else { return String::new() };
        rest.split_once('>')
            .and_then(|(_, rest)| rest.split_once("</h1>"))
            .map_or("", |(text, _)| text)
            .trim()
            .to_owned()
    }

    /// The CSRF token in its forms.
    #[track_caller]
    pub fn token(&self) -> String {
        self.between(r#"name="csrf" value=""#, "\"").expect("a form with a token")
    }

    /// What stands between two marks, the first time.
    pub fn between(&self, before: &str, after: &str) -> Option<String> {
        let html = self.html();
        html.split_once(before)?.1.split_once(after).map(|(text, _)| text.to_owned())
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
