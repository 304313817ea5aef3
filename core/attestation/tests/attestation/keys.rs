//! What a platform says of a key: each thing that has to hold, alone amiss.

use crate::scene::{CHALLENGE, Scene};
use countersign_attestation::android::{Usage, judge};
use countersign_attestation::{AppId, Flaw, Level};
use countersign_attestation_lab::Description;

#[test]
fn a_good_key_has_the_level_that_its_hardware_gives_it() {
    let scene = Scene::new();
    assert_eq!(scene.of(&Description::device(&CHALLENGE)), Ok(Level::Tee));
    assert_eq!(scene.of(&Description::strongbox(&CHALLENGE)), Ok(Level::StrongBox));
    let mixed = Description { attested_by: 2, ..Description::device(&CHALLENGE) };
    assert_eq!(scene.of(&mixed), Ok(Level::Tee), "the key is in the TEE, whoever says so");
}

/// A device key with one thing amiss, and the reason that is found.
fn is_refused(flaw: Flaw, change: impl FnOnce(&mut Description)) {
    let scene = Scene::new();
    let mut description = Description::device(&CHALLENGE);
    change(&mut description);
    let judged = scene.judge(&scene.maker.chain(&scene.key, &description));
    assert_eq!(judged.verdict, Err(flaw));
    assert!(judged.description.is_some(), "a trusted chain said so: it is recorded");
}

#[test]
fn n41_another_challenge() {
    is_refused(Flaw::Challenge, |key| key.challenge = vec![0xc5; 32]);
    is_refused(Flaw::Challenge, |key| key.challenge.clear());
    is_refused(Flaw::Challenge, |key| key.challenge.push(0));
}

#[test]
fn n41_a_software_level_on_either_side() {
    is_refused(Flaw::Software, |key| (key.attested_by, key.kept_by) = (0, 0));
    is_refused(Flaw::Software, |key| key.attested_by = 0);
    is_refused(Flaw::Software, |key| key.kept_by = 0);
}

#[test]
fn n41_an_open_bootloader_or_an_unverified_boot() {
    is_refused(Flaw::Boot, |key| key.boot = Some((false, 0)));
    for state in 1..=3 {
        is_refused(Flaw::Boot, |key| key.boot = Some((true, state)));
    }
    is_refused(Flaw::Boot, |key| key.boot = None);
}

#[test]
fn another_use_than_p256_signatures() {
    for purposes in [vec![], vec![3], vec![2, 3], vec![2, 7]] {
        is_refused(Flaw::Purpose, |key| key.purposes = purposes);
    }
    is_refused(Flaw::Purpose, |key| key.algorithm = 1);
    is_refused(Flaw::Purpose, |key| key.curve = 2);
}

#[test]
fn a_key_that_was_brought_in_from_outside() {
    for origin in 1..=4 {
        is_refused(Flaw::Origin, |key| key.origin = origin);
    }
}

#[test]
fn another_app() {
    is_refused(Flaw::App, |key| key.package = "example.other".to_owned());
    is_refused(Flaw::App, |key| key.digest = vec![0xac; 32]);
    is_refused(Flaw::App, |key| key.digest.clear());
    is_refused(Flaw::App, |key| key.all_applications = true);
    let mut scene = Scene::new();
    scene.trust.apps = Vec::new();
    assert_eq!(scene.of(&Description::device(&CHALLENGE)), Err(Flaw::App), "no app is known");
    // Two editions of an app: each package goes with its own certificate.
    scene.trust.apps = [("example.countersign", 1), ("example.other", 0xab)]
        .map(|(package, byte)| AppId { package: package.to_owned(), digest: [byte; 32] })
        .to_vec();
    assert_eq!(scene.of(&Description::device(&CHALLENGE)), Err(Flaw::App));
}

#[test]
fn what_only_the_operating_system_vouches_for_does_not_count() {
    is_refused(Flaw::Purpose, |key| key.swapped = true);
}

#[test]
fn a_biometric_key_needs_the_person_each_time() {
    let scene = Scene::new();
    let verdict = |description: &Description| {
        let chain = scene.maker.chain(&scene.key, description);
        judge(&chain, &scene.expected(Usage::Biometric), &scene.trust).verdict
    };
    let good = Description::biometric(&CHALLENGE);
    assert_eq!(verdict(&good), Ok(Level::Tee));
    let amiss = [
        Description::device(&CHALLENGE),
        Description { no_auth: true, ..good.clone() },
        Description { auth_type: None, ..good.clone() },
        Description { auth_type: Some(1), ..good.clone() },
        Description { auth_type: Some(3), ..good.clone() },
        Description { auth_timeout: Some(30), ..good.clone() },
    ];
    for description in &amiss {
        assert_eq!(verdict(description), Err(Flaw::Authentication));
    }
    assert_eq!(scene.of(&good), Ok(Level::Tee), "a device key may need the person, too");
}
