//! `countersign phone`: a phone in a folder, made of the same engine as the apps (B4).
//!
//! Commands are methods of [`Session`], over an opened [`Authenticator`], somebody who answers ([`Person`]) and a
//! [`Sink`]; the demo calls the same ones in its own process.

mod accounts;
mod arguments;
mod attack;
mod biometrics;
mod browser;
mod change_pin;
mod code;
mod decide;
mod history;
mod moving;
mod open;
mod pair;
mod person;
mod phones;
mod scan;
mod self_test;
mod shown;
mod wire;

pub use arguments::Arguments;
pub use open::{Opened, Setup, open};
pub use pair::Manner;
pub use person::{Console, Person};
pub use scan::Answer;

use crate::failure::Failure;
use crate::sink::Sink;
use arguments::Command;
use browser::{Browser, Returning};
use countersign_engine::port::KeyStore;
use countersign_engine::{Authenticator, Entry};
use countersign_protocol::message::response::DenyWhy;
use std::path::Path;

/// One phone, the person who holds it and what it has to say.
pub struct Session<'a> {
    /// The phone.
    pub auth: &'a Authenticator,
    /// Its keys, for signatures that a person gives.
    pub keys: &'a dyn KeyStore,
    /// The person.
    pub person: &'a mut dyn Person,
    /// Where results go.
    pub sink: &'a mut dyn Sink,
}

/// Runs `phone`.
pub fn run(arguments: Arguments, sink: &mut dyn Sink) -> Result<(), Failure> {
    if let Command::Attack(arguments) = &arguments.command {
        return attack::attack(arguments, sink);
    }
    let interactive = sink.is_interactive();
    let Opened { auth, aloud, keys } = open(arguments.setup()?)?;
    if let (Some(aloud), Command::Pair { .. } | Command::Standing) = (&aloud, &arguments.command) {
        sink.remark(aloud);
    }
    let mut person = Console::new(interactive, arguments.pin_stdin);
    let mut session = Session { auth: &auth, keys: &*keys, person: &mut person, sink };
    match arguments.command {
        Command::Pair { code, server, typed, yes, no_wait } => {
            let manner = Manner { yes, wait: !no_wait };
            match server.zip(typed) {
                Some((server, typed)) => session.pair_typed(&server, &typed, manner),
                None => {
                    let (text, entry) = code.pairing_text()?;
                    session.pair(&text, entry, manner)
                }
            }
        }
        Command::Accounts => session.accounts(),
        Command::Requests => session.requests(),
        Command::Approve { tid, number, patient, biometrics } => {
            if patient {
                session.await_request(tid)?;
            }
            if biometrics {
                session.approve_by_biometrics(tid, number.as_ref())
            } else {
                session.approve(tid, number)
            }
        }
        Command::Deny { tid } => session.deny(tid, DenyWhy::Cancel),
        Command::NotMe { tid } => session.deny(tid, DenyWhy::NotMe),
        Command::Scan { code, answer, account } => {
            session.scan(&code.scanned_text()?, Entry::Scanner, answer.into(), account.as_deref())
        }
        Command::Code { code } => session.offline_code(&code.scanned_text()?),
        Command::History => session.history(),
        Command::Standing => session.standing(),
        command => more(&mut session, command, arguments.ca.as_deref()),
    }
}

/// What concerns account and phone rather than a sign-in.
fn more(session: &mut Session<'_>, command: Command, ca: Option<&Path>) -> Result<(), Failure> {
    match command {
        Command::Open { link, answer, which, cookies } => {
            let Some(jar) = cookies else {
                return session.scan(&link, Entry::System, answer.into(), which.account.as_deref());
            };
            let browser = Browser::open(&jar, ca)?;
            let Session { auth, keys, person, sink } = session;
            let sink = &mut Returning { sink: &mut **sink, browser };
            let mut session = Session { auth, keys: *keys, person: &mut **person, sink };
            session.scan(&link, Entry::System, answer.into(), which.account.as_deref())
        }
        Command::ChangePin { everywhere: true, .. } => session.change_pin_everywhere(),
        Command::ChangePin { which, renew_keys, .. } => {
            session.change_pin(which.account.as_deref(), renew_keys)
        }
        Command::Phones { which } => session.phones(which.account.as_deref()),
        Command::Rename { new_name, which } => session.rename(&new_name, which.account.as_deref()),
        Command::Revoke { phone, which } => session.revoke(phone, which.account.as_deref()),
        Command::Unlink { which, yes, only_here: false } => session.unlink(which.account.as_deref(), yes),
        Command::Unlink { which, yes, only_here: true } => {
            session.unlink_only_here(which.account.as_deref(), yes)
        }
        Command::EndSession { tid } => session.end_session(tid),
        Command::Move { accounts, add } => session.bring_in(&accounts, add),
        Command::Biometrics { to, which } => session.biometrics(to, which.account.as_deref()),
        Command::Recover { code } => {
            let (text, entry) = code.pairing_text()?;
            session.recover(&text, entry)
        }
        Command::SelfTest => session.self_test(),
        _ => Err(Failure::of("out_of_turn")),
    }
}
