//! Opening a phone's folder: `vault.db`, and `keys/` with the software key store.

use super::wire::WireTransport;
use crate::failure::Failure;
use countersign_engine::adapter::keys::{Keeping, KeptBy, SoftwareKeyStore};
use countersign_engine::adapter::sqlite::SqliteStore;
use countersign_engine::adapter::transport::{HttpTransport, TransportOptions};
use countersign_engine::port::{KeyStore, OsRandom, Reply, Request, SystemClock, Transport, TransportFault};
use countersign_engine::{Authenticator, KEY_STORE_PATIENCE, Kdf, Options, Platform, Ports, Problem};
use countersign_protocol::issuer::Profile;
use countersign_protocol::message::enrol::PhoneInfo;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a phone is opened.
pub struct Setup {
    /// Its folder, made if it is not there.
    pub state: PathBuf,
    /// How it calls itself when it is paired.
    pub name: String,
    /// Whether every message is printed.
    pub wire: bool,
    /// A further root certificate, PEM.
    pub ca: Option<PathBuf>,
    /// Whether it has a network.
    pub network: bool,
}

/// An opened phone.
pub struct Opened {
    /// The phone.
    pub auth: Authenticator,
    /// What has to be said aloud about its keys.
    pub aloud: Option<String>,
    /// Its keys, for signatures that a person gives.
    pub keys: Arc<dyn KeyStore>,
}

/// Opens a phone, or makes it. This is a tool for tests: servers on loopback http are allowed.
pub fn open(setup: Setup) -> Result<Opened, Failure> {
    let folder = &setup.state;
    let keys = SoftwareKeyStore::open(&folder.join("keys"), Keeping::Desktop).map_err(Problem::from)?;
    let aloud = (keys.kept_by() == KeptBy::File).then(|| {
        format!(
            "No secret service here: the key that seals this phone's keys lies beside them in {}. Whoever copies \
             that folder has the phone.",
            folder.join("keys").display()
        )
    });
    let store = SqliteStore::open(&folder.join("vault.db")).map_err(Problem::from)?;
    let keys: Arc<dyn KeyStore> = Arc::new(keys);
    let ports = Ports {
        keys: keys.clone(),
        store: Arc::new(store),
        transport: transport(&setup)?,
        clock: Arc::new(SystemClock::new()),
        random: Arc::new(OsRandom),
    };
    let auth = Authenticator::open(ports, options(setup.name))?;
    Ok(Opened { auth, aloud, keys })
}

fn options(name: String) -> Options {
    let app = env!("CARGO_PKG_VERSION").to_owned();
    Options {
        profile: Profile::Development,
        phone: PhoneInfo { name, os: std::env::consts::OS.to_owned(), app },
        platform: Platform::Cli,
        // Kill tests take thousands of PINs, and what is killed in the middle of a derivation has done nothing yet.
        kdf: if cfg!(feature = "failpoints") { Kdf::Least } else { Kdf::Calibrated },
        key_store_patience: KEY_STORE_PATIENCE,
    }
}

fn transport(setup: &Setup) -> Result<Arc<dyn Transport>, Failure> {
    if !setup.network {
        return Ok(Arc::new(NoNetwork));
    }
    let http = HttpTransport::new(transport_options(setup.ca.as_deref())?);
    Ok(if setup.wire { Arc::new(WireTransport::new(http)) } else { Arc::new(http) })
}

/// How this tool speaks HTTPS; `ca` is a further root certificate.
pub(super) fn transport_options(ca: Option<&Path>) -> Result<TransportOptions, Failure> {
    Ok(TransportOptions {
        profile: Profile::Development,
        extra_roots: ca.map_or_else(|| Ok(Vec::new()), roots)?,
        user_agent: format!("countersign/{} (cli)", env!("CARGO_PKG_VERSION")),
    })
}

fn roots(path: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let bad = || Failure::of("bad_certificate").with("what", path.display().to_string());
    let roots = CertificateDer::pem_file_iter(path).map_err(|_| bad())?;
    let roots: Vec<_> = roots.collect::<Result<_, _>>().map_err(|_| bad())?;
    if roots.is_empty() { Err(bad()) } else { Ok(roots) }
}

/// A phone in a cellar.
struct NoNetwork;

impl Transport for NoNetwork {
    fn send(&self, _: &Request<'_>) -> Result<Reply, TransportFault> {
        Err(TransportFault::NotConnected)
    }
}
