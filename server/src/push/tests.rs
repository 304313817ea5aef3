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
