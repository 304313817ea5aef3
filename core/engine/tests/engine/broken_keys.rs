//! Key stores that lose keys, lie, throw, panic or hang: protocol 2.2.2, 2.2.3, 2.3, cases N132 to N134 and N138.

use crate::lab::Lab;
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin, software_keys};
use countersign_engine::adapter::keys::SoftwareKeyStore;
use countersign_engine::port::{AppStatement, CreatedKey, KeyCaps, KeyStore, KeyStoreError, KeyUsage};
use countersign_engine::{Authenticator, Problem};
use countersign_vault::device_key::DeviceKey;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

type Sign = Box<dyn Fn(&SoftwareKeyStore, &str, &[u8]) -> Result<Vec<u8>, KeyStoreError> + Send + Sync>;
type Prf = Box<dyn Fn(&SoftwareKeyStore, &str, &[u8; 32]) -> Result<[u8; 32], KeyStoreError> + Send + Sync>;

/// The real key store with other signatures or another PRF.
struct Broken {
    inner: SoftwareKeyStore,
    sign: Sign,
    prf: Prf,
}

impl KeyStore for Broken {
    fn capabilities(&self) -> Result<KeyCaps, KeyStoreError> {
        self.inner.capabilities()
    }
    fn create(&self, alias: &str, usage: KeyUsage, c: Option<&[u8]>) -> Result<CreatedKey, KeyStoreError> {
        self.inner.create(alias, usage, c)
    }
    fn app_statement(&self, client_data: &[u8; 32]) -> Result<AppStatement, KeyStoreError> {
        self.inner.app_statement(client_data)
    }
    fn sign(&self, alias: &str, message: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        (self.sign)(&self.inner, alias, message)
    }
    fn prf(&self, alias: &str, x: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, KeyStoreError> {
        (self.prf)(&self.inner, alias, x).map(Zeroizing::new)
    }
    fn wrap(&self, plain: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        self.inner.wrap(plain)
    }
    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        self.inner.unwrap(wrapped)
    }
    fn delete(&self, alias: &str) -> Result<(), KeyStoreError> {
        self.inner.delete(alias)
    }
    fn list(&self) -> Result<Vec<String>, KeyStoreError> {
        self.inner.list()
    }
}

/// A paired phone whose key store signs and answers like this from now on, and its network.
fn broken(sign: Option<Sign>, prf: Option<Prf>) -> (Lab, Phone, Authenticator) {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let keys = Broken {
        inner: software_keys(&phone.folder),
        sign: sign.unwrap_or_else(|| Box::new(SoftwareKeyStore::sign)),
        prf: prf.unwrap_or_else(|| Box::new(|keys, alias, x| keys.prf(alias, x).map(|b| *b))),
    };
    let auth = phone.with_keys(Arc::new(keys)).unwrap();
    (lab, phone, auth)
}

/// What approving meets, and how many requests it sent.
fn approving(lab: &Lab, auth: &Authenticator) -> (Option<Problem>, usize) {
    let mut flow = auth.requests().unwrap().take(None).unwrap();
    lab.seen();
    let problem = flow.approve(Some(&number()), pin(PIN)).err();
    (problem, lab.seen().len())
}

#[test]
fn n133_a_prf_key_that_was_made_anew_is_found_before_anything_is_sent() {
    let (lab, _phone, auth) = broken(None, Some(Box::new(|_, _, x| Ok(*x))));
    assert_eq!(approving(&lab, &auth), (Some(Problem::NeedsRepair), 0));
    assert_eq!(lab.at(ISS, |server| server.phones[0].pin_fail), 0);
}

#[test]
fn n133_offline_codes_are_guarded_too() {
    let (lab, _phone, auth) = broken(None, Some(Box::new(|_, _, x| Ok(*x))));
    let (_, text) = lab.at(ISS, |server| server.start_offline(ANNA, |_| ()));
    let scanned = auth.open_code(text.as_bytes(), countersign_engine::Entry::Scanner).unwrap();
    let countersign_engine::Scanned::Offline(mut flow) = scanned else { panic!() };
    assert_eq!(flow.code(pin(PIN)).err(), Some(Problem::NeedsRepair));
}

