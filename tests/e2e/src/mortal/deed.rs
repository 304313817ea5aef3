//! What is done, and who dies of it.

use countersign_failpoint::{PHONE, SERVER};
use std::time::Duration;

/// Something that people do with a phone, and that must survive a kill at every step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// A phone is paired.
    Pair,
    /// A sign-in is approved with the right PIN.
    Approve,
    /// A sign-in is answered with a wrong PIN.
    Mistype,
    /// The PIN is changed.
    ChangePin,
    /// The PIN is to be changed, and the old one is typed wrongly.
    MistypeChange,
    /// The keys are replaced under the same PIN.
    RenewKeys,
    /// The account moves to another phone.
    Move,
}

/// Who is killed, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doom {
    /// The server, at a place.
    Server(String),
    /// The phone, at a place.
    Phone(String),
    /// The phone that the account moves to, at a place.
    NewPhone(String),
    /// The server, so long after the beginning.
    ServerAfter(Duration),
    /// The phone, so long after it was started.
    PhoneAfter(Duration),
    /// The phone that the account moves to, so long after it was started.
    NewPhoneAfter(Duration),
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Pair,
        Self::Approve,
        Self::Mistype,
        Self::ChangePin,
        Self::MistypeChange,
        Self::RenewKeys,
        Self::Move,
    ];

    /// Places of the phone that this deed passes, each at least once.
    pub fn places_of_phone(self) -> Vec<&'static str> {
        let part = |part: &str| PHONE.into_iter().filter(move |name| name.contains(part)).collect::<Vec<_>>();
        let mut places = [part("vault"), part("wire")].concat();
        match self {
            Self::Pair => places.extend(part("write").into_iter().chain(part("rename"))),
            Self::RenewKeys => places.extend(part("key/")),
            _ => {}
        }
        places
    }

    /// Every kind of death that this deed can meet, at the `passing`-th passing of its place.
    pub fn dooms(self, passing: u32) -> Vec<Doom> {
        let at = |name: &str| format!("{name}:{passing}");
        let mut dooms: Vec<Doom> = SERVER.iter().map(|name| Doom::Server(at(name))).collect();
        dooms.extend(self.places_of_phone().iter().map(|name| Doom::Phone(at(name))));
        if self == Self::Move {
            dooms.extend(Self::Pair.places_of_phone().iter().map(|name| Doom::NewPhone(at(name))));
        }
        dooms
    }
}
