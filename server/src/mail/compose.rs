//! A letter as it goes over the wire (RFC 5322): plain text first, HTML with the same words second.

use crate::app::App;
use crate::letters::Body;
use crate::store::mail::Due;
use countersign_protocol::encoding::b64u;
use countersign_protocol::label::labelled_hmac;
use lettre::address::AddressError;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use std::error::Error as StdError;

/// What cannot be written as a letter.
#[derive(Debug, thiserror::Error)]
pub enum BadLetter {
    /// The address of the reader.
    #[error("no address: {0}")]
    Address(#[from] AddressError),
    /// The rest of it.
    #[error("no letter: {0}")]
    Message(#[from] lettre::error::Error),
}

/// Says that no person wrote it, so that no machine answers (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Writes a letter. Its Message-ID follows from its row: one that is sent a second time, because the server ended in
/// between, is known again. The number alone would not do: after a restore it is given to another letter.
pub fn compose(app: &App, from: &Mailbox, letter: &Due, body: Body) -> Result<Message, BadLetter> {
    let to: Address = letter.recipient.parse()?;
    let row = [&letter.id.to_be_bytes()[..], &letter.at.secs().to_be_bytes(), letter.recipient.as_bytes()];
    let mac = labelled_hmac(&app.keys().evid[..], "MAP1 letter", &row);
    let message_id = format!("<{}@{}>", b64u(&mac[..16]), from.email.domain());
    Ok(Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(body.subject)
        .message_id(Some(message_id))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(body.text, body.html))?)
}
