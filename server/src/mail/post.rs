//! Who takes letters away: an SMTP server, or a folder. Over a network only with TLS: a letter holds live links.

use super::{Settings, folder};
use countersign_protocol::issuer::Issuer;
use lettre::message::Mailbox;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How long an SMTP server may take over one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Takes letters away.
pub struct Post {
    /// Who writes them.
    pub from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Folder(PathBuf),
}

/// What was said about mail and cannot be.
#[derive(Debug, thiserror::Error)]
pub enum BadMail {
    /// The address of the SMTP server.
    #[error("the SMTP address has to be smtps://host or smtp://host: {0}")]
    Url(String),
    /// Without TLS.
    #[error("SMTP without TLS (?tls=none) is for loopback addresses only")]
    Plain,
    /// Certificates.
    #[error("certificates of the SMTP server: {0}")]
    Certificates(String),
    /// Who writes.
    #[error("that is no sender of mail: {0}")]
    From(String),
}

/// A letter that was not taken.
pub struct NotTaken {
    /// Whether asking again is no use.
    pub for_good: bool,
    /// Why.
    pub why: String,
}

impl Post {
    /// As the operator says; nothing if letters are to be kept.
    pub fn open(settings: &Settings, iss: &Issuer, server: &str) -> Result<Option<Self>, BadMail> {
        let way = match (&settings.smtp_url, &settings.folder) {
            (Some(url), _) => Way::Smtp(Box::new(smtp(url, settings)?)),
            (None, Some(folder)) => Way::Folder(folder.clone()),
            (None, None) => return Ok(None),
        };
        Ok(Some(Self { from: sender(settings.from.as_deref(), iss, server)?, way }))
    }

    /// What `/health` calls it.
    pub fn name(&self) -> &'static str {
        match self.way {
            Way::Smtp(_) => "smtp",
            Way::Folder(_) => "folder",
        }
    }

    /// Hands a letter over.
    pub async fn take(&self, name: &str, letter: Message) -> Result<(), NotTaken> {
        match &self.way {
            Way::Smtp(server) => match server.send(letter).await {
                Ok(_) => Ok(()),
                Err(fault) => Err(NotTaken { for_good: is_refused(&fault), why: told(&fault) }),
            },
            Way::Folder(path) => {
                let written = folder::write(path, name, &letter.formatted());
                written.map_err(|fault| NotTaken { for_good: false, why: fault.to_string() })
            }
        }
    }
}

/// Whether the letter was refused, and not we: a wrong password (530 to 538) is mended by the operator.
fn is_refused(fault: &lettre::transport::smtp::Error) -> bool {
    fault.is_permanent() && fault.status().is_some_and(|code| !code.to_string().starts_with("53"))
}

/// What a log may hold: an answer of the server often repeats the reader's address, its number does not.
fn told(fault: &lettre::transport::smtp::Error) -> String {
    fault.status().map_or_else(|| fault.to_string(), |code| format!("SMTP {code}"))
}

/// A name alone gets that of the server before it.
fn sender(from: Option<&str>, iss: &Issuer, server: &str) -> Result<Mailbox, BadMail> {
    let host = iss.authority().split(':').next().unwrap_or_default();
    let domain = if host.parse::<IpAddr>().is_ok() || host.starts_with('[') { "localhost" } else { host };
    let said = from.map_or_else(|| format!("no-reply@{domain}"), str::to_owned);
    let bad = || BadMail::From(said.clone());
    match said.parse::<Address>() {
        Ok(address) => {
            let name = server.chars().filter(|c| !c.is_control()).collect();
            Ok(Mailbox::new(Some(name), address))
        }
        Err(_) => said.parse().map_err(|_| bad()),
    }
}

fn smtp(url: &str, settings: &Settings) -> Result<AsyncSmtpTransport<Tokio1Executor>, BadMail> {
    let bad = |fault: String| BadMail::Url(fault);
    let mut parsed = reqwest::Url::parse(url).map_err(|fault| bad(fault.to_string()))?;
    let host = parsed.host_str().ok_or_else(|| bad("no host".to_owned()))?.to_owned();
    let (tls, query) = match (parsed.scheme(), parsed.query()) {
        ("smtps", None) => (Tls::Wrapper(tls(host, settings)?), None),
        // STARTTLS is insisted on: whoever sits in between could strike it out of what the server offers.
        ("smtp", None | Some("tls=required")) => (Tls::Required(tls(host, settings)?), Some("tls=required")),
        ("smtp", Some("tls=none")) if is_loopback(&host) => (Tls::None, None),
        ("smtp", Some("tls=none")) => return Err(BadMail::Plain),
        (scheme, _) => return Err(bad(format!("{scheme}:// so"))),
    };
    parsed.set_query(query);
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(parsed.as_str())
        .map_err(|fault| bad(fault.to_string()))?;
    Ok(builder.tls(tls).timeout(Some(PATIENCE)).build())
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn tls(host: String, settings: &Settings) -> Result<TlsParameters, BadMail> {
    let bad = |fault: String| BadMail::Certificates(fault);
    let mut builder = TlsParameters::builder(host);
    if let Some(path) = &settings.smtp_ca {
        let pem = std::fs::read(path).map_err(|fault| bad(fault.to_string()))?;
        let own = Certificate::from_pem(&pem).map_err(|fault| bad(fault.to_string()))?;
        builder = builder.add_root_certificate(own);
    }
    builder.build().map_err(|fault| bad(fault.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_protocol::issuer::Profile;

    fn open(url: &str) -> Result<Option<Post>, BadMail> {
        let settings = Settings { smtp_url: Some(url.to_owned()), ..Settings::default() };
        Post::open(&settings, &iss("https://id.example.eu"), "Example ID")
    }

    fn iss(text: &str) -> Issuer {
        Issuer::parse(text, Profile::Development).unwrap()
    }

    #[tokio::test]
    async fn letters_go_over_a_network_with_tls_or_not_at_all() {
        for good in [
            "smtps://mail.example.eu",
            "smtps://anna:se%20cret@mail.example.eu:465",
            "smtp://mail.example.eu:587?tls=required",
            "smtp://mail.example.eu",
            "smtp://127.0.0.1:2525?tls=none",
            "smtp://localhost?tls=none",
        ] {
            assert!(open(good).is_ok_and(|post| post.is_some()), "{good}");
        }
        for plain in ["smtp://mail.example.eu?tls=none", "smtp://192.0.2.1:25?tls=none"] {
            assert!(matches!(open(plain), Err(BadMail::Plain)), "{plain}");
        }
        for no in
            ["mail.example.eu", "https://mail.example.eu", "", "smtp://mail.example.eu?tls=opportunistic"]
        {
            assert!(matches!(open(no), Err(BadMail::Url(_))), "{no}");
        }
    }

    #[test]
    fn the_sender_is_named_after_the_server_unless_the_operator_says_more() {
        let named = |from, iss_text| sender(from, &iss(iss_text), "Example ID").map(|from| from.to_string());
        let (public, loopback) = ("https://id.example.eu:8443", "http://127.0.0.1:8080");
        assert_eq!(named(None, public).unwrap(), "Example ID <no-reply@id.example.eu>");
        assert_eq!(named(None, loopback).unwrap(), "Example ID <no-reply@localhost>");
        assert_eq!(named(Some("id@example.eu"), public).unwrap(), "Example ID <id@example.eu>");
        assert_eq!(named(Some("Us <id@example.eu>"), public).unwrap(), "Us <id@example.eu>");
        assert!(matches!(named(Some("nobody"), public), Err(BadMail::From(_))));
    }
}
