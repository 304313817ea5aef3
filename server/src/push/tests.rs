//! What a gateway sees, and what a hostile one gets: N149.

use super::*;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

/// Leads every name to this machine, so that a test can be the gateway.
struct Here;

impl Resolve for Here {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Ok(Box::new(std::iter::once(SocketAddr::from(([127, 0, 0, 1], 0)))) as Addrs) })
    }
}

/// A gateway that answers one request with these bytes; gives what it was sent.
fn gateway(answer: &'static [u8]) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let handle = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut seen = Vec::new();
        let mut part = [0; 1024];
        while !seen.windows(4).any(|end| end == b"\r\n\r\n") {
            let read = stream.read(&mut part).unwrap();
            seen.extend_from_slice(&part[..read]);
        }
        let _ = stream.write_all(answer);
        String::from_utf8(seen).unwrap()
    });
    (port, handle)
}

async fn sent(sender: &Sender, url: &str) -> Result<u16, &'static str> {
    send(sender.client.as_ref().unwrap(), url).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wake_up_is_an_empty_post_with_its_life() {
    let (port, gateway) = gateway(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
    let sender = Sender::with(Arc::new(Here));
    assert_eq!(sent(&sender, &format!("http://push.example:{port}/abc")).await, Ok(201));
    let seen = gateway.join().unwrap().to_lowercase();
    assert!(seen.starts_with("post /abc http/1.1\r\n"), "{seen}");
    assert!(seen.contains("ttl: 120\r\n") && seen.contains("content-length: 0\r\n"), "{seen}");
    assert!(!seen.contains("cookie") && !seen.contains("referer") && seen.ends_with("\r\n\r\n"), "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn n149_a_redirect_is_not_followed() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let port = elsewhere.local_addr().unwrap().port();
    let location =
        format!("HTTP/1.1 307 Moved\r\nLocation: http://push.example:{port}/\r\nContent-Length: 0\r\n\r\n");
    let (gate, gateway) = gateway(location.leak().as_bytes());
    let sender = Sender::with(Arc::new(Here));
    assert_eq!(sent(&sender, &format!("http://push.example:{gate}/")).await, Ok(307));
    gateway.join().unwrap();
    assert!(elsewhere.accept().is_err(), "nobody came");
}

#[tokio::test(flavor = "multi_thread")]
async fn n149_a_host_that_is_not_public_gets_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let sender = Sender::new();
    for host in ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"] {
        assert!(sent(&sender, &format!("http://{host}:{port}/")).await.is_err(), "{host}");
    }
    assert!(listener.accept().is_err(), "nobody came");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_answer_is_not_read_to_its_end() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let gateway = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
        let mut written = 0_u64;
        while stream.write_all(&[b'x'; 4096]).is_ok() && written < 1 << 30 {
            written += 4096;
        }
        written
    });
    let sender = Sender::with(Arc::new(Here));
    assert_eq!(sent(&sender, &format!("http://push.example:{port}/")).await, Ok(200));
    drop(sender);
    assert!(gateway.join().unwrap() < 1 << 30, "the connection was closed");
}

/// The counts once `all` have come to an end.
async fn counted(sender: &Sender, all: u32) -> Report {
    loop {
        let report = sender.report();
        if Fate::ALL.iter().map(|fate| report.count(*fate)).sum::<u32>() == all {
            return report;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_wake_ups_is_counted_by_kind_and_nothing_else_is_kept() {
    let sender = Sender::with(Arc::new(Here));
    let now = Time::from_secs(1_790_000_000);
    let mut all = 0;
    for (answer, fate, in_a_row) in [
        (&b"HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n"[..], Fate::Broken, 1),
        (b"HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n", Fate::TooMany, 2),
        (b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", Fate::Gone, 2),
        (b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n", Fate::Gone, 2),
        (b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", Fate::Refused, 3),
        (b"HTTP/1.1 307 Moved\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", Fate::Refused, 4),
        (b"", Fate::NoAnswer, 5),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", Fate::Handed, 0),
    ] {
        let (port, gateway) = gateway(answer);
        let before = sender.report().count(fate);
        sender.wake(format!("http://push.example:{port}/secret"), now.plus(u64::from(all)));
        all += 1;
        let report = counted(&sender, all).await;
        gateway.join().unwrap();
        assert_eq!((report.count(fate), report.in_a_row), (before + 1, in_a_row), "{fate:?}");
        if fate != Fate::Handed {
            assert_eq!(report.last, Some((fate, now.plus(u64::from(all - 1)))));
        }
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    sender.wake(format!("http://push.example:{closed}/"), now);
    assert_eq!(counted(&sender, 9).await.count(Fate::NoConnection), 1);
    for address in ["http://127.0.0.1/", "no address"] {
        sender.wake(address.to_owned(), now);
    }
    let report = counted(&sender, 11).await;
    assert_eq!((report.count(Fate::NotPublic), report.in_a_row), (2, 1));
    let busy = sender.slots.clone().acquire_many_owned(64).await.unwrap();
    sender.wake("http://push.example/".to_owned(), now);
    assert_eq!(sender.report().last, Some((Fate::Dropped, now)));
    drop(busy);
}
