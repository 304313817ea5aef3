//! Letters that the server writes to an account's owner (3.3 step 11, 3.4.6, 3.9.1). Never a QR, never a link that
//! approves anything.
//!
//! A letter is made of parts, once, in the language of its account; both its bodies are drawn from the same parts, so
//! that they say the same. It is queued in the transaction of what it tells of, and stands sealed until it is sent: a
//! link in it is worth something.

mod accounts;
mod allowance;
mod change;
mod closing;
mod phones;
mod recovery;
mod sign_ins;
#[cfg(test)]
mod tests;

pub use accounts::{options_weaker, password_changed, proof_link, sign_up};
pub use allowance::{Occasion, take as take_allowance};
pub use change::{address_changed, address_taken, ask_new_address, ask_old_address};
pub use closing::{account_closed, account_closing, account_kept};
pub use phones::{
    biometrics_on, keys_replaced, phone_added, phone_locked, phone_removed, phone_unlocked, setup_link_made,
};
pub use recovery::{recovery_code_made, recovery_code_used};
pub use sign_ins::{report_link, sign_in_reported, signed_in};

use crate::app::{App, AppFault};
use crate::pages::view::address;
use crate::pages::view::texts::Texts;
use crate::random;
use crate::seal::{Purpose, SealFault};
use crate::store::mail::{self, NewMail, Reader};
use crate::store::{StoreFault, Tx};
use askama::Template;
use countersign_protocol::time::Time;
use serde::{Deserialize, Serialize};

/// What a letter says; it stands sealed in the database.
#[derive(Serialize, Deserialize)]
pub struct Body {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same words as HTML.
    pub html: String,
    /// Links in it.
    pub links: Vec<String>,
}

impl Body {
    /// What a sealed letter says.
    pub fn open(app: &App, id: i64, sealed: &[u8]) -> Result<Self, AppFault> {
        let plain = app.keys().kek.open(&Purpose::mail(id), sealed)?;
        Ok(serde_json::from_slice(&plain).map_err(|_| StoreFault::Damaged("letter"))?)
    }
}

/// A part of a letter.
enum Part {
    /// A paragraph.
    Text(String),
    /// A sentence, and where it leads.
    Link(String, String),
}

/// The HTML of a letter: no picture, nothing that is loaded, nothing that tells who has read it.
#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    language: &'a str,
    subject: &'a str,
    parts: &'a [Part],
}

/// A letter that is being written.
struct Letter<'a> {
    tx: &'a Tx<'a>,
    app: &'a App,
    account: String,
    reader: Reader,
    texts: &'static Texts,
    parts: Vec<Part>,
}

impl<'a> Letter<'a> {
    /// A letter to the owner of an account, in their language.
    fn to(tx: &'a Tx<'a>, app: &'a App, account: &'a str) -> Result<Self, StoreFault> {
        let reader = mail::reader(tx, account)?.ok_or(StoreFault::Damaged("letter"))?;
        Ok(Self::to_reader(tx, app, account, reader))
    }

    /// A letter to somebody who may have no account; `account` is empty then.
    fn to_reader(tx: &'a Tx<'a>, app: &'a App, account: &str, reader: Reader) -> Self {
        let account = account.to_owned();
        let texts = reader.language.as_deref().and_then(Texts::of).unwrap_or_else(Texts::english);
        let mut letter = Self { tx, app, account, reader, texts, parts: Vec::new() };
        match letter.reader.name.clone() {
            Some(name) => letter.say("mail.hello", &[("name", &name)]),
            None => letter.say("mail.hello_you", &[]),
        }
        letter
    }

    /// A paragraph; `{server}` is filled in everywhere.
    fn say(&mut self, key: &str, values: &[(&str, &str)]) {
        let text = self.filled(key, values);
        self.parts.push(Part::Text(text));
    }

    /// A sentence, and a page of ours that it leads to.
    fn lead(&mut self, key: &str, path: &str) {
        let text = self.filled(key, &[]);
        let page = format!("{}{}", self.app.iss, address(self.texts.prefix(), path));
        self.parts.push(Part::Link(text, page));
    }

    fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        let server = ("server", self.app.name.as_str());
        clean(&self.texts.fill(key, &[&[server][..], values].concat()))
    }

    /// Queues it under the name of its kind, which is also that of its subject.
    fn queue(mut self, (kind, subject): (&'static str, &str), now: Time) -> Result<(), StoreFault> {
        self.say("mail.never", &[]);
        let host = self.app.iss.authority().to_owned();
        self.parts.push(Part::Text(clean(&format!("{} · {host}", self.app.name))));
        let subject = self.filled(subject, &[]);
        let body = Body {
            text: plain(&self.parts),
            html: Html { language: self.texts.language(), subject: &subject, parts: &self.parts }
                .render()
                .map_err(|_| StoreFault::Damaged("letter"))?,
            links: self.parts.iter().filter_map(link).collect(),
            subject,
        };
        let language = self.texts.language();
        let new = NewMail { account: &self.account, recipient: &self.reader.email, language, kind };
        let id = mail::insert(self.tx, &new, now)?;
        let sealed = seal(self.app, id, &body).map_err(|_| StoreFault::Damaged("letter"))?;
        mail::set_body(self.tx, id, &sealed)
    }
}

fn seal(app: &App, id: i64, body: &Body) -> Result<Vec<u8>, SealFault> {
    let plain = serde_json::to_vec(body).map_err(|_| SealFault)?;
    app.keys().kek.seal(&Purpose::mail(id), &plain, random::bytes())
}

fn plain(parts: &[Part]) -> String {
    let text = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Link(text, address) => format!("{text}\n{address}"),
    };
    parts.iter().map(text).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn link(part: &Part) -> Option<String> {
    match part {
        Part::Text(_) => None,
        Part::Link(_, address) => Some(address.clone()),
    }
}

/// Names come from strangers: none of them begins a line, a header or a paragraph of its own.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