#[test]
fn n134_a_signature_of_another_key_or_garbage_is_never_sent() {
    let other = DeviceKey::from_bytes(&[9; 32]).unwrap();
    let cases: [Sign; 3] = [
        Box::new(move |_, _, message| Ok(other.sign(message).to_vec())),
        Box::new(|_, _, _| Ok(vec![0x30; 70])),
        Box::new(|_, _, _| Ok(Vec::new())),
    ];
    for sign in cases {
        let (lab, phone, auth) = broken(Some(sign), None);
        lab.seen();
        assert_eq!(auth.requests().unwrap().silent[0].problem, Problem::KeyFault);
        assert!(lab.seen().is_empty());
        assert_eq!(phone.auth.accounts().unwrap().len(), 1);
    }
}

#[test]
fn n138_a_key_store_that_throws_or_panics_is_an_error_and_no_more() {
    for (sign, expected) in [
        (
            Box::new(|_: &SoftwareKeyStore, _: &str, _: &[u8]| Err(KeyStoreError::Unexpected)) as Sign,
            Problem::KeyFault,
        ),
        (Box::new(|_: &SoftwareKeyStore, _: &str, _: &[u8]| panic!("foreign code")), Problem::KeyFault),
        (
            Box::new(|_: &SoftwareKeyStore, _: &str, _: &[u8]| Err(KeyStoreError::Invalidated)),
            Problem::NeedsRepair,
        ),
    ] {
        let (lab, _phone, auth) = broken(Some(sign), None);
        lab.seen();
        assert_eq!(auth.requests().unwrap().silent[0].problem, expected);
        assert!(lab.seen().is_empty());
        assert_eq!(auth.accounts().unwrap().len(), 1, "alive");
    }
}

#[test]
fn n138_a_key_store_that_hangs_is_left_behind() {
    let (release, hold) = channel::<()>();
    let hold: Mutex<Receiver<()>> = Mutex::new(hold);
    let sign: Sign = Box::new(move |_, _, _| {
        let _ = hold.lock().unwrap().recv();
        Err(KeyStoreError::Unexpected)
    });
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let keys = Broken {
        inner: software_keys(&phone.folder),
        sign,
        prf: Box::new(|keys, alias, x| keys.prf(alias, x).map(|b| *b)),
    };
    let auth = phone.with_impatience(Arc::new(keys));
    lab.seen();
    assert_eq!(auth.requests().unwrap().silent[0].problem, Problem::KeyStoreBusy);
    assert!(lab.seen().is_empty());
    assert_eq!(auth.accounts().unwrap().len(), 1, "alive");
    drop(release);
}

#[test]
fn transient_errors_are_tried_twice_more() {
    let calls = Arc::new(AtomicU32::new(0));
    let counted = calls.clone();
    let sign: Sign = Box::new(move |keys, alias, message| {
        if counted.fetch_add(1, Ordering::SeqCst) < 2 {
            return Err(KeyStoreError::Transient);
        }
        keys.sign(alias, message)
    });
    let (_lab, _phone, auth) = broken(Some(sign), None);
    assert_eq!(auth.requests().unwrap().requests.len(), 1);
    let (_lab, _phone, auth) = broken(Some(Box::new(|_, _, _| Err(KeyStoreError::Transient))), None);
    assert_eq!(auth.requests().unwrap().silent[0].problem, Problem::KeyStoreBusy);
}

#[test]
fn n132_a_copy_without_the_machines_keys_asks_for_repair_and_sends_nothing() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    std::fs::remove_dir_all(phone.folder.path().join("keys")).unwrap();
    let opened = phone.with_keys(Arc::new(software_keys(&phone.folder)));
    assert_eq!(opened.err(), Some(Problem::NeedsRepair));
    assert!(lab.seen().is_empty());
}

#[test]
fn n132_an_account_whose_keys_are_gone_asks_for_repair_and_sends_nothing() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    for entry in std::fs::read_dir(phone.folder.path().join("keys")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "key") {
            std::fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(phone.auth.requests().unwrap().silent[0].problem, Problem::NeedsRepair);
    assert!(lab.seen().is_empty());
}
