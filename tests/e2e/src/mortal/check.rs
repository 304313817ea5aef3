//! What must hold after every death.

use super::handset::Ended;
use super::stage::{Person, Stage};
use crate::database;
use countersign_protocol::encoding::{array_from_b64u, b64u};
use rusqlite::{Connection, Row, params};
use serde_json::Value;
use std::time::{Duration, Instant};

/// Seconds after which a phone that was never confirmed is gone (3.3).
const ENROLLING: u64 = 901;

/// What the server has counted of a phone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    in_a_row: u32,
    in_30_days: u32,
    /// Messages with a wrong PIN that were judged: answers that are kept for their repeats.
    judged: u32,
}

impl Counted {
    /// Failures that came to it: in a row, in 30 days.
    pub(super) fn since(self, before: Self) -> (u32, u32) {
        (self.in_a_row - before.in_a_row, self.in_30_days - before.in_30_days)
    }
}

impl Stage {
    /// The counters, once nothing is being judged any more.
    pub(super) fn counted(&self, person: &Person) -> Counted {
        let patience = Instant::now() + Duration::from_secs(5);
        let database = database::open(&self.server);
        loop {
            match read(&database, person) {
                (0, counted) => return counted,
                _ => assert!(
                    Instant::now() < patience,
                    "a message is left half judged: {}",
                    attempts(&database, person)
                ),
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// A wrong PIN counts once if it was judged, else not at all.
    pub(super) fn check_guess(&mut self, person: &Person, before: Counted, first: &Ended) {
        let after = self.counted(person);
        let judged = after.judged.saturating_sub(before.judged);
        assert!(judged <= 1, "one guess was judged {judged} times");
        assert_eq!(after.since(before), (judged, judged), "a guess refunded or burnt: {}", first.complaint);
        assert!(judged == 1 || first.problem() != "pin_incorrect", "a guess was told and not counted");
    }

    /// One approval: evidence, record and state.
    pub(super) fn check_approved_once(&self, person: &Person, sign_in: &Value) {
        let tid: [u8; 16] = array_from_b64u(sign_in["tid"].as_str().expect("tid")).expect("an id");
        let database = database::open(&self.server);
        let count =
            |sql: &str| -> u32 { database.query_row(sql, [&tid[..]], |row| row.get(0)).expect("a number") };
        assert_eq!(count("SELECT count(*) FROM evidence WHERE tid=?1"), 1, "evidence");
        let records =
            "SELECT count(*) FROM audit WHERE instr(record, 'sign_in_approved') AND instr(record, ?1)";
        let record: u32 = database.query_row(records, [b64u(&tid)], |row| row.get(0)).expect("a number");
        assert_eq!(record, 1, "records of one approval");
        assert_eq!(self.service.state_name(&b64u(&tid)), "completed");
        assert_eq!(self.server.lab().phone(&person.aid).pin_fail, 0, "a right PIN ends the count");
    }

    /// The phone has no key that no account uses, and the server no phone that no vault has.
    pub(super) fn check_phone(&mut self, person: &Person) {
        person.phone.age_keys();
        let accounts = self.accounts(&person.phone);
        let keys = person.phone.key_files();
        assert_eq!(keys.len(), 2 * accounts.len(), "keys of nobody: {keys:?} for {accounts:?}");
        let active = accounts.iter().filter(|account| account["state"] == "active").count();
        assert_eq!(active, 1, "{accounts:?}");
        self.advance(ENROLLING);
        let database = database::open(&self.server);
        let sql =
            "SELECT count(*) FROM phone WHERE account=?1 AND state IN ('enrolling', 'active', 'locked')";
        let phones: u32 = database.query_row(sql, [&person.account], |row| row.get(0)).expect("a number");
        assert_eq!(phones, 1, "phones that nobody has");
    }

    /// The id of the only phone of an account that can approve.
    pub(super) fn aid_of(&self, account: &str) -> String {
        let database = database::open(&self.server);
        let sql = "SELECT aid FROM phone WHERE account=?1 AND state='active' AND aid NOT IN
                   (SELECT replaces FROM phone WHERE replaces IS NOT NULL)";
        let aid: [u8; 16] = database.query_row(sql, [account], |row| row.get(0)).expect("one phone");
        b64u(&aid)
    }

    /// Both copies of the audit log are whole and say the same.
    pub(super) fn check_audit(&self) {
        let output = self.server.operate(&["audit", "verify"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

/// Messages that are counted and not judged yet, and the counters, all of one moment.
fn read(database: &Connection, person: &Person) -> (u32, Counted) {
    let aid: [u8; 16] = array_from_b64u(&person.aid).expect("an id");
    let sql =
        "SELECT (SELECT count(*) FROM attempt WHERE aid=?1 AND state='reserved' AND counted=1), pin_fail,
                      (SELECT count(*) FROM fail WHERE aid=?1 AND path='online'),
                      (SELECT count(*) FROM attempt WHERE aid=?1 AND http=403)
                 FROM phone WHERE aid=?1";
    let read = |row: &Row<'_>| {
        let counted = Counted { in_a_row: row.get(1)?, in_30_days: row.get(2)?, judged: row.get(3)? };
        Ok((row.get(0)?, counted))
    };
    database.query_row(sql, params![&aid[..]], read).expect("a phone")
}

/// For the message of a failure.
fn attempts(database: &Connection, person: &Person) -> String {
    let aid: [u8; 16] = array_from_b64u(&person.aid).expect("an id");
    let sql =
        "SELECT group_concat(state || ' counted=' || counted || ' at=' || at) FROM attempt WHERE aid=?1";
    let found: Option<String> = database.query_row(sql, params![&aid[..]], |row| row.get(0)).expect("a text");
    found.unwrap_or_default()
}
