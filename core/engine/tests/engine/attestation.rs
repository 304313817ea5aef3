//! What vouches for the keys of a phone: where a server asks for it, and nowhere else (protocol 2.3, 3.3, 3.7.1).

use crate::lab::{Fault, Lab, Server, answers};
use crate::phone::{ANNA, ISS, PIN, Phone, pin, software_keys};
use countersign_engine::adapter::keys::SoftwareKeyStore;
use countersign_engine::authenticator::Standing;
use countersign_engine::biometrics::BiometricsState;
use countersign_engine::pairing::{PairingEnd, PairingFlow, PairingState};
use countersign_engine::pin_change::PinChangeState;
use countersign_engine::port::{
    AppStatement, Attestations, CreatedKey, KeyCaps, KeyStore, KeyStoreError, KeyUsage,
};
use countersign_engine::{AccountId, Authenticator, Entry, Problem, Scanned};
use countersign_protocol::code::{app_attest_client_data, attestation_challenge};
use countersign_protocol::encoding::b64u;
use countersign_protocol::message::enrol::Attestation;
use countersign_protocol::message::offer::AttestPolicy;
use countersign_protocol::problem::Code;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use zeroize::Zeroizing;

type Made = Box<dyn Fn(KeyUsage) -> Result<(), KeyStoreError> + Send + Sync>;

/// The real key store of a machine whose maker vouches for keys. Its chain is the key and the challenge.
struct Vouching {
    inner: SoftwareKeyStore,
    attest: Attestations,
    /// What the maker answers instead of vouching.
    fault: Option<KeyStoreError>,
    /// What happens in the world while a key is made, and whether it can be.
    meanwhile: Made,
}

