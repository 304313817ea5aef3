//! What a service that sends people here asks for, and what it is told about them.

use super::session::Acr;
use super::{StoreFault, Tx};
use rusqlite::{OptionalExtension, params};

/// What can be told about a person, besides who they are: as it stands in the registry and in an answer.
pub const RELEASES: [&str; 3] = ["email", "given_name", "family_name"];

/// Keys that a service may take, by name, and what a sign-in by each is worth.
pub const KEYS: [(&str, Acr); 5] = [
    ("number", Acr::Strong),
    ("qr", Acr::Strong),
    ("here", Acr::Strong),
    ("offline", Acr::Code),
    ("password", Acr::Basic),
];

/// How a service takes people.
#[derive(Clone)]
pub struct Relying {
    /// Where people go back to; nowhere else.
    pub return_urls: Vec<String>,
    /// The least level.
    pub level: Acr,
    /// Which of [`KEYS`] it takes; all of them if none is named.
    pub keys: Vec<String>,
    /// Which of [`RELEASES`] it is told.
    pub releases: Vec<String>,
    /// How old a sign-in may be at the most, in seconds.
    pub fresh_max: Option<u64>,
}

impl Default for Relying {
    /// A service that sends nobody here.
    fn default() -> Self {
        let keys = Vec::new();
        Self { return_urls: Vec::new(), level: Acr::Basic, keys, releases: Vec::new(), fresh_max: None }
    }
}

impl Relying {
    /// Whether it takes a key.
    pub fn takes(&self, key: &str) -> bool {
        self.keys.is_empty() || self.keys.iter().any(|one| one == key)
    }
}

/// How the service of this id takes people.
pub fn of(tx: &Tx<'_>, service: &str) -> Result<Option<Relying>, StoreFault> {
    let mut query = tx
        .0
        .prepare_cached("SELECT return_urls, acr_min, releases, fresh_max, keys FROM service WHERE id=?1")?;
    let found = query.query_row([service], |row| {
        let texts: [String; 3] = [row.get(0)?, row.get(1)?, row.get(2)?];
        Ok((texts, row.get::<_, Option<i64>>(3)?, row.get::<_, Option<String>>(4)?))
    });
    let Some(([return_urls, level, releases], fresh, keys)) = found.optional()? else { return Ok(None) };
    let list = |text: &str| serde_json::from_str(text).map_err(|_| StoreFault::Damaged("service"));
    Ok(Some(Relying {
        return_urls: list(&return_urls)?,
        level: Acr::from_name(&level).ok_or(StoreFault::Damaged("service"))?,
        keys: keys.map_or_else(|| Ok(Vec::new()), |keys| list(&keys))?,
        releases: list(&releases)?,
        fresh_max: fresh.map(|seconds| seconds.max(0).unsigned_abs()),
    }))
}

/// Writes how a service takes people.
pub fn set(tx: &Tx<'_>, service: &str, relying: &Relying) -> Result<(), StoreFault> {
    let list = |texts: &[String]| serde_json::json!(texts).to_string();
    tx.run(
        "UPDATE service SET return_urls=?2, acr_min=?3, releases=?4, fresh_max=?5, keys=?6 WHERE id=?1",
        params![
            service,
            list(&relying.return_urls),
            relying.level.as_str(),
            list(&relying.releases),
            relying.fresh_max.and_then(|seconds| i64::try_from(seconds).ok()),
            (!relying.keys.is_empty()).then(|| list(&relying.keys))
        ],
    )?;
    Ok(())
}
