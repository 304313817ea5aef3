//! A wire tap between phone and server: a proxy that passes on every byte and keeps it.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Bytes of both directions, by connection.
#[derive(Clone, Default)]
pub struct Tape {
    up: Arc<Mutex<Vec<u8>>>,
    down: Arc<Mutex<Vec<u8>>>,
}

/// A tap that listens.
pub struct Tap {
    /// Where phones connect to.
    pub address: SocketAddr,
    /// What went through.
    pub tape: Tape,
}

impl Tape {
    /// What phones sent.
    pub fn up(&self) -> Vec<u8> {
        self.up.lock().expect("tape").clone()
    }

    /// What the server sent.
    pub fn down(&self) -> Vec<u8> {
        self.down.lock().expect("tape").clone()
    }

    /// The JSON bodies that phones sent.
    pub fn bodies(&self) -> Vec<serde_json::Value> {
        let text = String::from_utf8_lossy(&self.up()).into_owned();
        let starts = text.match_indices("\r\n\r\n{").map(|(at, _)| at + 4);
        let read = |start: usize| serde_json::Deserializer::from_str(&text[start..]).into_iter().next()?.ok();
        starts.filter_map(read).collect()
    }
}

impl Tap {
    /// Listens in front of `server`.
    pub fn listen(listener: TcpListener, server: SocketAddr) -> Self {
        let (address, tape) = (listener.local_addr().expect("address"), Tape::default());
        let kept = tape.clone();
        thread::spawn(move || {
            for phone in listener.incoming().flatten() {
                if let Ok(server) = TcpStream::connect(server) {
                    join(&phone, &server, &kept);
                }
            }
        });
        Self { address, tape }
    }
}

fn join(phone: &TcpStream, server: &TcpStream, tape: &Tape) {
    let one = |from: &TcpStream, to: &TcpStream, kept: &Arc<Mutex<Vec<u8>>>| {
        let (mut from, mut to) = (from.try_clone().expect("stream"), to.try_clone().expect("stream"));
        let kept = kept.clone();
        thread::spawn(move || {
            let mut part = [0; 16_384];
            while let Ok(read @ 1..) = from.read(&mut part) {
                kept.lock().expect("tape").extend_from_slice(&part[..read]);
                if to.write_all(&part[..read]).is_err() {
                    break;
                }
            }
            let _ = to.shutdown(Shutdown::Write);
        });
    };
    one(phone, server, &tape.up);
    one(server, phone, &tape.down);
}
