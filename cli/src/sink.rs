//! Where results go: lines for people, or one JSON object per line.

use crate::failure::Failure;
use serde_json::Value;
use std::io::{self, Write};

/// Takes what a command has to say. The demo gives its own, to read what a phone "shows".
pub trait Sink {
    /// One result: a text for people and the same as a JSON object. It is visible when this returns.
    fn result(&mut self, text: &str, value: &Value) -> Result<(), Failure>;

    /// A remark that is no result: to stderr.
    fn remark(&mut self, text: &str);

    /// Whether a person can be asked.
    fn is_interactive(&self) -> bool;
}

/// Stdout and stderr of this process.
pub struct Terminal {
    json: bool,
}

impl Terminal {
    /// For people, or with one JSON object per line.
    pub const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Says why a command was refused.
    pub fn failed(&mut self, failure: &Failure) {
        let line = if self.json { failure.to_json().to_string() } else { failure.to_string() };
        self.remark(&line);
    }
}

impl Sink for Terminal {
    fn result(&mut self, text: &str, value: &Value) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let written = if self.json { writeln!(out, "{value}") } else { writeln!(out, "{text}") };
        written.and_then(|()| out.flush()).map_err(|error| Failure::file("stdout", &error))
    }

    fn remark(&mut self, text: &str) {
        // Nobody is left to be told when stderr is closed.
        let _ = writeln!(io::stderr(), "{text}");
    }

    fn is_interactive(&self) -> bool {
        !self.json
    }
}
