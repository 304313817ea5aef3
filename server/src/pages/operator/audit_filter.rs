//! What somebody typed who looks for records of the log: a few short fields, none of which has to be there.

use crate::operator::find;
use crate::pages::view::escaped;
use crate::pages::view::operator::{Filter, WrongFilter};
use crate::store::audit::Wanted;
use crate::store::{StoreFault, Tx};
use countersign_protocol::text::is_clean;
use countersign_protocol::time::{Iso, Time};
use serde::Deserialize;
use serde_json::json;

/// Characters of a field.
const LONGEST: usize = 200;
/// How records of the command line say who it was.
const COMMAND_LINE: &str = "operator";
/// Seconds of a day.
const DAY: u64 = 86_400;

/// The form.
#[derive(Clone, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// Where the page before this one ended.
    #[serde(default)]
    before: String,
}

impl Typed {
    /// The place before which records are shown; every record is before the end.
    pub fn place(&self) -> i64 {
        self.before.parse().unwrap_or(i64::MAX)
    }

    /// Whether this is not the first page.
    pub fn goes_on(&self) -> bool {
        self.place() != i64::MAX
    }

    /// What is looked for; or the first thing that is wrong, from top to bottom.
    pub fn wanted(&self, tx: &Tx<'_>) -> Result<Wanted, FilterFault> {
        Ok(Wanted {
            kind: part(&self.kind, WrongFilter::Kind)?,
            account: named(tx, &self.account, WrongFilter::Account)?,
            service: part(&self.service, WrongFilter::Service)?,
            by: match self.by.trim() {
                COMMAND_LINE => Some(COMMAND_LINE.to_owned()),
                by => named(tx, by, WrongFilter::By)?,
            },
            from: day(&self.from, WrongFilter::From)?,
            until: day(&self.to, WrongFilter::To)?.map(|day| day.plus(DAY)),
        })
    }

    /// What stands in the form that is shown again.
    pub fn again(&self) -> Filter {
        Filter {
            kind: self.kind.clone(),
            account: self.account.clone(),
            service: self.service.clone(),
            by: self.by.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
        }
    }

    fn fields(&self) -> [(&'static str, &str); 6] {
        let Self { kind, account, service, by, from, to, .. } = self;
        [("kind", kind), ("account", account), ("service", service), ("by", by), ("from", from), ("to", to)]
    }

    /// The query of the page that goes on before a place, or begins anew.
    pub fn query(&self, before: Option<i64>) -> String {
        let fields = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        let pairs =
            fields.map(|(name, value)| format!("{name}={}", value.bytes().map(escaped).collect::<String>()));
        let before = before.map(|place| format!("before={place}"));
        pairs.chain(before).collect::<Vec<_>>().join("&")
    }
}

/// Why nothing is looked for.
pub enum FilterFault {
    /// A field.
    Wrong(WrongFilter),
    /// The database.
    Store(StoreFault),
}

impl From<WrongFilter> for FilterFault {
    fn from(wrong: WrongFilter) -> Self {
        Self::Wrong(wrong)
    }
}

impl From<StoreFault> for FilterFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

/// What stands in a field, if anything.
fn part(text: &str, wrong: WrongFilter) -> Result<Option<String>, WrongFilter> {
    match text.trim() {
        "" => Ok(None),
        text if is_clean(text, LONGEST) => Ok(Some(text.to_owned())),
        _ => Err(wrong),
    }
}

/// An account by address or id. One that stands in the log alone has its id alone.
fn named(tx: &Tx<'_>, text: &str, wrong: WrongFilter) -> Result<Option<String>, FilterFault> {
    let Some(text) = part(text, wrong)? else { return Ok(None) };
    match find(tx, &text)? {
        Some(account) => Ok(Some(account.id)),
        None if text.contains('@') => Err(wrong.into()),
        None => Ok(Some(text)),
    }
}

/// When a day begins, in UTC.
fn day(text: &str, wrong: WrongFilter) -> Result<Option<Time>, WrongFilter> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let begin = serde_json::from_value::<Iso>(json!(format!("{text}T00:00:00Z")));
    begin.ok().map(|begin| Some(begin.0)).ok_or(wrong)
}
