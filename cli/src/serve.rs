//! `countersign serve`.

use crate::attestation::Attestation;
use crate::failure::Failure;
use crate::mail::Mail;
use clap::Args;
use countersign_server::serve::{Config, Ready, Server, Stop, TlsFiles};
use std::fmt::Display;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio::signal::unix::{SignalKind, signal};

/// Arguments of `serve`.
#[derive(Args)]
pub struct Arguments {
    /// Folder of the database and the keys.
    #[arg(long)]
    data: PathBuf,
    /// Where to listen; port 0 picks one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address that phones and browsers use, if it is another.
    #[arg(long)]
    public_url: Option<String>,
    /// Certificate chain, PEM.
    #[arg(long, requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Its private key, PEM.
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// A proxy in front ends TLS, writes X-Forwarded-For and passes Host on.
    #[arg(long)]
    behind_proxy: bool,
    /// The server's name for people.
    #[arg(long, default_value = "Example ID")]
    name: String,
    #[command(flatten)]
    attestation: Attestation,
    #[command(flatten)]
    mail: Mail,
    /// Open the lab interface (loopback only): moves the clock, reads counters.
    #[arg(long)]
    lab: bool,
    /// Begin with the lab's clock so many seconds ahead.
    #[arg(long, requires = "lab", value_name = "SECONDS", default_value_t = 0)]
    lab_ahead: u64,
}

/// Runs the server until it is told to stop.
pub fn run(arguments: Arguments, json: bool) -> Result<(), Failure> {
    let lab = arguments.lab;
    start_log(lab, json);
    let config = arguments.into_config();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(not_started)?.block_on(async {
        let server = Server::open(&config).await.map_err(not_started)?;
        say_ready(&server.ready, json).map_err(not_started)?;
        warn(lab, server.proves_levels());
        let stop = Stop::new();
        tokio::spawn(stop_on_signal(stop.clone()));
        server.run(stop).await.map_err(not_started)
    })
}

fn not_started(fault: impl Display) -> Failure {
    Failure::of("not_started").with("what", fault.to_string())
}

impl Arguments {
    fn into_config(self) -> Config {
        let tls = self.tls_cert.zip(self.tls_key).map(|(cert, key)| TlsFiles { cert, key });
        Config {
            data: self.data,
            listen: self.listen,
            public_url: self.public_url,
            tls,
            behind_proxy: self.behind_proxy,
            lab: self.lab,
            lab_ahead: self.lab_ahead,
            name: self.name,
            attestation: self.attestation.into_sources(),
            mail: self.mail.into_settings(),
        }
    }
}

fn say_ready(ready: &Ready, json: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        let mut line = serde_json::json!({"ready": ready.iss});
        if let Some(secret) = &ready.lab_secret {
            line["lab_secret"] = secret.as_str().into();
        }
        writeln!(out, "{line}")?;
    } else {
        writeln!(out, "Ready at {}", ready.iss)?;
        if let Some(secret) = &ready.lab_secret {
            writeln!(out, "Lab secret: {secret}")?;
        }
    }
    out.flush()
}

fn warn(lab: bool, proven: bool) {
    if !proven {
        eprintln!("Key levels are the phones' own word until attestation is enforced.");
    }
    if lab {
        eprintln!("This is a lab: whoever has its secret moves the clock and reads the counters.");
    }
}

/// Logs go to standard error: one line an event, no bodies, no secrets.
fn start_log(lab: bool, json: bool) {
    let builder =
        tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(lab).with_max_level(level());
    let started = if json { builder.json().try_init() } else { builder.with_ansi(false).try_init() };
    // A second server in one process (the demo) logs through the first one's subscriber.
    let _ = started;
}

/// Requests are logged when COUNTERSIGN_LOG=info asks for them; warnings and errors always.
fn level() -> tracing::Level {
    match std::env::var("COUNTERSIGN_LOG").as_deref() {
        Ok("info") => tracing::Level::INFO,
        Ok("debug") => tracing::Level::DEBUG,
        _ => tracing::Level::WARN,
    }
}

async fn stop_on_signal(stop: Stop) {
    let terminate = signal(SignalKind::terminate());
    match terminate {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
    stop.now();
}
