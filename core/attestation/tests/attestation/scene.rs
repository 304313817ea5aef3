//! A maker, its root trusted, its app known; and the key that a phone enrols.

use countersign_attestation::android::{Expected, Judged, Usage, judge};
use countersign_attestation::{AppId, Flaw, Level, Roots, Trust};
use countersign_attestation_lab::{DIGEST, Description, Maker, PACKAGE};

/// The challenge that the protocol asks for.
pub const CHALLENGE: [u8; 32] = [0xc4; 32];
/// September 2026.
pub const NOW: u64 = 1_790_000_000;

pub struct Scene {
    pub maker: Maker,
    pub trust: Trust,
    pub key: Vec<u8>,
}

impl Scene {
    pub fn new() -> Self {
        let maker = Maker::new();
        let roots = Roots::parse(&maker.root.pem()).unwrap();
        let apps = vec![AppId { package: PACKAGE.to_owned(), digest: DIGEST }];
        let trust = Trust { roots, apps, ..Trust::default() };
        // Any key will do whose private half the judge never needs.
        let key = Maker::new().phone.point();
        Self { maker, trust, key }
    }

    pub fn expected(&self, usage: Usage) -> Expected<'_> {
        Expected { challenge: &CHALLENGE, key: &self.key, usage, at: NOW }
    }

    pub fn judge(&self, chain: &[Vec<u8>]) -> Judged {
        judge(chain, &self.expected(Usage::Device), &self.trust)
    }

    pub fn verdict(&self, chain: &[Vec<u8>]) -> Result<Level, Flaw> {
        self.judge(chain).verdict
    }

    /// The verdict on a device key that the platform describes so.
    pub fn of(&self, description: &Description) -> Result<Level, Flaw> {
        self.verdict(&self.maker.chain(&self.key, description))
    }
}
