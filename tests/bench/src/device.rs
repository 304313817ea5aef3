//! What the phone pays: the real engine with its real vault, key files and HTTP client, against the real server.
//!
//! Stretching the PIN is meant to be dear, so it is told apart: it lies between the two evaluations of the PRF, and a
//! key store that notes the time of each shows how long it took.

use crate::http::Connection;
use crate::phone::{Outcome, backend};
use crate::report::{line, median, ms};
use crate::server::Server;
use countersign_engine::adapter::keys::{Keeping, SoftwareKeyStore};
use countersign_engine::adapter::sqlite::SqliteStore;
use countersign_engine::adapter::transport::{HttpTransport, TransportOptions};
use countersign_engine::pairing::PairingState;
use countersign_engine::port::{
    AppStatement, CreatedKey, KeyCaps, KeyStore, KeyStoreError, KeyUsage, OsRandom, SystemClock,
};
use countersign_engine::sign_in::SignInState;
use countersign_engine::{
    Authenticator, Entry, KEY_STORE_PATIENCE, Kdf, Options, PinEntry, Platform, Ports, Scanned,
};
use countersign_protocol::issuer::Profile;
use countersign_protocol::message::enrol::PhoneInfo;
use countersign_protocol::secret::Number;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

const ACCOUNTS: usize = 10;
const APPROVALS: usize = 20;
const HISTORY: u32 = 10_000;
const PIN: &[u8] = b"493817";

/// Pairs ten accounts, approves, fills the history and opens again.
pub fn measure(binary: &Path) -> Outcome<()> {
    let (data, state) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let server = Server::start(binary, data.path())?;
    let mut net = Connection::open(&server.base)?;
    let times = Arc::new(Times::default());
    let phone = open(state.path(), &times)?;
    let accounts =
        (0..ACCOUNTS).map(|n| pair(&phone, &mut net, &server.secret, n)).collect::<Outcome<Vec<_>>>()?;
    let account = accounts.first().ok_or("no account")?;
    drop(phone);
    fill_history(&state.path().join("vault.db"))?;
    let opened: Vec<Duration> = (0..APPROVALS)
        .map(|_| {
            let begin = Instant::now();
            let accounts = open(state.path(), &times)?.accounts()?;
            if accounts.len() == ACCOUNTS { Ok(begin.elapsed()) } else { Err("accounts are missing".into()) }
        })
        .collect::<Outcome<_>>()?;
    line(
        "phone: open with 10 accounts and 10,000 rows of history (median)",
        ms(median(opened)),
        "ms",
        Some(5.0),
    );
    let phone = open(state.path(), &times)?;
    let costs: Vec<Duration> = (0..APPROVALS)
        .map(|_| approve(&phone, &mut net, &server.secret, account, &times))
        .collect::<Outcome<_>>()?;
    line("phone: CPU to approve, without stretching the PIN (median)", ms(median(costs)), "ms", Some(5.0));
    Ok(())
}

fn open(state: &Path, times: &Arc<Times>) -> Outcome<Authenticator> {
    let keys = SoftwareKeyStore::open(&state.join("keys"), Keeping::File)?;
    let transport = HttpTransport::new(TransportOptions {
        profile: Profile::Development,
        extra_roots: Vec::new(),
        user_agent: "countersign/1.0.0 (bench)".to_owned(),
    });
    let ports = Ports {
        keys: Arc::new(Noting { keys, times: Arc::clone(times) }),
        store: Arc::new(SqliteStore::open(&state.join("vault.db"))?),
        transport: Arc::new(transport),
        clock: Arc::new(SystemClock::new()),
        random: Arc::new(OsRandom),
    };
    let options = Options {
        profile: Profile::Development,
        phone: PhoneInfo { name: "Bench".into(), os: "Linux".into(), app: "1.0.0".into() },
        platform: Platform::Cli,
        kdf: Kdf::Calibrated,
        key_store_patience: KEY_STORE_PATIENCE,
    };
    Ok(Authenticator::open(ports, options)?)
}

fn pin() -> Outcome<PinEntry> {
    let mut entry = PinEntry::default();
    PIN.iter().try_for_each(|digit| entry.push(*digit)).map_err(|_| "no PIN")?;
    Ok(entry)
}

