//! Chains of real phones (tests/attestation/README.md): not made for us, so each fails on what a collector's key lacks,
//! and on nothing before.

use countersign_attestation::android::{Expected, Judged, Usage, judge};
use countersign_attestation::{AppId, Flaw, Level, Roots, Trust, pem_certificates};
use data_encoding::BASE64;

/// February 2026, when the newest of them was made.
const FEBRUARY: u64 = 1_772_000_000;
/// September 2025.
const SEPTEMBER: u64 = 1_758_900_700;
/// September 2026.
const LATER: u64 = 1_790_000_000;

pub fn read(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/attestation/chains/");
    std::fs::read_to_string(format!("{folder}{name}")).unwrap()
}

fn chain(name: &str) -> Vec<Vec<u8>> {
    pem_certificates(&read(name)).unwrap()
}

/// The point of a P-256 key stands behind the only bit string of 66 bytes that begins with an uncompressed point.
fn point(leaf: &[u8]) -> Vec<u8> {
    let start = leaf.windows(4).position(|bytes| bytes == [0x03, 0x42, 0x00, 0x04]).unwrap() + 3;
    leaf[start..start + 65].to_vec()
}

fn trust() -> Trust {
    let roots = Roots::parse(&read("google-roots.json")).unwrap();
    // The signer of Google's shop, and of the collector.
    let digests = [
        ("com.android.vending", "8P1sW0EPJcslw7UzRsiXL64w+O50Ed+RBICtay1g24M="),
        ("com.google.android.attestation", "EDk47kU35Z6O55L2VFBPuDRvxrNG0LvEQV/DOfz8jsE="),
    ];
    let apps = digests.map(|(package, digest)| AppId {
        package: package.to_owned(),
        digest: BASE64.decode(digest.as_bytes()).unwrap().try_into().unwrap(),
    });
    Trust { roots, apps: apps.to_vec(), ..Trust::default() }
}

fn judged(name: &str, challenge: &str, at: u64) -> Judged {
    let chain = chain(name);
    let (challenge, key) = (BASE64.decode(challenge.as_bytes()).unwrap(), point(&chain[0]));
    judge(&chain, &Expected { challenge: &challenge, key: &key, usage: Usage::Device, at }, &trust())
}

const XPERIA: &str = "Pq/k1d0AkN5aQrQytCSBr1zimWNlayWExZpJLeFtAMk=";
const TEGU: &str = "OTA1NzhlMWQtZjViZi00Y2NmLWEyN2YtYTRmNGQ4OWVlMjFm";
const CAIMAN: &str = "ZDY4OGQ3NjMtNjExOC00Y2E2LTk0YjItZTZjZDllZDdlNGU0";

#[test]
fn a_phone_that_was_provisioned_in_its_factory_is_genuine_after_its_certificates_ended() {
    let judged = judged("xperia-tee.pem", XPERIA, LATER);
    assert_eq!(judged.verdict, Ok(Level::Tee));
    let description = judged.description.unwrap();
    assert_eq!(description.version, 3);
    assert_eq!(description.hardware.os_patch, Some(202_307));
    assert_eq!(description.hardware.vendor_patch, Some(20_230_701));
    assert_eq!(description.software.application.unwrap().packages, [b"com.android.vending"]);
}

#[test]
fn remotely_provisioned_keys_are_described_and_refused_for_their_second_purpose() {
    for (name, challenge, at, level) in [
        ("tegu-strongbox.pem", TEGU, FEBRUARY, Level::StrongBox),
        ("caiman-tee.pem", CAIMAN, SEPTEMBER, Level::Tee),
    ] {
        let judged = judged(name, challenge, at);
        let description = judged.description.unwrap();
        assert_eq!((description.attested_by, description.kept_by), (level, level));
        assert!(description.hardware.root_of_trust.is_some_and(|root| root.locked && root.boot_state == 0));
        assert_eq!(description.hardware.purposes, [2, 3], "they verify, too");
        assert_eq!(judged.verdict, Err(Flaw::Purpose));
    }
}

#[test]
fn remotely_provisioned_chains_end() {
    assert_eq!(judged("tegu-strongbox.pem", TEGU, LATER).verdict, Err(Flaw::Expired));
}

#[test]
fn a_phone_with_an_open_bootloader_is_refused_for_that() {
    let judged = judged("blueline-unlocked.pem", "Y2hhbGxlbmdl", LATER);
    assert_eq!(judged.verdict, Err(Flaw::Boot));
}

#[test]
fn a_phone_that_attests_in_software_has_no_trusted_root() {
    let judged = judged("marlin-software.pem", "Y2hhbGxlbmdl", SEPTEMBER);
    assert_eq!(judged.verdict, Err(Flaw::Root));
}

#[test]
fn a_real_chain_for_another_challenge_or_key_is_refused() {
    assert_eq!(judged("xperia-tee.pem", TEGU, LATER).verdict, Err(Flaw::Challenge));
    let (chain, other) = (chain("xperia-tee.pem"), point(&chain("caiman-tee.pem")[0]));
    let expected = Expected { challenge: &[], key: &other, usage: Usage::Device, at: LATER };
    assert_eq!(judge(&chain, &expected, &trust()).verdict, Err(Flaw::Key));
}
