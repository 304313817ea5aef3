//! A case, a group of cases, a file of groups, and their form as JSON.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// One case: what goes in, and whether it is to be taken.
pub struct Case {
    comment: String,
    flags: Vec<&'static str>,
    members: Value,
    valid: bool,
}

/// A case that must be taken, with the outputs that it states.
pub fn good(comment: impl Into<String>, members: Value) -> Case {
    Case { comment: comment.into(), flags: vec!["Normal"], members, valid: true }
}

/// A case that must be refused, for the reason that the flag names.
pub fn bad(comment: impl Into<String>, flag: &'static str, members: Value) -> Case {
    Case { comment: comment.into(), flags: vec![flag], members, valid: false }
}

/// Cases that share the type of check and some inputs.
pub struct Group {
    /// Which check reads it.
    pub kind: &'static str,
    /// What all its cases share.
    pub members: Value,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// One file.
pub struct Vectors {
    /// Its name without `.json`.
    pub name: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// Its groups.
    pub groups: Vec<Group>,
}

/// What each flag says.
const FLAGS: &[(&str, &str)] = &[
    ("Normal", "As the protocol has it; must be taken, and every stated output must come out."),
    ("Algorithm", "An algorithm, type or header member outside the JWS profile (3.0.2)."),
    (
        "Encoding",
        "Base64url with padding, white space, another alphabet or unused bits that are set (3.0.1).",
    ),
    ("Json", "Text outside the strict JSON profile: duplicates, depth, numbers, encoding (3.0.1)."),
    ("Member", "A member is missing, unknown, null or of another type."),
    ("Form", "A value lies outside the form that its section demands."),
    ("Text", "A text that hides something, is not NFC, is empty or too long (3.0.1)."),
    ("Signature", "A signature that does not verify, or is no pair of numbers in range."),
    ("Key", "A key that is no P-256 point in the exact form, is unknown, or is not valid at that time."),
    ("Signatures", "A list of signatures with other roles, another order or another length (3.0.3)."),
    ("FactorHash", "`fsh` does not cover the factor signatures that are there (3.0.3)."),
    ("Addressee", "Made by or for another server, phone or request."),
    ("Rollback", "An older key set, or other bytes under the same version (3.2)."),
    ("Root", "A key set that the pinned root did not sign (3.2)."),
    ("Truncated", "Something is cut off, or too much follows."),
    ("WrongValue", "The stated output is not the one that comes out."),
];

impl Vectors {
    /// The file as it is written; cases are numbered through.
    pub fn to_json(&self) -> String {
        let mut number = 0;
        let groups: Vec<Value> = self.groups.iter().map(|group| group.to_value(&mut number)).collect();
        let notes: Map<String, Value> =
            self.notes().map(|(flag, note)| (flag.to_owned(), note.into())).collect();
        let file = json!({
            "protocol": "MAP/1",
            "about": self.about,
            "generator": "cargo xtask vectors",
            "numberOfTests": number,
            "notes": notes,
            "testGroups": groups,
        });
        format!("{}\n", serde_json::to_string_pretty(&file).unwrap())
    }

    fn notes(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let cases = self.groups.iter().flat_map(|group| &group.cases);
        let used: BTreeSet<_> = cases.flat_map(|case| case.flags.iter().copied()).collect();
        used.into_iter().map(|flag| *FLAGS.iter().find(|(name, _)| *name == flag).unwrap())
    }
}

impl Group {
    fn to_value(&self, number: &mut usize) -> Value {
        let mut value = json!({"type": self.kind});
        extend(&mut value, &self.members);
        let tests: Vec<Value> = self.cases.iter().map(|case| case.to_value(number)).collect();
        value["tests"] = tests.into();
        value
    }
}

impl Case {
    fn to_value(&self, number: &mut usize) -> Value {
        *number += 1;
        let mut value = json!({"tcId": *number, "comment": self.comment, "flags": self.flags});
        extend(&mut value, &self.members);
        value["result"] = if self.valid { "valid" } else { "invalid" }.into();
        value
    }
}

fn extend(value: &mut Value, members: &Value) {
    for (name, member) in members.as_object().unwrap() {
        value[name] = member.clone();
    }
}

impl Case {
    /// The same case with other inputs.
    #[must_use]
    pub fn map(self, change: impl FnOnce(&Value) -> Value) -> Self {
        Self { members: change(&self.members), ..self }
    }
}
