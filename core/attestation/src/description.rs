//! The key description that Android's keystore puts into the certificate of an attested key.

use crate::Level;
use crate::fields::{Fields, bytes, elements, enumerated, members, refused};
use der::asn1::AnyRef;
use der::{Decode, Tag, Tagged};

/// Longest description.
const MAX: usize = 8192;
/// Most packages or signing certificates of an app.
const MAX_NAMES: usize = 32;

/// Numbers of the fields that are read.
mod number {
    pub const PURPOSE: u32 = 1;
    pub const ALGORITHM: u32 = 2;
    pub const CURVE: u32 = 10;
    pub const NO_AUTH_REQUIRED: u32 = 503;
    pub const USER_AUTH_TYPE: u32 = 504;
    pub const AUTH_TIMEOUT: u32 = 505;
    pub const UNLOCKED_DEVICE_REQUIRED: u32 = 509;
    pub const ALL_APPLICATIONS: u32 = 600;
    pub const ORIGIN: u32 = 702;
    pub const ROOT_OF_TRUST: u32 = 704;
    pub const OS_VERSION: u32 = 705;
    pub const OS_PATCH: u32 = 706;
    pub const APPLICATION_ID: u32 = 709;
    pub const VENDOR_PATCH: u32 = 718;
    pub const BOOT_PATCH: u32 = 719;
}

/// A parsed key description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyDescription {
    /// Version of the form.
    pub version: u64,
    /// Where the attestation was made.
    pub attested_by: Level,
    /// Where the key lives.
    pub kept_by: Level,
    /// The challenge.
    pub challenge: Vec<u8>,
    /// What the operating system vouches for.
    pub software: Authorizations,
    /// What the hardware vouches for.
    pub hardware: Authorizations,
}

/// What a key may be used for and how, as far as a verdict or a record needs it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authorizations {
    /// Purposes; 2 is signing.
    pub purposes: Vec<u64>,
    /// Algorithm; 3 is EC.
    pub algorithm: Option<u64>,
    /// Curve; 1 is P-256.
    pub curve: Option<u64>,
    /// Whether it can be used without the person.
    pub no_auth_required: bool,
    /// How the person is known; 2 is by fingerprint or face.
    pub user_auth_type: Option<u64>,
    /// Seconds that one authentication lasts; none if it is for one use.
    pub auth_timeout: Option<u64>,
    /// Whether the phone has to be unlocked.
    pub unlocked_device_required: bool,
    /// Whether every app may use it.
    pub all_applications: bool,
    /// Where it comes from; 0 is made in place.
    pub origin: Option<u64>,
    /// How the phone was started.
    pub root_of_trust: Option<RootOfTrust>,
    /// Version of the operating system.
    pub os_version: Option<u64>,
    /// Month of its patches.
    pub os_patch: Option<u64>,
    /// Day of the vendor's patches.
    pub vendor_patch: Option<u64>,
    /// Day of the boot image's patches.
    pub boot_patch: Option<u64>,
    /// The app that made the key.
    pub application: Option<Application>,
}

/// How a phone was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RootOfTrust {
    /// Whether its bootloader is locked.
    pub locked: bool,
    /// State of its boot: 0 verified, 1 by a key of the owner, 2 unverified, 3 failed.
    pub boot_state: u8,
}

/// Packages that share a user id, and the certificates that sign them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Application {
    /// Names.
    pub packages: Vec<Vec<u8>>,
    /// SHA-256 of each certificate.
    pub digests: Vec<Vec<u8>>,
}

impl KeyDescription {
    /// Reads the content of the extension; `None` if anything of it has not its form.
    pub fn parse(extension: &[u8]) -> Option<Self> {
        if extension.len() > MAX { None } else { read(extension).ok() }
    }
}

fn read(extension: &[u8]) -> der::Result<KeyDescription> {
    let whole = AnyRef::from_der(extension)?;
    let [version, attested_by, keeper, kept_by, challenge, unique, software, hardware] =
        members::<8>(whole, Tag::Sequence)?;
    keeper.decode_as::<u64>()?;
    bytes(unique)?;
    Ok(KeyDescription {
        version: version.decode_as()?,
        attested_by: level(attested_by)?,
        kept_by: level(kept_by)?,
        challenge: bytes(challenge)?.to_vec(),
        software: authorizations(software)?,
        hardware: authorizations(hardware)?,
    })
}

fn level(value: AnyRef<'_>) -> der::Result<Level> {
    match enumerated(value)? {
        0 => Ok(Level::Software),
        1 => Ok(Level::Tee),
        2 => Ok(Level::StrongBox),
        _ => Err(refused()),
    }
}

fn authorizations(list: AnyRef<'_>) -> der::Result<Authorizations> {
    let fields = Fields::read(list)?;
    Ok(Authorizations {
        purposes: fields.numbers(number::PURPOSE)?,
        algorithm: fields.number(number::ALGORITHM)?,
        curve: fields.number(number::CURVE)?,
        no_auth_required: fields.has(number::NO_AUTH_REQUIRED),
        user_auth_type: fields.number(number::USER_AUTH_TYPE)?,
        auth_timeout: fields.number(number::AUTH_TIMEOUT)?,
        unlocked_device_required: fields.has(number::UNLOCKED_DEVICE_REQUIRED),
        all_applications: fields.has(number::ALL_APPLICATIONS),
        origin: fields.number(number::ORIGIN)?,
        root_of_trust: fields.get(number::ROOT_OF_TRUST).map(root_of_trust).transpose()?,
        os_version: fields.number(number::OS_VERSION)?,
        os_patch: fields.number(number::OS_PATCH)?,
        vendor_patch: fields.number(number::VENDOR_PATCH)?,
        boot_patch: fields.number(number::BOOT_PATCH)?,
        application: fields.bytes(number::APPLICATION_ID)?.map(application).transpose()?,
    })
}

/// Key, lock, state and, from version 3 on, a hash.
fn root_of_trust(value: AnyRef<'_>) -> der::Result<RootOfTrust> {
    if value.tag() != Tag::Sequence {
        return Err(refused());
    }
    let parts = elements(value.value(), 4)?;
    let (key, locked, state) = match parts.as_slice() {
        [key, locked, state] => (*key, *locked, *state),
        [key, locked, state, hash] => {
            bytes(*hash)?;
            (*key, *locked, *state)
        }
        _ => return Err(refused()),
    };
    bytes(key)?;
    Ok(RootOfTrust { locked: locked.decode_as()?, boot_state: enumerated(state)? })
}

/// DER inside an octet string: a set of packages with their versions, and a set of digests.
fn application(value: &[u8]) -> der::Result<Application> {
    let [packages, digests] = members::<2>(AnyRef::from_der(value)?, Tag::Sequence)?;
    if packages.tag() != Tag::Set || digests.tag() != Tag::Set {
        return Err(refused());
    }
    let name = |package: AnyRef<'_>| -> der::Result<Vec<u8>> {
        let [name, version] = members::<2>(package, Tag::Sequence)?;
        // A version of -1 is not unheard of; all that counts is that it is a number.
        version.tag().assert_eq(Tag::Integer)?;
        Ok(bytes(name)?.to_vec())
    };
    Ok(Application {
        packages: elements(packages.value(), MAX_NAMES)?.into_iter().map(name).collect::<Result<_, _>>()?,
        digests: elements(digests.value(), MAX_NAMES)?
            .into_iter()
            .map(|digest| Ok(bytes(digest)?.to_vec()))
            .collect::<der::Result<_>>()?,
    })
}
