//! The demo's server, its data and its service.

use crate::failure::Failure;
use countersign_server::mail;
use countersign_server::operator::{NewService, Operator, Relying};
use countersign_server::serve::{Config, Server, Stop};
use countersign_server::trusted::Sources;
use std::fmt::Display;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Instant;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// A running server and what belongs to it.
pub struct House {
    /// Base address.
    pub base: String,
    /// Folder of the data.
    pub data: PathBuf,
    /// Secret of the demo's service.
    pub secret: String,
    /// Milliseconds from nothing to ready.
    pub started_ms: u128,
    runtime: Runtime,
    running: JoinHandle<()>,
    stop: Stop,
    /// Goes with the demo, unless the person named a folder.
    _folder: Option<TempDir>,
}

fn broken(fault: impl Display) -> Failure {
    Failure::of("not_started").with("what", fault.to_string())
}

impl House {
    /// Starts a server on loopback and adds a service.
    pub fn open(data: Option<&Path>, port: u16) -> Result<Self, Failure> {
        let folder = if data.is_none() { Some(tempfile::tempdir().map_err(broken)?) } else { None };
        let data =
            data.map(Path::to_owned).or_else(|| folder.as_ref().map(|folder| folder.path().to_owned()));
        let data = data.ok_or_else(|| broken("no folder"))?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(broken)?;
        let begin = Instant::now();
        let server = runtime.block_on(Server::open(&config(&data, port))).map_err(broken)?;
        let started_ms = begin.elapsed().as_millis();
        let base = server.ready.iss.clone();
        let stop = Stop::new();
        let handle = stop.clone();
        let running = runtime.spawn(async move {
            let _ = server.run(handle).await;
        });
        let secret = runtime.block_on(add_service(&data))?;
        Ok(Self { base, data, secret, started_ms, runtime, running, stop, _folder: folder })
    }

    /// Runs something on the server's runtime.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The link that pairs the first phone of a new account; another address if this one is taken.
    pub fn setup_link(&self, email: &str) -> Result<String, Failure> {
        let operator = Operator::open(&self.data.join("server")).map_err(broken)?;
        let added = match self.block_on(operator.add_account(email, None, Vec::new())) {
            Ok(added) => added,
            Err(_) => {
                self.block_on(operator.add_account(&another(email), None, Vec::new())).map_err(broken)?
            }
        };
        Ok(format!("{}{}", self.base, added.setup_path))
    }

    /// Lets open requests finish and ends the server.
    pub fn close(self) {
        self.stop.now();
        let _ = self.runtime.block_on(self.running);
    }
}

/// The same address with the time in it, for a folder that was used before.
pub fn another(email: &str) -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let stamp = since.map_or(0, |since| since.as_millis());
    email.replacen('@', &format!("+{stamp}@"), 1)
}

fn config(data: &Path, port: u16) -> Config {
    Config {
        data: data.join("server"),
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        public_url: None,
        tls: None,
        behind_proxy: false,
        lab_ahead: 0,
        lab: false,
        name: "Example ID".to_owned(),
        attestation: Sources::default(),
        mail: mail::Settings::default(),
    }
}

async fn add_service(data: &Path) -> Result<String, Failure> {
    let new = NewService {
        name: "Grants Portal".to_owned(),
        origin: "https://grants.example.eu".to_owned(),
        return_origins: Vec::new(),
        scopes: ["accounts", "enrol", "sign-in"].map(str::to_owned).to_vec(),
        relying: Relying::default(),
    };
    let operator = Operator::open(&data.join("server")).map_err(broken)?;
    Ok(operator.add_service(&new).await.map_err(broken)?.secret)
}
