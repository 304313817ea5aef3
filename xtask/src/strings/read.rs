//! Reads a language's file. A key that stands twice would silently win over the first in an ordinary map, so the
//! members are kept as a list.

use crate::failure::Failure;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// The members of a JSON object, in their order, doubles included.
pub struct Members<T>(pub Vec<(String, T)>);

/// Section → key → text.
pub type Sections = Members<Members<String>>;

/// The sections of a file.
pub fn sections(path: &str, json: &str) -> Result<Sections, Failure> {
    serde_json::from_str(json)
        .map_err(|error| Failure::Unreadable { path: path.to_owned(), reason: error.to_string() })
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Members<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Collect(PhantomData))
    }
}

struct Collect<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Collect<T> {
    type Value = Members<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("sections, each an object of keys and texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
