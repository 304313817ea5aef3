//! A phone that is gone before its answer: killed by its system, or out of reach. What it sent is judged to the end, so
//! that the try which was counted for it is not taken for a wrong PIN (3.0.5).

use crate::common::world_with_phone;
use countersign_e2e::http::JOSE;
use countersign_e2e::lab::Point;
use countersign_e2e::parallel::wait_until;
use countersign_e2e::phone::Phone;
use countersign_e2e::world::World;
use countersign_protocol::jose::header::DeviceTyp;
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;

/// Sends a message and hangs up while the server, which has counted a try for it, holds it at `point`; then lets the
/// server go on.
fn send_and_vanish((world, phone): (&World, &Phone), point: Point, path: &str, body: &[u8]) {
    let (lab, address) = (world.lab(), world.server.address());
    lab.hold(point);
    let mut line = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        line,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: {JOSE}\r\nContent-Length: {length}\r\n\r\n"
    )
    .unwrap();
    line.write_all(body).unwrap();
    wait_until(|| lab.phone(&phone.aid).pin_fail == 1);
    drop(line);
    // Answers of later calls show that the server had its turns to notice.
    for _ in 0..50 {
        lab.now();
    }
    lab.release();
}

#[test]
fn an_approval_whose_phone_hung_up_stands_and_costs_no_guess() {
    for point in [Point::AfterReserve, Point::BeforeCommit] {
        let (world, phone) = world_with_phone();
        let (sign_in, request) = world.ask(&phone);
        let body = phone.answer_body(&phone.approval(&request, sign_in.number()), &[phone.keys.pin()]);
        send_and_vanish((&world, &phone), point, &request.path(), &body);
        wait_until(|| world.service.state_name(&sign_in.tid) == "approved");
        let counters = world.lab().phone(&phone.aid);
        assert_eq!((counters.pin_fail, counters.fail30), (0, 0), "{point:?}");
    }
}

#[test]
fn an_operation_whose_phone_hung_up_is_done_and_costs_no_guess() {
    let (world, phone) = world_with_phone();
    phone.binding();
    let payload = phone.op_payload("new_enrolment", &json!({"kind": "migrate"}));
    let body = phone.seal(DeviceTyp::Op, &payload, &[phone.keys.pin()]);
    send_and_vanish((&world, &phone), Point::AfterReserve, "/v1/ops", &body);
    wait_until(|| world.lab().phone(&phone.aid).pin_fail == 0);
    assert_eq!(world.lab().phone(&phone.aid).fail30, 0);
}
