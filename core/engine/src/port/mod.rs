//! What the engine needs from the outside, as synchronous traits (architecture.md 2.2, protocol 2.3).
//!
//! A port says what is needed and in which units; how it is done is an adapter's matter. No port knows a flow.

mod clock;
mod key_store;
mod random;
mod store;
mod transport;

/// What an adapter of [`PrfKind::Ecdh`] leaves to the core.
pub use countersign_vault::hwprf::{ENCLAVE_PEER, enclave_prf};

pub use clock::{Clock, SystemClock};
pub use key_store::{
    AppStatement, Attestations, Biometrics, CreatedKey, KeyCaps, KeyStore, KeyStoreError, KeyUsage, PrfKind,
};
pub use random::{OsRandom, Random, RandomFault};
pub use store::{Change, Row, RowKey, Store, StoreFault, Table};
pub use transport::{
    CONNECT_TIMEOUT, MAX_ANSWER, Method, Pins, Reply, Request, TOTAL_TIMEOUT, Transport, TransportFault,
};
