//! The network transport against real TLS servers on loopback: case N137, protocol 3.0.8 and 3.8.

// Without this the helpers of the tests count as production code, where `unwrap` is denied.
#![cfg(test)]

mod house;

use countersign_engine::adapter::transport::{HttpTransport, TransportOptions};
use countersign_engine::port::{MAX_ANSWER, Method, Pins, Reply, Request, Transport, TransportFault};
use countersign_protocol::issuer::{Issuer, Profile};
use countersign_protocol::time::Time;
use house::{Authority, House, Versions, answer, spki};
use std::time::{Duration, Instant};

const BODY: &[u8] = b"{\"payload\":\"secret\"}";

fn transport(authority: &Authority, profile: Profile) -> HttpTransport {
    HttpTransport::new(TransportOptions {
        profile,
        extra_roots: vec![authority.certificate()],
        user_agent: "countersign/1.2.3 (cli)".to_owned(),
    })
}

fn post(house: &House, authority: &Authority, pins: Pins<'_>) -> Result<Reply, TransportFault> {
    send(&transport(authority, Profile::Production), &house.iss(), pins)
}

fn send(transport: &HttpTransport, iss: &str, pins: Pins<'_>) -> Result<Reply, TransportFault> {
    let iss = Issuer::parse(iss, Profile::Development).unwrap();
    let method = Method::PostJose(BODY);
    transport.send(&Request { iss: &iss, path: "/v1/ops", method, map_enrol: None, pins })
}

#[test]
fn a_pinned_server_is_asked_as_the_protocol_says_and_its_headers_are_read() {
    let authority = Authority::new();
    let leaf = authority.issue("localhost", 1);
    let house = House::open(&leaf, &[], Versions::Current, answer("200 OK", "{}"));
    let pins = ["A".repeat(43), spki(&leaf.key)];
    let reply = post(&house, &authority, Pins::Only(&pins)).unwrap();
    assert_eq!((reply.status, reply.body.as_slice()), (200, &b"{}"[..]));
    assert_eq!(reply.nonce.as_deref(), Some("n0nce"));
    assert_eq!(reply.date, Some(Time::from_secs(1_790_000_000)));
    assert_eq!((reply.content_type.as_deref(), reply.retry_after), (Some("application/json"), Some(7)));
    let asked = house.heard();
    assert!(asked.starts_with("POST /v1/ops HTTP/1.1\r\n"), "{asked}");
    assert!(asked.to_lowercase().contains("content-type: application/jose+json\r\n"), "{asked}");
    assert!(asked.to_lowercase().contains("user-agent: countersign/1.2.3 (cli)\r\n"), "{asked}");
    assert!(asked.ends_with(std::str::from_utf8(BODY).unwrap()));
}

#[test]
fn requests_to_one_server_go_over_one_connection() {
    let authority = Authority::new();
    let leaf = authority.issue("localhost", 1);
    let (house, pins) = (House::open_patient(&leaf), [spki(&leaf.key)]);
    let transport = transport(&authority, Profile::Production);
    for _ in 0..3 {
        assert_eq!(send(&transport, &house.iss(), Pins::Only(&pins)).unwrap().status, 200);
    }
    assert_eq!(house.guests(), 1);
}

#[test]
fn n137_another_pin_is_not_the_paired_server_and_gets_no_body() {
    let authority = Authority::new();
    let leaf = authority.issue("localhost", 1);
    let house = House::open(&leaf, &[], Versions::Current, answer("200 OK", "{}"));
    let pins = ["A".repeat(43), "B".repeat(43)];
    assert_eq!(post(&house, &authority, Pins::Only(&pins)), Err(TransportFault::Untrusted));
    assert_eq!(house.heard(), "");
    assert!(post(&house, &authority, Pins::WebOnly).is_ok(), "the certificate itself is good");
}

#[test]
fn n137_pins_never_replace_the_webs_rules() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    for (leaf, trusted) in [
        (authority.issue("localhost", -1), &authority),
        (authority.issue("login.example", 1), &authority),
        (stranger.issue("localhost", 1), &authority),
    ] {
        let house = House::open(&leaf, &[], Versions::Current, answer("200 OK", "{}"));
        let pins = [spki(&leaf.key)];
        assert_eq!(post(&house, trusted, Pins::Only(&pins)), Err(TransportFault::Untrusted));
        assert_eq!(house.heard(), "");
    }
}

