//! How languages count whole things (Unicode CLDR, cardinal numbers): which of `.zero`, `.one`, `.two`, `.few`, `.many`
//! and `.other` of a key is meant.

/// The form for `n`. A language that is not named here counts as English does.
pub fn category(language: &str, n: u32) -> &'static str {
    let (ten, hundred) = (n % 10, n % 100);
    let teens = (11..=19).contains(&hundred);
    match language {
        "fr" if n < 2 => "one",
        "lv" if ten == 0 || teens => "zero",
        "lv" | "hr" if ten == 1 && hundred != 11 => "one",
        "lt" if ten == 1 && !teens => "one",
        "sl" if hundred == 1 => "one",
        "fr" | "lv" | "hr" | "lt" | "sl" => further(language, n),
        _ if n == 1 => "one",
        _ => further(language, n),
    }
}

/// The same where it is not one.
fn further(language: &str, n: u32) -> &'static str {
    let (ten, hundred) = (n % 10, n % 100);
    let some = (2..=4).contains(&ten) && !(12..=14).contains(&hundred);
    match language {
        "ga" | "mt" if n == 2 => "two",
        "sl" if hundred == 2 => "two",
        "sl" if matches!(hundred, 3 | 4) => "few",
        "cs" | "sk" if (2..=4).contains(&n) => "few",
        "pl" | "hr" if some => "few",
        "pl" => "many",
        "ro" if n == 0 || (1..=19).contains(&hundred) => "few",
        "lt" if ten >= 2 && !(11..=19).contains(&hundred) => "few",
        "ga" if (3..=6).contains(&n) => "few",
        "ga" if (7..=10).contains(&n) => "many",
        "mt" if n == 0 || (3..=10).contains(&hundred) => "few",
        "mt" if (11..=19).contains(&hundred) => "many",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::category;

    #[test]
    fn languages_count_in_their_own_way() {
        let forms = |language: &str, numbers: &[u32]| {
            numbers.iter().map(|n| category(language, *n)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(forms("en", &[0, 1, 2]), "other one other");
        assert_eq!(forms("fr", &[0, 1, 2]), "one one other");
        assert_eq!(forms("pl", &[1, 2, 5, 12, 22, 21, 0]), "one few many many few many many");
        assert_eq!(forms("cs", &[1, 4, 5, 22]), "one few other other");
        assert_eq!(forms("sl", &[1, 2, 3, 5, 101, 102]), "one two few other one two");
        assert_eq!(forms("hr", &[1, 11, 21, 22, 12, 5]), "one other one few other other");
        assert_eq!(forms("lt", &[1, 11, 21, 2, 12, 10]), "one other one few other other");
        assert_eq!(forms("lv", &[0, 1, 11, 21, 2, 10]), "zero one zero one other zero");
        assert_eq!(forms("ro", &[1, 0, 19, 20, 101, 120]), "one few few other few other");
        assert_eq!(forms("ga", &[1, 2, 3, 7, 11]), "one two few many other");
        assert_eq!(forms("mt", &[1, 2, 0, 10, 11, 20]), "one two few few many other");
    }
}
