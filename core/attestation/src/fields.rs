//! An authorization list: numbered fields in DER, each at most once; unknown ones are passed over.

use der::asn1::{AnyRef, OctetStringRef};
use der::{Decode, Error, ErrorKind, Reader, SliceReader, Tag, Tagged};

/// Fields of one list. Platforms know some eighty.
const MAX_FIELDS: usize = 128;
/// Values of a set.
const MAX_VALUES: usize = 64;

/// The fields of a list, in the order in which they stand.
pub struct Fields<'a>(Vec<(u32, AnyRef<'a>)>);

impl<'a> Fields<'a> {
    /// Reads a list.
    pub fn read(list: AnyRef<'a>) -> der::Result<Self> {
        let mut fields: Vec<(u32, AnyRef<'a>)> = Vec::new();
        if list.tag() != Tag::Sequence {
            return Err(refused());
        }
        for field in elements(list.value(), MAX_FIELDS)? {
            let Tag::ContextSpecific { constructed: true, number } = field.tag() else {
                return Err(refused());
            };
            if fields.iter().any(|(known, _)| *known == number.value()) {
                return Err(refused());
            }
            fields.push((number.value(), AnyRef::from_der(field.value())?));
        }
        Ok(Self(fields))
    }

    /// The value of a field.
    pub fn get(&self, number: u32) -> Option<AnyRef<'a>> {
        self.0.iter().find(|(known, _)| *known == number).map(|(_, value)| *value)
    }

    /// Whether a field is there.
    pub fn has(&self, number: u32) -> bool {
        self.get(number).is_some()
    }

    /// A number.
    pub fn number(&self, number: u32) -> der::Result<Option<u64>> {
        self.get(number).map(AnyRef::decode_as::<u64>).transpose()
    }

    /// A set of numbers; empty if the field is not there.
    pub fn numbers(&self, number: u32) -> der::Result<Vec<u64>> {
        let Some(set) = self.get(number) else { return Ok(Vec::new()) };
        if set.tag() != Tag::Set {
            return Err(refused());
        }
        elements(set.value(), MAX_VALUES)?.into_iter().map(AnyRef::decode_as::<u64>).collect()
    }

    /// A string of bytes.
    pub fn bytes(&self, number: u32) -> der::Result<Option<&'a [u8]>> {
        self.get(number).map(bytes).transpose()
    }
}

/// All elements of a constructed value, `most` of them.
pub fn elements(value: &[u8], most: usize) -> der::Result<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(value)?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        if found.len() == most {
            return Err(refused());
        }
        found.push(AnyRef::decode(&mut reader)?);
    }
    Ok(found)
}

/// The elements of a sequence or a set that has exactly so many.
pub fn members<const N: usize>(value: AnyRef<'_>, tag: Tag) -> der::Result<[AnyRef<'_>; N]> {
    if value.tag() != tag {
        return Err(refused());
    }
    elements(value.value(), N)?.try_into().map_err(|_| refused())
}

/// The content of an octet string.
pub fn bytes(value: AnyRef<'_>) -> der::Result<&[u8]> {
    if value.tag() != Tag::OctetString {
        return Err(refused());
    }
    value.decode_as::<&OctetStringRef>().map(OctetStringRef::as_bytes)
}

/// A small enumerated value.
pub fn enumerated(value: AnyRef<'_>) -> der::Result<u8> {
    match (value.tag(), value.value()) {
        (Tag::Enumerated, [number]) => Ok(*number),
        _ => Err(refused()),
    }
}

/// What every odd form is answered with.
pub fn refused() -> Error {
    ErrorKind::Failed.into()
}
