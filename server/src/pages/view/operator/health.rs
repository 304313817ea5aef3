//! "Health".

use super::Frame;
use crate::pages::view::{Moment, Page};
use crate::push::Fate;
use askama::Template;

/// Sign-ins of the last hour.
pub struct Figures {
    /// All.
    pub all: u32,
    /// Approved.
    pub approved: u32,
    /// Reported.
    pub reported: u32,
    /// Seconds to approve, the middle one.
    pub median: Option<u32>,
}

/// Something that is looked after.
pub enum Row {
    /// The key set.
    Keys {
        /// Its version.
        ver: u32,
        /// When it ends.
        end: Option<Moment>,
        /// Days until then.
        left: u32,
    },
    /// The copy of the database.
    Backup {
        /// When the last one was made, if that is known.
        last: Option<Moment>,
        /// Days since then.
        ago: u32,
    },
    /// Wake-ups of phones in the last hour.
    Wakes {
        /// All.
        sent: u32,
        /// Those that the phone came for.
        answered: u32,
    },
    /// What became of wake-ups on their way.
    Push {
        /// Since when they are counted.
        since: Moment,
        /// How many came to what.
        counts: Vec<(Fate, u32)>,
        /// The last failure.
        last: Option<(Fate, Moment)>,
        /// How many failed in a row, for a reason that is not one phone's.
        in_a_row: u32,
    },
    /// The clock.
    Clock {
        /// What it shows.
        now: Moment,
        /// Whether the log is ahead of it.
        behind: bool,
    },
    /// The size of the database in KiB.
    Database(u32),
    /// Letters.
    Mail {
        /// Sent within a day.
        sent: u32,
        /// On their way.
        waiting: u32,
        /// Given up.
        dead: u32,
    },
    /// Whether letters leave at all.
    Letters(bool),
}

/// The page.
#[derive(Template)]
#[template(path = "operator/health.html")]
pub struct HealthPage {
    /// The frame of all pages.
    pub page: Page,
    /// What stands around it.
    pub frame: Frame,
    /// When it was drawn.
    pub at: Moment,
    /// The figures.
    pub figures: Figures,
    /// The rows.
    pub rows: Vec<Row>,
}

const fn fate_words(fate: Fate) -> &'static str {
    match fate {
        Fate::Handed => "op.push_handed",
        Fate::Gone => "op.push_gone",
        Fate::Refused => "op.push_refused",
        Fate::TooMany => "op.push_too_many",
        Fate::Broken => "op.push_broken",
        Fate::NoConnection => "op.push_no_connection",
        Fate::NoAnswer => "op.push_no_answer",
        Fate::NotPublic => "op.push_not_public",
        Fate::Dropped => "op.push_dropped",
    }
}

/// A row in words.
struct Line {
    good: bool,
    title: &'static str,
    text: String,
}

