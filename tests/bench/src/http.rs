//! A minimal HTTP/1.1 client on one kept connection, so that the load costs the machine as little as possible.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// One connection, and what went over it.
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
    /// Bytes sent and received, headers included.
    pub bytes: u64,
    /// Newest server nonce.
    pub nonce: String,
    session: String,
}

/// An answer.
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects to `http://host:port`.
    pub fn open(base: &str) -> io::Result<Self> {
        let host = base.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            host,
            bytes: 0,
            nonce: String::new(),
            session: String::new(),
        })
    }

    /// Sends a request and reads its answer. `headers` are whole lines with line ends.
    pub fn send(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> io::Result<Answer> {
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {length}\r\n{headers}\r\n",
            self.host
        );
        let message = [head.as_bytes(), body].concat();
        self.stream.get_mut().write_all(&message)?;
        self.bytes += message.len() as u64;
        self.receive()
    }

    /// The header line with its newest session cookie, as a browser sends it.
    pub fn cookies(&self) -> String {
        if self.session.is_empty() { String::new() } else { format!("Cookie: {}\r\n", self.session) }
    }

    fn receive(&mut self) -> io::Result<Answer> {
        let status_line = self.line()?;
        let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let mut length = 0;
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "map-nonce" => value.clone_into(&mut self.nonce),
                "set-cookie" if value.starts_with("session=") => {
                    value.split(';').next().unwrap_or_default().clone_into(&mut self.session);
                }
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        self.bytes += length as u64;
        Ok(Answer { status, body })
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.bytes += line.len() as u64;
        Ok(line)
    }
}
