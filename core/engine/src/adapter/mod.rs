//! Adapters: how the ports are filled on a desktop, in tests and on the command line. Each is behind a cargo feature.

#[cfg(feature = "keystore-software")]
pub mod keys;
#[cfg(feature = "store-sqlite")]
pub mod sqlite;
#[cfg(feature = "transport-ureq")]
pub mod transport;
