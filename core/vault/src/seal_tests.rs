//! A row opens in its place, with its key, unharmed; otherwise not at all.

use super::*;
use crate::testing::hex;

const PLACE: RowPlace<'_> = RowPlace { table: "binding", id: &[0, 1], schema_version: 1 };
const NONCE: [u8; 12] = [9; 12];

fn vault() -> VaultKey {
    VaultKey::from_bytes([7; 32])
}

#[test]
fn a_row_comes_back_and_shows_nothing_of_itself() {
    let dek = Dek::from_bytes([8; 32]);
    let row = dek.seal(PLACE, NONCE, b"u-1001").unwrap();
    assert_eq!(row.len(), 12 + 6 + 16);
    assert_eq!(row[..12], NONCE);
    assert!(!row.windows(6).any(|bytes| bytes == b"u-1001"));
    assert_eq!(*dek.open(PLACE, &row).unwrap(), b"u-1001");
    assert!(dek.open(PLACE, &dek.seal(PLACE, NONCE, b"").unwrap()).unwrap().is_empty());
}

#[test]
fn a_row_opens_in_no_other_place() {
    let key = vault().row_key().ok().unwrap();
    let row = key.seal(PLACE, NONCE, b"secret").unwrap();
    let elsewhere = [
        RowPlace { table: "history", ..PLACE },
        RowPlace { id: &[0, 2], ..PLACE },
        RowPlace { schema_version: 2, ..PLACE },
        // The same bytes cut at another border.
        RowPlace { id: &[0, 1, 0, 0], schema_version: 0x0001_0000, ..PLACE },
    ];
    for place in elsewhere {
        assert_eq!(key.open(place, &row).err(), Some(SealError), "{place:?}");
    }
    assert!(key.seal(RowPlace { table: "a\0b", ..PLACE }, NONCE, b"secret").is_err());
}

#[test]
fn a_changed_or_cut_row_does_not_open_and_nothing_panics() {
    let key = vault().row_key().ok().unwrap();
    let row = key.seal(PLACE, NONCE, b"secret").unwrap();
    for index in 0..row.len() {
        let mut changed = row.clone();
        changed[index] ^= 1;
        assert!(key.open(PLACE, &changed).is_err(), "byte {index}");
        assert!(key.open(PLACE, &row[..index]).is_err(), "{index} bytes");
    }
}

#[test]
fn a_binding_key_is_wrapped_and_another_vault_cannot_unwrap_it() {
    let place = RowPlace { table: "dek", ..PLACE };
    let row = Dek::from_bytes([8; 32]).seal(PLACE, NONCE, b"u-1001").unwrap();
    let rows = vault().row_key().ok().unwrap();
    let wrapped = rows.wrap(place, [3; 12], &Dek::from_bytes([8; 32])).unwrap();
    let dek = rows.unwrap(place, &wrapped).ok().unwrap();
    assert_eq!(*dek.open(PLACE, &row).unwrap(), b"u-1001");
    let other = VaultKey::from_bytes([6; 32]).row_key().ok().unwrap();
    assert!(other.unwrap(place, &wrapped).is_err());
    assert!(rows.unwrap(PLACE, &wrapped).is_err(), "not from another place");
    let short = rows.seal(place, NONCE, &[1; 31]).unwrap();
    assert!(rows.unwrap(place, &short).is_err(), "31 bytes are no key");
}

#[test]
fn an_index_names_table_and_key_under_the_vault() {
    let index = vault().index_key().ok().unwrap();
    assert_eq!(index.bidx("binding", b"u-1001"), index.bidx("binding", b"u-1001"));
    assert_ne!(index.bidx("binding", b"u-1001"), index.bidx("binding", b"u-1002"));
    assert_ne!(index.bidx("binding", b"u-1001"), index.bidx("history", b"u-1001"));
    let other = VaultKey::from_bytes([6; 32]).index_key().ok().unwrap();
    assert_ne!(index.bidx("binding", b"u-1001"), other.bidx("binding", b"u-1001"));
}

/// The values were computed with Python's hmac and cryptography packages.
#[test]
fn rows_written_by_this_version_stay_readable() {
    let rows = vault().row_key().ok().unwrap();
    assert_eq!(rows.0, hex("2626c08dc0c06cab2d0ece8172a1f2cba4ccb3e55781aa1b2a6a7a89e7ff015c"));
    let index = vault().index_key().ok().unwrap();
    assert_eq!(index.bidx("binding", b"u-1001"), hex("8450c7c3990e3ff0f08ac069aa1fc2ba"));
    let row: [u8; 34] = hex("09090909090909090909090988f42359917ba60531419230f15ad1b4fc7903f6cdc0");
    assert_eq!(*rows.open(PLACE, &row).unwrap(), b"u-1001");
}
