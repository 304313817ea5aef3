//! The person of the demo: types what the script says, and everything the phone shows is kept to be looked at.

use super::site::broken;
use crate::failure::Failure;
use crate::phone::Person;
use crate::sink::Sink;
use countersign_engine::PinEntry;
use countersign_protocol::secret::Number;
use serde_json::Value;

/// Types one PIN, however often it is asked for.
pub struct Hands(pub &'static str);

impl Person for Hands {
    fn pin(&mut self, _: &str) -> Result<Option<PinEntry>, Failure> {
        let mut entry = PinEntry::new();
        for digit in self.0.bytes() {
            entry.push(digit).map_err(|_| broken("a PIN of the script"))?;
        }
        Ok(Some(entry))
    }

    fn number(&mut self) -> Result<Option<Number>, Failure> {
        Ok(None)
    }

    fn agrees(&mut self, _: &str) -> Result<bool, Failure> {
        Ok(true)
    }

    fn chooses(&mut self, _: &str, _: &[String]) -> Result<Option<usize>, Failure> {
        Ok(Some(0))
    }
}

/// What the phone showed during a step.
#[derive(Default)]
pub struct Screen {
    /// Lines for people.
    pub lines: Vec<String>,
    /// The same as data.
    pub values: Vec<Value>,
}

impl Sink for Screen {
    fn result(&mut self, text: &str, value: &Value) -> Result<(), Failure> {
        self.lines.extend(text.lines().map(str::to_owned));
        self.values.push(value.clone());
        Ok(())
    }

    fn remark(&mut self, text: &str) {
        self.lines.extend(text.lines().map(str::to_owned));
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

impl Screen {
    /// The newest value of this name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().rev().find_map(|value| value.get(name)).filter(|value| !value.is_null())
    }
}
