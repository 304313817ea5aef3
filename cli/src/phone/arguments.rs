//! What `countersign phone` takes.

use super::attack::Attack;
use super::open::Setup;
use super::scan::Answer;
use crate::failure::Failure;
use crate::picture;
use clap::{Args, Subcommand, ValueEnum};
use countersign_engine::Entry;
use countersign_protocol::id::{PhoneRef, Tid};
use countersign_protocol::secret::Number;
use std::path::{Path, PathBuf};

/// Arguments of `phone`.
#[derive(Args)]
pub struct Arguments {
    /// Folder of this phone: its vault file and its keys.
    #[arg(long, global = true, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Print every message, decoded, to stderr.
    #[arg(long, global = true)]
    wire: bool,
    /// Read each PIN that is asked for as one line of stdin.
    #[arg(long, global = true)]
    pub(super) pin_stdin: bool,
    /// How this phone calls itself when it is paired.
    #[arg(long, global = true, value_name = "NAME", default_value = "Virtual phone")]
    name: String,
    /// Root certificate (PEM) of a server inside an organisation.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) ca: Option<PathBuf>,
    /// A phone without network.
    #[arg(long, global = true)]
    no_network: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Pair with a server, by a picture of the QR code or its link.
    Pair {
        #[command(flatten)]
        code: PairingCode,
        /// The server's address, for a code that is typed.
        #[arg(long, requires = "typed", value_name = "HOST")]
        server: Option<String>,
        /// The 16 letters and digits of the page, instead of a picture.
        #[arg(long, requires = "server", value_name = "CODE")]
        typed: Option<String>,
        /// Answer the questions with yes.
        #[arg(long)]
        yes: bool,
        /// End after the code is shown; `accounts` finds out later whether it was typed.
        #[arg(long)]
        no_wait: bool,
    },
    /// Be a hostile phone: try the negative cases of the protocol at a server.
    Attack(Attack),
    /// List the accounts; finish pairings whose code was typed meanwhile.
    Accounts,
    /// List what waits for an answer.
    Requests,
    /// Approve a request with the number in the browser and the PIN.
    Approve {
        /// The request, if there are several.
        #[arg(value_parser = tid, allow_hyphen_values = true)]
        tid: Option<Tid>,
        /// Six digits from the browser.
        #[arg(long, value_parser = number)]
        number: Option<Number>,
        /// Wait out the pause after five PINs without success, then for a request to come.
        #[arg(long)]
        patient: bool,
        /// With the biometric key instead of the PIN: a phone would ask for finger or face here.
        #[arg(long)]
        biometrics: bool,
    },
    /// Open a link as if it had been tapped on this phone: sign in or pair from the phone's own browser.
    Open {
        /// The link.
        link: String,
        /// Go back as the browser with these cookies would: a file as `curl --cookie-jar` writes it.
        #[arg(long, value_name = "FILE")]
        cookies: Option<PathBuf>,
        #[command(flatten)]
        answer: AnswerFlags,
        #[command(flatten)]
        which: Which,
    },
    /// Change the PIN: the old one, and the new one twice.
    ChangePin {
        #[command(flatten)]
        which: Which,
        /// For all accounts, as far as they have the same old PIN.
        #[arg(long, conflicts_with = "account")]
        everywhere: bool,
        /// Keep the PIN and replace the device key and the parameters instead.
        #[arg(long, conflicts_with = "everywhere")]
        renew_keys: bool,
    },
    /// List the phones of an account.
    Phones {
        #[command(flatten)]
        which: Which,
    },
    /// Give this phone another name.
    Rename {
        /// 1 to 40 characters.
        #[arg(value_name = "NAME")]
        new_name: String,
        #[command(flatten)]
        which: Which,
    },
    /// Remove another phone of the account, with the PIN.
    Revoke {
        /// As `phones` prints it.
        #[arg(value_parser = phone_ref, allow_hyphen_values = true)]
        phone: PhoneRef,
        #[command(flatten)]
        which: Which,
    },
    /// Remove the account here and this phone at the server.
    Unlink {
        #[command(flatten)]
        which: Which,
        /// Answer the question with yes.
        #[arg(long)]
        yes: bool,
        /// Where the server can no longer be trusted, because its root key was lost or stolen, remove the account here.
        #[arg(long)]
        only_here: bool,
    },
    /// Tell a service to end a session that this phone approved.
    EndSession {
        /// The sign-in, as `history` prints it.
        #[arg(value_parser = tid, allow_hyphen_values = true)]
        tid: Tid,
    },
    /// Show one pairing code after the other to a new phone, and confirm it by the digits that it shows.
    Move {
        /// Which accounts, by name or id; all of them without this.
        #[arg(long = "account", value_name = "ACCOUNT")]
        accounts: Vec<String>,
        /// Keep this phone: bring in another one beside it.
        #[arg(long)]
        add: bool,
    },
    /// Turn approval by biometrics on or off.
    Biometrics {
        /// What to do.
        #[arg(value_enum)]
        to: Switch,
        #[command(flatten)]
        which: Which,
    },
    /// After a forgotten PIN or a lock: pair anew with a code of the account's page, and give the old account up.
    Recover {
        #[command(flatten)]
        code: PairingCode,
    },
    /// Why does nothing arrive? One verdict each, with what to do.
    SelfTest,
    /// Refuse a request.
    Deny {
        /// The request, if there are several.
        #[arg(value_parser = tid, allow_hyphen_values = true)]
        tid: Option<Tid>,
    },
    /// Say "It wasn't me" to a request, or to something in the history.
    NotMe {
        /// The request, if there are several.
        #[arg(value_parser = tid, allow_hyphen_values = true)]
        tid: Option<Tid>,
    },
    /// Scan the code of a sign-in and answer it.
    Scan {
        #[command(flatten)]
        code: ScannedCode,
        #[command(flatten)]
        answer: AnswerFlags,
        /// Which account, where several would do: its name or id.
        #[arg(long)]
        account: Option<String>,
    },
    /// Scan the code of a sign-in without network and show the eight digits.
    Code {
        #[command(flatten)]
        code: ScannedCode,
    },
    /// List what was decided.
    History,
    /// Ask each server what it holds of this phone.
    #[command(name = "self")]
    Standing,
}

