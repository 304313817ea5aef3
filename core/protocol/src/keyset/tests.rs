//! Which key sets a phone takes, and which it refuses (3.2).

use super::*;
use crate::jose::compact;
use crate::signer::Signer;
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer as _;

struct Key(SigningKey);

impl Key {
    fn new(byte: u8) -> Self {
        Self(SigningKey::from_slice(&[byte; 32]).unwrap())
    }

    fn public(&self) -> PublicKey {
        PublicKey::from_sec1(self.0.verifying_key().to_sec1_point(false).as_bytes()).unwrap()
    }
}

impl Signer for Key {
    type Error = std::convert::Infallible;

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], Self::Error> {
        let signature: p256::ecdsa::Signature = self.0.sign(message);
        Ok(signature.to_bytes().into())
    }
}

const NOW: Time = Time::from_secs(1_790_000_000);

fn iss() -> Issuer {
    Issuer::parse("https://id.example.eu", crate::issuer::Profile::Production).unwrap()
}

fn content(ver: u64, next: u8) -> Content {
    let jwk = Key::new(0x0a).public().to_jwk();
    Content {
        v: 1,
        versions: vec![1],
        iss: iss(),
        name: "Example ID".to_owned(),
        ver,
        iat: NOW,
        exp: NOW.plus(1000),
        sign: vec![SignKey { kid: "s1".to_owned(), jwk: jwk.clone(), nbf: NOW.minus(10), exp: NOW.plus(10) }],
        off: vec![OffKey { kid: "off1".to_owned(), jwk, exp: NOW.plus(1000) }],
        tls_pins: vec!["a".to_owned(), "b".to_owned()],
        return_origins: vec![],
        next_root: Key::new(next).public().thumbprint(),
        policy: PolicyView {
            pin_min: 4,
            factors: vec![Factor::Pin],
            bio_days: 14,
            offline: OfflinePolicy { on: true },
            tx_ttl: 180,
            min_app: MinApp { android: "1.0.0".to_owned(), ios: "1.0.0".to_owned() },
        },
    }
}

fn signed(content: &Content, root: u8) -> String {
    let key = Key::new(root);
    let payload = serde_json::to_vec(content).unwrap();
    compact::sign_self_keyed(TYP, &key.public(), &payload, &key).unwrap()
}

fn pinned(root: u8) -> Pinned {
    Pinned::root_only(Key::new(root).public().thumbprint())
}

fn fault(pinned: &Pinned, sets: &[String]) -> Option<KeySetFault> {
    accept(pinned, &iss(), sets, Some(NOW)).err()
}

#[test]
fn n37_other_server_older_changed_and_expired_sets_are_refused() {
    let first = accept(&pinned(1), &iss(), &[signed(&content(7, 2), 1)], Some(NOW)).ok().unwrap();
    assert_eq!(fault(&first.pinned, &[signed(&content(7, 2), 1)]), None, "the same again");
    assert_eq!(fault(&first.pinned, &[signed(&content(6, 2), 1)]), Some(KeySetFault::Rollback));
    assert_eq!(
        fault(&first.pinned, &[signed(&content(7, 3), 1)]),
        Some(KeySetFault::Rollback),
        "same ver, other bytes"
    );
    let mut foreign = content(8, 2);
    foreign.iss = Issuer::parse("https://other.example", crate::issuer::Profile::Production).unwrap();
    assert_eq!(fault(&first.pinned, &[signed(&foreign, 1)]), Some(KeySetFault::OtherIssuer));
    let late = accept(&pinned(1), &iss(), &[signed(&content(7, 2), 1)], Some(NOW.plus(1000)));
    assert_eq!(late.err(), Some(KeySetFault::Expired));
    let offline = accept(&pinned(1), &iss(), &[signed(&content(7, 2), 1)], None);
    assert!(offline.is_ok(), "no Date, no end");
}

#[test]
fn n36_n130_only_the_pinned_root_counts_not_the_next_one_alone() {
    assert_eq!(fault(&pinned(9), &[signed(&content(7, 2), 1)]), Some(KeySetFault::RootMismatch));
    let first = accept(&pinned(1), &iss(), &[signed(&content(7, 2), 1)], Some(NOW)).ok().unwrap();
    assert_eq!(fault(&first.pinned, &[signed(&content(8, 3), 2)]), Some(KeySetFault::RootMismatch));
    let mut broken = signed(&content(7, 2), 1);
    broken.replace_range(broken.len() - 4.., "AAAA");
    assert_eq!(fault(&pinned(1), &[broken]), Some(KeySetFault::RootMismatch));
}

