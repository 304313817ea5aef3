//! A change of keys under every order of the first three mishaps, with the app killed afterwards (3.7.1): whatever was
//! lost or forged, phone and server agree in the end, and the PIN that they agree on approves.

use crate::lab::{Fault, Lab, answers};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use crate::sign_in::listed;
use countersign_engine::AccountId;
use countersign_engine::pin_change::PinChangeState;
use countersign_engine::sign_in::SignInState;
use countersign_protocol::problem::Code;

const NEW: &str = "8315";

/// One of four things that may happen to a request.
fn mishap(which: usize) -> Fault {
    match which {
        0 => Fault::Through,
        1 => Fault::NotConnected,
        2 => Fault::AnswerLost,
        // Not the server's word: nobody signed it, and the request did not arrive.
        _ => Fault::Instead(answers::problem_with(Code::PinIncorrect, |members| {
            members.attempts_left = Some(4);
        })),
    }
}

/// Every order of three mishaps that begins with this one.
fn orders(first: usize) -> impl Iterator<Item = [usize; 3]> {
    (0..16).map(move |rest| [first, rest / 4, rest % 4])
}

/// What the person does: tries, sends again while that is offered, gives up, kills the app.
fn attempt(phone: &Phone, account: AccountId, device: bool) {
    let Ok(mut flow) = phone.auth.change_pin(account) else { return };
    let mut state =
        if device { flow.renew_keys(pin(PIN)) } else { flow.submit(pin(PIN), pin(NEW), pin(NEW)) };
    for _ in 0..2 {
        if !matches!(state, Ok(PinChangeState::Unanswered { .. })) {
            return;
        }
        state = flow.resend();
    }
}

fn survives(order: [usize; 3], device: bool) {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let known = |lab: &Lab| lab.at(ISS, |server| server.phones[0].fid);
    let folder = phone.folder.clone();
    let keys = || std::fs::read_dir(folder.path().join("keys")).unwrap().count();
    let (before, made) = (known(&lab), keys());
    lab.next(order.map(mishap));
    attempt(&phone, account, device);
    lab.world().faults.clear();
    let phone = phone.restarted();
    phone.auth.settle(account).unwrap();
    let counts = if known(&lab) == before || device { PIN } else { NEW };
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let state = listed(&phone).approve(Some(&number()), pin(counts)).unwrap();
    assert!(matches!(state, SignInState::Approved { .. }), "{order:?}, device {device}: {state:?}");
    assert_eq!(keys(), made, "{order:?}, device {device}: a key too many or too few");
}

#[test]
fn n122_no_order_of_mishaps_parts_phone_and_server_over_a_pin() {
    (0..4).flat_map(orders).for_each(|order| survives(order, false));
}

#[test]
fn n122_no_order_of_mishaps_parts_phone_and_server_over_a_device_key() {
    (0..4).flat_map(orders).for_each(|order| survives(order, true));
}
