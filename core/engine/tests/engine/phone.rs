//! A phone on real files, whose clocks the test moves.

use crate::lab::{Lab, Server};
use countersign_engine::adapter::keys::{Keeping, SoftwareKeyStore};
use countersign_engine::adapter::sqlite::SqliteStore;
use countersign_engine::pairing::{PairingEnd, PairingFlow, PairingState};
use countersign_engine::port::{Clock, KeyStore, OsRandom, Transport};
use countersign_engine::{
    AccountId, Authenticator, Entry, KEY_STORE_PATIENCE, Kdf, Options, PinEntry, Platform, Ports, Problem,
    Scanned,
};
use countersign_protocol::issuer::Profile;
use countersign_protocol::message::enrol::PhoneInfo;
use countersign_protocol::secret::Number;
use countersign_protocol::time::Time;
use countersign_vault::kdf::KdfParams;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;

pub const ISS: &str = "https://id.example.eu";
pub const ANNA: &str = "anna@example.eu";
pub const PIN: &str = "4927";
const CHEAP: Kdf = Kdf::Fixed(KdfParams::FLOOR);

pub struct TestClock {
    mono: AtomicU64,
    wall: AtomicU64,
    /// Seconds that pass between two looks at it: a slow machine.
    pace: AtomicU64,
}

impl Clock for TestClock {
    fn wall(&self) -> Time {
        Time::from_secs(self.wall.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        Duration::from_secs(self.mono.fetch_add(self.pace.load(Ordering::SeqCst), Ordering::SeqCst))
    }

    fn pause(&self, time: Duration) {
        self.mono.fetch_add(time.as_secs() + 1, Ordering::SeqCst);
    }
}

/// A phone.
pub struct Phone {
    pub auth: Authenticator,
    pub clock: Arc<TestClock>,
    pub lab: Lab,
    pub folder: Arc<TempDir>,
    pub platform: Platform,
}

impl Phone {
    /// A new phone in the network, with a cheap derivation.
    pub fn new(lab: &Lab) -> Self {
        Self::with_kdf(lab, CHEAP)
    }

    /// A new phone that measures what it can afford.
    pub fn calibrated(lab: &Lab) -> Self {
        Self::with_kdf(lab, Kdf::Calibrated)
    }

    fn with_kdf(lab: &Lab, kdf: Kdf) -> Self {
        Self::on(lab, Arc::new(tempfile::tempdir().unwrap()), kdf)
    }

    /// A phone with one account.
    pub fn paired(lab: &Lab) -> (Self, AccountId) {
        let phone = Self::new(lab);
        let account = phone.pair(ISS, ANNA);
        lab.seen();
        (phone, account)
    }

    /// Only the files are left.
    pub fn closed(self) -> Arc<TempDir> {
        drop(self.auth);
        self.folder
    }

    /// A phone on these files.
    pub fn opened(lab: &Lab, folder: Arc<TempDir>) -> Self {
        Self::on(lab, folder, CHEAP)
    }

    fn on(lab: &Lab, folder: Arc<TempDir>, kdf: Kdf) -> Self {
        let wall = AtomicU64::new(lab.now().secs());
        let clock = Arc::new(TestClock { mono: AtomicU64::new(1000), wall, pace: AtomicU64::new(0) });
        let auth = open(&folder, lab, &clock, None, options(Platform::Cli, kdf)).unwrap();
        Self { auth, clock, lab: lab.clone(), folder, platform: Platform::Cli }
    }

    /// The same files in a new process.
    pub fn restarted(self) -> Self {
        let Self { auth, clock, lab, folder, platform } = self;
        drop(auth);
        let auth = open(&folder, &lab, &clock, None, options(platform, CHEAP)).unwrap();
        Self { auth, clock, lab, folder, platform }
    }

    /// The same files, opened with another key store.
    pub fn with_keys(&self, keys: Arc<dyn KeyStore>) -> Result<Authenticator, Problem> {
        open(&self.folder, &self.lab, &self.clock, Some(keys), options(self.platform, CHEAP))
    }

