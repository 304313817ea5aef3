//! SMTP servers that do not take a letter: what is tried again, what is given up, what must not go without TLS.

use crate::scene::{BINARY, EMAIL, Smtp, becomes, row, server, write_letter};
use countersign_e2e::server::Server;
use mailparse::{MailHeaderMap, parse_mail};

#[test]
fn a_busy_server_gets_the_letter_a_minute_later() {
    let smtp = Smtp::start("busy");
    let server = server(&smtp);
    write_letter(&server, None);
    becomes(&server, "waiting", 1);
    assert!(smtp.is_empty() && row(&server).2);
    server.lab().advance(61);
    smtp.next();
    becomes(&server, "sent", 2);
}

#[test]
fn a_reader_who_does_not_exist_is_not_tried_again_and_named_in_no_log() {
    let smtp = Smtp::start("refuse");
    let server = server(&smtp);
    write_letter(&server, None);
    becomes(&server, "dead", 1);
    server.lab().advance(86_400);
    assert_eq!(row(&server).1, 1);
    assert!(smtp.is_empty());
    assert!(server.log().contains("SMTP 550") && !server.log().contains(EMAIL), "{}", server.log());
}

#[test]
fn a_letter_that_goes_twice_is_known_by_its_id() {
    let smtp = Smtp::start("vanish");
    let server = server(&smtp);
    write_letter(&server, None);
    let id = |raw: &[u8]| parse_mail(raw).unwrap().headers.get_first_value("Message-ID").unwrap();
    let first = smtp.next();
    becomes(&server, "waiting", 1);
    server.lab().advance(61);
    let second = smtp.next();
    assert_eq!(id(&first.raw), id(&second.raw));
    becomes(&server, "sent", 2);
}

#[test]
fn to_a_server_that_nobody_vouches_for_or_that_knows_us_not_nothing_is_said() {
    let smtp = Smtp::start("take");
    let certificate = smtp.certificate();
    for more in [
        vec!["--smtp-url", &smtp.url("anna:se%20cret")],
        vec!["--smtp-url", &smtp.url("anna:wrong"), "--smtp-ca", &certificate],
    ] {
        let server = Server::start_with(BINARY, &more);
        write_letter(&server, None);
        becomes(&server, "waiting", 1);
        assert!(smtp.is_empty());
    }
}

#[test]
fn what_nobody_takes_for_two_days_is_given_up() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = Server::start_with(BINARY, &["--smtp-url", &format!("smtp://{gone}?tls=none")]);
    write_letter(&server, None);
    for (tries, pause) in [60, 300, 1800, 7200, 21_600, 43_200, 86_400].into_iter().enumerate() {
        becomes(&server, "waiting", u32::try_from(tries + 1).unwrap());
        server.lab().advance(pause + 1);
    }
    becomes(&server, "dead", 8);
}
