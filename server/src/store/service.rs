//! Services (relying parties) and what they may do.

use super::account::secs;
use super::{StoreFault, Tx};
use countersign_protocol::time::Time;
use rusqlite::{OptionalExtension, Row, params};

/// Id of the server's own pages as a service; it exists in every database and has no secret.
pub const PORTAL: &str = "portal";
/// Id of the operator's pages as a service: no name of a service makes it.
pub const OPERATOR: &str = "portal.operator";
/// What no service is called: our own pages, and the page on which a service is added.
pub const RESERVED: [&str; 3] = [PORTAL, OPERATOR, "new"];

/// A relying party.
#[derive(Clone)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its web address.
    pub origin: String,
    /// Scopes, separated by commas.
    pub scopes: String,
}

impl Service {
    /// Whether it has a scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.split(',').any(|own| own == scope)
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Service> {
    Ok(Service { id: row.get(0)?, name: row.get(1)?, origin: row.get(2)?, scopes: row.get(3)? })
}

/// Makes or replaces a service.
pub fn insert(tx: &Tx<'_>, service: &Service, secret_hash: &[u8; 32], now: Time) -> Result<(), StoreFault> {
    tx.run(
        "INSERT INTO service (id, name, origin, secret_hash, scopes, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET name=?2, origin=?3, secret_hash=?4, scopes=?5",
        params![service.id, service.name, service.origin, &secret_hash[..], service.scopes, secs(now)],
    )?;
    Ok(())
}

/// Lets a service send people back to an origin.
pub fn add_return_origin(tx: &Tx<'_>, service: &str, origin: &str) -> Result<(), StoreFault> {
    tx.run(
        "INSERT OR IGNORE INTO return_origin (service, origin) VALUES (?1, ?2)",
        params![service, origin],
    )?;
    Ok(())
}

/// The service with this secret. Found by the SHA-256 of 256 random bits, so the index tells nothing useful by time.
pub fn by_secret(tx: &Tx<'_>, secret_hash: &[u8; 32]) -> Result<Option<Service>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT id, name, origin, scopes FROM service WHERE secret_hash=?1")?;
    Ok(query.query_row([&secret_hash[..]], from_row).optional()?)
}

/// The service of this id.
pub fn by_id(tx: &Tx<'_>, id: &str) -> Result<Option<Service>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT id, name, origin, scopes FROM service WHERE id=?1")?;
    Ok(query.query_row([id], from_row).optional()?)
}

/// All services but our own pages, by name.
pub fn all(tx: &Tx<'_>) -> Result<Vec<Service>, StoreFault> {
    let mut query = tx.0.prepare_cached(
        "SELECT id, name, origin, scopes FROM service WHERE id NOT IN (?1, ?2) ORDER BY lower(name), id",
    )?;
    let rows = query.query_map([PORTAL, OPERATOR], from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is known of a service's secret; nothing for our own pages, which have none.
pub fn secret_hash(tx: &Tx<'_>, id: &str) -> Result<Option<[u8; 32]>, StoreFault> {
    let mut query =
        tx.0.prepare_cached("SELECT secret_hash FROM service WHERE id=?1 AND id NOT IN (?2, ?3)")?;
    Ok(query.query_row([id, PORTAL, OPERATOR], |row| row.get(0)).optional()?)
}

/// Puts another secret in the place of a service's; `false` if there is no such service.
pub fn set_secret(tx: &Tx<'_>, id: &str, secret_hash: &[u8; 32]) -> Result<bool, StoreFault> {
    let changed = tx.run(
        "UPDATE service SET secret_hash=?2 WHERE id=?1 AND id NOT IN (?3, ?4)",
        params![id, &secret_hash[..], PORTAL, OPERATOR],
    )?;
    Ok(changed == 1)
}

/// Whether a service may send people back to an origin.
pub fn may_return_to(tx: &Tx<'_>, service: &str, origin: &str) -> Result<bool, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT 1 FROM return_origin WHERE service=?1 AND origin=?2")?;
    Ok(query.exists(params![service, origin])?)
}

/// Every origin that any service may return to.
pub fn return_origins(tx: &Tx<'_>) -> Result<Vec<String>, StoreFault> {
    let mut query = tx.0.prepare_cached("SELECT DISTINCT origin FROM return_origin ORDER BY origin")?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
