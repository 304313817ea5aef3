//! A phone brings in another one, beside it or in its place (3.7.3): its PIN asks and confirms.

use crate::common::{world, world_with_phone};
use countersign_e2e::http::Answer;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::{Factor, Keys};
use countersign_e2e::phone::pairing::{Claim, Invitation};
use countersign_e2e::world::World;
use countersign_protocol::id::{Eid, Thumbprint};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::qr::Pairing;
use countersign_protocol::secret::EnrolSecret;
use serde_json::{Value, json};

fn signed(phone: &Phone, op: &str, args: &Value, factors: &[Factor]) -> Answer {
    phone.op("self", &json!({})).ok();
    let mut script = phone.op_script(op, args);
    script.factors = factors.iter().map(|factor| (factor.kid.clone(), factor.key.clone())).collect();
    script.send(phone.http())
}

/// What the old phone shows as a QR.
fn ask(phone: &Phone, kind: &str) -> Invitation {
    let answer = signed(phone, "new_enrolment", &json!({"kind": kind}), &[phone.keys.pin()]).ok();
    let made = &answer["enrolment"];
    assert!(made["exp"].as_str().is_some_and(|exp| exp.ends_with('Z')), "{made}");
    let text = |name: &str| made[name].as_str().expect("a member");
    let pairing = Pairing {
        eid: Eid::parse(text("eid")).unwrap(),
        secret: EnrolSecret::parse(text("es")).unwrap(),
        root: Thumbprint::parse(text("root_jkt")).unwrap(),
        same_device: false,
    };
    Invitation::of(Issuer::parse(&phone.aud(), Profile::Development).unwrap(), pairing)
}

fn confirm(phone: &Phone, invitation: &Invitation, code: &str, factor: &Factor) -> Answer {
    let args = json!({"eid": invitation.eid, "code": code});
    signed(phone, "confirm_enrolment", &args, std::slice::from_ref(factor))
}

fn claim(world: &World, invitation: &Invitation) -> (Phone, Claim) {
    invitation.claim(&world.http(), &Keys::new(), |_| ())
}

fn other(code: &str) -> String {
    countersign_e2e::sign_in::other_digits(code)
}

#[test]
fn the_old_phone_brings_in_the_new_one_and_ends_at_its_first_approval() {
    let (world, old) = world_with_phone();
    let invitation = ask(&old, "migrate");
    let (_, offer) = invitation.open(&world.http());
    assert_eq!(serde_json::to_value(offer.kind).unwrap(), "migrate");
    let (new, claim) = claim(&world, &invitation);
    confirm(&old, &invitation, &claim.cc, &old.keys.pin()).ok();
    new.settle_in();
    world.try_right_pin(&old).ok();
    world.try_right_pin(&new).ok();
    let refusal = old.op("self", &json!({})).refused(403, "authenticator_revoked");
    assert_eq!(serde_json::to_value(old.notice(&refusal).why).unwrap(), "moved");
    world.try_right_pin(&new).ok();
}

#[test]
fn without_an_approval_the_old_phone_ends_after_a_day() {
    let (world, old) = world_with_phone();
    let invitation = ask(&old, "migrate");
    let (new, claim) = claim(&world, &invitation);
    confirm(&old, &invitation, &claim.cc, &old.keys.pin()).ok();
    new.settle_in();
    world.lab().advance(86_390);
    old.binding();
    world.lab().advance(10);
    old.op("self", &json!({})).refused(403, "authenticator_revoked");
    new.binding();
}

#[test]
fn one_more_phone_leaves_the_first_as_it_is() {
    let (world, first) = world_with_phone();
    let invitation = ask(&first, "add");
    let (second, claim) = claim(&world, &invitation);
    confirm(&first, &invitation, &claim.cc, &first.keys.pin()).ok();
    second.settle_in();
    world.try_right_pin(&second).ok();
    world.lab().advance(86_400);
    world.try_right_pin(&first).ok();
    let letters = world.lab().mails(&world.account);
    assert_eq!(letters.iter().filter(|letter| letter.subject == "A new phone was added").count(), 2);
}

#[test]
fn n173_an_account_with_all_its_phones_adds_none_but_may_move() {
    let (world, first) = world_with_phone();
    world.lab().policy(&json!({"phones_max": 1}));
    let add = signed(&first, "new_enrolment", &json!({"kind": "add"}), &[first.keys.pin()]);
    assert_eq!(add.refused(403, "method_unavailable")["reason"], "phones");
    ask(&first, "migrate");
}

fn refused_for_want_of_room(answer: &Answer) {
    assert_eq!(answer.refused(403, "method_unavailable")["reason"], "phones");
}

