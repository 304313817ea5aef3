//! The languages there are, with what differs between them besides the words.

/// One language.
#[derive(Debug)]
pub struct Language {
    /// Its tag of BCP 47, and the name of its file.
    pub tag: &'static str,
    /// What Kotlin calls its object.
    pub object: &'static str,
    /// When a count takes the form `one`, in Kotlin: the rule of CLDR for whole numbers.
    pub one: &'static str,
    /// The same in Swift, as the range of those counts.
    pub one_in_swift: &'static str,
    /// What never stands in a text (look.md section 5), in small letters.
    pub unwanted: &'static [&'static str],
    /// Whether `?`, `;`, `:` and the inner side of « » take a no-break space.
    pub spaced: bool,
}

/// All of them; the first is the reference.
pub const ALL: [&Language; 2] = [
    &Language {
        tag: "en",
        object: "En",
        one: "== 1",
        one_in_swift: "(1...1)",
        unwanted: &["please", "oops", "something went wrong", "invalid"],
        spaced: false,
    },
    &Language {
        tag: "fr",
        object: "Fr",
        one: "in 0..1",
        one_in_swift: "(0...1)",
        unwanted: &["veuillez", "s’il vous plaît", "oups", "quelque chose s’est mal passé", "invalide"],
        spaced: true,
    },
];