impl HealthPage {
    /// Label and value.
    fn tiles(&self) -> [(&'static str, String); 4] {
        let (page, none) = (&self.page, "–".to_owned());
        let share = (u64::from(self.figures.approved) * 100).checked_div(u64::from(self.figures.all));
        [
            (page.t("op.sign_ins"), self.figures.all.to_string()),
            (page.t("op.approved"), share.map_or(none.clone(), |share| page.fill("op.percent", "n", share))),
            (page.t("op.reported"), self.figures.reported.to_string()),
            (page.t("op.median"), self.figures.median.map_or(none, |n| page.fill("op.seconds", "n", n))),
        ]
    }

    fn lines(&self) -> Vec<Line> {
        self.rows.iter().map(|row| self.line(row)).collect()
    }

    fn line(&self, row: &Row) -> Line {
        let page = &self.page;
        let line = |good, title, text| Line { good, title: page.t(title), text };
        match row {
            // It is made anew a month before its end.
            Row::Keys { ver, end, left } => line(*left >= 7, "op.keys", self.keys(*ver, end.as_ref())),
            Row::Backup { last, ago } => {
                let none = || page.t("op.no_backup").to_owned();
                let text = last.map_or_else(none, |last| page.when(&last));
                line(last.is_some() && *ago < 7, "op.backup", text)
            }
            // Some phones are off; when none comes at all, it is the way to them.
            Row::Wakes { sent, answered } => {
                let text = self.counted(&[("op.woken", *sent), ("op.came", *answered)]);
                line(*sent < 5 || *answered > 0, "op.wakes", text)
            }
            Row::Push { since, counts, last, in_a_row } => {
                line(*in_a_row < 3, "op.push", self.push(since, counts, last.as_ref()))
            }
            Row::Clock { now, behind } => {
                let text = if *behind { page.t("op.clock_behind").to_owned() } else { page.when(now) };
                line(!behind, "op.clock", text)
            }
            Row::Database(kib) => line(*kib > 0, "op.database", page.fill("op.database_text", "kib", kib)),
            Row::Mail { sent, waiting, dead } => {
                let all = [("op.sent", *sent), ("op.waiting", *waiting), ("op.dead", *dead)];
                line(*dead == 0, "op.mail", self.counted(&all))
            }
            Row::Letters(leave) => {
                let text = page.t(if *leave { "op.letters_leave" } else { "op.letters_kept" });
                line(*leave, "op.letters", text.to_owned())
            }
        }
    }

    fn keys(&self, ver: u32, end: Option<&Moment>) -> String {
        let version = self.page.fill("op.keys_text", "ver", ver);
        end.map_or_else(
            || version.clone(),
            |end| format!("{version}, {}", self.page.fill("op.keys_end", "at", self.page.when(end))),
        )
    }

    fn push(&self, since: &Moment, counts: &[(Fate, u32)], last: Option<&(Fate, Moment)>) -> String {
        let page = &self.page;
        let one = |(fate, n): &(Fate, u32)| {
            page.fill_all("op.push_count", &[("what", page.t(fate_words(*fate))), ("n", &n.to_string())])
        };
        let counts = counts.iter().map(one).collect::<Vec<_>>().join(", ");
        let text = page.fill_all("op.push_text", &[("at", &page.when(since)), ("counts", &counts)]);
        let last = last.map(|(fate, at)| {
            page.fill_all("op.push_last", &[("at", &page.when(at)), ("what", page.t(fate_words(*fate)))])
        });
        last.map_or_else(|| text.clone(), |last| format!("{text} {last}"))
    }

    fn counted(&self, all: &[(&'static str, u32)]) -> String {
        all.iter().map(|(key, n)| self.page.count(key, *n)).collect::<Vec<_>>().join(", ")
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Only if the template engine cannot write to memory.
    pub fn render(&self) -> Result<String, askama::Error> {
        Template::render(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::view::Post;
    use crate::pages::view::operator::Place;
    use countersign_protocol::time::Time;

    fn is_good(row: Row) -> bool {
        let moment = Moment { at: Time::from_secs(0), now: Time::from_secs(0) };
        let page = HealthPage {
            page: Page::new("Example ID", ""),
            frame: Frame { place: Place::Health, leave: Post::new("/operator/leave", "") },
            at: moment,
            figures: Figures { all: 0, approved: 0, reported: 0, median: None },
            rows: vec![row],
        };
        page.lines().iter().all(|line| line.good)
    }

    #[test]
    fn what_needs_a_look_begins_where_it_should() {
        let moment = Moment { at: Time::from_secs(0), now: Time::from_secs(0) };
        for (left, good) in [(0, false), (6, false), (7, true)] {
            assert_eq!(
                is_good(Row::Keys { ver: 1, end: Some(moment), left }),
                good,
                "{left} days of the keys"
            );
        }
        for (ago, good) in [(6, true), (7, false)] {
            assert_eq!(is_good(Row::Backup { last: Some(moment), ago }), good, "{ago} days since the backup");
        }
        for (in_a_row, good) in [(2, true), (3, false)] {
            let push = Row::Push { since: moment, counts: vec![(Fate::Handed, 9)], last: None, in_a_row };
            assert_eq!(is_good(push), good, "{in_a_row} failures in a row");
        }
        for (sent, answered, good) in [(4, 0, true), (5, 0, false), (5, 1, true)] {
            assert_eq!(is_good(Row::Wakes { sent, answered }), good, "{answered} of {sent} came");
        }
        assert!(!is_good(Row::Database(0)) && is_good(Row::Database(1)));
        assert!(!is_good(Row::Backup { last: None, ago: 0 }) && !is_good(Row::Letters(false)));
    }
}
