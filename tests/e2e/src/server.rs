//! The real server as a process of its own, with a fresh folder, on a free port of loopback.
//!
//! When it ends well, its log is searched for what must not be there: factor signatures and panics.

use crate::backend::Backend;
use crate::http::Http;
use crate::lab::Lab;
use crate::mortal::Victim;
use crate::witness;
use countersign_failpoint::VARIABLE;
use serde_json::Value;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What every service of these tests may do.
pub const ALL_SCOPES: &str = "accounts,enrol,sign-in";

/// A running server; it is killed when this is dropped.
pub struct Server {
    binary: PathBuf,
    folder: TempDir,
    process: Victim,
    base: String,
    lab_secret: String,
    more: Vec<String>,
}

impl Server {
    /// Starts the program at `binary` with a lab.
    pub fn start(binary: &str) -> Self {
        Self::start_with(binary, &[])
    }

    /// The same with more arguments.
    pub fn start_with(binary: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let (process, ready) = spawn(Path::new(binary), folder.path(), "127.0.0.1:0", more);
        let (base, lab_secret) = read_ready(&ready);
        let more = more.iter().map(|argument| (*argument).to_owned()).collect();
        Self { binary: binary.into(), folder, process, base, lab_secret, more }
    }

    /// Starts the program on a port of its own, under another address that phones use: a proxy in front of it.
    pub fn start_at(binary: &str, public: &str) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|free| free.local_addr())
            .expect("a port")
            .port();
        let listen = format!("127.0.0.1:{port}");
        let mut more = vec!["--public-url", public];
        more.extend(public.starts_with("https://").then_some("--behind-proxy"));
        let (process, ready) = spawn(Path::new(binary), folder.path(), &listen, &more);
        let (_, lab_secret) = read_ready(&ready);
        let more = more.into_iter().map(str::to_owned).collect();
        Self { binary: binary.into(), folder, process, base: format!("http://{listen}"), lab_secret, more }
    }

    /// Where it listens.
    pub fn address(&self) -> std::net::SocketAddr {
        self.base.strip_prefix("http://").and_then(|text| text.parse().ok()).expect("an address")
    }

    /// Kills the process, as a power cut would, and starts it again with the same data on the same port.
    ///
    /// The lab's clock is the machine's again, and policy, places and limits are the default.
    pub fn restart(&mut self) {
        self.restart_ahead(0);
    }

    /// The same with the lab's clock so many seconds ahead of the machine's.
    pub fn restart_ahead(&mut self, seconds: u64) {
        self.kill();
        let (address, seconds) = (self.address().to_string(), seconds.to_string());
        let mut more: Vec<&str> = self.more.iter().map(String::as_str).collect();
        more.extend(["--lab-ahead", &seconds]);
        let (process, ready) = spawn(&self.binary, self.folder.path(), &address, &more);
        let (base, lab_secret) = read_ready(&ready);
        assert_eq!(base, self.base);
        (self.process, self.lab_secret) = (process, lab_secret);
    }

    /// The same with an order to die at a place of `countersign-failpoint`, which it may reach while it starts.
    pub fn restart_to_die(&mut self, place: &str, ahead: u64) {
        self.kill();
        let mut command = serve(&self.binary, self.folder.path(), &self.address().to_string());
        command.args(&self.more).args(["--lab-ahead", &ahead.to_string()]).env(VARIABLE, place);
        let (process, line) = begin(&mut command, self.folder.path());
        self.process = process;
        if !line.is_empty() {
            self.lab_secret = read_ready(&line).1;
        }
    }

    /// How the process ended, if it did.
    pub fn ended(&self) -> Option<ExitStatus> {
        self.process.ended()
    }

    /// The process, for whoever means to kill it.
    pub fn process(&self) -> Victim {
        self.process.clone()
    }

    /// Kills the process and leaves it so until [`Server::restart`].
    pub fn stop(&mut self) {
        self.kill();
    }

    /// Waits until the process has ended by itself, after a `kill` of the lab.
    pub fn wait_for_end(&mut self) {
        let patience = Instant::now() + Duration::from_secs(10);
        while self.ended().is_none() {
            assert!(Instant::now() < patience, "the server did not end");
            std::thread::yield_now();
        }
    }

    /// Where it is; also its `iss`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A client without any secret.
    pub fn http(&self) -> Http {
        Http::new(&self.base)
    }

    /// Its laboratory.
    pub fn lab(&self) -> Lab {
        Lab::new(self.http(), &self.lab_secret)
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// All that it logged.
    pub fn log(&self) -> String {
        ["stdout", "stderr"].map(|name| read_lossy(&self.folder.path().join(name))).concat()
    }

    /// Registers a service, as an operator does.
    pub fn add_service(&self, name: &str, origin: &str, scopes: &str) -> Backend {
        let arguments =
            ["service", "add", name, "--origin", origin, "--return-origin", origin, "--scope", scopes];
        let output = self.operate(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let made: Value = serde_json::from_slice(&output.stdout).expect("JSON of service add");
        let text = |name: &str| made[name].as_str().expect("id and secret").to_owned();
        Backend::new(self.http(), text("id"), &text("secret"))
    }

    /// Runs a command of an operator against this server's data.
    pub fn operate(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(&self.binary);
        command.args(arguments).arg("--data").arg(self.data()).arg("--json");
        command.output().expect("the program runs")
    }

    fn kill(&self) {
        self.process.kill();
        self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        let log = self.log();
        if std::thread::panicking() {
            eprintln!("log of the server:\n{log}");
            return;
        }
        assert_eq!(witness::found_in(&log), None, "a factor signature in the log");
        assert!(!log.contains("panicked"), "{log}");
    }
}

/// Starts the program and gives its first line.
fn spawn(binary: &Path, folder: &Path, listen: &str, more: &[&str]) -> (Victim, String) {
    let (process, line) = begin(serve(binary, folder, listen).args(more), folder);
    assert!(!line.is_empty(), "the server ended at once: {}", read_lossy(&folder.join("stderr")));
    (process, line)
}

fn serve(binary: &Path, folder: &Path, listen: &str) -> Command {
    let mut command = Command::new(binary);
    command.args(["serve", "--listen", listen, "--lab", "--json", "--data"]).arg(folder.join("data"));
    command
}

fn begin(command: &mut Command, folder: &Path) -> (Victim, String) {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(append(&folder.join("stderr")))
        .spawn()
        .expect("the server starts");
    let mut output = BufReader::new(child.stdout.take().expect("stdout"));
    let mut line = String::new();
    output.read_line(&mut line).expect("the first line");
    let mut rest = append(&folder.join("stdout"));
    std::thread::spawn(move || std::io::copy(&mut output, &mut rest));
    (Victim::new(child), line)
}

fn read_ready(line: &str) -> (String, String) {
    let ready: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
    let text = |name: &str| ready[name].as_str().expect("ready and lab_secret").to_owned();
    (text("ready"), text("lab_secret"))
}

fn append(path: &Path) -> File {
    OpenOptions::new().create(true).append(true).open(path).expect("a file for output")
}

fn read_lossy(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
}
