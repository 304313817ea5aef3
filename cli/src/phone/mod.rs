//! `countersign phone`: a phone in a folder, made of the same engine as the apps (B4).
//!
//! Commands are methods of [`Session`], over an opened [`Authenticator`], somebody who answers ([`Person`]) and a
//! [`Sink`]; the demo calls the same ones in its own process.

mod accounts;
mod arguments;
mod code;
mod decide;
mod history;
mod open;
mod pair;
mod person;
mod scan;
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
use countersign_engine::{Authenticator, Entry};
use countersign_protocol::message::response::DenyWhy;

/// One phone, the person who holds it and what it has to say.
pub struct Session<'a> {
    /// The phone.
    pub auth: &'a Authenticator,
    /// The person.
    pub person: &'a mut dyn Person,
    /// Where results go.
    pub sink: &'a mut dyn Sink,
}

/// Runs `phone`.
pub fn run(arguments: Arguments, sink: &mut dyn Sink) -> Result<(), Failure> {
    let interactive = sink.is_interactive();
    let Opened { auth, aloud } = open(arguments.setup()?)?;
    if let (Some(aloud), Command::Pair { .. } | Command::Standing) = (&aloud, &arguments.command) {
        sink.remark(aloud);
    }
    let mut person = Console::new(interactive, arguments.pin_stdin);
    let mut session = Session { auth: &auth, person: &mut person, sink };
    match arguments.command {
        Command::Pair { code, yes, no_wait } => {
            let (text, entry) = code.pairing_text()?;
            session.pair(&text, entry, Manner { yes, wait: !no_wait })
        }
        Command::Accounts => session.accounts(),
        Command::Requests => session.requests(),
        Command::Approve { tid, number, patient } => {
            if patient {
                session.await_request(tid)?;
            }
            session.approve(tid, number)
        }
        Command::Deny { tid } => session.deny(tid, DenyWhy::Cancel),
        Command::NotMe { tid } => session.deny(tid, DenyWhy::NotMe),
        Command::Scan { code, answer, account } => {
            session.scan(&code.scanned_text()?, Entry::Scanner, answer.into(), account.as_deref())
        }
        Command::Code { code } => session.offline_code(&code.scanned_text()?),
        Command::History => session.history(),
        Command::Standing => session.standing(),
    }
}
