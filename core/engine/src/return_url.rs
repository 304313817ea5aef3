//! Where the app goes back to after something that began on the same phone (3.3.1, 3.5.2).

use countersign_protocol::secret::ReturnCode;
use std::fmt;
use zeroize::Zeroizing;

/// A return address with its single-use code. Prints nothing of itself: the code finishes what began in a browser.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnUrl(Zeroizing<String>);

impl ReturnUrl {
    /// `url` has been checked against the signed key set and has no query.
    pub(crate) fn new(url: &str, rc: &ReturnCode) -> Self {
        Self(Zeroizing::new(format!("{url}?rc={}", rc.to_wire())))
    }

    /// The address, for the browser that started and nobody else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ReturnUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}
