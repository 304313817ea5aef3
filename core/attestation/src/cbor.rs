//! The little CBOR that App Attest sends: definite lengths, maps with text keys, lists, texts, bytes. A reader that goes
//! forward only and never calls itself; nothing that it does not know is passed over.

/// What has not the form that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadCbor;

/// Reads from the front.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads these bytes.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Number of pairs of a map.
    pub fn map(&mut self) -> Result<u64, BadCbor> {
        self.head(5)
    }

    /// Number of elements of a list.
    pub fn list(&mut self) -> Result<u64, BadCbor> {
        self.head(4)
    }

    /// A text.
    pub fn text(&mut self) -> Result<&'a str, BadCbor> {
        let length = self.head(3)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| BadCbor)
    }

    /// Bytes.
    pub fn bytes(&mut self) -> Result<&'a [u8], BadCbor> {
        let length = self.head(2)?;
        self.take(length)
    }

    /// Nothing may be left.
    pub fn end(&self) -> Result<(), BadCbor> {
        if self.0.is_empty() { Ok(()) } else { Err(BadCbor) }
    }

    /// A head of this major type, in its shortest form; its number.
    fn head(&mut self, major: u8) -> Result<u64, BadCbor> {
        let [first] = self.fixed::<1>()?;
        if first >> 5 != major {
            return Err(BadCbor);
        }
        let (number, least) = match first & 0x1f {
            small @ 0..=23 => (u64::from(small), 0),
            24 => (u64::from(u8::from_be_bytes(self.fixed()?)), 24),
            25 => (u64::from(u16::from_be_bytes(self.fixed()?)), 0x100),
            26 => (u64::from(u32::from_be_bytes(self.fixed()?)), 0x1_0000),
            _ => return Err(BadCbor),
        };
        if number >= least { Ok(number) } else { Err(BadCbor) }
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], BadCbor> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(BadCbor)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], BadCbor> {
        let length = usize::try_from(length).map_err(|_| BadCbor)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(BadCbor)?;
        self.0 = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_definite_and_short() {
        assert_eq!(Reader::new(&[0x42, 1, 2]).bytes(), Ok(&[1, 2][..]));
        assert_eq!(Reader::new(&[0x62, b'o', b'k']).text(), Ok("ok"));
        assert_eq!(Reader::new(&[0xa3]).map(), Ok(3));
        assert_eq!(Reader::new(&[0x98, 24]).list(), Ok(24));
        let odd: [&[u8]; 7] =
            [&[], &[0x5f], &[0x58, 2, 1, 2], &[0x59, 0, 24], &[0x5b], &[0x43, 1], &[0x62, 0xff, 0xfe]];
        for bytes in odd {
            assert!(Reader::new(bytes).bytes().is_err());
            assert!(Reader::new(bytes).text().is_err());
        }
    }
}