/// Which account, where there are several.
#[derive(Args)]
pub(super) struct Which {
    /// Its name or id.
    #[arg(long, value_name = "ACCOUNT")]
    pub(super) account: Option<String>,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Switch {
    /// On, with the PIN.
    On,
    /// Off.
    Off,
}

/// A picture or a text that stands for what the camera saw.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(super) struct ScannedCode {
    /// PNG or JPEG file, which is really scanned.
    image: Option<PathBuf>,
    /// The text, as if it had been scanned. A phone has nothing like it: there these codes come by camera alone.
    #[arg(long, value_name = "TEXT")]
    scanned: Option<String>,
}

/// A picture, a link that was pasted, or a text that stands for what the camera saw.
#[derive(Args)]
#[group(multiple = false)]
pub(super) struct PairingCode {
    /// PNG or JPEG file, which is really scanned, or the link, which counts as pasted.
    link_or_image: Option<String>,
    /// The text, as if it had been scanned.
    #[arg(long, value_name = "TEXT")]
    scanned: Option<String>,
}

/// How to answer a scanned request.
#[derive(Args)]
#[group(multiple = false)]
pub(super) struct AnswerFlags {
    /// Refuse it.
    #[arg(long)]
    cancel: bool,
    /// Refuse it: "It wasn't me".
    #[arg(long)]
    not_me: bool,
}

impl From<AnswerFlags> for Answer {
    fn from(flags: AnswerFlags) -> Self {
        match flags {
            AnswerFlags { not_me: true, .. } => Self::NotMe,
            AnswerFlags { cancel: true, .. } => Self::Cancel,
            _ => Self::Approve,
        }
    }
}

impl ScannedCode {
    pub(super) fn scanned_text(&self) -> Result<String, Failure> {
        match (&self.scanned, &self.image) {
            (Some(text), _) => Ok(text.clone()),
            (None, Some(image)) => scanned(image),
            (None, None) => Err(Failure::usage("no_code")),
        }
    }
}

impl PairingCode {
    pub(super) fn pairing_text(&self) -> Result<(String, Entry), Failure> {
        match (&self.scanned, &self.link_or_image) {
            (Some(text), _) => Ok((text.clone(), Entry::Scanner)),
            (None, Some(link)) if link.contains("://") => Ok((link.clone(), Entry::Pasted)),
            (None, Some(image)) => Ok((scanned(Path::new(image))?, Entry::Scanner)),
            (None, None) => Err(Failure::usage("no_code")),
        }
    }
}

impl Arguments {
    /// How the phone is opened.
    pub(super) fn setup(&self) -> Result<Setup, Failure> {
        Ok(Setup {
            state: self.state.clone().ok_or_else(|| Failure::usage("state_missing"))?,
            name: self.name.clone(),
            wire: self.wire,
            ca: self.ca.clone(),
            network: !self.no_network,
        })
    }
}

fn scanned(image: &Path) -> Result<String, Failure> {
    Ok(picture::only_text(image)?.as_str().to_owned())
}

fn tid(text: &str) -> Result<Tid, String> {
    Tid::parse(text).map_err(|_| "22 letters and digits, as `requests` prints it".to_owned())
}

fn phone_ref(text: &str) -> Result<PhoneRef, String> {
    PhoneRef::parse(text).map_err(|_| "11 letters and digits, as `phones` prints it".to_owned())
}

fn number(text: &str) -> Result<Number, String> {
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{202f}' | '\u{a0}')).collect();
    Number::parse(&bare).map_err(|_| "six digits, as the browser shows them".to_owned())
}