impl KeyStore for Vouching {
    fn capabilities(&self) -> Result<KeyCaps, KeyStoreError> {
        Ok(KeyCaps { attest: self.attest, ..self.inner.capabilities()? })
    }
    fn create(&self, alias: &str, usage: KeyUsage, c: Option<&[u8]>) -> Result<CreatedKey, KeyStoreError> {
        (self.meanwhile)(usage)?;
        if let Some(fault) = self.fault.filter(|_| c.is_some() && self.attest == Attestations::AndroidKey) {
            return Err(fault);
        }
        let made = self.inner.create(alias, usage, c)?;
        let chain = c.map(|challenge| vec![made.public_key.clone(), challenge.to_vec()]);
        let chain = if self.attest == Attestations::AndroidKey { chain } else { None };
        Ok(CreatedKey { chain: chain.unwrap_or_default(), ..made })
    }
    fn app_statement(&self, client_data: &[u8; 32]) -> Result<AppStatement, KeyStoreError> {
        self.fault.map_or(Ok(AppStatement { object: client_data.to_vec(), key_id: vec![7; 32] }), Err)
    }
    fn sign(&self, alias: &str, message: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        self.inner.sign(alias, message)
    }
    fn prf(&self, alias: &str, x: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, KeyStoreError> {
        self.inner.prf(alias, x)
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

/// A phone whose maker vouches so, at a server that asks so.
struct Scene {
    lab: Lab,
    phone: Phone,
    auth: Authenticator,
}

fn scene(attest: Attestations, policy: AttestPolicy) -> Scene {
    with(attest, policy, None, |_| Box::new(|_| Ok(())))
}

fn with(
    attest: Attestations,
    policy: AttestPolicy,
    fault: Option<KeyStoreError>,
    meanwhile: impl FnOnce(&Lab) -> Made,
) -> Scene {
    let lab = Lab::with_server(ISS);
    lab.at(ISS, |server| server.attest = policy);
    let phone = Phone::new(&lab);
    let keys = Vouching { inner: software_keys(&phone.folder), attest, fault, meanwhile: meanwhile(&lab) };
    let auth = phone.with_keys(Arc::new(keys)).unwrap();
    Scene { lab, phone, auth }
}

impl Scene {
    fn choose_pin(&self) -> (PairingFlow, Result<PairingState, Problem>) {
        let text = self.lab.at(ISS, |server| server.start_pairing(ANNA));
        let Ok(Scanned::Pairing(mut flow)) = self.auth.open_code(text.as_bytes(), Entry::Scanner) else {
            panic!()
        };
        flow.accept().unwrap();
        let state = flow.choose_pin(pin(PIN), pin(PIN));
        (*flow, state)
    }

    fn pair(&self) -> AccountId {
        let (mut flow, state) = self.choose_pin();
        assert!(matches!(state, Ok(PairingState::TypeCode { .. })));
        self.lab.at(ISS, Server::confirm_all);
        let PairingState::Over(PairingEnd::Active { account }) = flow.poll().unwrap() else { panic!() };
        account
    }

    fn turn_on_biometrics(&self, account: AccountId) -> BiometricsState {
        let mut flow = self.auth.turn_on_biometrics(account).unwrap();
        let BiometricsState::NeedsSignature(asked) = flow.submit(pin(PIN)).unwrap() else { panic!() };
        let finger = software_keys(&self.phone.folder).sign(&asked.key, &asked.payload).unwrap();
        flow.submit_signature(&finger).unwrap()
    }

    fn renew_keys(&self, account: AccountId) -> PinChangeState {
        self.auth.change_pin(account).unwrap().renew_keys(pin(PIN)).unwrap()
    }

    /// Every key that the server took came with a chain for itself and for its own message.
    fn all_vouched(&self, keys: usize) {
        self.lab.at(ISS, |server| {
            assert_eq!(server.vouched.len(), keys);
            for vouched in &server.vouched {
                let challenge = attestation_challenge(&vouched.binding, &vouched.nonce);
                let x5c = vec![b64u(&vouched.key.as_sec1()[..]), b64u(&challenge)];
                assert_eq!(vouched.att, Attestation::AndroidKey { x5c });
            }
        });
    }

    fn none_vouched(&self, keys: usize) {
        self.lab.at(ISS, |server| {
            assert_eq!(server.vouched.len(), keys);
            assert!(server.vouched.iter().all(|vouched| vouched.att == Attestation::None {}));
        });
    }

    fn keys(&self) -> usize {
        let names = std::fs::read_dir(self.phone.folder.path().join("keys")).unwrap();
        names.filter(|name| name.as_ref().unwrap().path().extension().is_some_and(|end| end == "key")).count()
    }
}

#[test]
fn n41_each_key_of_an_android_phone_comes_with_the_chain_for_its_message() {
    for policy in [AttestPolicy::Log, AttestPolicy::Enforce] {
        let scene = scene(Attestations::AndroidKey, policy);
        let account = scene.pair();
        assert_eq!(scene.turn_on_biometrics(account), BiometricsState::On);
        assert_eq!(scene.renew_keys(account), PinChangeState::Changed);
        scene.all_vouched(3);
    }
}

#[test]
fn where_no_attestation_is_asked_for_none_is_made_nor_told() {
    let scene = scene(Attestations::AndroidKey, AttestPolicy::Off);
    let account = scene.pair();
    assert_eq!(scene.turn_on_biometrics(account), BiometricsState::On);
    assert_eq!(scene.renew_keys(account), PinChangeState::Changed);
    scene.none_vouched(3);
}

#[test]
fn a_store_that_cannot_attest_says_so_and_the_server_decides() {
    let scene = scene(Attestations::None, AttestPolicy::Enforce);
    let account = scene.pair();
    assert_eq!(scene.renew_keys(account), PinChangeState::Changed);
    scene.none_vouched(2);
}

#[test]
fn after_use_nonce_a_change_with_an_attested_key_is_settled_and_can_be_made_again() {
    let scene = with(Attestations::AndroidKey, AttestPolicy::Enforce, None, |lab| {
        let lab = lab.clone();
        Box::new(move |usage| {
            // The nonce ends while the first of the new keys is made.
            if usage == KeyUsage::Prf {
                lab.at(ISS, |server| "n2".clone_into(&mut server.nonce));
            }
            Ok(())
        })
    });
    let account = scene.pair();
    scene.lab.at(ISS, |server| server.nonce = "n1".to_owned());
    let keys = scene.keys();
    assert_eq!(scene.renew_keys(account), PinChangeState::NotChanged);
    assert_eq!(scene.keys(), keys, "what the server refused and settled is gone");
    assert_eq!(scene.renew_keys(account), PinChangeState::Changed);
    scene.all_vouched(2);
    assert_eq!(scene.auth.check(account), Ok(Standing::Active));
}

/// A problem is unsigned: whoever ends TLS could have put it in the place of the answer.
#[test]
fn a_false_use_nonce_throws_no_key_away_that_counts_already() {
    let scene = scene(Attestations::AndroidKey, AttestPolicy::Enforce);
    let account = scene.pair();
    scene.lab.seen();
    scene.lab.next([Fault::Through, Fault::Replaced(answers::problem(Code::UseNonce))]);
    assert_eq!(scene.renew_keys(account), PinChangeState::Changed);
    assert_eq!(scene.lab.paths().len(), 3, "for a nonce, the change, and who was asked which key counts");
    assert_eq!(scene.auth.check(account), Ok(Standing::Active));
}

#[test]
fn an_attestation_that_is_only_written_down_is_not_waited_for() {
    let busy = Some(KeyStoreError::Transient);
    let needed = with(Attestations::AndroidKey, AttestPolicy::Enforce, busy, |_| Box::new(|_| Ok(())));
    assert!(matches!(needed.choose_pin().1, Err(Problem::KeyStoreBusy)));
    assert_eq!(needed.keys(), 0, "no key stays behind");
    let logged = with(Attestations::AndroidKey, AttestPolicy::Log, busy, |_| Box::new(|_| Ok(())));
    logged.pair();
    logged.none_vouched(1);
}

#[test]
fn what_fails_on_the_way_leaves_no_key_behind() {
    let broken = Arc::new(AtomicBool::new(true));
    let scene = with(Attestations::AndroidKey, AttestPolicy::Log, None, |_| {
        let broken = broken.clone();
        Box::new(move |usage| match usage {
            KeyUsage::Prf if broken.load(Ordering::Relaxed) => Err(KeyStoreError::Unexpected),
            _ => Ok(()),
        })
    });
    assert!(scene.choose_pin().1.is_err());
    assert_eq!(scene.keys(), 0);
    broken.store(false, Ordering::Relaxed);
    let account = scene.pair();
    let keys = scene.keys();
    broken.store(true, Ordering::Relaxed);
    assert!(scene.auth.change_pin(account).unwrap().renew_keys(pin(PIN)).is_err());
    assert_eq!(scene.keys(), keys);
    let mut flow = scene.auth.turn_on_biometrics(account).unwrap();
    flow.submit(pin(PIN)).unwrap();
    flow.submit(pin(PIN)).unwrap();
    assert_eq!(scene.keys(), keys + 1, "the second takes the place of the first");
    drop(flow);
    assert_eq!(scene.keys(), keys);
}

#[test]
fn an_apple_phone_vouches_for_each_key_with_its_thumbprint() {
    let scene = scene(Attestations::AppleAppAttest, AttestPolicy::Enforce);
    let account = scene.pair();
    assert_eq!(scene.turn_on_biometrics(account), BiometricsState::On);
    scene.lab.at(ISS, |server| {
        assert_eq!(server.vouched.len(), 2);
        for vouched in &server.vouched {
            let jkt = vouched.key.thumbprint();
            let obj = b64u(&app_attest_client_data(&vouched.binding, &vouched.nonce, &jkt));
            assert_eq!(vouched.att, Attestation::AppleAppAttest { obj, kid: b64u(&[7; 32]) });
        }
    });
}

#[test]
fn apples_servers_hold_a_pairing_up_only_where_an_attestation_is_needed() {
    let away = Some(KeyStoreError::Transient);
    let needed = with(Attestations::AppleAppAttest, AttestPolicy::Enforce, away, |_| Box::new(|_| Ok(())));
    let (_, state) = needed.choose_pin();
    assert!(matches!(state, Err(Problem::KeyStoreBusy)));
    assert_eq!(needed.keys(), 0, "no key stays behind");
    let logged = with(Attestations::AppleAppAttest, AttestPolicy::Log, away, |_| Box::new(|_| Ok(())));
    logged.pair();
    logged.none_vouched(1);
}
