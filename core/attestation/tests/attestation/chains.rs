//! Who certified whom: roots, signatures, dates, revoked serials, and chains that a forger made longer.

use crate::scene::{CHALLENGE, NOW, Scene};
use countersign_attestation::android::{Expected, Usage, judge};
use countersign_attestation::{Flaw, Level, Revoked};
use countersign_attestation_lab::{Description, Form, Holder, Maker};

fn description() -> Vec<u8> {
    Description::device(&CHALLENGE).to_der()
}

/// A chain over one more holder between the root and the phone.
fn through(scene: &Scene, between: &Holder) -> Vec<Vec<u8>> {
    let phone = between.certify(Form::authority("Phone", 9));
    let leaf = phone.attest(&scene.key, Some(&description()));
    vec![leaf, phone.der(), between.der(), scene.maker.root.der()]
}

#[test]
fn n41_a_root_that_nobody_trusts() {
    let scene = Scene::new();
    let other = Maker::new();
    let chain = other.chain(&scene.key, &Description::device(&CHALLENGE));
    assert_eq!(scene.verdict(&chain), Err(Flaw::Root));
    let mut headless = scene.maker.chain(&scene.key, &Description::device(&CHALLENGE));
    headless.pop();
    assert_eq!(scene.verdict(&headless), Err(Flaw::Root), "the root itself is part of the chain");
}

#[test]
fn a_root_that_was_issued_anew_with_the_same_key_counts() {
    let scene = Scene::new();
    let mut chain = scene.maker.chain(&scene.key, &Description::device(&CHALLENGE));
    *chain.last_mut().unwrap() = scene.maker.root.issued_again().der();
    assert_eq!(scene.verdict(&chain), Ok(Level::Tee));
}

#[test]
fn n41_a_signature_that_another_made() {
    let scene = Scene::new();
    let good = scene.maker.chain(&scene.key, &Description::device(&CHALLENGE));
    let other = Maker::new();
    for (place, foreign) in [(1, other.phone.der()), (2, other.between.der())] {
        let mut chain = good.clone();
        chain[place] = foreign;
        assert_eq!(scene.verdict(&chain), Err(Flaw::Signature), "at {place}");
    }
    let mut turned = good.clone();
    turned.swap(1, 2);
    assert_eq!(scene.verdict(&turned), Err(Flaw::Signature));
    // The last byte of a certificate is of its signature.
    let mut bent = good;
    *bent[0].last_mut().unwrap() ^= 1;
    assert!(matches!(scene.verdict(&bent), Err(Flaw::Signature | Flaw::Form)));
}

#[test]
fn n41_a_key_that_is_not_the_enrolled_one() {
    let scene = Scene::new();
    let chain = scene.maker.chain(&Maker::new().phone.point(), &Description::device(&CHALLENGE));
    let judged = scene.judge(&chain);
    assert_eq!(judged.verdict, Err(Flaw::Key));
    assert!(judged.description.is_none(), "it says nothing of the enrolled key");
}

