//! The operator's files.

use crate::scene::{CHALLENGE, Scene};
use countersign_attestation::{AppId, Level, Revoked, Roots};
use countersign_attestation_lab::{Description, Maker};

#[test]
fn roots_are_pem_or_a_json_list_of_pem() {
    let mut scene = Scene::new();
    let (own, other) = (scene.maker.root.pem(), Maker::new().root.pem());
    let json = serde_json::to_string(&[&other, &own]).unwrap();
    for text in [format!("a comment\n{other}\n{own}"), json] {
        scene.trust.roots = Roots::parse(&text).unwrap();
        assert_eq!(scene.of(&Description::device(&CHALLENGE)), Ok(Level::Tee));
    }
}

#[test]
fn a_file_without_roots_or_with_half_a_root_is_refused() {
    let pem = Maker::new().root.pem();
    let half = &pem[..pem.len() / 2];
    for text in
        ["", "[]", "no roots", half, "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----", "[7]"]
    {
        assert!(Roots::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_status_list_has_serials_and_states_that_are_known() {
    assert!(Revoked::parse(r#"{"entries":{}}"#).is_ok());
    let refused = [
        "",
        "{}",
        "[]",
        r#"{"entries":[]}"#,
        r#"{"entries":{"5e01":{"status":"FORGIVEN"}}}"#,
        r#"{"entries":{"5e01":{}}}"#,
        r#"{"entries":{"xyz":{"status":"REVOKED"}}}"#,
        r#"{"entries":{"":{"status":"REVOKED"}}}"#,
    ];
    for text in refused {
        assert!(Revoked::parse(text).is_err(), "{text}");
    }
}

#[test]
fn an_app_is_a_package_and_a_digest() {
    let app = AppId { package: "example.app".to_owned(), digest: [0xab; 32] };
    assert_eq!(AppId::parse(&format!("example.app={}", "ab".repeat(32))).unwrap(), app);
    let colons = vec!["AB"; 32].join(":");
    assert_eq!(AppId::parse(&format!("example.app={colons}")).unwrap(), app);
    for text in ["", "example.app", "example.app=", "example.app=ab", &format!("={}", "ab".repeat(32))] {
        assert!(AppId::parse(text).is_err(), "{text}");
    }
}
