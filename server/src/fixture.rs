//! For tests of what the server says of a phone: its data in a folder that goes with the test, an account, a phone.

use crate::app::{App, Parts, Shared};
use crate::keys::Keys;
use crate::policy::Policy;
use crate::policy::chosen::Chosen;
use crate::published::Publisher;
use crate::random;
use crate::store::account::{self, NewAccount};
use crate::store::phone::{self, BioUse, NewPhone, Phone, PhoneState};
use crate::store::{Store, StoreFault, Tx};
use crate::trusted::Trusted;
use countersign_protocol::id::{Aid, Fid, PhoneRef};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::key::PublicKey;
use countersign_protocol::time::Time;
use tempfile::TempDir;

/// Whose phone it is.
const ACCOUNT: &str = "u-1";

/// A server that nobody calls, and one active phone.
pub struct Scene {
    pub app: Shared,
    pub phone: Phone,
    _folder: TempDir,
}

/// Sets the scene.
pub fn with_phone() -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let app = App::assemble(parts(folder.path()));
    let phone = phone();
    let scene = Scene { app, phone: phone.clone(), _folder: folder };
    scene
        .write(move |tx| -> Result<_, StoreFault> {
            let owner = NewAccount { email: "anna@example.eu".to_owned(), ..NewAccount::default() };
            account::insert(tx, ACCOUNT, &owner, phone.created)?;
            phone::insert(tx, &NewPhone { phone: phone.clone(), app: "0.1.0".to_owned() })?;
            phone::activate(tx, &phone.aid)
        })
        .unwrap();
    scene
}

impl Scene {
    /// One transaction.
    pub fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreFault> + Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(self.app.store.write(work))
    }
}

fn parts(data: &std::path::Path) -> Parts {
    Parts {
        store: Store::open(&data.join("countersign.db")).unwrap(),
        keys: Keys::open(data).unwrap(),
        iss: Issuer::parse("http://localhost:1", Profile::Development).unwrap(),
        name: "the server".to_owned(),
        publisher: Publisher::new(data.to_owned(), None),
        lab: None,
        behind_proxy: false,
        trusted: Trusted::default(),
        policy: Policy::default(),
        chosen: Chosen::default(),
    }
}

fn phone() -> Phone {
    let generator = p256::PublicKey::from_affine(p256::AffinePoint::GENERATOR).unwrap();
    let key = PublicKey::from_sec1(&generator.to_sec1_bytes()).unwrap();
    Phone {
        aid: Aid::from_bytes(random::bytes()),
        r#ref: PhoneRef::from_bytes(random::bytes()),
        account: ACCOUNT.to_owned(),
        state: PhoneState::Active,
        why: None,
        why_at: None,
        jkt: key.thumbprint(),
        pk_dev: key,
        fid: Fid::from_bytes(random::bytes()),
        pin_keys: Vec::new(),
        level: 0,
        attested: false,
        attestation: None,
        row_tag: Vec::new(),
        name: "Pixel 9".to_owned(),
        os: "Android 16".to_owned(),
        push_url: None,
        created: Time::from_secs(1),
        last_used: None,
        acked_ver: 0,
        bio: None,
        bio_use: BioUse::default(),
    }
}