/// Pairs one account and gives its id at the server.
fn pair(phone: &Authenticator, net: &mut Connection, bearer: &str, number: usize) -> Outcome<String> {
    let account =
        backend(net, bearer, "/accounts", &json!({"email": format!("d{number}@dept{number}.example")}))?;
    let account = text(&account, "account")?;
    let started = backend(net, bearer, "/enrolments", &json!({"account": account}))?;
    let (eid, link) = (text(&started, "eid")?, text(&started, "link")?);
    let Scanned::Pairing(mut flow) = phone.open_code(link.as_bytes(), Entry::Scanner)? else {
        return Err("no pairing".into());
    };
    flow.accept()?;
    let PairingState::TypeCode { code, .. } = flow.choose_pin(pin()?, pin()?)? else {
        return Err("no code".into());
    };
    backend(net, bearer, &format!("/enrolments/{eid}/confirm"), &json!({"code": code.expose()}))?;
    flow.poll()?;
    Ok(account)
}

fn approve(
    phone: &Authenticator,
    net: &mut Connection,
    bearer: &str,
    account: &str,
    times: &Times,
) -> Outcome<Duration> {
    let body = json!({
        "method": "push", "account": account, "kind": "login", "text": [], "factors": ["pin"],
        "first_factor": true, "recognised": false, "browser": {"ip": "203.0.113.7"},
    });
    let started = backend(net, bearer, "/sign-ins", &body)?;
    let number = Number::parse(&text(&started, "number")?)?;
    let mut flow = phone.requests()?.take(None).ok_or("no request")?;
    times.forget();
    let begin = cpu()?;
    let state = flow.approve(Some(&number), pin()?)?;
    let all = cpu()?.saturating_sub(begin);
    let SignInState::Approved { .. } = state else { return Err("not approved".into()) };
    Ok(all.saturating_sub(times.stretching()))
}

/// Rows that no key opens: what is measured is that opening the phone does not read them.
fn fill_history(path: &Path) -> Outcome<()> {
    let database = rusqlite::Connection::open(path)?;
    database.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO history(id, owner, bidx, nonce, ct)
         SELECT i, (SELECT min(owner) FROM binding), randomblob(16), randomblob(12), randomblob(220) FROM n",
        [HISTORY],
    )?;
    Ok(())
}

fn text(value: &Value, name: &str) -> Outcome<String> {
    Ok(value[name].as_str().ok_or_else(|| format!("no {name}"))?.to_owned())
}

/// CPU time of all threads of this process, from the scheduler's own count in nanoseconds.
fn cpu() -> Outcome<Duration> {
    let mut total = Duration::ZERO;
    for task in std::fs::read_dir("/proc/self/task")? {
        let path = task?.path().join("schedstat");
        let ran = std::fs::read_to_string(path)?;
        let nanos = ran.split(' ').next().and_then(|field| field.parse().ok()).unwrap_or(0);
        total += Duration::from_nanos(nanos);
    }
    Ok(total)
}

/// CPU time at each evaluation of the PRF: the first ends (`kcv`), stretching, the second begins.
#[derive(Default)]
struct Times(Mutex<Vec<(Duration, Duration)>>);

impl Times {
    fn note(&self, begin: Duration, end: Duration) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((begin, end));
    }

    fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn stretching(&self) -> Duration {
        let times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match times.as_slice() {
            [(_, end), .., (begin, _)] => begin.saturating_sub(*end),
            _ => Duration::ZERO,
        }
    }
}

/// The software key store, noting when its PRF was asked.
struct Noting {
    keys: SoftwareKeyStore,
    times: Arc<Times>,
}

impl KeyStore for Noting {
    fn capabilities(&self) -> Result<KeyCaps, KeyStoreError> {
        self.keys.capabilities()
    }

    fn create(
        &self,
        alias: &str,
        usage: KeyUsage,
        challenge: Option<&[u8]>,
    ) -> Result<CreatedKey, KeyStoreError> {
        self.keys.create(alias, usage, challenge)
    }

    fn app_statement(&self, client_data: &[u8; 32]) -> Result<AppStatement, KeyStoreError> {
        self.keys.app_statement(client_data)
    }

    fn sign(&self, alias: &str, message: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        self.keys.sign(alias, message)
    }

    fn prf(&self, alias: &str, x: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, KeyStoreError> {
        let begin = cpu().unwrap_or_default();
        let out = self.keys.prf(alias, x);
        self.times.note(begin, cpu().unwrap_or_default());
        out
    }

    fn wrap(&self, plain: &[u8]) -> Result<Vec<u8>, KeyStoreError> {
        self.keys.wrap(plain)
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        self.keys.unwrap(wrapped)
    }

    fn delete(&self, alias: &str) -> Result<(), KeyStoreError> {
        self.keys.delete(alias)
    }

    fn list(&self) -> Result<Vec<String>, KeyStoreError> {
        self.keys.list()
    }
}
