//! What was read beside what should be, in figures.

use std::fmt::Write;
use std::time::Duration;

/// What reading one picture came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// One of the texts that it holds.
    Right,
    /// Other texts only.
    Wrong,
    /// No text.
    Nothing,
    /// The reader died.
    Panicked,
}

/// The pictures of one folder, as one reader read them.
pub struct Row {
    name: String,
    outcomes: Vec<Outcome>,
    times: Vec<Duration>,
}

impl Row {
    /// One without pictures.
    pub const fn new(name: String) -> Self {
        Self { name, outcomes: Vec::new(), times: Vec::new() }
    }

    /// One more picture, and the processor time that it took.
    pub fn add(&mut self, outcome: Outcome, time: Duration) {
        self.outcomes.push(outcome);
        self.times.push(time);
    }

    /// The pictures of several folders as one.
    pub fn all(name: &str, rows: &[Self]) -> Self {
        Self::every(name, rows, 0, 1)
    }

    /// Of each folder every `step`th picture, from the one with number `first` on: with four rotations of a picture
    /// one after the other, those of one rotation.
    pub fn every(name: &str, rows: &[Self], first: usize, step: usize) -> Self {
        let outcomes = rows.iter().flat_map(|row| row.outcomes.iter().skip(first).step_by(step).copied());
        let times = rows.iter().flat_map(|row| row.times.iter().skip(first).step_by(step).copied());
        Self { name: name.to_owned(), outcomes: outcomes.collect(), times: times.collect() }
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.outcomes.iter().filter(|other| **other == outcome).count()
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of pictures")]
    fn share(&self) -> f64 {
        100.0 * self.count(Outcome::Right) as f64 / self.outcomes.len().max(1) as f64
    }

    /// Milliseconds that so many of a hundred pictures stay below.
    fn percentile(&self, percent: usize) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

/// One line a row, with a heading.
pub fn report(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<34} {:>6} {:>7} {:>6} {:>10} {:>10} {:>7}\n",
        "", "images", "right", "wrong", "median", "p99", "panics"
    );
    for row in rows {
        let (wrong, panics) = (row.count(Outcome::Wrong), row.count(Outcome::Panicked));
        let (median, late) = (row.percentile(50), row.percentile(99));
        let (name, images, share) = (&row.name, row.outcomes.len(), row.share());
        let _ = writeln!(
            text,
            "{name:<34} {images:>6} {share:>6.1}% {wrong:>6} {median:>7.1} ms {late:>7.1} ms {panics:>7}"
        );
    }
    text
}
