//! Damage to the vault file: protocol 2.4, case N131.

use crate::lab::Lab;
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use countersign_engine::account::AccountState;
use countersign_engine::{AccountId, Problem};
use rusqlite::Connection;

const BERT: &str = "bert@example.eu";

fn two_accounts() -> (Lab, Phone, AccountId, AccountId) {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let (anna, bert) = (phone.pair(ISS, ANNA), phone.pair(ISS, BERT));
    (lab, phone, anna, bert)
}

fn row_id(account: AccountId) -> i64 {
    i64::from_str_radix(&account.to_string(), 16).unwrap()
}

fn sql(phone: &Phone, statement: &str, values: impl rusqlite::Params) {
    let changed = Connection::open(phone.vault()).unwrap().execute(statement, values).unwrap();
    assert!(changed > 0);
}

/// Anna's account is unusable and Bert's works.
fn only_anna_is_damaged(lab: &Lab, phone: Phone, anna: AccountId) {
    let phone = phone.restarted();
    let accounts = phone.auth.accounts().unwrap();
    let damaged: Vec<_> =
        accounts.iter().filter(|a| matches!(a.state, AccountState::Damaged)).map(|a| a.id).collect();
    assert_eq!(damaged, [anna]);
    assert_eq!(phone.auth.check(anna).err(), Some(Problem::VaultCorrupt));
    let tid = lab.at(ISS, |server| server.start_push(BERT, |_| ()));
    let mut flow = phone.auth.requests().unwrap().take(Some(&tid)).unwrap();
    assert!(flow.approve(Some(&number()), pin(PIN)).unwrap().is_over());
}

#[test]
fn n131_a_flipped_bit_in_a_row_makes_that_account_unusable_and_no_other() {
    let (lab, phone, anna, _) = two_accounts();
    let connection = Connection::open(phone.vault()).unwrap();
    let mut ct: Vec<u8> = connection
        .query_row("SELECT ct FROM binding WHERE id = ?1", [row_id(anna)], |row| row.get(0))
        .unwrap();
    ct[30] ^= 1;
    drop(connection);
    sql(&phone, "UPDATE binding SET ct = ?2 WHERE id = ?1", rusqlite::params![row_id(anna), ct]);
    only_anna_is_damaged(&lab, phone, anna);
}

#[test]
fn n131_a_row_copied_over_another_does_not_open() {
    let (lab, phone, anna, bert) = two_accounts();
    sql(
        &phone,
        "UPDATE binding SET nonce = (SELECT nonce FROM binding WHERE id = ?2),
                ct = (SELECT ct FROM binding WHERE id = ?2) WHERE id = ?1",
        [row_id(anna), row_id(bert)],
    );
    only_anna_is_damaged(&lab, phone, anna);
}

#[test]
fn n131_a_data_key_copied_over_another_does_not_open() {
    let (lab, phone, anna, bert) = two_accounts();
    sql(
        &phone,
        "UPDATE dek SET nonce = (SELECT nonce FROM dek WHERE id = ?2),
                ct = (SELECT ct FROM dek WHERE id = ?2) WHERE id = ?1",
        [row_id(anna), row_id(bert)],
    );
    only_anna_is_damaged(&lab, phone, anna);
}

#[test]
fn n131_values_of_another_type_are_damage_and_no_panic() {
    let (lab, phone, anna, _) = two_accounts();
    sql(&phone, "UPDATE binding SET ct = x'', nonce = x'00' WHERE id = ?1", [row_id(anna)]);
    only_anna_is_damaged(&lab, phone, anna);
}

#[test]
fn n131_the_keys_of_a_damaged_account_are_kept() {
    let (_lab, phone, anna, _) = two_accounts();
    sql(&phone, "UPDATE binding SET ct = zeroblob(64) WHERE id = ?1", [row_id(anna)]);
    let an_hour_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    for entry in std::fs::read_dir(phone.folder.path().join("keys")).unwrap() {
        let file = std::fs::File::options().write(true).open(entry.unwrap().path()).unwrap();
        file.set_modified(an_hour_ago).unwrap();
    }
    let phone = phone.restarted();
    let keys = std::fs::read_dir(phone.folder.path().join("keys")).unwrap();
    let count = keys.filter(|e| e.as_ref().unwrap().path().extension().is_some_and(|x| x == "key")).count();
    assert_eq!(count, 4, "they may be the damaged account's");
}

#[test]
fn n131_a_deleted_vault_key_is_damage_and_not_a_new_start() {
    let (_lab, phone, ..) = two_accounts();
    sql(&phone, "DELETE FROM meta", []);
    let keys = std::sync::Arc::new(crate::phone::software_keys(&phone.folder));
    assert_eq!(phone.with_keys(keys).err(), Some(Problem::VaultCorrupt));
}

#[test]
fn n131_a_damaged_count_of_pin_entries_brakes_instead_of_forgetting() {
    let (lab, phone, _, _) = two_accounts();
    let approve = |phone: &Phone, digits: &str| {
        let tid = lab.at(ISS, |server| server.start_push(BERT, |_| ()));
        let mut flow = phone.auth.requests().unwrap().take(Some(&tid)).unwrap();
        flow.approve(Some(&number()), pin(digits)).unwrap()
    };
    approve(&phone, "8315");
    sql(&phone, "UPDATE settings SET ct = zeroblob(40)", []);
    let phone = phone.restarted();
    assert!(matches!(approve(&phone, PIN), countersign_engine::sign_in::SignInState::Wait { .. }));
    phone.pass(300);
    assert!(approve(&phone, PIN).is_over(), "a signed success repairs it");
    assert!(approve(&phone, PIN).is_over());
}
