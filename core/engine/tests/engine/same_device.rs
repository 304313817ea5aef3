//! Browser and app on one phone, and pairing without a camera (S4, P2, P3): protocol 3.3.1, 3.3.2 and 3.5.2.

use crate::lab::{Lab, Server};
use crate::phone::{ANNA, ISS, PIN, Phone, pin};
use countersign_engine::pairing::{PairingFlow, PairingState};
use countersign_engine::sign_in::{ClaimState, SignInFlow, SignInState};
use countersign_engine::{Entry, Problem, ReturnUrl, Scanned};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::message::response::DenyWhy;
use countersign_protocol::problem::Code;

const BACK: &str = "https://grants.example.eu/back";

fn tapped(phone: &Phone, text: &str) -> Result<Scanned, Problem> {
    phone.auth.open_code(text.as_bytes(), Entry::System)
}

fn claimed(phone: &Phone, text: &str) -> SignInFlow {
    let Scanned::SignIn(mut claim) = tapped(phone, text).unwrap() else { panic!("no sign-in") };
    let ClaimState::Claimed(flow) = claim.begin().unwrap() else { panic!("not claimed") };
    *flow
}

/// From the offer to the code.
fn paired(mut flow: PairingFlow) -> Option<ReturnUrl> {
    while !matches!(flow.state(), PairingState::ChoosePin { .. }) {
        flow.accept().unwrap();
    }
    match flow.choose_pin(pin(PIN), pin(PIN)).unwrap() {
        PairingState::TypeCode { return_to, .. } => return_to,
        _ => panic!("no code"),
    }
}

#[test]
fn s4_a_tapped_link_is_approved_with_the_pin_and_leads_back_to_its_browser() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (tid, text) = lab.at(ISS, Server::start_link);
    let mut flow = claimed(&phone, &text);
    assert!(!flow.needs_number());
    let SignInState::Approved { return_to, .. } = flow.approve(None, pin(PIN)).unwrap() else { panic!() };
    let return_to = return_to.unwrap();
    assert_eq!(return_to.expose(), format!("{BACK}?rc=ZmZmZmZmZmZmZmZmZmZmZg"));
    assert!(!format!("{return_to:?}").contains("rc="), "the code is printed nowhere");
    assert_eq!(lab.at(ISS, |server| server.sign_ins[&tid].state), "approved");
}

#[test]
fn s4_a_refused_link_leads_nowhere_and_what_is_scanned_neither() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, frame) = lab.at(ISS, |server| server.start_qr(None));
    let Scanned::SignIn(mut claim) = phone.auth.open_code(frame.as_bytes(), Entry::Scanner).unwrap() else {
        panic!()
    };
    let ClaimState::Claimed(mut flow) = claim.begin().unwrap() else { panic!() };
    let SignInState::Approved { return_to, .. } = flow.approve(None, pin(PIN)).unwrap() else { panic!() };
    assert_eq!(return_to, None);
    let (_, link) = lab.at(ISS, Server::start_link);
    let denied = claimed(&phone, &link).deny(DenyWhy::Cancel).unwrap();
    assert_eq!(denied, SignInState::Denied { why: DenyWhy::Cancel }, "whatever code came with it");
}

#[test]
fn n91_a_link_that_returns_to_an_unlisted_origin_is_not_shown() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, text) = lab.at(ISS, |server| {
        server.back = "https://evil.example/back".to_owned();
        server.start_link()
    });
    let Scanned::SignIn(mut claim) = tapped(&phone, &text).unwrap() else { panic!() };
    assert!(matches!(claim.begin(), Err(Problem::MessageRefused { .. })));
}

#[test]
fn p2_a_link_pairs_the_phone_it_was_tapped_on_and_leads_back() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let text = lab.at(ISS, |server| server.start_pairing_here(ANNA));
    let Scanned::Pairing(flow) = tapped(&phone, &text).unwrap() else { panic!() };
    let return_to = paired(*flow).unwrap();
    assert_eq!(return_to.expose(), format!("{BACK}?rc=d3d3d3d3d3d3d3d3d3d3dw"));
}