#[test]
fn n41_a_serial_on_the_list_wherever_it_stands() {
    let mut scene = Scene::new();
    let chain = scene.maker.chain(&scene.key, &Description::device(&CHALLENGE));
    for serial in ["5e00", "5e01", "5e02", "5e03", "005E03"] {
        for status in ["REVOKED", "SUSPENDED"] {
            let list =
                format!(r#"{{"entries":{{"{serial}":{{"status":"{status}","reason":"KEY_COMPROMISE"}}}}}}"#);
            scene.trust.revoked = Revoked::parse(&list).unwrap();
            assert_eq!(scene.verdict(&chain), Err(Flaw::Revoked), "{serial}");
        }
    }
    scene.trust.revoked = Revoked::parse(r#"{"entries":{"5e04":{"status":"REVOKED"}}}"#).unwrap();
    assert_eq!(scene.verdict(&chain), Ok(Level::Tee));
}

#[test]
fn a_description_that_an_attested_key_signed_does_not_count() {
    // The forger's key is attested itself, truthfully, with whatever challenge; what it signs is its own invention.
    let scene = Scene::new();
    let Maker { phone, between, root } = &scene.maker;
    let own = Description { package: "example.forger".to_owned(), ..Description::device(&[1; 32]) };
    for authority in [false, true] {
        let form = Form { authority, ..Form::authority("Attested", 7) };
        let forger = phone.certify_attested(form, &own.to_der());
        let leaf = forger.attest(&scene.key, Some(&description()));
        let chain = vec![leaf, forger.der(), phone.der(), between.der(), root.der()];
        assert_eq!(scene.verdict(&chain), Err(Flaw::Extended));
        let bare = forger.attest(&scene.key, None);
        let chain = vec![bare, forger.der(), phone.der(), between.der(), root.der()];
        assert_eq!(scene.verdict(&chain), Err(Flaw::Extended));
    }
}

#[test]
fn a_certificate_without_a_description_attests_nothing() {
    let scene = Scene::new();
    let leaf = scene.maker.phone.attest(&scene.key, None);
    assert_eq!(scene.verdict(&scene.maker.chain_of(leaf)), Err(Flaw::Extended));
}

#[test]
fn a_chain_has_two_to_eight_certificates() {
    let scene = Scene::new();
    let root = &scene.maker.root;
    let leaf = root.attest(&scene.key, Some(&description()));
    assert_eq!(scene.verdict(&[]), Err(Flaw::Length));
    assert_eq!(scene.verdict(&[root.der()]), Err(Flaw::Length));
    assert_eq!(scene.verdict(&[leaf, root.der()]), Ok(Level::Tee));
    let mut holders = vec![root.certify(Form::authority("0", 0))];
    for serial in 1..7 {
        let next = holders.last().unwrap().certify(Form::authority("more", serial));
        holders.push(next);
    }
    let chain_over = |count: usize| {
        let leaf = holders[count - 1].attest(&scene.key, Some(&description()));
        let above = holders[..count].iter().rev().map(Holder::der);
        [vec![leaf], above.collect(), vec![root.der()]].concat()
    };
    assert_eq!(scene.verdict(&chain_over(6)), Ok(Level::Tee));
    assert_eq!(scene.verdict(&chain_over(7)), Err(Flaw::Length));
}

#[test]
fn only_an_authority_issues_but_a_phones_own_attestation_key_need_not_be_one() {
    let scene = Scene::new();
    let root = &scene.maker.root;
    let nobody = root.certify(Form { authority: false, ..Form::authority("Nobody", 5) });
    assert_eq!(scene.verdict(&through(&scene, &nobody)), Err(Flaw::Issuer));
    let narrow = root.certify(Form { path: Some(0), ..Form::authority("Narrow", 5) });
    assert_eq!(scene.verdict(&through(&scene, &narrow)), Err(Flaw::Issuer));
    let wide = root.certify(Form { path: Some(1), ..Form::authority("Wide", 5) });
    assert_eq!(scene.verdict(&through(&scene, &wide)), Ok(Level::Tee));
    let phone = wide.certify(Form { authority: false, ..Form::authority("Phone", 6) });
    let leaf = phone.attest(&scene.key, Some(&description()));
    let chain = [leaf, phone.der(), wide.der(), root.der()];
    assert_eq!(scene.verdict(&chain), Ok(Level::Tee));
}

#[test]
fn certificates_between_are_valid_at_the_time_except_that_those_of_a_factory_never_end() {
    let scene = Scene::new();
    let root = &scene.maker.root;
    let verdict = |form: Form| scene.verdict(&through(&scene, &root.certify(form)));
    let form = Form::authority("5ca1ab1e", 5);
    assert_eq!(verdict(Form { until: 2026, ..form }), Err(Flaw::Expired));
    assert_eq!(verdict(Form { from: 2027, ..form }), Err(Flaw::Expired));
    assert_eq!(verdict(Form { until: 2026, factory: true, ..form }), Ok(Level::Tee));
    assert_eq!(verdict(Form { from: 2027, factory: true, ..form }), Err(Flaw::Expired));
}

#[test]
fn the_time_is_the_judges() {
    let scene = Scene::new();
    let chain = scene.maker.chain(&scene.key, &Description::device(&CHALLENGE));
    let at = |at| {
        let expected = Expected { challenge: &CHALLENGE, key: &scene.key, usage: Usage::Device, at };
        judge(&chain, &expected, &scene.trust).verdict
    };
    // 2020-01-01 and 2100-01-01.
    assert_eq!(at(1_577_836_799), Err(Flaw::Expired));
    assert_eq!(at(1_577_836_800), Ok(Level::Tee));
    assert_eq!(at(NOW), Ok(Level::Tee));
    assert_eq!(at(4_102_444_801), Err(Flaw::Expired));
}
