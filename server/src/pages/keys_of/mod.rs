//! The keys that somebody can sign in with (W2), one file a key: what it is called, what it is worth, for whom it is
//! offered, and how it begins. Their order here is that of the page, but for the key that was used last and for phones.

mod here;
mod number;
mod offline;
mod password;
mod qr;

use crate::backend::start::Method;
use crate::pages::view::Post;
use crate::pages::view::sign_in::Way;
use crate::store::relying::Relying;
use crate::store::session::Acr;

/// All of them.
const KEYS: [&Key; 5] = [&number::KEY, &qr::KEY, &here::KEY, &offline::KEY, &password::KEY];

/// One key.
pub struct Key {
    /// Its name in the database, and the end of the address of its form.
    pub name: &'static str,
    /// Key of its name for people.
    title: &'static str,
    /// Key of its sentence.
    hint: &'static str,
    icon: &'static str,
    /// What a sign-in by it is worth.
    level: Acr,
    /// Whether it is offered only where somebody has shown something of the account; the others are offered for every
    /// address, so that they tell nothing.
    known_only: bool,
    /// Whether it can be the first of two factors.
    first_factor: bool,
    /// How the phone is reached, if it is a phone.
    pub method: Option<Method>,
}

/// What is known when keys are offered.
pub struct Asked<'a> {
    /// Whether this browser is recognised for the account, or a first factor was right.
    pub known: bool,
    /// Whether a first factor was right just now: another one is not asked for.
    pub passed: bool,
    /// Whether the account has a phone; of an account that this browser may know nothing of, yes.
    pub has_phone: bool,
    /// The least level.
    pub level: Option<Acr>,
    /// How the service takes people that they come from.
    pub service: Option<&'a Relying>,
    /// The key that was used last, as far as this browser may know.
    pub last: Option<&'a str>,
    /// Whether the browser runs on a phone.
    pub on_phone: bool,
}

/// What is offered, in the order of showing: first what counts, then what the service does not take, without a form.
pub fn offer(asked: &Asked<'_>, form: impl Fn(&str) -> Post) -> Vec<Way> {
    let mut keys: Vec<&Key> = KEYS.into_iter().filter(|key| key.is_for(asked)).collect();
    let place = |key: &&Key| (!key.counts(asked), asked.last != Some(key.name), key.rank(asked.on_phone));
    keys.sort_by_key(place);
    keys.into_iter().map(|key| key.way(asked, &form)).collect()
}

/// The address of the form of a key.
pub fn path(name: &str) -> String {
    format!("/sign-in/{name}")
}

impl Key {
    fn is_for(&self, asked: &Asked<'_>) -> bool {
        let is_there = asked.has_phone || self.method.is_none();
        is_there && (asked.known || !self.known_only) && !(asked.passed && self.first_factor)
    }

    /// Whether it leads on: by itself, or to a second one where it is not known what else there is.
    fn counts(&self, asked: &Asked<'_>) -> bool {
        let taken = asked.service.is_none_or(|service| service.takes(self.name));
        (taken && self.suffices(asked.level)) || (self.first_factor && !asked.known)
    }

    /// Whether a sign-in by it is worth enough.
    pub fn suffices(&self, least: Option<Acr>) -> bool {
        least.is_none_or(|least| self.level >= least)
    }

    /// "App on this phone" comes first on phones and last elsewhere.
    fn rank(&self, on_phone: bool) -> u8 {
        match (self.name == here::KEY.name, on_phone) {
            (true, true) => 0,
            (false, _) => 1,
            (true, false) => 2,
        }
    }

    fn way(&self, asked: &Asked<'_>, form: impl Fn(&str) -> Post) -> Way {
        Way {
            title: self.title,
            hint: self.hint,
            icon: self.icon,
            post: self.counts(asked).then(|| form(&path(self.name))),
            last_used: asked.last == Some(self.name),
        }
    }
}

/// The key of the form of passwords.
pub const fn password() -> &'static Key {
    &password::KEY
}

/// The key of a form.
pub const fn number() -> &'static Key {
    &number::KEY
}

/// The key of a form.
pub const fn qr() -> &'static Key {
    &qr::KEY
}

/// The key of a form.
pub const fn here() -> &'static Key {
    &here::KEY
}

/// The key of a form.
pub const fn offline() -> &'static Key {
    &offline::KEY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(asked: &Asked<'_>) -> Vec<String> {
        let ways = offer(asked, |path| Post::new(path, ""));
        let name = |way: &Way| {
            let refused = if way.post.is_none() { "-" } else { "" };
            let last = if way.last_used { "!" } else { "" };
            format!("{refused}{}{last}", way.title.split('.').next_back().unwrap())
        };
        ways.iter().map(name).collect()
    }

    #[test]
    fn a_strange_browser_is_offered_what_tells_nothing() {
        let asked = Asked {
            known: false,
            passed: false,
            has_phone: true,
            level: None,
            service: None,
            last: None,
            on_phone: false,
        };
        assert_eq!(names(&asked), ["qr", "password", "here"]);
        let strong = Asked { on_phone: true, level: Some(Acr::Strong), ..asked };
        assert_eq!(names(&strong), ["here", "qr", "password"], "a second key may follow");
    }

    #[test]
    fn a_known_one_is_offered_all_the_last_first_and_what_is_refused_at_the_end() {
        let asked = Asked {
            known: true,
            passed: false,
            has_phone: true,
            level: None,
            service: None,
            last: Some("qr"),
            on_phone: false,
        };
        assert_eq!(names(&asked), ["qr!", "number", "offline", "password", "here"]);
        let asked = Asked { last: Some("offline"), level: Some(Acr::Strong), ..asked };
        assert_eq!(names(&asked), ["number", "qr", "here", "-offline!", "-password"]);
        let asked = Asked { last: None, level: Some(Acr::Code), on_phone: true, passed: true, ..asked };
        assert_eq!(names(&asked), ["here", "number", "qr", "offline"]);
        assert_eq!(names(&Asked { has_phone: false, passed: false, level: None, ..asked }), ["password"]);
    }

    #[test]
    fn what_the_service_does_not_take_is_refused_but_a_password_still_leads_to_a_second_key() {
        let service = Relying { keys: vec!["qr".into(), "offline".into()], ..Relying::default() };
        let asked = Asked {
            known: true,
            passed: false,
            has_phone: true,
            level: Some(Acr::Basic),
            service: Some(&service),
            last: Some("number"),
            on_phone: false,
        };
        assert_eq!(names(&asked), ["qr", "offline", "-number!", "-password", "-here"]);
        assert_eq!(names(&Asked { known: false, last: None, ..asked }), ["qr", "password", "-here"]);
    }

    #[test]
    fn the_registry_knows_the_keys_and_what_each_is_worth() {
        let own: Vec<(&str, Acr)> = KEYS.iter().map(|key| (key.name, key.level)).collect();
        assert_eq!(own, crate::store::relying::KEYS);
    }
}