#[test]
fn n212_a_phone_that_was_away_follows_two_changes_of_root() {
    let start = accept(&pinned(1), &iss(), &[signed(&content(7, 2), 1)], Some(NOW)).ok().unwrap().pinned;
    let (eight, twenty) = (content(8, 3), content(20, 4));
    let sets = [signed(&eight, 1), signed(&eight, 2), signed(&twenty, 2), signed(&twenty, 3)];
    let end = accept(&start, &iss(), &sets, Some(NOW)).ok().unwrap();
    assert_eq!(end.pinned.root, Key::new(3).public().thumbprint());
    assert_eq!(end.keyset.content().ver, 20);
    let unannounced = [signed(&eight, 1), signed(&eight, 5)];
    let stays = accept(&start, &iss(), &unannounced, Some(NOW)).ok().unwrap();
    assert_eq!(
        stays.pinned.root,
        Key::new(1).public().thumbprint(),
        "a root that was not committed is not pinned"
    );
}

#[test]
fn a_change_of_root_that_lost_its_second_signature_on_the_way_is_made_by_the_same_set_with_it() {
    let key = |root: u8| Key::new(root).public().thumbprint();
    let start = accept(&pinned(1), &iss(), &[signed(&content(7, 2), 1)], Some(NOW)).ok().unwrap().pinned;
    let eight = content(8, 3);
    let cut = accept(&start, &iss(), &[signed(&eight, 1)], Some(NOW)).ok().unwrap().pinned;
    assert_eq!((cut.root, cut.next_root), (key(1), Some(key(3))), "taken, as the text has it");
    let by_another = accept(&cut, &iss(), &[signed(&eight, 1), signed(&eight, 5)], Some(NOW)).ok().unwrap();
    assert_eq!(by_another.pinned, cut, "a stranger's signature moves nothing");
    let whole = accept(&cut, &iss(), &[signed(&eight, 1), signed(&eight, 2)], Some(NOW)).ok().unwrap();
    assert_eq!((whole.pinned.root, whole.pinned.next_root), (key(2), Some(key(3))));
    assert_eq!(whole.pinned.replaced_root, None);
    // What the phone missed meanwhile comes behind it in the same answer.
    let twenty = content(20, 4);
    let sets = [signed(&eight, 1), signed(&eight, 2), signed(&twenty, 2), signed(&twenty, 3)];
    assert_eq!(accept(&cut, &iss(), &sets, Some(NOW)).ok().unwrap().pinned.root, key(3));
}

#[test]
fn a_commitment_that_was_replaced_counts_for_the_set_that_replaced_it_alone() {
    let start = accept(&pinned(1), &iss(), &[signed(&content(7, 2), 1)], Some(NOW)).ok().unwrap().pinned;
    let other = accept(&start, &iss(), &[signed(&content(8, 3), 1)], Some(NOW)).ok().unwrap().pinned;
    let nine = content(9, 3);
    let later = accept(&other, &iss(), &[signed(&nine, 1), signed(&nine, 2)], Some(NOW)).ok().unwrap();
    assert_eq!(later.pinned.root, Key::new(1).public().thumbprint(), "the server took it back for good");
    assert_eq!(later.pinned.replaced_root, None);
}

#[test]
fn forms_of_a_set() {
    let refused = |change: fn(&mut Content)| {
        let mut set = content(7, 2);
        change(&mut set);
        fault(&pinned(1), &[signed(&set, 1)]) == Some(KeySetFault::Malformed)
    };
    assert!(refused(|set| set.tls_pins.truncate(1)));
    assert!(refused(|set| set.versions = vec![2]));
    assert!(refused(|set| set.off[0].kid = "s1".to_owned()), "ids are unique in a set");
    assert!(refused(|set| set.sign[0].kid = "a b".to_owned()));
    assert!(refused(|set| set.name = "Example\u{202e}ID".to_owned()));
    assert_eq!(fault(&pinned(1), &[]), Some(KeySetFault::Malformed));
}

#[test]
fn n71_messages_open_only_under_a_key_that_was_valid_when_they_were_made() {
    use crate::message::notice::Notice;
    let set = accept(&pinned(1), &iss(), &[signed(&content(7, 2), 1)], Some(NOW)).ok().unwrap().keyset;
    let notice = |iat: u64, iss: &str, kid: &str, key: u8| {
        let text = format!(
            r#"{{"v":1,"iss":"{iss}","iat":{iat},"aud":"BgYGBgYGBgYGBgYGBgYGBg","cnf":{{"jkt":"gWjt7nmB1udyFpLYVp0SxJnI8lJEvl7q8AFYZRqnGV8"}},"state":"locked","why":"attempts","at":1}}"#
        );
        let jws = compact::sign("map-notice+jws", kid, text.as_bytes(), &Key::new(key)).unwrap();
        set.open::<Notice>(&jws).err()
    };
    let (at, own) = (NOW.secs(), "https://id.example.eu");
    assert_eq!(notice(at, own, "s1", 0x0a), None);
    assert_eq!(notice(at + 10, own, "s1", 0x0a), Some(MessageFault::BadSignature));
    assert_eq!(notice(at - 11, own, "s1", 0x0a), Some(MessageFault::BadSignature));
    assert_eq!(notice(at, own, "s2", 0x0a), Some(MessageFault::UnknownKey));
    assert_eq!(notice(at, own, "s1", 0x0b), Some(MessageFault::BadSignature));
    assert_eq!(notice(at, "https://other.example", "s1", 0x0a), Some(MessageFault::OtherIssuer));
}
