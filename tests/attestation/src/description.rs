//! The key description of an attested key, with every member under a test's control.

use crate::writer::{boolean, enumerated, integer, null, octets, sequence, set, tagged};

/// The app of the tests.
pub const PACKAGE: &str = "example.countersign";
/// SHA-256 of the certificate that signs it.
pub const DIGEST: [u8; 32] = [0xab; 32];

/// What the platform says of a key.
#[derive(Clone)]
pub struct Description {
    /// Level of the attestation: 0 software, 1 TEE, 2 StrongBox.
    pub attested_by: u8,
    /// Level of the key.
    pub kept_by: u8,
    /// Challenge.
    pub challenge: Vec<u8>,
    /// Purposes; 2 is signing.
    pub purposes: Vec<u64>,
    /// Algorithm; 3 is EC.
    pub algorithm: u64,
    /// Curve; 1 is P-256.
    pub curve: u64,
    /// Origin; 0 is made in place.
    pub origin: u64,
    /// Whether the bootloader is locked, and the state of the boot.
    pub boot: Option<(bool, u8)>,
    /// Package.
    pub package: String,
    /// Digest of its signing certificate.
    pub digest: Vec<u8>,
    /// Whether no authentication is needed.
    pub no_auth: bool,
    /// Kind of authentication.
    pub auth_type: Option<u64>,
    /// Seconds that one lasts.
    pub auth_timeout: Option<u64>,
    /// Whether every app may use it.
    pub all_applications: bool,
    /// Whether what the hardware vouches for stands in the list of the operating system.
    pub swapped: bool,
}

impl Description {
    /// A good device key in a TEE.
    pub fn device(challenge: &[u8]) -> Self {
        Self {
            attested_by: 1,
            kept_by: 1,
            challenge: challenge.to_vec(),
            purposes: vec![2],
            algorithm: 3,
            curve: 1,
            origin: 0,
            boot: Some((true, 0)),
            package: PACKAGE.to_owned(),
            digest: DIGEST.to_vec(),
            no_auth: true,
            auth_type: None,
            auth_timeout: None,
            all_applications: false,
            swapped: false,
        }
    }

    /// The same in a chip of its own.
    pub fn strongbox(challenge: &[u8]) -> Self {
        Self { attested_by: 2, kept_by: 2, ..Self::device(challenge) }
    }

    /// A good biometric key in a TEE.
    pub fn biometric(challenge: &[u8]) -> Self {
        Self { no_auth: false, auth_type: Some(2), ..Self::device(challenge) }
    }

    /// The content of the extension.
    pub fn to_der(&self) -> Vec<u8> {
        let (software, hardware) = (sequence(&self.software()), sequence(&self.hardware()));
        let (first, second) = if self.swapped { (hardware, software) } else { (software, hardware) };
        sequence(&[
            integer(300),
            enumerated(self.attested_by),
            integer(300),
            enumerated(self.kept_by),
            octets(&self.challenge),
            octets(&[]),
            first,
            second,
        ])
    }

    fn software(&self) -> Vec<Vec<u8>> {
        let package = sequence(&[octets(self.package.as_bytes()), integer(7)]);
        let app = sequence(&[set(&[package]), set(&[octets(&self.digest)])]);
        let created = tagged(701, &integer(1_790_000_000_000));
        let mut fields = vec![created, tagged(709, &octets(&app))];
        if self.all_applications {
            fields.insert(0, tagged(600, &null()));
        }
        fields
    }

    fn hardware(&self) -> Vec<Vec<u8>> {
        let purposes: Vec<Vec<u8>> = self.purposes.iter().map(|purpose| integer(*purpose)).collect();
        let mut fields = vec![
            tagged(1, &set(&purposes)),
            tagged(2, &integer(self.algorithm)),
            tagged(3, &integer(256)),
            tagged(10, &integer(self.curve)),
        ];
        if self.no_auth {
            fields.push(tagged(503, &null()));
        }
        fields.extend(self.auth_type.map(|kind| tagged(504, &integer(kind))));
        fields.extend(self.auth_timeout.map(|seconds| tagged(505, &integer(seconds))));
        fields.push(tagged(702, &integer(self.origin)));
        fields.extend(self.boot.map(|(locked, state)| {
            let parts = [octets(&[7; 32]), boolean(locked), enumerated(state), octets(&[8; 32])];
            tagged(704, &sequence(&parts))
        }));
        fields.push(tagged(705, &integer(170_000)));
        fields.push(tagged(706, &integer(202_609)));
        fields
    }
}
