//! What Android itself shows before any of our code runs, or while none does: the app's name and its notifications.

use super::catalogue::Catalogue;
use super::text::Part;
use crate::generated::origin;
use std::fmt::Write as _;

/// Name of the resource, section and key.
const SHOWN: [(&str, &str, &str); 9] = [
    ("app_name", "common", "appName"),
    ("channel_requests", "notificationChannel", "requests"),
    ("channel_requests_text", "notificationChannel", "requestsText"),
    ("channel_reminders", "notificationChannel", "reminders"),
    ("channel_reminders_text", "notificationChannel", "remindersText"),
    ("notification_request_title", "notifications", "requestTitle"),
    ("notification_request_text", "notifications", "requestText"),
    ("notification_unlocked_title", "notifications", "unlockedTitle"),
    ("notification_unlocked_text", "notifications", "unlockedText"),
];

/// `strings.xml` of a language.
pub fn resources(catalogue: &Catalogue, tag: &str) -> String {
    let origin = origin("strings", "design/words");
    let mut xml = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- {origin} -->\n<resources>\n");
    for (name, section, key) in SHOWN {
        let text = text(catalogue, (section, key), tag);
        let _ = writeln!(xml, "    <string name=\"{name}\">{}</string>", escaped(&text));
    }
    xml.push_str("</resources>\n");
    xml
}

fn text(catalogue: &Catalogue, (section, key): (&str, &str), tag: &str) -> String {
    let sections = catalogue.sections.iter().filter(|own| own.name == section);
    let mut entries = sections.flat_map(|own| &own.entries).filter(|entry| entry.key == key);
    let parts = entries.next().and_then(|entry| entry.texts.get(tag)).map(Vec::as_slice).unwrap_or_default();
    let words = parts.iter().filter_map(|part| match part {
        Part::Words(words) => Some(words.as_str()),
        Part::Value(_) | Part::Plural { .. } => None,
    });
    words.collect()
}

/// As a resource holds it: XML's marks, the apostrophe and quotes of Android's own reading, and what opens a reference.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\'' | '"' | '\\' | '@' | '?' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_android_would_read_as_its_own_is_escaped() {
        assert_eq!(escaped("a & <b> it's \"c\" \\ @d?\n"), "a &amp; &lt;b> it\\'s \\\"c\\\" \\\\ \\@d\\?\\n");
    }
}
