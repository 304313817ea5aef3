//! Which passwords are taken: long ones that nobody would try early (NIST SP 800-63B-4 section 3.1.1.2). Nothing is asked of
//! their characters, and none ever runs out.
//!
//! The list of passwords to refuse is that of the estimate: the first thirty thousand of those that were stolen elsewhere,
//! words of languages and names, rows of keys, and what this person and this server are called. Whatever is among the
//! first hundred million guesses made of these is refused.

use super::normal;
use zxcvbn::zxcvbn;

/// Least length of a password that is the only factor.
pub const ALONE: u32 = 15;
/// Least length of a password that a second factor is always asked for beside.
pub const BESIDE: u32 = 8;
/// Greatest length: more would only be a way to keep the server busy.
pub const MOST: usize = 256;
/// Guesses that it has to stand, as a power of ten.
const STANDS: f64 = 8.0;
/// Shorter words say too little to be searched for.
const LEAST_WORD: usize = 3;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// It has fewer characters than this.
    Short(u32),
    /// It has more than [`MOST`].
    Long,
    /// It is made of the name or address of its owner, or of the server's.
    Own,
    /// It is one of those that are tried first.
    Common,
}

/// Whether this is good enough for somebody of these names. It takes some milliseconds.
///
/// # Errors
/// Why not.
pub fn judge(password: &str, least: u32, own: &[String]) -> Result<(), Weak> {
    let password = normal(password);
    let length = password.chars().count();
    if length < usize::try_from(least).unwrap_or(usize::MAX) {
        return Err(Weak::Short(least));
    }
    if length > MOST {
        return Err(Weak::Long);
    }
    if rest(&password, own) < usize::try_from(BESIDE).unwrap_or_default() {
        return Err(Weak::Own);
    }
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    if zxcvbn(&password, &own).guesses_log10() < STANDS { Err(Weak::Common) } else { Ok(()) }
}

/// Letters and digits of a password that belong to none of these words, the longest first. Where there are no such words it
/// is the whole of it: scripts and signs are no business of this rule.
fn rest(password: &str, own: &[String]) -> usize {
    let mut own: Vec<&String> = own.iter().collect();
    own.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let lower = password.to_lowercase();
    let rest = own.into_iter().fold(lower.clone(), |rest, word| rest.replace(word.as_str(), " "));
    let counts = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    if rest == lower { password.chars().count() } else { counts(&rest) }
}

/// The words of which a password must not be made: as they were given, and their parts.
pub fn words_of(given: &[&str]) -> Vec<String> {
    let parts = given.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let all = given.iter().copied().chain(parts).map(str::to_lowercase);
    all.filter(|word| word.chars().count() >= LEAST_WORD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vec<String> {
        words_of(&["Ludmilla", "Vogelsang", "ludmilla.vogelsang@example.eu", "Example ID"])
    }

    #[test]
    fn a_long_sentence_in_any_writing_is_taken_and_no_kind_of_character_is_asked_for() {
        for good in [
            "four horses in a field",
            "correct horse battery staple",
            "kjqzwvxnmtrpdlh",
            "   spaces   between   stay   ",
            "трамвай идёт к морю",
            "雨の日には本を読んで過ごすのが好き",
            "\u{1f40e} \u{1f3d4}\u{fe0f} \u{1f6f6} \u{1f3ba} \u{1f9ed} quattro",
        ] {
            assert_eq!(judge(good, ALONE, &words()), Ok(()), "{good}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_of_one_form() {
        assert_eq!(judge("twelve chars", ALONE, &words()), Err(Weak::Short(ALONE)));
        assert_eq!(judge("", ALONE, &words()), Err(Weak::Short(ALONE)));
        assert_eq!(judge("tw7lvé chars", BESIDE, &words()), Ok(()));
        // Seven letters with as many accents beside them: seven characters.
        assert_eq!(judge(&"e\u{301}".repeat(7), BESIDE, &words()), Err(Weak::Short(BESIDE)));
        let long: String = (0..256).map(|n| char::from_u32(0x4e00 + n * 37).unwrap()).collect();
        assert_eq!(judge(&long, ALONE, &words()), Ok(()));
        assert_eq!(judge(&(long + "x"), ALONE, &words()), Err(Weak::Long));
    }

    #[test]
    fn what_is_tried_first_is_refused_however_long() {
        for common in [
            "password",
            "passw0rd",
            "P@ssw0rd1",
            "iloveyou",
            "passwordpassword",
            "123456789012345",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "qwertyuiopasdfgh",
            "abcdefghijklmnop",
            "1qaz2wsx3edc4rfv",
        ] {
            assert_eq!(judge(common, BESIDE, &words()), Err(Weak::Common), "{common}");
        }
    }

    #[test]
    fn what_somebody_is_called_makes_no_password() {
        for own in
            ["Ludmilla Vogelsang", "vogelsangludmilla", "LudmillaVogelsang1", "ludmilla.vogelsang@example.eu"]
        {
            assert_eq!(judge(own, ALONE, &words()), Err(Weak::Own), "{own}");
        }
        assert_eq!(
            judge("vogelsangludmilla", ALONE, &[]),
            Ok(()),
            "somebody else's name is a word like others"
        );
    }
}
