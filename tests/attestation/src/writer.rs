//! A writer of DER, as far as key descriptions need it.

/// Any element.
pub fn element(tag: &[u8], content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut bytes = tag.to_vec();
    if let Ok(short @ 0..=127) = u8::try_from(length) {
        bytes.push(short);
    } else {
        let digits = u32::try_from(length).unwrap().to_be_bytes();
        let digits: Vec<u8> = digits.into_iter().skip_while(|byte| *byte == 0).collect();
        bytes.push(0x80 | u8::try_from(digits.len()).unwrap());
        bytes.extend(digits);
    }
    bytes.extend(content);
    bytes
}

pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    element(&[0x30], &parts.concat())
}

pub fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    element(&[0x31], &parts.concat())
}

pub fn octets(bytes: &[u8]) -> Vec<u8> {
    element(&[0x04], bytes)
}

pub fn boolean(value: bool) -> Vec<u8> {
    element(&[0x01], &[if value { 0xff } else { 0 }])
}

pub fn enumerated(value: u8) -> Vec<u8> {
    element(&[0x0a], &[value])
}

pub fn null() -> Vec<u8> {
    element(&[0x05], &[])
}

pub fn integer(value: u64) -> Vec<u8> {
    let mut digits: Vec<u8> = value.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    if digits.first().is_none_or(|first| *first >= 0x80) {
        digits.insert(0, 0);
    }
    element(&[0x02], &digits)
}

/// An explicit context-specific tag.
pub fn tagged(number: u32, inner: &[u8]) -> Vec<u8> {
    if number < 31 {
        return element(&[0xa0 | u8::try_from(number).unwrap()], inner);
    }
    let (high, low) = (u8::try_from(number >> 7).unwrap(), u8::try_from(number & 0x7f).unwrap());
    let tag = if high == 0 { vec![0xbf, low] } else { vec![0xbf, 0x80 | high, low] };
    element(&tag, inner)
}
