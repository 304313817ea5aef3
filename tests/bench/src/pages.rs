//! What the server's pages take: the first byte of each, and whether an address that somebody has takes longer to answer
//! than one that nobody has.

use crate::http::{Answer, Connection};
use crate::phone::Outcome;
use crate::report::{line, median, ms};
use crate::server::Server;
use std::path::Path;
use std::time::{Duration, Instant};

const LOOKS: usize = 500;
const GUESSES: usize = 200;
const KNOWN: &str = "anna@example.eu";

/// Prints times of pages, and the ratio of what is asked about a known and about an unknown address.
pub fn measure(binary: &Path) -> Outcome<()> {
    let data = tempfile::tempdir()?;
    let server = Server::start(binary, data.path())?;
    server.add_account(binary, KNOWN)?;
    let mut net = Connection::open(&server.base)?;
    let bare = looks(&mut net, "/health")?;
    for path in ["/", "/account/new", "/help", "/assets/app.css"] {
        let took = looks(&mut net, path)?;
        line(&format!("page {path}, whole (median of {LOOKS})"), ms(took), "ms", Some(5.0));
        line("  the same, to /health", took.as_secs_f64() / bare.as_secs_f64(), "", None);
    }
    for (what, path, page, fields) in [
        ("forgotten password", "/password/forgotten", "/password/forgotten", ""),
        ("new account", "/account/new", "/account/new", "given_name=A&family_name=B&language=en&read=1"),
    ] {
        compare(&mut net, what, |net, address| {
            let again = if fields.is_empty() { String::new() } else { format!("&again={address}") };
            ask(net, (page, path), &format!("{fields}&email={address}{again}"))
        })?;
    }
    compare(&mut net, "wrong password", |net, address| {
        ask(net, ("/", "/sign-in"), &format!("identifier={address}"))?;
        ask(net, ("/sign-in/password", "/sign-in/password"), "password=wrong+password")
    })
}

fn looks(net: &mut Connection, path: &str) -> Outcome<Duration> {
    let look = |_| {
        let begin = Instant::now();
        let answer = net.send("GET", path, "", b"")?;
        if answer.status == 200 {
            Ok(begin.elapsed())
        } else {
            Err(format!("{path}: {}", answer.status).into())
        }
    };
    Ok(median((0..LOOKS).map(look).collect::<Outcome<Vec<_>>>()?))
}

/// One after the other, so that what else the machine does meets both alike.
fn compare(
    net: &mut Connection,
    what: &str,
    mut ask: impl FnMut(&mut Connection, &str) -> Outcome<Duration>,
) -> Outcome<()> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..GUESSES {
        known.push(ask(net, "anna%40example.eu")?);
        unknown.push(ask(net, &format!("nobody{number}%40example.eu"))?);
    }
    let (known, unknown) = (median(known), median(unknown));
    line(&format!("{what}, known address (median of {GUESSES})"), ms(known), "ms", None);
    line("  the same, known to unknown", known.as_secs_f64() / unknown.as_secs_f64(), "", Some(1.0));
    Ok(())
}

/// Sends a form with the token of its page; how long the answer took.
fn ask(net: &mut Connection, (page, path): (&str, &str), fields: &str) -> Outcome<Duration> {
    let shown = net.send("GET", page, &net.cookies(), b"")?;
    let body = format!("csrf={}&{fields}", token(&shown)?);
    let headers = format!("{}Content-Type: application/x-www-form-urlencoded\r\n", net.cookies());
    let begin = Instant::now();
    let answer = net.send("POST", path, &headers, body.as_bytes())?;
    let took = begin.elapsed();
    if answer.status < 400 { Ok(took) } else { Err(format!("{path}: {}", answer.status).into()) }
}

fn token(page: &Answer) -> Outcome<String> {
    let html = String::from_utf8_lossy(&page.body).into_owned();
    let (_, rest) = html.split_once("name=\"csrf\" value=\"").ok_or("a page without a form")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}
