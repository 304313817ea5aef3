//! Strict JSON (protocol 3.0.1): UTF-8 without BOM, no duplicate member names, depth at most 6, whole numbers from 0
//! to 2^53−1 only.
//!
//! `serde_json` keeps the last of two equal names and takes any number, so the text is walked once before it is read
//! into a type. Unknown members are the type's business: messages to the server deny them, messages from it do not.

mod shape;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fmt;

/// Deepest nesting, the outermost value being 1.
pub const MAX_DEPTH: usize = 6;

/// Largest number, 2^53−1.
pub const MAX_NUMBER: u64 = (1 << 53) - 1;

/// Text that is not strict JSON, or not of the expected shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed JSON")]
pub struct BadJson;

/// Reads a value of `T` from strict JSON.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, BadJson> {
    check(bytes)?;
    from_value(serde_json::from_slice(bytes).map_err(|_| BadJson)?)
}

/// Reads a value of `T` from a part of strict JSON that was read before; objects are objects, never lists.
pub fn from_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, BadJson> {
    T::deserialize(shape::Shape(value)).map_err(|_| BadJson)
}

/// Whether `bytes` are strict JSON of any shape.
pub fn check(bytes: &[u8]) -> Result<(), BadJson> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    Strict { depth: 1 }.deserialize(&mut reader).map_err(|_| BadJson)?;
    reader.end().map_err(|_| BadJson)
}

/// Compact JSON of a message. Our own types always have a JSON form; the error covers a map with odd keys.
pub fn to_vec<T: Serialize>(value: &T) -> Result<Vec<u8>, BadJson> {
    serde_json::to_vec(value).map_err(|_| BadJson)
}

/// For a member whose type tells its variants apart by a member of its own: serde would also take a list that begins
/// with the number of a variant. `#[serde(deserialize_with = "json::object")]`.
pub fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let map = serde_json::Map::deserialize(deserializer)?;
    from_value(serde_json::Value::Object(map)).map_err(Error::custom)
}

/// For a member that must be present and may be `null`: `#[serde(deserialize_with = "json::nullable")]`.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

/// For a member that may be absent and is not `null`: `#[serde(default, deserialize_with = "json::optional")]`.
pub fn optional<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

struct Strict {
    depth: usize,
}

impl Strict {
    fn inner(&self) -> Self {
        Self { depth: self.depth + 1 }
    }

    fn may_nest<E: Error>(&self) -> Result<(), E> {
        if self.depth <= MAX_DEPTH { Ok(()) } else { Err(E::custom("too deep")) }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        if value <= MAX_NUMBER { Ok(()) } else { Err(E::custom("number too large")) }
    }

    // Negative numbers, fractions and exponents reach visit_i64 and visit_f64, which refuse by default.

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.may_nest()?;
        while seq.next_element_seed(self.inner())?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.may_nest()?;
        let mut names = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("duplicate member"));
            }
            map.next_value_seed(self.inner())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn n02_duplicate_members_are_refused_at_every_level_and_in_every_spelling() {
        for bad in [r#"{"a":1,"a":2}"#, r#"{"a":1,"\u0061":1}"#, r#"{"x":[{"a":1,"a":1}]}"#] {
            assert_eq!(check(bad.as_bytes()), Err(BadJson), "{bad}");
        }
        assert_eq!(check(br#"{"a":{"b":1},"b":{"b":1}}"#), Ok(()));
    }

    #[test]
    fn n24_depth_numbers_encodings_and_trailing_text_are_refused() {
        assert_eq!(check(b"[[[[[[]]]]]]"), Ok(()));
        assert_eq!(check(b"[[[[[[1]]]]]]"), Ok(()));
        assert_eq!(check(b"[[[[[[[]]]]]]]"), Err(BadJson));
        assert_eq!(check(&b"[".repeat(1000)), Err(BadJson));
        for bad in
            ["1.0", "1e3", "-1", "-0", "01", "9007199254740992", "1 1", "\u{feff}1", r#""\ud800""#, "{", ""]
        {
            assert_eq!(check(bad.as_bytes()), Err(BadJson), "{bad}");
        }
        assert_eq!(check(b"9007199254740991"), Ok(()));
        assert_eq!(check(b"\"\xff\""), Err(BadJson));
    }

    #[test]
    fn absent_null_and_present_are_told_apart() {
        #[derive(Deserialize)]
        struct Shape {
            #[serde(deserialize_with = "nullable")]
            must: Option<u8>,
            #[serde(default, deserialize_with = "optional")]
            may: Option<u8>,
        }
        assert!(parse::<Shape>(b"{}").is_err());
        assert!(parse::<Shape>(br#"{"must":null,"may":null}"#).is_err());
        let shape: Shape = parse(br#"{"must":null}"#).unwrap();
        assert!(shape.must.is_none() && shape.may.is_none());
    }

    #[test]
    fn n24_an_object_written_as_a_list_of_its_members_is_refused() {
        #[derive(Debug, PartialEq, Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Word {
            Yes,
        }
        #[derive(Debug, PartialEq, Deserialize)]
        struct Inner {
            word: Word,
        }
        #[derive(Debug, PartialEq, Deserialize)]
        struct Outer {
            number: u64,
            inner: Option<Inner>,
        }
        let good = Outer { number: 1, inner: Some(Inner { word: Word::Yes }) };
        assert_eq!(parse::<Outer>(br#"{"number":1,"inner":{"word":"yes"}}"#), Ok(good));
        for bad in [
            r#"[1,{"word":"yes"}]"#,
            r#"{"number":1,"inner":["yes"]}"#,
            r#"{"number":1,"inner":{"word":{"yes":null}}}"#,
            r#"{"number":true,"inner":null}"#,
        ] {
            assert_eq!(parse::<Outer>(bad.as_bytes()), Err(BadJson), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
            let _ = check(&bytes);
        }
    }
}