    /// The same, with little patience for the key store.
    pub fn with_impatience(&self, keys: Arc<dyn KeyStore>) -> Authenticator {
        let key_store_patience = Duration::from_millis(200);
        let options = Options { key_store_patience, ..options(self.platform, CHEAP) };
        open(&self.folder, &self.lab, &self.clock, Some(keys), options).unwrap()
    }

    /// The same files in another process, whose way to the servers is `network`.
    pub fn beside(&self, network: impl Transport + 'static) -> Authenticator {
        let keys = Arc::new(software_keys(&self.folder));
        let store = Arc::new(SqliteStore::open(&self.vault()).unwrap());
        let (transport, clock) = (Arc::new(network), self.clock.clone());
        let ports = Ports { keys, store, transport, clock, random: Arc::new(OsRandom) };
        Authenticator::open(ports, options(self.platform, CHEAP)).unwrap()
    }

    /// Lets time pass for phone and servers.
    pub fn pass(&self, secs: u64) {
        self.lab.advance(secs);
        self.clock.mono.fetch_add(secs, Ordering::SeqCst);
        self.clock.wall.fetch_add(secs, Ordering::SeqCst);
    }

    /// Makes everything that this phone measures take `seconds`.
    pub fn set_pace(&self, seconds: u64) {
        self.clock.pace.store(seconds, Ordering::SeqCst);
    }

    /// Sets the phone's time of day.
    pub fn set_wall(&self, secs: u64) {
        self.clock.wall.store(secs, Ordering::SeqCst);
    }

    pub fn vault(&self) -> PathBuf {
        self.folder.path().join("vault.db")
    }

    /// The flow of a pairing code that was scanned.
    pub fn scan_pairing(&self, text: &str) -> Result<PairingFlow, Problem> {
        match self.auth.open_code(text.as_bytes(), Entry::Scanner)? {
            Scanned::Pairing(flow) => Ok(*flow),
            _ => panic!("not a pairing"),
        }
    }

    /// Pairs from beginning to end.
    pub fn pair(&self, iss: &str, account: &str) -> AccountId {
        let text = self.lab.at(iss, |server| server.start_pairing(account));
        let mut flow = self.scan_pairing(&text).unwrap();
        while !matches!(flow.state(), PairingState::ChoosePin { .. }) {
            flow.accept().unwrap();
        }
        let state = flow.choose_pin(pin(PIN), pin(PIN)).unwrap();
        assert!(matches!(state, PairingState::TypeCode { .. }));
        self.lab.at(iss, Server::confirm_all);
        match flow.poll().unwrap() {
            PairingState::Over(PairingEnd::Active { account }) => account,
            _ => panic!("not active"),
        }
    }
}

fn open(
    folder: &TempDir,
    lab: &Lab,
    clock: &Arc<TestClock>,
    keys: Option<Arc<dyn KeyStore>>,
    options: Options,
) -> Result<Authenticator, Problem> {
    let keys = keys.unwrap_or_else(|| Arc::new(software_keys(folder)));
    let store = Arc::new(SqliteStore::open(&folder.path().join("vault.db")).map_err(Problem::from)?);
    let transport = Arc::new(lab.clone());
    let ports = Ports { keys, store, transport, clock: clock.clone(), random: Arc::new(OsRandom) };
    Authenticator::open(ports, options)
}

fn options(platform: Platform, kdf: Kdf) -> Options {
    let phone = PhoneInfo { name: "Test".into(), os: "None".into(), app: "1.0.0".into() };
    let (profile, key_store_patience) = (Profile::Development, KEY_STORE_PATIENCE);
    Options { profile, phone, platform, kdf, key_store_patience }
}

pub fn software_keys(folder: &TempDir) -> SoftwareKeyStore {
    SoftwareKeyStore::open(&folder.path().join("keys"), Keeping::File).unwrap()
}

/// An entry with these digits typed.
pub fn pin(digits: &str) -> PinEntry {
    let mut entry = PinEntry::new();
    for digit in digits.bytes() {
        entry.push(digit).unwrap();
    }
    entry
}

/// The number that the scripted browser shows.
pub fn number() -> Number {
    Number::from_value(271_828)
}
