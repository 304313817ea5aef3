//! A maker of phones whose root the server trusts, and what its phones say of their keys.

use crate::key::Key;
use crate::server::Server;
use crate::world::World;
use countersign_attestation_lab::{AppleKey, DIGEST, Description, Maker, PACKAGE, Statement};
use countersign_protocol::code::attestation_challenge;
use countersign_protocol::encoding::{array_from_b64u, b64u, from_b64u, hex};
use countersign_protocol::label::{labelled_sha256, sha256};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

/// The Apple app of the tests.
pub const APPLE_APP: &str = "TEAM123456.example.countersign";

/// A maker with the files that an operator keeps of it.
pub struct Trusted {
    /// The maker.
    pub maker: Maker,
    folder: TempDir,
}

/// What an attestation is bound to.
pub struct Bound {
    binding: [u8; 16],
    nonce: Vec<u8>,
}

impl Bound {
    /// An enrolment, as its message names it.
    pub fn enrolment(payload: &Value) -> Self {
        let text = |name: &str| payload[name].as_str().expect("eid and nonce");
        Self {
            binding: array_from_b64u(text("eid")).expect("eid"),
            nonce: from_b64u(text("nonce")).expect("nonce"),
        }
    }

    /// An operation, as its message names it: the phone that asks, and the nonce in ASCII.
    pub fn operation(payload: &Value) -> Self {
        let text = |name: &str| payload[name].as_str().expect("iss and nonce");
        Self { binding: array_from_b64u(text("iss")).expect("aid"), nonce: text("nonce").as_bytes().to_vec() }
    }

    /// The challenge of Android.
    pub fn challenge(&self) -> [u8; 32] {
        attestation_challenge(&self.binding, &self.nonce)
    }
}

impl Trusted {
    /// A maker, and files with its root and nothing revoked.
    pub fn new() -> Self {
        let trusted = Self { maker: Maker::new(), folder: tempfile::tempdir().expect("a folder") };
        std::fs::write(trusted.path("roots.pem"), trusted.maker.root.pem()).expect("roots");
        trusted.revoke(&[]);
        trusted
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Writes the list of revoked serials.
    pub fn revoke(&self, serials: &[&str]) {
        let entries: serde_json::Map<String, Value> =
            serials.iter().map(|serial| ((*serial).to_owned(), json!({"status": "REVOKED"}))).collect();
        std::fs::write(self.path("revoked.json"), json!({"entries": entries}).to_string()).expect("list");
    }

    /// Writes what is no list.
    pub fn damage_list(&self) {
        std::fs::write(self.path("revoked.json"), "no list at all").expect("list");
    }

    /// The usual scene with a server that trusts this maker.
    pub fn world(&self, binary: &str, policy: &str, min_level: &str) -> World {
        let app = format!("{PACKAGE}={}", hex(&DIGEST));
        let text = |path: &Path| path.to_str().expect("a path").to_owned();
        let (roots, revoked) = (text(&self.path("roots.pem")), text(&self.path("revoked.json")));
        let arguments = [
            "--attestation-roots",
            &roots,
            "--attestation-revoked",
            &revoked,
            "--attestation-app",
            &app,
            "--attestation-apple-app",
            APPLE_APP,
        ];
        let world = World::around(Server::start_with(binary, &arguments));
        for (name, value) in [("attest", policy), ("min_level", min_level)] {
            let (done, said) = world.operate(&["policy", "set", name, value]);
            assert!(done, "{said}");
        }
        world.lab().advance(0);
        world
    }

    /// `att` of a key that the platform describes so.
    pub fn att(&self, key: &Key, description: &Description) -> Value {
        let chain = self.maker.chain(&key.public().as_sec1()[..], description);
        let x5c: Vec<String> = chain.iter().map(|der| b64u(der)).collect();
        json!({"fmt": "android-key", "x5c": x5c})
    }

    /// `att` of an Apple phone that vouches for a key.
    pub fn apple_att(&self, key: &Key, bound: &Bound) -> Value {
        let (apple, jkt) = (AppleKey::new(), key.thumbprint());
        let kid = sha256(&apple.point());
        let statement = Statement::production(sha256(APPLE_APP.as_bytes()), &kid);
        let parts: [&[u8]; 3] = [&bound.binding, &bound.nonce, jkt.as_bytes()];
        let client_data = labelled_sha256("MAP1 appattest", &parts);
        let nonce = sha256(&[&statement.authenticator()[..], &client_data].concat());
        let chain = [apple.certify(&self.maker.between, &nonce), self.maker.between.der()];
        json!({"fmt": "apple-appattest", "obj": b64u(&statement.object(&chain)), "kid": b64u(&kid)})
    }
}

impl Default for Trusted {
    fn default() -> Self {
        Self::new()
    }
}
