//! The list of cases as it stands in its file: tab-separated, a header line, `#` before remarks.

use std::fmt;

/// The number of a case, written `N07` or `N142`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(u16);

impl Id {
    /// From a segment of a test's name: `n07`.
    pub fn of_segment(segment: &str) -> Option<Self> {
        Self::of_digits(segment.strip_prefix('n')?)
    }

    fn of_digits(digits: &str) -> Option<Self> {
        let all_digits = (2..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| all_digits).map(Self)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "N{:02}", self.0)
    }
}

/// Who must behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Server,
    Phone,
    Both,
}

/// One row.
#[derive(Debug)]
pub struct Case {
    /// Its number in the protocol.
    pub id: Id,
    /// Who must behave.
    pub side: Side,
    /// Letters of what it takes to show it (explained at the head of the file), or nothing.
    pub flags: String,
    /// What goes wrong, in a few words.
    pub title: String,
}

impl Case {
    /// What stands behind the title: the phone's part and the flags, if any.
    pub fn remark(&self) -> String {
        let side = match self.side {
            Side::Server => "",
            Side::Phone => "phone",
            Side::Both => "server and phone",
        };
        let parts: Vec<_> = [side, &self.flags].into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { String::new() } else { format!(" [{}]", parts.join(", ")) }
    }
}

/// Reads all rows; says which line is wrong and why.
pub fn parse(text: &str) -> Result<Vec<Case>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let mut cases: Vec<Case> = Vec::new();
    for (index, line) in lines.skip(1) {
        let wrong = |what: &str| format!("line {}: {what}", index + 1);
        let case = row(line).ok_or_else(|| wrong("not id, where, flags and title"))?;
        if cases.last().is_some_and(|last| last.id >= case.id) {
            return Err(wrong("ids are not in order, or one stands twice"));
        }
        cases.push(case);
    }
    Ok(cases)
}

fn row(line: &str) -> Option<Case> {
    let [id, side, flags, title] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let side = match side {
        "server" => Side::Server,
        "phone" => Side::Phone,
        "both" => Side::Both,
        _ => return None,
    };
    let known = flags == "-" || flags.chars().all(|flag| "BRLS".contains(flag));
    (known && !title.is_empty()).then_some(())?;
    let flags = flags.trim_matches('-').to_owned();
    Some(Case { id: Id::of_digits(id.strip_prefix('N')?)?, side, flags, title: title.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_list_is_whole() {
        let cases = parse(include_str!("../../../tests/cases.tsv")).expect("table");
        assert_eq!(cases.len(), 188);
        let end = cases.last().map(|case| case.id.to_string());
        assert_eq!(end.as_deref(), Some("N218"));
    }

    #[test]
    fn ids_are_read_strictly() {
        assert_eq!(Id::of_segment("n07").map(|id| id.to_string()).as_deref(), Some("N07"));
        assert_eq!(Id::of_segment("n142").map(|id| id.to_string()).as_deref(), Some("N142"));
        for segment in ["n", "n7", "n1234", "new", "n+7", "07", "n07x"] {
            assert_eq!(Id::of_segment(segment), None, "{segment}");
        }
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let head = "# remark\nid\twhere\tflags\ttitle\nN10\tserver\t-\ta\n";
        for row in [
            "N09\tserver\t-\tb",
            "N10\tserver\t-\tb",
            "N11\tmoon\t-\tb",
            "N11\tserver\tX\tb",
            "N11 server - b",
        ] {
            let reason = parse(&format!("{head}{row}\n")).expect_err(row);
            assert!(reason.starts_with("line 4:"), "{reason}");
        }
    }
}
