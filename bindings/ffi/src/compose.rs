//! What the engine runs on in an app: the shell's key store, a file, the network, the system's clock and randomness.

use crate::keys::{KeyStore, ShellKeys};
use crate::problem::Problem;
use countersign_engine::adapter::sqlite::SqliteStore;
use countersign_engine::adapter::transport::{HttpTransport, TransportOptions};
use countersign_engine::port::{OsRandom, SystemClock};
use countersign_engine::{KEY_STORE_PATIENCE, Kdf, Options, Platform, Ports};
use countersign_protocol::issuer::Profile;
use countersign_protocol::message::enrol::PhoneInfo;
use std::path::Path;
use std::sync::Arc;

/// Servers on loopback http in debug builds and where a build says so: what goes into a phone cannot be talked into it.
const PROFILE: Profile = if cfg!(any(debug_assertions, feature = "development")) {
    Profile::Development
} else {
    Profile::Production
};

/// How the app is set up.
#[derive(uniffi::Record)]
pub struct Setup {
    /// The vault's file, in a folder that no backup takes.
    pub vault: String,
    /// Which app this is.
    pub platform: Platform,
    /// How this phone calls itself.
    pub phone: PhoneInfo,
}

pub(crate) fn ports(setup: &Setup, keys: Arc<dyn KeyStore>) -> Result<Ports, Problem> {
    let store = SqliteStore::open(Path::new(&setup.vault)).map_err(countersign_engine::Problem::from)?;
    Ok(Ports {
        keys: Arc::new(ShellKeys(keys)),
        store: Arc::new(store),
        transport: Arc::new(HttpTransport::new(transport(setup))),
        clock: Arc::new(SystemClock::new()),
        random: Arc::new(OsRandom),
    })
}

pub(crate) fn options(setup: Setup) -> Options {
    Options {
        profile: PROFILE,
        phone: setup.phone,
        platform: setup.platform,
        kdf: Kdf::Calibrated,
        key_store_patience: KEY_STORE_PATIENCE,
    }
}

fn transport(setup: &Setup) -> TransportOptions {
    TransportOptions { profile: PROFILE, extra_roots: Vec::new(), user_agent: user_agent(setup) }
}

/// In the one form by which a server knows how old an app is (protocol 3.0.8): no version of the phone's system in it.
fn user_agent(setup: &Setup) -> String {
    let system = match setup.platform {
        Platform::Android => "android",
        Platform::Ios => "ios",
        Platform::Cli => "cli",
    };
    format!("countersign/{} ({system})", setup.phone.app)
}

#[cfg(test)]
mod tests {
    use super::{Setup, user_agent};
    use countersign_engine::Platform;
    use countersign_protocol::message::enrol::PhoneInfo;

    #[test]
    fn the_server_is_told_version_and_system_in_the_form_that_it_compares() {
        let said = |platform| {
            let phone = PhoneInfo { name: "Pixel 9".into(), os: "Android 17".into(), app: "0.1.0".into() };
            user_agent(&Setup { vault: String::new(), platform, phone })
        };
        assert_eq!(said(Platform::Android), "countersign/0.1.0 (android)");
        assert_eq!(said(Platform::Ios), "countersign/0.1.0 (ios)");
        assert_eq!(said(Platform::Cli), "countersign/0.1.0 (cli)");
    }
}
