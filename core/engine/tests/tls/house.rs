//! Authorities that issue certificates, and servers on loopback that give one answer to everybody.

use countersign_protocol::encoding::b64u;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose, PublicKeyData,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Somebody who issues certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate with its key.
pub struct Leaf {
    certificate: CertificateDer<'static>,
    pub key: KeyPair,
}

/// An authority below another.
pub struct Between {
    authority: Authority,
    pub key: KeyPair,
}

fn authority_params() -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params
}

impl Authority {
    pub fn new() -> Self {
        let mut params = authority_params();
        params.distinguished_name.push(rcgen::DnType::CommonName, "Root");
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn certificate(&self) -> CertificateDer<'static> {
        self.0.der().clone()
    }

    /// A certificate for `host` that ends `years` from now.
    pub fn issue(&self, host: &str, years: i32) -> Leaf {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        params.not_after = rcgen::date_time_ymd(if years > 0 { 2100 } else { 2021 }, 1, 1);
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Leaf { certificate: certificate.der().clone(), key }
    }

    /// An authority that this one vouches for.
    pub fn between(&self) -> Between {
        let key = KeyPair::generate().unwrap();
        let copy = KeyPair::try_from(key.serialize_der()).unwrap();
        let mut params = authority_params();
        params.distinguished_name.push(rcgen::DnType::CommonName, "Between");
        Between { authority: Authority(CertifiedIssuer::signed_by(params, copy, &self.0).unwrap()), key }
    }
}

impl Between {
    pub fn certificate(&self) -> CertificateDer<'static> {
        self.authority.certificate()
    }

    pub fn issue(&self, host: &str, years: i32) -> Leaf {
        self.authority.issue(host, years)
    }
}

/// The pin of a key.
pub fn spki(key: &KeyPair) -> String {
    b64u(ring::digest::digest(&ring::digest::SHA256, &key.subject_public_key_info()).as_ref())
}

/// A whole HTTP answer with the headers of MAP/1.
pub fn answer(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json; charset=utf-8\r\nMAP-Nonce: n0nce\r\n\
         Date: Mon, 21 Sep 2026 14:13:20 GMT\r\nRetry-After: 7\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// What a server speaks.
#[derive(Clone, Copy)]
pub enum Versions {
    Current,
    Old,
}

/// A server that gives one answer to everybody; an empty one means that it hangs up.
pub struct House {
    scheme: &'static str,
    port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
    guests: Arc<AtomicUsize>,
}

impl House {
    pub fn open(leaf: &Leaf, chain: &[CertificateDer<'static>], versions: Versions, answer: String) -> Self {
        let config = tls(leaf, chain, versions);
        Self::serve("https", move |socket, heard| {
            let session = ServerConnection::new(config.clone()).unwrap();
            converse(StreamOwned::new(session, socket), heard, &answer);
        })
    }

    /// A server that keeps a connection for as many requests as come.
    pub fn open_patient(leaf: &Leaf) -> Self {
        let config = tls(leaf, &[], Versions::Current);
        let answer = answer("200 OK", "{}").replace("Connection: close\r\n", "");
        Self::serve("https", move |socket, heard| {
            let session = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(session, socket);
            while converse(&mut stream, heard, &answer) {}
        })
    }

    pub fn open_plain(answer: String) -> Self {
        Self::serve("http", move |socket, heard| {
            converse(socket, heard, &answer);
        })
    }

    /// A server that begins an answer and then sends one byte after each `pause`.
    pub fn open_slow(pause: Duration) -> Self {
        Self::serve("http", move |mut socket, heard| {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n";
            converse(&mut socket, heard, head);
            while socket.write_all(b" ").is_ok() {
                thread::sleep(pause);
            }
        })
    }

    fn serve(scheme: &'static str, talk: impl Fn(TcpStream, &Mutex<Vec<u8>>) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let guests = Arc::new(AtomicUsize::new(0));
        let (ears, counted) = (heard.clone(), guests.clone());
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let _ = socket.set_read_timeout(Some(Duration::from_secs(5)));
                talk(socket, &ears);
            }
        });
        Self { scheme, port, heard, guests }
    }

    pub fn iss(&self) -> String {
        format!("{}://localhost:{}", self.scheme, self.port)
    }

    /// Connections so far.
    pub fn guests(&self) -> usize {
        self.guests.load(Ordering::SeqCst)
    }

    /// Everything that reached the server in clear.
    pub fn heard(&self) -> String {
        String::from_utf8(self.heard.lock().unwrap().clone()).unwrap()
    }
}

fn tls(leaf: &Leaf, chain: &[CertificateDer<'static>], versions: Versions) -> Arc<ServerConfig> {
    let versions: &[&rustls::SupportedProtocolVersion] = match versions {
        Versions::Current => &[&rustls::version::TLS13],
        Versions::Old => &[&rustls::version::TLS12],
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let chain = [std::slice::from_ref(&leaf.certificate), chain].concat();
    let key = PrivateKeyDer::try_from(leaf.key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    Arc::new(config)
}

/// Reads a request to the end of its body and answers; says whether there was one.
fn converse(mut stream: impl Read + Write, heard: &Mutex<Vec<u8>>, answer: &str) -> bool {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    while !is_whole(&request) {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => break,
            Ok(read) => request.extend_from_slice(&part[..read]),
        }
    }
    heard.lock().unwrap().extend_from_slice(&request);
    let _ = stream.write_all(answer.as_bytes());
    let _ = stream.flush();
    is_whole(&request)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.and_then(|length| length.trim().parse().ok()).unwrap_or(0)
}
