//! The virtual phone of the command line, each command a process of its own that may be killed.

use super::victim::{Victim, was_killed};
use countersign_failpoint::VARIABLE;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, SystemTime};

/// A phone's folder.
#[derive(Clone)]
pub struct Handset {
    binary: PathBuf,
    folder: PathBuf,
}

/// A command while it runs.
pub struct Running {
    /// The process.
    pub process: Victim,
    input: Option<ChildStdin>,
    lines: Receiver<Value>,
    said: Vec<Value>,
    complaint: JoinHandle<String>,
    given_up: bool,
}

/// What a command came to.
pub struct Ended {
    /// How the process ended.
    pub status: ExitStatus,
    /// What it printed, a line each.
    pub said: Vec<Value>,
    /// Its standard error.
    pub complaint: String,
    given_up: bool,
}

impl Handset {
    /// A phone in this folder.
    pub fn new(binary: &Path, folder: PathBuf) -> Self {
        Self { binary: binary.to_owned(), folder }
    }

    /// Starts a command; `typed` is what the person types at once, `place` where it is to die.
    pub fn start(&self, arguments: &[&str], typed: &str, place: Option<&str>) -> Running {
        let mut command = Command::new(&self.binary);
        command.arg("phone").arg("--state").arg(&self.folder).args(["--pin-stdin", "--json"]).args(arguments);
        command.env_remove("DBUS_SESSION_BUS_ADDRESS").stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(place) = place {
            command.env(VARIABLE, place);
        }
        let mut child = command.spawn().expect("the phone starts");
        let mut input = child.stdin.take().expect("stdin");
        // A command that is killed at once is gone before it is typed to.
        let _ = input.write_all(typed.as_bytes());
        let (output, errors) = (child.stdout.take().expect("stdout"), child.stderr.take().expect("stderr"));
        Running {
            process: Victim::new(child),
            input: Some(input),
            lines: lines(output),
            said: Vec::new(),
            complaint: spawn(move || text(errors)),
            given_up: false,
        }
    }

    /// Names of the files of keys, those that are half written too.
    pub fn key_files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.join("keys")).expect("keys");
        let names = entries.map(|entry| entry.expect("entry").file_name().into_string().expect("a name"));
        names.filter(|name| name.contains(".key")).collect()
    }

    /// Makes all files of keys two minutes older: younger ones may be another process's that is writing their row.
    pub fn age_keys(&self) {
        for entry in fs::read_dir(self.folder.join("keys")).expect("keys") {
            let file = File::options().append(true).open(entry.expect("entry").path()).expect("a file");
            file.set_modified(SystemTime::now() - Duration::from_secs(120)).expect("a time");
        }
    }
}

impl Running {
    /// Types a line, to a process that may be gone.
    pub fn write(&mut self, line: &str) {
        if let Some(input) = &mut self.input {
            let _ = input.write_all(line.as_bytes());
        }
    }

    /// Says that nothing more will be typed.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// The person closes the app, if it still runs.
    pub fn give_up(&mut self) {
        self.given_up = self.process.ended().is_none();
        self.process.kill();
    }

    /// The next line, if there is one soon.
    pub fn next(&mut self) -> Option<Value> {
        let line = self.lines.recv_timeout(Duration::from_millis(2)).ok()?;
        self.said.push(line.clone());
        Some(line)
    }

    /// Waits for the end.
    pub fn end(self) -> Ended {
        let status = self.process.wait();
        let mut said = self.said;
        said.extend(self.lines.iter());
        let complaint = self.complaint.join().expect("stderr");
        Ended { status, said, complaint, given_up: self.given_up }
    }
}

impl Ended {
    /// Whether it did what it was asked.
    pub fn is_done(&self) -> bool {
        self.status.success()
    }

    /// Whether it was killed, and not closed by its owner.
    pub fn was_killed(&self) -> bool {
        was_killed(self.status) && !self.given_up
    }

    /// The last line that it printed.
    pub fn last(&self) -> Value {
        self.said.last().cloned().unwrap_or_default()
    }

    /// The code of the refusal that it ended with.
    pub fn problem(&self) -> String {
        let line = self.complaint.lines().rev().find(|line| line.contains("\"problem\"")).unwrap_or_default();
        let value: Value = serde_json::from_str(line).unwrap_or_default();
        value["problem"].as_str().unwrap_or_default().to_owned()
    }
}

fn lines(output: impl Read + Send + 'static) -> Receiver<Value> {
    let (sender, lines) = channel();
    spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let Ok(value) = serde_json::from_str(&line) else { continue };
            if sender.send(value).is_err() {
                break;
            }
        }
    });
    lines
}

fn text(mut errors: impl Read) -> String {
    let mut text = String::new();
    let _ = errors.read_to_string(&mut text);
    text
}
