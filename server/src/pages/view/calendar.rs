//! Times in words. All are UTC, and say so: the server does not know where its reader is.

use super::texts::Texts;
use countersign_protocol::time::Time;

impl Texts {
    /// "14:32 UTC", « 14 h 32 UTC ».
    pub fn clock(&self, at: Time) -> String {
        let stamp = at.to_string();
        let part = |from: usize| stamp.get(from..from + 2).unwrap_or_default();
        let clock = self.fill("time.clock", &[("h", part(11)), ("m", part(14))]);
        self.fill("time.utc", &[("time", &clock)])
    }

    /// "22 Nov 2026, 14:21 UTC".
    pub fn day(&self, at: Time) -> String {
        let stamp = at.to_string();
        let number = |from: usize, to: usize| stamp.get(from..to).and_then(|text| text.parse::<usize>().ok());
        let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
        let month = month.and_then(|month| self.get("time.months").split(' ').nth(month.checked_sub(1)?));
        let day =
            format!("{} {} {}", day.unwrap_or_default(), month.unwrap_or_default(), year.unwrap_or_default());
        self.fill("time.day", &[("day", &day), ("time", &self.clock(at))])
    }

    /// "Today at 14:21 UTC", else with its day.
    pub fn when(&self, at: Time, now: Time) -> String {
        let date = |at: Time| at.to_string().get(..10).map(str::to_owned);
        if date(at) == date(now) {
            return self.fill("time.today", &[("time", &self.clock(at))]);
        }
        self.day(at)
    }
}