#[test]
fn n173_of_two_moves_from_one_phone_the_second_needs_room() {
    let (world, old) = world_with_phone();
    world.lab().policy(&json!({"phones_max": 1}));
    let invitations = [(); 2].map(|()| ask(&old, "migrate"));
    let [(first, one), (_, two)] = invitations.each_ref().map(|invitation| claim(&world, invitation));
    confirm(&old, &invitations[0], &one.cc, &old.keys.pin()).ok();
    refused_for_want_of_room(&confirm(&old, &invitations[1], &two.cc, &old.keys.pin()));
    let counters = world.lab().phone(&old.aid);
    assert_eq!((counters.pin_fail, counters.fail30), (0, 0), "the try is given back");
    let more = signed(&old, "new_enrolment", &json!({"kind": "migrate"}), &[old.keys.pin()]);
    refused_for_want_of_room(&more);
    first.settle_in();
    first.done("revoke_self", &json!({}));
    confirm(&old, &invitations[1], &two.cc, &old.keys.pin()).ok();
}

#[test]
fn n173_a_phone_moves_on_without_room_once_it_has_proved_itself() {
    let (world, old) = world_with_phone();
    world.lab().policy(&json!({"phones_max": 1}));
    let invitation = ask(&old, "migrate");
    let (new, shown) = claim(&world, &invitation);
    confirm(&old, &invitation, &shown.cc, &old.keys.pin()).ok();
    new.settle_in();
    let early = signed(&new, "new_enrolment", &json!({"kind": "migrate"}), &[new.keys.pin()]);
    refused_for_want_of_room(&early);
    world.try_right_pin(&new).ok();
    old.op("self", &json!({})).refused(403, "authenticator_revoked");
    ask(&new, "migrate");
}

#[test]
fn n126_no_factor_and_a_wrong_pin_make_no_pairing() {
    let (world, phone) = world_with_phone();
    let args = json!({"kind": "add"});
    signed(&phone, "new_enrolment", &args, &[]).refused(403, "factor_not_allowed");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
    signed(&phone, "new_enrolment", &args, &[phone.keys.wrong_pin()]).refused(403, "pin_incorrect");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 1);
}

#[test]
fn a_pairing_that_a_phone_asked_for_lives_ten_minutes() {
    let (world, phone) = world_with_phone();
    let invitation = ask(&phone, "add");
    world.lab().advance(590);
    let (_, claim) = claim(&world, &invitation);
    world.lab().advance(10);
    confirm(&phone, &invitation, &claim.cc, &phone.keys.pin()).refused(410, "enrolment_expired");
}

#[test]
fn the_pin_comes_before_the_code_and_three_codes_end_it() {
    let (world, phone) = world_with_phone();
    let invitation = ask(&phone, "add");
    let (_, claim) = claim(&world, &invitation);
    let wrong = other(&claim.cc);
    confirm(&phone, &invitation, &wrong, &phone.keys.wrong_pin()).refused(403, "pin_incorrect");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 1);
    for left in [2, 1] {
        let refusal = confirm(&phone, &invitation, &wrong, &phone.keys.pin());
        assert_eq!(refusal.refused(403, "confirm_code_incorrect")["left"], left);
        assert_eq!(world.lab().phone(&phone.aid).pin_fail, 1, "a good PIN with a wrong code counts nothing");
    }
    confirm(&phone, &invitation, &wrong, &phone.keys.pin()).refused(410, "enrolment_cancelled");
    confirm(&phone, &invitation, &claim.cc, &phone.keys.pin()).refused(410, "enrolment_cancelled");
}

#[test]
fn n168_nothing_is_confirmed_before_a_phone_came_or_twice() {
    let (world, phone) = world_with_phone();
    let invitation = ask(&phone, "add");
    let open = confirm(&phone, &invitation, "123456", &phone.keys.pin());
    assert_eq!(open.refused(409, "enrolment_state")["state"], "open");
    let (_, claim) = claim(&world, &invitation);
    confirm(&phone, &invitation, &claim.cc, &phone.keys.pin()).ok();
    let again = confirm(&phone, &invitation, &claim.cc, &phone.keys.pin());
    assert_eq!(again.refused(409, "enrolment_state")["state"], "active");
    assert_eq!(world.lab().phone(&phone.aid).pin_fail, 0);
}

#[test]
fn nobody_confirms_a_pairing_that_another_phone_or_a_service_asked_for() {
    let world = world();
    let [one, two] = world.two_phones();
    let invitation = ask(&one, "add");
    let (_, claim) = claim(&world, &invitation);
    confirm(&two, &invitation, &claim.cc, &two.keys.pin()).refused(404, "enrolment_unknown");
    let eid = invitation.eid.to_string();
    world.service.confirm(&eid, &claim.cc).refused(404, "not_found");
    let account = world.service.add_account("carla@example.eu");
    let (_, link) = world.service.enrolment(&account);
    confirm(&one, &Invitation::read(&link), "123456", &one.keys.pin()).refused(404, "enrolment_unknown");
}

#[test]
fn a_new_phone_that_was_removed_ends_no_old_one() {
    let (world, old) = world_with_phone();
    let invitation = ask(&old, "migrate");
    let (new, shown) = claim(&world, &invitation);
    confirm(&old, &invitation, &shown.cc, &old.keys.pin()).ok();
    new.settle_in();
    new.done("revoke_self", &json!({}));
    world.lab().advance(2 * 86_400);
    world.try_right_pin(&old).ok();
}
