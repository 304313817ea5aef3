//! Under which names the server answers: pages by its own alone, phones and services by any.

use crate::scene::{BINARY, Scene};
use countersign_e2e::server::Server;
use std::io::{Read, Write};
use std::net::TcpStream;

/// An answer to these lines, as text.
fn ask(server: &Server, lines: &[&str]) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let head = format!("{}\r\nConnection: close\r\n\r\n", lines.join("\r\n"));
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn a_page_under_another_name_is_refused_and_does_not_repeat_it() {
    let scene = Scene::set();
    let own = scene.server.address().to_string();
    for name in ["evil.example", &format!("{own}.evil.example"), "127.0.0.1", "", &format!("evil@{own}")] {
        for page in ["/", "/help", "/sign-in/keys", "/start/AAAA"] {
            let answer = ask(&scene.server, &[&format!("GET {page} HTTP/1.1"), &format!("Host: {name}")]);
            assert_eq!(status(&answer), "421", "{page} {name}: {answer}");
            assert!(!answer.contains("evil") && !answer.to_lowercase().contains("set-cookie"), "{answer}");
            assert!(
                answer.contains(&format!("href=\"http://{own}/\"")),
                "it leads to the right one: {answer}"
            );
        }
    }
    let form = [
        "POST /sign-in HTTP/1.1",
        "Host: evil.example",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 0",
    ];
    assert_eq!(status(&ask(&scene.server, &form)), "421");
    assert_eq!(status(&ask(&scene.server, &["GET / HTTP/1.0"])), "421", "no name at all");
    let absolute = ["GET http://evil.example/ HTTP/1.1", &format!("Host: {own}")];
    assert_eq!(status(&ask(&scene.server, &absolute)), "421", "the address counts too");
}

#[test]
fn what_a_caller_says_about_other_names_gets_into_no_page() {
    let scene = Scene::set();
    let host = format!("Host: {}", scene.server.address());
    let lines = ["GET / HTTP/1.1", &host, "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example"];
    let answer = ask(&scene.server, &lines);
    assert_eq!(status(&answer), "200");
    assert!(!answer.contains("evil"), "{answer}");
}

#[test]
fn phones_services_and_watchers_may_use_any_name() {
    let scene = Scene::set();
    for (path, expected) in
        [("/.well-known/map-keyset", "200"), ("/health", "200"), ("/backend/v1/events", "401")]
    {
        let answer = ask(&scene.server, &[&format!("GET {path} HTTP/1.1"), "Host: of.the.house"]);
        assert_eq!(status(&answer), expected, "{path}: {answer}");
    }
}

#[test]
fn behind_tls_the_public_name_counts_and_browsers_are_told_to_keep_to_it() {
    let server = Server::start_at(BINARY, "https://id.example.eu");
    for name in ["id.example.eu", "ID.example.EU", "id.example.eu:443"] {
        let answer = ask(&server, &["GET / HTTP/1.1", &format!("Host: {name}")]);
        assert_eq!(status(&answer), "200", "{name}: {answer}");
        let head = answer.split("\r\n\r\n").next().unwrap();
        assert!(head.contains("set-cookie: __Host-session=") && head.contains("; Secure"), "{head}");
        assert!(head.contains("strict-transport-security: max-age=63072000"), "{head}");
    }
    for name in ["id.example.eu:8443", &server.address().to_string(), "localhost"] {
        let answer = ask(&server, &["GET / HTTP/1.1", &format!("Host: {name}")]);
        assert_eq!(status(&answer), "421", "{name}: {answer}");
    }
    let keyset = ask(&server, &["GET /.well-known/map-keyset HTTP/1.1", "Host: id.example.eu"]);
    assert!(keyset.contains("strict-transport-security"), "{keyset}");
}
