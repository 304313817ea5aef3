//! The sentences of the command line, by key, from `cli/texts/en.json`. Code holds keys, never sentences of refusals.

use serde_json::Value;
use std::sync::LazyLock;

static TEXTS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../texts/en.json")).unwrap_or_default());

/// The sentence and the next step of a problem code, with `values` in their places.
pub fn problem(code: &str, values: &[(&'static str, String)]) -> String {
    let mut sentence = text(&format!("problem.{code}")).unwrap_or_else(|| code.to_owned());
    for (name, value) in values {
        sentence = sentence.replace(&format!("{{{name}}}"), value);
    }
    sentence
}

/// A text that is no refusal.
pub fn named(key: &str) -> String {
    text(key).unwrap_or_else(|| key.to_owned())
}

/// "4 tries left", "1 try left".
pub fn tries(left: u32) -> String {
    let key = if left == 1 { "tries.one" } else { "tries.other" };
    text(key).unwrap_or_default().replace("{n}", &left.to_string())
}

fn text(key: &str) -> Option<String> {
    TEXTS.get(key)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_protocol::problem::Code;

    #[test]
    fn every_code_of_the_protocol_has_a_sentence() {
        for code in Code::ALL {
            assert!(text(&format!("problem.{}", code.as_str())).is_some(), "{}", code.as_str());
        }
    }

    #[test]
    fn sentences_end_in_a_full_stop_and_hold_known_places_only() {
        let texts = TEXTS.as_object().unwrap();
        assert!(texts.len() > 60, "the file is read");
        for (key, sentence) in texts.iter().filter(|(key, _)| key.starts_with("problem.")) {
            let sentence = sentence.as_str().unwrap();
            assert!(sentence.ends_with('.'), "{key}");
            let places = sentence.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
            for place in places {
                assert!(
                    ["tries", "wait", "state", "min", "why", "rule", "what"].contains(&place),
                    "{key}: {place}"
                );
            }
        }
    }

    #[test]
    fn one_try_is_not_tries() {
        assert_eq!(tries(1), "1 try left");
        assert_eq!(tries(4), "4 tries left");
    }
}
