//! What every key store owes the engine, on the software one; the hardware ones run the same body on their devices.

use super::*;
use countersign_vault::device_key::{normalise_signature, verify};

const SIGN: &str = "map.sign.00112233445566778899aabbccddeeff";
const PRF: &str = "map.prf.00112233445566778899aabbccddeeff";

fn open(path: &Path) -> SoftwareKeyStore {
    SoftwareKeyStore::open(path, Keeping::File).unwrap()
}

#[test]
fn keys_survive_reopening_and_do_what_they_did() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let public: [u8; 65] = store.create(SIGN, KeyUsage::Sign, None).unwrap().public_key.try_into().unwrap();
    assert!(store.create(PRF, KeyUsage::Prf, None).unwrap().public_key.is_empty());
    let answer = store.prf(PRF, &[1; 32]).unwrap();
    let wrapped = store.wrap(b"vault key").unwrap();
    drop(store);
    let store = open(folder.path());
    let signature = normalise_signature(&store.sign(SIGN, b"message").unwrap()).unwrap();
    assert_eq!(verify(&public, b"message", &signature), Ok(()));
    assert_eq!(*store.prf(PRF, &[1; 32]).unwrap(), *answer);
    assert_ne!(*store.prf(PRF, &[2; 32]).unwrap(), *answer);
    assert_eq!(*store.unwrap(&wrapped).unwrap(), b"vault key");
}

#[test]
fn a_second_key_of_the_same_name_is_refused_and_a_deleted_one_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.create(SIGN, KeyUsage::Sign, None).unwrap();
    assert_eq!(store.create(SIGN, KeyUsage::Sign, None), Err(KeyStoreError::Exists));
    assert!(store.list().unwrap().is_empty(), "a young key may be another process's");
    let file = std::fs::File::options().write(true).open(folder.path().join(format!("{SIGN}.key"))).unwrap();
    file.set_modified(std::time::SystemTime::now() - YOUNG).unwrap();
    assert_eq!(store.list().unwrap(), [SIGN]);
    store.delete(SIGN).unwrap();
    store.delete(SIGN).unwrap();
    assert_eq!(store.sign(SIGN, b"m"), Err(KeyStoreError::NotFound));
    assert!(store.list().unwrap().is_empty());
}

#[test]
fn a_key_whose_writer_died_in_the_middle_goes_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let half = folder.path().join(format!("{SIGN}.key.new"));
    std::fs::write(&half, b"half").unwrap();
    drop(open(folder.path()));
    assert!(half.exists(), "a young one may be another process's");
    let file = std::fs::File::options().write(true).open(&half).unwrap();
    file.set_modified(std::time::SystemTime::now() - YOUNG).unwrap();
    drop(open(folder.path()));
    assert!(!half.exists());
}

#[test]
fn names_that_lead_elsewhere_are_no_keys() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for alias in ["../outside", "map./etc", "map.sign.AA", "sealing"] {
        assert_eq!(store.create(alias, KeyUsage::Prf, None), Err(KeyStoreError::NotFound), "{alias}");
    }
}

#[test]
fn n131_a_damaged_or_exchanged_file_is_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.create(SIGN, KeyUsage::Sign, None).unwrap();
    store.create(PRF, KeyUsage::Prf, None).unwrap();
    let path = |alias| folder.path().join(format!("{alias}.key"));
    std::fs::copy(path(SIGN), path(PRF)).unwrap();
    assert_eq!(store.prf(PRF, &[0; 32]).err(), Some(KeyStoreError::Invalidated));
    let mut bytes = std::fs::read(path(SIGN)).unwrap();
    bytes[20] ^= 1;
    std::fs::write(path(SIGN), bytes).unwrap();
    assert_eq!(store.sign(SIGN, b"m"), Err(KeyStoreError::Invalidated));
}

#[test]
fn n132_another_installation_opens_nothing() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let wrapped = open(one.path()).wrap(b"vault key").unwrap();
    assert_eq!(open(other.path()).unwrap(&wrapped).err(), Some(KeyStoreError::NotFound));
}

#[test]
fn without_a_secret_service_the_folder_says_that_a_file_keeps_the_key() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(open(folder.path()).kept_by(), KeptBy::File);
    // What was decided stays: asking for the desktop later does not make a new key.
    let again = SoftwareKeyStore::open(folder.path(), Keeping::Desktop).unwrap();
    assert_eq!(again.kept_by(), KeptBy::File);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).create(SIGN, KeyUsage::Sign, None).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.path()), 0o700);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}
