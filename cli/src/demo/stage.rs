//! Where the demo is watched: a step at a time, what the browser and the phone show, and how long it took.

use crate::failure::Failure;
use serde_json::json;
use std::io::{self, Write};
use std::time::Instant;

/// Prints the steps and keeps count.
pub struct Stage {
    json: bool,
    number: u32,
    failed: u32,
    lines: Vec<(&'static str, String)>,
}

impl Stage {
    /// For people, or with one JSON object a step.
    pub const fn new(json: bool) -> Self {
        Self { json, number: 0, failed: 0, lines: Vec::new() }
    }

    /// A line beside the steps.
    pub fn say(&mut self, line: &str) {
        if !self.json {
            self.print(line);
        }
    }

    /// What the browser, or the service behind it, shows.
    pub fn browser(&mut self, line: impl Into<String>) {
        self.lines.push(("browser", line.into()));
    }

    /// What the phone shows.
    pub fn phone(&mut self, lines: &[String]) {
        self.lines.extend(lines.iter().map(|line| ("phone", line.clone())));
    }

    /// Plays one step: `play` gives `Err` if it did not do what it should.
    pub fn step<T>(
        &mut self,
        title: &str,
        play: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.number += 1;
        let begin = Instant::now();
        let outcome = play(self);
        let took = begin.elapsed().as_millis();
        let lines = std::mem::take(&mut self.lines);
        if outcome.is_err() {
            self.failed += 1;
        }
        let good = outcome.is_ok();
        if self.json {
            let seen: Vec<_> = lines.iter().map(|(side, line)| json!({"side": side, "line": line})).collect();
            self.print(
                &json!({"step": self.number, "title": title, "ok": good, "ms": took, "seen": seen})
                    .to_string(),
            );
        } else {
            let mark = if good { "done" } else { "FAILED" };
            self.print(&format!("\n{:>2}  {title:<58} {mark} in {took} ms", self.number));
            for (side, line) in &lines {
                self.print(&format!("      {side:<8} {line}"));
            }
        }
        outcome
    }

    /// How many steps failed.
    pub const fn failed(&self) -> u32 {
        self.failed
    }

    /// The last line about the steps.
    pub fn summary(&mut self) {
        let (steps, failed) = (self.number, self.failed);
        self.say(&format!("\n{} of {steps} steps did what they should.", steps - failed));
    }

    fn print(&self, line: &str) {
        // A closed pipe ends nobody's demo.
        let mut out = io::stdout().lock();
        let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    }
}
