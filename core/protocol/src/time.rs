//! One type for points in time: whole seconds since 1970 (protocol 3.0.1).
//!
//! Signed messages carry the number, plain JSON carries RFC 3339 in UTC ([`Iso`]).

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

/// Whole seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(u64);

impl Time {
    /// A time from seconds since 1970.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs)
    }

    /// Seconds since 1970.
    pub const fn secs(self) -> u64 {
        self.0
    }

    /// This time and `secs` seconds; stays at the end of time when there is nothing later.
    #[must_use]
    pub const fn plus(self, secs: u64) -> Self {
        Self(self.0.saturating_add(secs))
    }

    /// This time less `secs` seconds; stays at 1970 when there is nothing earlier.
    #[must_use]
    pub const fn minus(self, secs: u64) -> Self {
        Self(self.0.saturating_sub(secs))
    }

    /// Seconds from `earlier` to this; 0 when `earlier` is later.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = UNIX_EPOCH.checked_add(Duration::from_secs(self.0)).ok_or(fmt::Error)?;
        write!(f, "{}", humantime::format_rfc3339_seconds(moment))
    }
}

/// A [`Time`] as RFC 3339 text in UTC, the form of plain JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Iso(pub Time);

impl Serialize for Iso {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Iso {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let moment = humantime::parse_rfc3339(&text).map_err(|_| de::Error::custom("not a time"))?;
        let since = moment.duration_since(UNIX_EPOCH).map_err(|_| de::Error::custom("before 1970"))?;
        Ok(Self(Time(since.as_secs())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_json_has_rfc_3339_and_signed_messages_a_number() {
        let time = Time::from_secs(1_790_000_000);
        assert_eq!(serde_json::to_string(&time).unwrap(), "1790000000");
        let text = serde_json::to_string(&Iso(time)).unwrap();
        assert_eq!(text, "\"2026-09-21T14:13:20Z\"");
        assert_eq!(serde_json::from_str::<Iso>(&text).unwrap(), Iso(time));
    }

    #[test]
    fn what_is_no_moment_in_utc_is_refused() {
        for bad in [
            "2026-09-21",
            "2026-09-21T14:13:20",
            "2026-09-21T14:13:20+02:00",
            "2026-02-30T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "2026-09-21T14:13:20Z[Europe/Brussels]",
            "",
        ] {
            assert!(serde_json::from_str::<Iso>(&format!("\"{bad}\"")).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_moment_after_the_last_year_is_an_error_and_no_panic() {
        use fmt::Write;
        for late in [253_402_300_800, u64::MAX] {
            assert!(write!(String::new(), "{}", Time::from_secs(late)).is_err());
        }
    }
}
