//! A server in a process of its own, a service that drives it, and phones in folders.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

pub const BINARY: &str = env!("CARGO_BIN_EXE_countersign");
pub const PIN: &str = "4927";

/// What a command came to.
pub struct Done {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    /// The lines of stdout as JSON.
    pub fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The last line of stdout as JSON.
    pub fn last(&self) -> Value {
        self.lines().pop().unwrap_or_default()
    }
}

/// Runs `countersign` to its end, with `input` as stdin.
pub fn countersign(arguments: &[&str], input: &str) -> Done {
    let mut child = spawn(arguments);
    // A command that asks for nothing may be gone before it is written to.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Done {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn spawn(arguments: &[&str]) -> Child {
    let pipes = || Stdio::piped();
    Command::new(BINARY)
        .args(arguments)
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .stdin(pipes())
        .stdout(pipes())
        .stderr(pipes())
        .spawn()
        .unwrap()
}

/// A desk with a server, a service and an account.
pub struct Desk {
    server: Child,
    http: reqwest::blocking::Client,
    base: String,
    secret: String,
    pub account: String,
    pub folder: TempDir,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Desk {
    pub fn new() -> Self {
        Self::of_service("https://grants.example.eu")
    }

    /// A desk whose service is at this origin.
    pub fn of_service(origin: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let data = data.to_str().unwrap();
        let mut server = spawn(&["serve", "--data", data, "--listen", "127.0.0.1:0", "--json"]);
        let ready = line(&mut BufReader::new(server.stdout.take().unwrap()));
        let base = ready["ready"].as_str().unwrap().to_owned();
        let service = ["service", "add", "Grants Portal", "--origin", origin, "--data", data, "--json"];
        let secret = countersign(&service, "").last()["secret"].as_str().unwrap().to_owned();
        // Plain http, but reqwest asks for a provider before it builds any client; the first test installs it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::blocking::Client::new();
        let mut desk = Self { server, http, base, secret, account: String::new(), folder };
        let account = desk.post("/backend/v1/accounts", &json!({"email": "anna.keller@example.eu"}));
        desk.account = account["account"].as_str().unwrap().to_owned();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.base));
        self.answered(request.header("Content-Type", "application/json").body(body.to_string()))
    }

    pub fn get(&self, path: &str) -> Value {
        self.answered(self.http.get(format!("{}{path}", self.base)))
    }

    fn answered(&self, request: reqwest::blocking::RequestBuilder) -> Value {
        let request = request.header("Authorization", format!("Bearer {}", self.secret));
        serde_json::from_slice(&request.send().unwrap().bytes().unwrap()).unwrap_or_default()
    }

    /// Runs a command of the phone.
    pub fn phone(&self, arguments: &[&str], input: &str) -> Done {
        self.phone_in("phone", arguments, input)
    }

    /// Runs a command of the phone in this folder.
    pub fn phone_in(&self, name: &str, arguments: &[&str], input: &str) -> Done {
        let state = self.state_of(name);
        let head = ["phone", "--state", &state, "--pin-stdin"];
        countersign(&[&head, arguments].concat(), input)
    }

    /// Folder of a phone.
    pub fn state_of(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Address of the server.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Starts a command that is talked to while it runs.
    pub fn start(&self, arguments: &[&str]) -> Running {
        Running::of(spawn(arguments))
    }

    /// Makes another account.
    pub fn add_account(&self, email: &str) -> String {
        let made = self.post("/backend/v1/accounts", &json!({"email": email}));
        made["account"].as_str().unwrap().to_owned()
    }

    /// A completed sign-in of the account that proves `act`.
    pub fn proof(&self, pin: &str, act: &Value) -> String {
        let started = self.sign_in(&json!({"kind": "sign", "act": act}));
        let (tid, number) = (started["tid"].as_str().unwrap(), started["number"].as_str().unwrap());
        assert_eq!(self.phone(&["approve", tid, "--number", number], pin).status, 0);
        self.post(&format!("/backend/v1/sign-ins/{tid}/complete"), &json!({}));
        tid.to_owned()
    }

    /// Draws a code into a picture.
    pub fn picture(&self, text: &str) -> String {
        let path = self.path("code.png");
        assert_eq!(countersign(&["qr", "write", text, "--out", path.to_str().unwrap()], "").status, 0);
        path.to_str().unwrap().to_owned()
    }

    /// Starts a pairing at the service.
    pub fn enrolment(&self) -> Value {
        self.post("/backend/v1/enrolments", &json!({"account": self.account}))
    }

    /// Pairs the phone by a picture; the code goes from its screen to the service while it waits.
    pub fn pair(&self) {
        self.pair_account(&self.account, "phone", PIN);
    }

    /// Pairs the phone in this folder with an account.
    pub fn pair_account(&self, account: &str, name: &str, pin: &str) {
        let enrolment = self.post("/backend/v1/enrolments", &json!({"account": account}));
        let picture = self.picture(enrolment["link"].as_str().unwrap());
        let state = self.state_of(name);
        let mut pairing =
            self.start(&["phone", "--state", &state, "pair", &picture, "--pin-stdin", "--json"]);
        pairing.write(&format!("{pin}\n{pin}\n"));
        let code = pairing.line()["code"].clone();
        let confirm = format!("/backend/v1/enrolments/{}/confirm", enrolment["eid"].as_str().unwrap());
        assert_eq!(self.post(&confirm, &json!({"code": code}))["state"], "active");
        assert_eq!(pairing.line()["paired"], true);
        assert!(pairing.ended().success());
    }

    /// Starts a sign-in at the service; `more` changes what it asks for.
    pub fn sign_in(&self, more: &Value) -> Value {
        let mut body = json!({
            "method": "push", "account": self.account, "kind": "login", "text": [], "factors": ["pin"],
            "first_factor": true, "recognised": false,
            "browser": {"ip": "203.0.113.7", "agent": "Firefox on Linux", "place": "Brussels, BE"},
        });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.post("/backend/v1/sign-ins", &body)
    }

    /// The state of a sign-in.
    pub fn state(&self, sign_in: &Value) -> String {
        let tid = sign_in["tid"].as_str().unwrap();
        self.get(&format!("/backend/v1/sign-ins/{tid}"))["state"].as_str().unwrap().to_owned()
    }
}

/// A command that is talked to while it runs.
pub struct Running {
    child: Child,
    screen: BufReader<ChildStdout>,
}

impl Running {
    fn of(mut child: Child) -> Self {
        let screen = BufReader::new(child.stdout.take().unwrap());
        Self { child, screen }
    }

    /// Types something.
    pub fn write(&mut self, text: &str) {
        self.child.stdin.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
    }

    /// The next thing that it shows.
    pub fn line(&mut self) -> Value {
        line(&mut self.screen)
    }

    /// Waits for its end.
    pub fn ended(mut self) -> std::process::ExitStatus {
        self.child.wait().unwrap()
    }
}

fn line(lines: &mut BufReader<ChildStdout>) -> Value {
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

/// Whether any file below `folder` holds `needle`.
pub fn anywhere(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        let holds = |bytes: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
        if path.is_dir() { anywhere(&path, needle) } else { holds(&std::fs::read(path).unwrap()) }
    })
}