#[test]
fn n137_a_server_of_tls_1_2_gets_no_body() {
    let authority = Authority::new();
    let leaf = authority.issue("localhost", 1);
    let house = House::open(&leaf, &[], Versions::Old, answer("200 OK", "{}"));
    assert_eq!(post(&house, &authority, Pins::WebOnly), Err(TransportFault::NotConnected));
    assert_eq!(house.heard(), "");
}

#[test]
fn n137_a_redirect_is_an_answer_and_not_a_way() {
    let authority = Authority::new();
    let leaf = authority.issue("localhost", 1);
    let elsewhere = House::open(&leaf, &[], Versions::Current, answer("200 OK", "{}"));
    let location =
        format!("HTTP/1.1 302 Found\r\nLocation: {}/v1/ops\r\nContent-Length: 0\r\n\r\n", elsewhere.iss());
    let house = House::open(&leaf, &[], Versions::Current, location);
    assert_eq!(post(&house, &authority, Pins::WebOnly).unwrap().status, 302);
    assert_eq!(elsewhere.heard(), "");
}

#[test]
fn a_pin_may_name_an_intermediate_of_the_verified_path_and_nothing_that_is_only_sent_along() {
    let authority = Authority::new();
    let (between, stranger) = (authority.between(), Authority::new().between());
    let leaf = between.issue("localhost", 1);
    let chain = [between.certificate(), stranger.certificate()];
    let house = House::open(&leaf, &chain, Versions::Current, answer("200 OK", "{}"));
    let pins = [spki(&between.key)];
    assert_eq!(post(&house, &authority, Pins::Only(&pins)).unwrap().status, 200);
    let pins = [spki(&stranger.key)];
    assert_eq!(post(&house, &authority, Pins::Only(&pins)), Err(TransportFault::Untrusted));
}

#[test]
fn an_answer_of_more_than_64_kib_is_none() {
    let authority = Authority::new();
    let leaf = authority.issue("localhost", 1);
    let house = House::open(&leaf, &[], Versions::Current, answer("200 OK", &"x".repeat(MAX_ANSWER)));
    assert_eq!(post(&house, &authority, Pins::WebOnly).unwrap().body.len(), MAX_ANSWER);
    let house = House::open(&leaf, &[], Versions::Current, answer("200 OK", &"x".repeat(MAX_ANSWER + 1)));
    assert_eq!(post(&house, &authority, Pins::WebOnly), Err(TransportFault::BadAnswer));
}

#[test]
fn plain_http_goes_to_loopback_only_and_only_where_it_was_allowed() {
    let authority = Authority::new();
    let house = House::open_plain(answer("200 OK", "{}"));
    let pins = ["A".repeat(43)];
    let refused = send(&transport(&authority, Profile::Production), &house.iss(), Pins::Only(&pins));
    assert_eq!(refused, Err(TransportFault::Untrusted));
    assert_eq!(house.heard(), "");
    let allowed = send(&transport(&authority, Profile::Development), &house.iss(), Pins::Only(&pins));
    assert_eq!(allowed.unwrap().status, 200, "pins are carried and not used over http");
}

#[test]
fn nobody_at_home_is_told_apart_from_somebody_who_hangs_up() {
    let authority = Authority::new();
    let leaf = authority.issue("localhost", 1);
    let silent = House::open(&leaf, &[], Versions::Current, String::new());
    assert_eq!(post(&silent, &authority, Pins::WebOnly), Err(TransportFault::NoAnswer));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let iss = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    drop(listener);
    let nobody = send(&transport(&authority, Profile::Production), &iss, Pins::WebOnly);
    assert_eq!(nobody, Err(TransportFault::NotConnected));
}

#[test]
fn an_answer_that_trickles_or_stops_is_given_up_when_the_time_of_the_whole_is_over() {
    let authority = Authority::new();
    for pause in [Duration::from_millis(100), Duration::from_secs(60)] {
        let house = House::open_slow(pause);
        let transport = transport(&authority, Profile::Development).within(Duration::from_secs(1));
        let start = Instant::now();
        assert_eq!(send(&transport, &house.iss(), Pins::WebOnly), Err(TransportFault::NoAnswer));
        assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    }
}
