//! The link by which an operator lets an account's owner pair a phone: to a new account, and again where no phone is
//! left that could prove anything (3.9.1, M49).

use crate::common::{backup, restore, world, world_with_phone};
use countersign_e2e::browser::{Browser, Page};
use countersign_e2e::camera::text_of_svg;
use countersign_e2e::phone::Phone;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::Invitation;
use countersign_e2e::world::World;
use serde_json::json;

fn browser(world: &World) -> Browser {
    Browser::new(world.http())
}

/// Lets an operator make a link; gives its path.
#[track_caller]
fn link(world: &World) -> String {
    let (done, said) = world.operate(&["account", "link", &world.account]);
    assert!(done, "{said}");
    let link = said["setup_link"].as_str().unwrap();
    link.strip_prefix(world.server.base()).unwrap().to_owned()
}

fn is_over(world: &World, path: &str) -> bool {
    browser(world).open(path).answer.status == 404
}

/// Uses a link: the page that shows the pairing QR.
fn begin(owner: &mut Browser, path: &str) -> Page {
    let page = owner.open(path);
    assert!(["Pair your first phone?", "Pair a phone?"].contains(&page.title().as_str()), "{}", page.html());
    owner.submit(&page, path, &[])
}

/// Pairs a phone by a link.
fn pair(world: &World, owner: &mut Browser, path: &str) -> Phone {
    begin(owner, path);
    let text = text_of_svg(&owner.get("/me/phones/qr.svg").text());
    let (phone, claim) = Invitation::read(&text).claim(&world.http(), &Keys::new(), |_| ());
    let page = owner.open("/me/phones/add");
    let done = owner.submit(&page, "/me/phones/confirm", &[("code", &claim.cc)]);
    assert_eq!(done.title(), "Phone added", "{}", done.html());
    phone.settle_in();
    phone
}

#[track_caller]
fn needs_a_proof(world: &World) {
    let body = json!({"account": world.account});
    world.service.post("/enrolments", &body).refused(403, "proof_required");
}

#[test]
fn n142_an_account_that_was_paired_since_the_backup_asks_for_a_proof_and_its_owner_gets_in_by_a_link() {
    let mut world = world();
    let file = backup(&world);
    let lost = world.phone();
    restore(&mut world, &file);
    lost.op("self", &json!({})).refused(401, "invalid_device_signature");
    needs_a_proof(&world);
    let phone = pair(&world, &mut browser(&world), &link(&world));
    world.try_right_pin(&phone).ok();
}

#[test]
fn n142_without_the_log_an_account_that_had_no_phone_asks_for_a_proof_too() {
    let mut world = world();
    let file = backup(&world);
    world.phone();
    world.server.stop();
    std::fs::remove_file(world.server.data().join("audit.log")).unwrap();
    assert!(restore(&mut world, &file)["replayed"].is_null());
    needs_a_proof(&world);
    let phone = pair(&world, &mut browser(&world), &link(&world));
    world.try_right_pin(&phone).ok();
}

#[test]
fn a_new_link_ends_the_one_before_is_told_to_the_owner_and_stands_in_the_log() {
    let world = world();
    let first = link(&world);
    let second = link(&world);
    assert!(is_over(&world, &first) && !is_over(&world, &second));
    let mails = world.lab().mails(&world.account);
    let last = mails.last().unwrap();
    assert_eq!(last.subject, "A link to pair a phone");
    assert!(last.links.is_empty() && !last.text.contains(&second), "{}", last.text);
    let (_, last) = world.operate(&["audit", "tail", "-n", "1"]);
    assert_eq!(last["record"]["what"], "setup_link_made");
    assert_eq!(last["record"]["about"], json!({"account": world.account, "by": "operator"}));
}

#[test]
fn a_link_is_refused_beside_an_active_phone_and_for_an_account_that_is_stopped() {
    let (world, phone) = world_with_phone();
    let refused = |world: &World| world.operate(&["account", "link", &world.account]).1.to_string();
    assert!(refused(&world).contains("active phone"), "{}", refused(&world));
    phone.done("revoke_self", &json!({}));
    assert!(world.operate(&["account", "lock", &world.account]).0);
    assert!(refused(&world).contains("the account is locked"), "{}", refused(&world));
    assert!(world.operate(&["account", "unlock", &world.account]).0);
    link(&world);
}

#[test]
fn a_link_ends_when_a_phone_becomes_active_by_another_way() {
    let world = world();
    let (unused, used) = (link(&world), &mut browser(&world));
    let phone = world.phone();
    assert!(is_over(&world, &unused));
    phone.done("revoke_self", &json!({}));
    assert!(is_over(&world, &unused), "it does not come back with the end of the phone");
    let path = link(&world);
    let phone = pair(&world, used, &path);
    phone.done("revoke_self", &json!({}));
    let token = used.open("/").token();
    let answer = used.post("/me/phones/add", &[("csrf", &token)]);
    assert_eq!(answer.header("location"), Some("/"), "one link, one phone");
}

#[test]
fn n142_a_link_that_was_replaced_since_the_backup_does_not_come_back() {
    let mut world = world();
    let first = link(&world);
    let file = backup(&world);
    let second = link(&world);
    restore(&mut world, &file);
    assert!(is_over(&world, &first) && is_over(&world, &second));
}
