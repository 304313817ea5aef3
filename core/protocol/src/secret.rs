//! Values of the wire that must not be printed, kept or compared in variable time.
//!
//! None has `Debug` or `Display`; all are wiped on drop and compared in constant time (protocol 6.2).

use crate::encoding::{BadEncoding, array_from_b64u, b64u};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

macro_rules! secret_bytes {
    ($($(#[$doc:meta])* $name:ident: $size:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Zeroize, ZeroizeOnDrop)]
        pub struct $name([u8; $size]);

        impl $name {
            /// Takes raw bytes.
            pub const fn from_bytes(bytes: [u8; $size]) -> Self {
                Self(bytes)
            }

            /// Reads strict base64url.
            pub fn parse(text: &str) -> Result<Self, BadEncoding> {
                array_from_b64u(text).map(Self)
            }

            /// The raw bytes, for hashing, sealing or sending.
            pub const fn expose(&self) -> &[u8; $size] {
                &self.0
            }

            /// base64url, for sending.
            pub fn to_wire(&self) -> String {
                b64u(&self.0)
            }

            /// Equality in constant time.
            pub fn matches(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_wire())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|_| de::Error::custom(concat!("not a ", stringify!($name))))
            }
        }
    )*};
}

secret_bytes! {
    /// The secret of an enrolment (`es`), in the pairing QR.
    EnrolSecret: 16;
    /// Handle of a QR or link sign-in (`h`).
    Handle: 16;
    /// Single-use right to claim a sign-in, given for a scan.
    Ticket: 16;
    /// Single-use code that the app brings back to the browser (`rc`).
    ReturnCode: 16;
    /// Truncated MAC of a rotating QR frame (`m`).
    FrameMac: 8;
}

macro_rules! secret_digits {
    ($($(#[$doc:meta])* $name:ident: $size:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Zeroize, ZeroizeOnDrop)]
        pub struct $name([u8; $size]);

        impl $name {
            /// Reads exactly this many ASCII digits.
            pub fn parse(text: &str) -> Result<Self, BadEncoding> {
                let digits: [u8; $size] = text.as_bytes().try_into().map_err(|_| BadEncoding)?;
                if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(BadEncoding) }
            }

            /// The decimal digits of `value`, with leading zeros; higher digits are dropped.
            pub fn from_value(mut value: u32) -> Self {
                let mut digits = [b'0'; $size];
                for digit in digits.iter_mut().rev() {
                    *digit = b'0' + u8::try_from(value % 10).unwrap_or(0);
                    value /= 10;
                }
                Self(digits)
            }

            /// The digits, for showing or sending.
            pub fn expose(&self) -> &str {
                std::str::from_utf8(&self.0).unwrap_or_default()
            }

            /// Equality in constant time.
            pub fn matches(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.expose())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|_| de::Error::custom(concat!("not a ", stringify!($name))))
            }
        }
    )*};
}

secret_digits! {
    /// The six digits that the browser shows and the person types on the phone (`num`).
    Number: 6;
    /// The six digits that the new phone shows and the person types on the web page (`cc`).
    ConfirmCode: 6;
    /// The eight digits of an offline sign-in (3.6).
    OfflineCode: 8;
}

impl OfflineCode {
    /// Reads a typed code: spaces (narrow and no-break ones too) and hyphens are ignored (3.6 step 5).
    pub fn parse_typed(text: &str) -> Result<Self, BadEncoding> {
        let bare: String =
            text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}' | '\u{2009}')).collect();
        Self::parse(&bare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n60_a_number_is_six_ascii_digits_and_nothing_else() {
        assert!(Number::parse("483920").is_ok());
        for bad in ["483 920", "48392", "4839200", "４８３９２０", "48392a", ""] {
            assert!(Number::parse(bad).is_err(), "{bad:?}");
        }
        assert!(serde_json::from_str::<Number>("483920").is_err(), "an integer is no number");
    }

    #[test]
    fn n103_spaces_and_hyphens_of_a_typed_code_are_ignored() {
        assert_eq!(OfflineCode::parse_typed("8985 0940").unwrap().expose(), "89850940");
        assert_eq!(OfflineCode::parse_typed("8985-0940").unwrap().expose(), "89850940");
        for bad in ["8985094", "898509400", "8985094a", "８９８５０９４０"] {
            assert!(OfflineCode::parse_typed(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn values_keep_their_leading_zeros() {
        assert_eq!(ConfirmCode::from_value(42).expose(), "000042");
        assert!(ConfirmCode::from_value(42).matches(&ConfirmCode::parse("000042").unwrap()));
        assert!(!ConfirmCode::from_value(42).matches(&ConfirmCode::from_value(43)));
    }
}
