//! What a server is started with, and what is refused: plain http anywhere but on loopback, a lab anywhere else.

use crate::app::AppFault;
use crate::keys::KeysFault;
use crate::mail;
use crate::policy::chosen::PolicyFault;
use crate::store::StoreFault;
use crate::trusted::{BadSource, Sources};
use countersign_protocol::issuer::{BadIssuer, Issuer, Profile};
use std::net::SocketAddr;
use std::path::PathBuf;

/// What a server is started with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the database and the keys.
    pub data: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address that phones and browsers use, if it is another.
    pub public_url: Option<String>,
    /// Certificate chain and key, PEM.
    pub tls: Option<TlsFiles>,
    /// Whether a proxy in front ends TLS, writes `X-Forwarded-For` and passes `Host` on.
    pub behind_proxy: bool,
    /// Whether the lab interface is open.
    pub lab: bool,
    /// Seconds by which a lab's clock begins ahead: it goes on where that of the process before stood.
    pub lab_ahead: u64,
    /// The server's name for people.
    pub name: String,
    /// What attestations are judged by, where the policy asks for them.
    pub attestation: Sources,
    /// How letters leave.
    pub mail: mail::Settings,
}

/// Files for TLS.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// Certificate chain, leaf first.
    pub cert: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// The address is taken or not allowed.
    #[error("cannot listen: {0}")]
    Listen(std::io::Error),
    /// The folder cannot be used.
    #[error("cannot use the data folder: {0}")]
    Folder(std::io::Error),
    /// Another server is running on this folder.
    #[error("another server is running on this data folder")]
    Busy,
    /// Certificate or key.
    #[error("TLS: {0}")]
    Tls(String),
    /// Plain http where others could listen.
    #[error(
        "plain http is for loopback addresses only; give --tls-cert and --tls-key, or --behind-proxy with an https --public-url"
    )]
    PlainHttp,
    /// A lab that others could reach.
    #[error("--lab refuses anything but a loopback address")]
    LabNotLoopback,
    /// This build has no lab.
    #[error("this build has no lab interface")]
    NoLab,
    /// The public address has no form that phones take.
    #[error("the public address has to be https://host[:port]: {0}")]
    PublicUrl(#[from] BadIssuer),
    /// What an operator chose.
    #[error(transparent)]
    Policy(#[from] PolicyFault),
    /// Nothing could ever be found genuine, or what was revoked would count.
    #[error("enforced attestation needs a file of roots, a file of revoked serials and an app")]
    Unprovable,
    /// How letters leave.
    #[error(transparent)]
    Mail(#[from] mail::BadMail),
    /// Roots or revoked serials.
    #[error("attestation: {0}")]
    Attestation(#[from] BadSource),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysFault),
    /// Key set.
    #[error(transparent)]
    App(#[from] AppFault),
}

impl Config {
    /// Refuses what must not be reachable.
    pub fn check(&self) -> Result<(), StartFault> {
        let loopback = self.listen.ip().is_loopback();
        if self.lab && !cfg!(feature = "lab") {
            return Err(StartFault::NoLab);
        }
        if self.lab && !loopback {
            return Err(StartFault::LabNotLoopback);
        }
        let https = self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
        if self.tls.is_some() || (self.behind_proxy && https) {
            return Ok(());
        }
        if loopback && !https && !self.behind_proxy { Ok(()) } else { Err(StartFault::PlainHttp) }
    }

    /// The server's name on the wire.
    pub fn issuer(&self, bound: SocketAddr) -> Result<Issuer, StartFault> {
        if let Some(url) = &self.public_url {
            return Ok(Issuer::parse(url.trim_end_matches('/'), Profile::Development)?);
        }
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        Ok(Issuer::parse(&format!("{scheme}://{bound}"), Profile::Development)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(listen: &str) -> Config {
        Config {
            data: PathBuf::from("."),
            listen: listen.parse().unwrap(),
            public_url: None,
            tls: None,
            behind_proxy: false,
            lab: false,
            lab_ahead: 0,
            name: "Example ID".to_owned(),
            attestation: Sources::default(),
            mail: mail::Settings::default(),
        }
    }

    #[test]
    fn n171_a_lab_and_plain_http_stay_on_loopback() {
        assert!(config("127.0.0.1:0").check().is_ok());
        assert!(config("[::1]:0").check().is_ok());
        assert!(matches!(config("0.0.0.0:80").check(), Err(StartFault::PlainHttp)));
        let open_lab = Config { lab: true, ..config("192.0.2.1:80") };
        assert!(matches!(open_lab.check(), Err(StartFault::LabNotLoopback)));
    }

    #[test]
    fn a_proxy_has_to_be_named_and_speak_https() {
        let url = Some("https://id.example.eu".to_owned());
        assert!(matches!(
            Config { public_url: url.clone(), ..config("127.0.0.1:80") }.check(),
            Err(StartFault::PlainHttp)
        ));
        assert!(Config { public_url: url, behind_proxy: true, ..config("0.0.0.0:80") }.check().is_ok());
        let plain = Some("http://id.example.eu".to_owned());
        let plain = Config { public_url: plain, behind_proxy: true, ..config("0.0.0.0:80") };
        assert!(matches!(plain.check(), Err(StartFault::PlainHttp)));
    }
}
