//! Small changes to JSON texts: what a mutated message differs by, and nothing else.

use serde_json::Value;

/// The text after a change of its value; members keep their order.
pub fn edited(json: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut value = serde_json::from_str(json).expect("JSON to edit");
    change(&mut value);
    value.to_string()
}

/// A change that sets a member.
pub fn set(name: &str, value: impl Into<Value>) -> impl FnOnce(&mut Value) {
    let value = value.into();
    move |object| object[name] = value
}

/// A change that removes a member.
pub fn without(name: &str) -> impl FnOnce(&mut Value) {
    move |object| {
        object.as_object_mut().and_then(|members| members.remove(name)).expect("a member to remove");
    }
}

/// The text with its first member once more, under a value that is different.
pub fn with_duplicate(json: &str, name: &str) -> String {
    let rest = json.strip_prefix('{').expect("an object");
    format!(r#"{{"{name}":"twice",{rest}"#)
}
