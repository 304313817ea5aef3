//! App Attest: what Apple confirms of an app, each thing alone amiss; and a statement of a real phone.

use crate::garbage::noise;
use crate::real::read;
use crate::scene::NOW;
use countersign_attestation::apple::{Expected, Judged, Statement as Parsed, judge};
use countersign_attestation::{Flaw, Revoked, Roots, Trust};
use countersign_attestation_lab::{AppleKey, Form, Holder, Statement};
use data_encoding::BASE64;
use ring::digest::{SHA256, digest};

const APP: &str = "TEAM123456.example.countersign";
const CLIENT_DATA: [u8; 32] = [0x0d; 32];

struct Scene {
    root: Holder,
    between: Holder,
    key: AppleKey,
    trust: Trust,
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    digest(&SHA256, &parts.concat()).as_ref().try_into().unwrap()
}

impl Scene {
    fn new() -> Self {
        let root = Holder::root();
        let between = root.certify(Form::authority("Attestation CA", 2));
        let roots = Roots::parse(&root.pem()).unwrap();
        let trust = Trust { roots, apple_apps: vec![APP.to_owned()], ..Trust::default() };
        Self { root, between, key: AppleKey::new(), trust }
    }

    fn kid(&self) -> [u8; 32] {
        sha256(&[&self.key.point()])
    }

    fn good(&self) -> Statement {
        Statement::production(sha256(&[APP.as_bytes()]), &self.kid())
    }

    fn chain(&self, statement: &Statement) -> Vec<Vec<u8>> {
        let nonce = sha256(&[&statement.authenticator(), &CLIENT_DATA]);
        vec![self.key.certify(&self.between, &nonce), self.between.der()]
    }

    fn judge(&self, object: &[u8]) -> Judged {
        let expected = Expected { client_data: &CLIENT_DATA, kid: &self.kid(), at: NOW };
        judge(object, &expected, &self.trust)
    }

    /// The verdict on a statement that Apple confirmed.
    fn of(&self, statement: &Statement) -> Result<(), Flaw> {
        self.judge(&statement.object(&self.chain(statement))).verdict
    }
}

#[test]
fn a_genuine_app_is_told() {
    let scene = Scene::new();
    let good = scene.good();
    let judged = scene.judge(&good.object(&scene.chain(&good)));
    assert_eq!(judged.verdict, Ok(()));
    let statement = judged.statement.unwrap();
    assert_eq!((statement.counter, statement.credential), (0, scene.kid().to_vec()));
}

#[test]
fn another_app_key_or_environment_is_none() {
    let scene = Scene::new();
    let good = scene.good();
    let amiss = [
        (Flaw::App, Statement { app: [1; 32], ..good.clone() }),
        (Flaw::Key, Statement { credential: vec![7; 32], ..good.clone() }),
        (Flaw::Development, Statement { environment: *b"appattestdevelop", ..good.clone() }),
        (Flaw::Form, Statement { environment: [0; 16], ..good.clone() }),
        (Flaw::Form, Statement { counter: 1, ..good.clone() }),
        (Flaw::Form, Statement { format: "packed".to_owned(), ..good }),
    ];
    for (flaw, statement) in amiss {
        assert_eq!(scene.of(&statement), Err(flaw));
    }
}

#[test]
fn n41_a_statement_for_other_data_is_none() {
    let scene = Scene::new();
    let good = scene.good();
    let object = good.object(&scene.chain(&good));
    let expected = Expected { client_data: &[0x0e; 32], kid: &scene.kid(), at: NOW };
    assert_eq!(judge(&object, &expected, &scene.trust).verdict, Err(Flaw::Challenge));
    let kid = sha256(&[b"another"]);
    let expected = Expected { client_data: &CLIENT_DATA, kid: &kid, at: NOW };
    assert_eq!(judge(&object, &expected, &scene.trust).verdict, Err(Flaw::Key));
    // What was confirmed is changed afterwards.
    let chain = scene.chain(&good);
    let later = Statement { counter: 3, ..good };
    assert_eq!(scene.judge(&later.object(&chain)).verdict, Err(Flaw::Challenge));
}

#[test]
fn n41_a_chain_that_apple_did_not_make_is_none() {
    let mut scene = Scene::new();
    let good = scene.good();
    let chain = scene.chain(&good);
    let verdict = |scene: &Scene, chain: &[Vec<u8>]| scene.judge(&good.object(chain)).verdict;
    assert_eq!(verdict(&scene, &chain[..1]), Err(Flaw::Length));
    assert_eq!(verdict(&scene, &[chain[0].clone(), Holder::root().der()]), Err(Flaw::Root));
    let other = scene.root.certify(Form::authority("Attestation CA", 3));
    assert_eq!(verdict(&scene, &[chain[0].clone(), other.der()]), Err(Flaw::Signature));
    let nonce = sha256(&[&good.authenticator(), &CLIENT_DATA]);
    let nobody = scene.root.certify(Form { authority: false, ..Form::authority("Nobody", 4) });
    let below = vec![scene.key.certify(&nobody, &nonce), nobody.der()];
    assert_eq!(verdict(&scene, &below), Err(Flaw::Issuer));
    let bare = vec![scene.between.attest(&scene.key.point(), None), scene.between.der()];
    assert_eq!(verdict(&scene, &bare), Err(Flaw::Extended));
    scene.trust.revoked = Revoked::parse(r#"{"entries":{"5e02":{"status":"REVOKED"}}}"#).unwrap();
    assert_eq!(verdict(&scene, &chain), Err(Flaw::Revoked));
}

#[test]
fn a_statement_of_a_real_phone_is_genuine_but_for_its_developers_signature() {
    let sample: serde_json::Value = serde_json::from_str(&read("apple-development.json")).unwrap();
    let bytes = |name: &str| BASE64.decode(sample[name].as_str().unwrap().as_bytes()).unwrap();
    let (object, kid) = (bytes("object"), bytes("kid"));
    let client_data: [u8; 32] = bytes("client_data_hash").try_into().unwrap();
    let roots = Roots::parse(&read("apple-root.pem")).unwrap();
    let apple_apps = vec![sample["app"].as_str().unwrap().to_owned()];
    let trust = Trust { roots, apple_apps, ..Trust::default() };
    // 23 January 2021.
    let expected = Expected { client_data: &client_data, kid: &kid, at: 1_611_404_013 };
    assert_eq!(judge(&object, &expected, &trust).verdict, Err(Flaw::Development));
    let other = Expected { client_data: &[0; 32], ..expected };
    assert_eq!(judge(&object, &other, &trust).verdict, Err(Flaw::Challenge));
}

#[test]
fn garbage_is_no_statement() {
    let scene = Scene::new();
    let good = scene.good();
    let object = good.object(&scene.chain(&good));
    for length in 0..object.len() {
        assert_eq!(Parsed::parse(&object[..length]), None);
    }
    assert_eq!(Parsed::parse(&[&object[..], &[0]].concat()), None);
    for length in [1, 10, 1000, 32_768, 65_536] {
        assert_eq!(Parsed::parse(&noise(length, 3)), None);
    }
    // A list that promises more than memory holds.
    let endless =
        [&[0xa3, 0x67][..], b"attStmt", &[0xa1, 0x63], b"x5c", &[0x9a, 0xff, 0xff, 0xff, 0xff]].concat();
    assert_eq!(Parsed::parse(&endless), None);
}
