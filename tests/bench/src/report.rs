//! How a figure is printed: what, how much, and beside it what was aimed at.

use std::time::Duration;

/// Prints one line.
pub fn line(what: &str, value: f64, unit: &str, aim: Option<f64>) {
    let aim = aim.map_or_else(String::new, |aim| format!("   aim {aim}"));
    println!("{what:<68} {value:>9.2} {unit}{aim}");
}

/// The middle one.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A count as a number to divide by.
pub fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The same for counters of the system.
pub fn count_u64(n: u64) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