#[test]
fn n91_a_pairing_that_returns_to_an_unlisted_origin_is_refused() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let text = lab.at(ISS, |server| {
        server.back = "https://evil.example/back".to_owned();
        server.start_pairing_here(ANNA)
    });
    assert!(matches!(tapped(&phone, &text), Err(Problem::MessageRefused { .. })));
    assert!(phone.auth.accounts().unwrap().is_empty());
}

#[test]
fn p3_a_typed_address_and_code_pair_however_they_are_typed() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let code = lab.at(ISS, |server| server.start_typed(ANNA, &server.iss.clone()));
    let sloppy = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    assert!(paired(phone.auth.open_typed(" ID.example.eu/ ", &sloppy).unwrap()).is_none());
    assert_eq!(phone.auth.accounts().unwrap().len(), 1);
}

#[test]
fn n143_a_slip_in_a_typed_code_sends_nothing() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let code = lab.at(ISS, |server| server.start_typed(ANNA, &server.iss.clone()));
    let first = if code.starts_with('B') { 'C' } else { 'B' };
    for slip in [format!("{first}{}", &code[1..]), code[1..].to_owned(), String::new()] {
        assert_eq!(phone.auth.open_typed("id.example.eu", &slip).err(), Some(Problem::BadCode), "{slip}");
    }
    assert_eq!(phone.auth.open_typed("not a server", &code).err(), Some(Problem::UnknownService));
    assert!(lab.seen().is_empty());
}

#[test]
fn n146_a_box_for_another_server_or_with_a_flipped_bit_is_as_far_as_it_goes() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let other = Issuer::parse("https://login.example.org", Profile::Development).unwrap();
    let foreign = lab.at(ISS, |server| server.start_typed(ANNA, &other));
    assert_eq!(phone.auth.open_typed(ISS, &foreign).err(), Some(Problem::BadCode));
    let flipped = lab.at(ISS, |server| {
        let code = server.start_typed(ANNA, &server.iss.clone());
        for sealed in server.typed.values_mut() {
            let last = if sealed.starts_with('B') { "C" } else { "B" };
            sealed.replace_range(0..1, last);
        }
        code
    });
    assert_eq!(phone.auth.open_typed(ISS, &flipped).err(), Some(Problem::BadCode));
    let paths = lab.paths();
    assert_eq!(paths.len(), 2);
    assert!(paths.iter().all(|path| path.starts_with("/v1/typed/")), "{paths:?}");
}

#[test]
fn p3_a_code_that_the_server_does_not_know_says_so() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let code = lab.at(ISS, |server| {
        let code = server.start_typed(ANNA, &server.iss.clone());
        server.typed.clear();
        code
    });
    let refused = phone.auth.open_typed(ISS, &code).err();
    assert_eq!(refused, Some(Problem::Refused { code: Code::EnrolmentUnknown }));
}

#[test]
fn n136_no_file_holds_what_a_link_or_a_typed_code_carried() {
    let lab = Lab::with_server(ISS);
    let phone = Phone::new(&lab);
    let code = lab.at(ISS, |server| server.start_typed(ANNA, &server.iss.clone()));
    paired(phone.auth.open_typed(ISS, &code).unwrap());
    lab.at(ISS, Server::confirm_all);
    let account = phone.auth.accounts().unwrap()[0].id;
    phone.auth.check(account).unwrap();
    let (tid, text) = lab.at(ISS, Server::start_link);
    claimed(&phone, &text).approve(None, pin(PIN)).unwrap();
    let mut secrets = vec![code.replace('-', "").into_bytes(), vec![0x66; 16]];
    lab.at(ISS, |server| {
        secrets.push(server.sign_ins[&tid].handle.expose().to_vec());
        secrets.extend(server.enrolments.values().map(|made| made.secret.expose().to_vec()));
    });
    secrets.extend(
        lab.seen()
            .iter()
            .filter(|seen| seen.path.ends_with("/response"))
            .flat_map(|seen| crate::secrecy::signatures(&seen.body)),
    );
    crate::secrecy::assert_absent(phone.folder.path(), &secrets);
}
