//! A phone that lives on after each flow, so that a test can search its memory (N136). Told what to do by lines on
//! standard input; its PINs are built in, masked, and every byte that it reads or prints is wiped afterwards.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a step that fails is a test that fails"
)]

use countersign_engine::adapter::keys::{Keeping, SoftwareKeyStore};
use countersign_engine::adapter::sqlite::SqliteStore;
use countersign_engine::adapter::transport::{HttpTransport, TransportOptions};
use countersign_engine::pairing::PairingState;
use countersign_engine::port::{OsRandom, SystemClock};
use countersign_engine::{
    AccountState, Authenticator, Entry, KEY_STORE_PATIENCE, Kdf, Options, PinEntry, Platform, Ports, Scanned,
};
use countersign_protocol::issuer::Profile;
use countersign_protocol::message::enrol::PhoneInfo;
use countersign_protocol::secret::Number;
use std::alloc::System;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

/// The digits of both PINs, each 100 too large: what is searched for must not be in the program itself.
const PINS: [[u8; 12]; 2] = [
    [104, 109, 103, 107, 101, 106, 105, 108, 100, 102, 106, 104],
    [105, 108, 100, 102, 106, 104, 109, 103, 107, 101, 106, 101],
];

fn main() {
    let state = std::env::args().nth(1).expect("a folder");
    let auth = open(Path::new(&state));
    let mut input = File::open("/dev/stdin").expect("stdin");
    let mut pin = 0;
    while let Some(line) = read_line(&mut input) {
        let (verb, argument) = line.split_once(' ').unwrap_or((&line, ""));
        match verb {
            "pair" => pair(&auth, argument, pin),
            "paired" => finish(&auth),
            "approve" => approve(&auth, argument, pin),
            "offline" => offline(&auth, argument, pin),
            "change-pin" => {
                change_pin(&auth, pin);
                pin = 1;
            }
            _ => break,
        }
        deep(0);
        say("ready");
    }
}

fn open(folder: &Path) -> Authenticator {
    let phone = PhoneInfo { name: "In memory".into(), os: "None".into(), app: "1.0.0".into() };
    let profile = Profile::Development;
    let options = TransportOptions { profile, extra_roots: Vec::new(), user_agent: "test".into() };
    let ports = Ports {
        keys: Arc::new(SoftwareKeyStore::open(&folder.join("keys"), Keeping::File).expect("keys")),
        store: Arc::new(SqliteStore::open(&folder.join("vault.db")).expect("vault")),
        transport: Arc::new(HttpTransport::new(options)),
        clock: Arc::new(SystemClock::new()),
        random: Arc::new(OsRandom),
    };
    let kdf = Kdf::Fixed(countersign_vault::kdf::KdfParams::FLOOR);
    let options =
        Options { profile, phone, platform: Platform::Cli, kdf, key_store_patience: KEY_STORE_PATIENCE };
    Authenticator::open(ports, options).expect("a phone")
}

fn entry(which: usize) -> PinEntry {
    let mut entry = PinEntry::new();
    for digit in PINS[which] {
        entry.push(digit - 100 + b'0').expect("a digit");
    }
    entry
}

fn pair(auth: &Authenticator, link: &str, pin: usize) {
    let Ok(Scanned::Pairing(mut flow)) = auth.open_code(link.as_bytes(), Entry::Scanner) else {
        panic!("no pairing")
    };
    flow.accept().expect("accepted");
    let Ok(PairingState::TypeCode { code, .. }) = flow.choose_pin(entry(pin), entry(pin)) else {
        panic!("no code")
    };
    say(code.expose());
}

fn finish(auth: &Authenticator) {
    for account in auth.accounts().expect("accounts") {
        auth.check(account.id).expect("a server");
    }
}

fn approve(auth: &Authenticator, number: &str, pin: usize) {
    let number = Number::parse(number).expect("six digits");
    let mut flow = auth.requests().expect("a list").requests.pop().expect("a request");
    flow.approve(Some(&number), entry(pin)).expect("an answer");
}

fn offline(auth: &Authenticator, text: &str, pin: usize) {
    let Ok(Scanned::Offline(mut flow)) = auth.open_code(text.as_bytes(), Entry::Scanner) else {
        panic!("no offline code")
    };
    let mut shown = flow.code(entry(pin)).expect("a code");
    say(shown.digits().expect("digits"));
}

fn change_pin(auth: &Authenticator, pin: usize) {
    let accounts = auth.accounts().expect("accounts");
    let active = accounts.iter().find(|account| matches!(account.state, AccountState::Active));
    let mut flow = auth.change_pin(active.expect("an account").id).expect("a change");
    flow.submit(entry(pin), entry(1), entry(1)).expect("an answer");
}

/// One line, byte by byte, so that no buffer keeps it.
fn read_line(input: &mut File) -> Option<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::new());
    let mut byte = Zeroizing::new([0; 1]);
    loop {
        match input.read(byte.as_mut()) {
            Ok(1) if byte[0] == b'\n' => return Some(line),
            Ok(1) => line.push(char::from(byte[0])),
            _ => return None,
        }
    }
}

fn say(text: &str) {
    let mut output = std::fs::OpenOptions::new().write(true).open("/dev/stdout").expect("stdout");
    let line = Zeroizing::new(format!("{text}\n"));
    output.write_all(line.as_bytes()).expect("written");
}

/// What any shell does between two flows: it calls other things, deep enough to write over dead frames.
#[inline(never)]
fn deep(depth: u32) {
    let frame = [u8::try_from(depth % 7).unwrap_or(0); 4096];
    std::hint::black_box(&frame);
    if depth < 128 {
        deep(depth + 1);
    }
    std::hint::black_box(&frame);
}
