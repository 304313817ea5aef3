//! The name of a server (`iss`): `https://host[:port]`, compared byte for byte (protocol 3.0.1).

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// Longest issuer, in bytes.
pub const MAX_ISSUER: usize = 64;

/// Which issuers are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// `https` only.
    Production,
    /// Also `http` with a loopback host and an explicit port. Never in a phone's release build.
    Development,
}

/// Text that is not an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a server address of the form https://host[:port]")]
pub struct BadIssuer;

/// A server's name, in its only spelling.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Issuer(String);

impl Issuer {
    /// Reads an issuer; nothing is normalised.
    pub fn parse(text: &str, profile: Profile) -> Result<Self, BadIssuer> {
        if text.len() > MAX_ISSUER {
            return Err(BadIssuer);
        }
        let ok = match text.split_once("://") {
            Some(("https", authority)) => is_https_authority(authority),
            Some(("http", authority)) => profile == Profile::Development && is_loopback_authority(authority),
            _ => false,
        };
        if ok { Ok(Self(text.to_owned())) } else { Err(BadIssuer) }
    }

    /// The text, which is also the base address of every call.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `host[:port]`, as it stands in a QR.
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, authority)| authority)
    }

    /// Whether this is plain http on loopback (development profile).
    pub fn is_loopback_http(&self) -> bool {
        self.0.starts_with("http://")
    }
}

fn is_https_authority(authority: &str) -> bool {
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    is_host(host) && port.is_none_or(|port| port != "443" && is_port(port))
}

fn is_loopback_authority(authority: &str) -> bool {
    ["127.0.0.1:", "localhost:", "[::1]:"]
        .iter()
        .any(|host| authority.strip_prefix(host).is_some_and(is_port))
}

/// 1 to 65535, without leading zeros or a sign.
fn is_port(text: &str) -> bool {
    !text.starts_with('0')
        && text.bytes().all(|b| b.is_ascii_digit())
        && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// Lower-case LDH labels; no empty label, so no trailing dot.
fn is_host(host: &str) -> bool {
    host.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    })
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Issuer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Reading a message accepts loopback http; whether it is allowed was decided when the binding was made, because a
/// message's `iss` must equal the binding's.
impl<'de> Deserialize<'de> for Issuer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text, Profile::Development).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_only() {
        for good in ["https://id.example.eu", "https://id.example.eu:8443", "https://xn--bcher-kva.example"] {
            assert!(Issuer::parse(good, Profile::Production).is_ok(), "{good}");
        }
        for bad in [
            "https://id.example.eu/",
            "https://ID.example.eu",
            "https://id.example.eu.",
            "https://id.example.eu:443",
            "https://id.example.eu:0",
            "https://id.example.eu:080",
            "https://id.example.eu:70000",
            "https://u@id.example.eu",
            "https://-a.eu",
            "https://a..eu",
            "https://bücher.example",
            "HTTPS://id.example.eu",
            "https://",
            "http://id.example.eu",
            "http://127.0.0.1:8080",
        ] {
            assert_eq!(Issuer::parse(bad, Profile::Production), Err(BadIssuer), "{bad}");
        }
        let long = format!("https://{}.eu", "a".repeat(60));
        assert_eq!(Issuer::parse(&long, Profile::Production), Err(BadIssuer));
    }

    #[test]
    fn n86_loopback_http_belongs_to_the_development_profile() {
        for good in ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:65535"] {
            assert!(Issuer::parse(good, Profile::Development).is_ok(), "{good}");
            assert!(Issuer::parse(good, Profile::Production).is_err(), "{good}");
        }
        for bad in ["http://127.0.0.1", "http://127.0.0.2:80", "http://localhost.eu:80", "http://[::1]"] {
            assert!(Issuer::parse(bad, Profile::Development).is_err(), "{bad}");
        }
    }
}
