//! Times for people and machines. The server does not know the reader's time zone, so it names its own.

use super::view::Moment;
use countersign_protocol::time::Time;

/// "2026-11-22 14:21 UTC".
pub fn moment(at: Time) -> Moment {
    let machine = at.to_string();
    let shown =
        machine.get(..16).map_or_else(String::new, |stamp| format!("{} UTC", stamp.replace('T', " ")));
    Moment { machine, shown }
}

/// "14:32 UTC".
pub fn clock_time(at: Time) -> String {
    at.to_string().get(11..16).map_or_else(String::new, |time| format!("{time} UTC"))
}
