//! The pages of "my account", and the list that leads to them: one line a page.

use crate::pages::view::Page;

/// A page of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What there is at a glance.
    Overview,
    /// Names, telephone, language.
    Details,
    /// The phones.
    Phones,
    /// What happened.
    SignIns,
    /// Where somebody is signed in.
    Sessions,
    /// Another password.
    Password,
    /// Another address.
    Address,
    /// The code for lost phones.
    Recovery,
    /// How many factors, which letters.
    Options,
}

/// Each with its address, its name and its drawing, in the order of the list.
const PLACES: &[(Place, &str, &str, &str)] = &[
    (Place::Overview, "/me", "me.overview", "home"),
    (Place::Details, "/me/details", "me.details", "person"),
    (Place::Phones, "/me/phones", "me.phones_title", "phone"),
    (Place::SignIns, "/me/sign-ins", "signs.title", "history"),
    (Place::Sessions, "/me/sessions", "me.sessions", "lock"),
    (Place::Password, "/me/password", "me.places.password", "key"),
    (Place::Address, "/me/address", "me.places.address", "mail"),
    (Place::Recovery, "/me/recovery", "me.places.recovery", "shield"),
    (Place::Options, "/me/options", "options.title", "gear"),
];

/// A line of the list.
pub(in crate::pages::view) struct Line {
    /// Where it leads.
    pub href: String,
    /// Its name.
    pub words: &'static str,
    /// Its drawing.
    pub icon: &'static str,
    /// Whether it is this page, or leads to it.
    pub current: bool,
}

impl Page {
    /// The list, where it is drawn.
    pub(in crate::pages::view) fn places(&self) -> Vec<Line> {
        let line = |(place, path, key, icon): &(Place, &str, &'static str, &'static str)| Line {
            href: self.link(path),
            words: self.t(key),
            icon,
            current: self.place() == Some(*place),
        };
        PLACES.iter().map(line).collect()
    }

    /// "My account: Phones".
    pub(in crate::pages::view) fn place_words(&self) -> String {
        let current = self.places().into_iter().find(|line| line.current);
        self.fill("me.menu", "place", current.map_or("", |line| line.words))
    }
}
