//! An SMTP server, a server that sends through it, and an account that a letter can be written to.

use countersign_e2e::database;
use countersign_e2e::server::Server;
use data_encoding::BASE64;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The program under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_countersign-under-test");
/// Who reads the letters.
pub const EMAIL: &str = "anna@example.eu";
/// How long a letter may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A real SMTP server.
pub struct Smtp {
    process: Child,
    letters: Receiver<String>,
    folder: TempDir,
    port: u16,
}

/// A letter as it arrived.
pub struct Arrived {
    /// What the SMTP server says of it.
    pub about: Value,
    /// The letter.
    pub raw: Vec<u8>,
}

impl Smtp {
    /// Starts one that does what `mode` says (see the script).
    pub fn start(mode: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let files = [
            ("cert.pem", "CERTIFICATE", made.cert.der().to_vec()),
            ("key.pem", "PRIVATE KEY", made.signing_key.serialize_der()),
        ];
        for (file, name, der) in files {
            let pem = format!("-----BEGIN {name}-----\n{}\n-----END {name}-----\n", BASE64.encode(&der));
            std::fs::write(folder.path().join(file), pem).unwrap();
        }
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail/smtp_server.py");
        let mut process = Command::new(python())
            .args([script, mode])
            .args([folder.path().join("cert.pem"), folder.path().join("key.pem")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next().expect("a port").unwrap().parse().unwrap();
        let (sender, letters) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { process, letters, folder, port }
    }

    /// Its address, with this name and password.
    pub fn url(&self, who: &str) -> String {
        format!("smtp://{who}@localhost:{}", self.port)
    }

    /// The certificate that it is known by.
    pub fn certificate(&self) -> String {
        self.folder.path().join("cert.pem").to_string_lossy().into_owned()
    }

    /// The next letter.
    #[track_caller]
    pub fn next(&self) -> Arrived {
        let line = self.letters.recv_timeout(PATIENCE).expect("a letter");
        let about: Value = serde_json::from_str(&line).unwrap();
        let raw = BASE64.decode(about["raw"].as_str().unwrap().as_bytes()).unwrap();
        Arrived { about, raw }
    }

    /// Whether nothing more has come.
    pub fn is_empty(&self) -> bool {
        self.letters.try_recv().is_err()
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The first Python that has aiosmtpd: Debian's package is for Debian's own.
fn python() -> &'static str {
    let has_it = |python: &&str| {
        let asked = Command::new(python).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    ["python3", "/usr/bin/python3"].into_iter().find(has_it).expect("Debian's python3-aiosmtpd")
}

/// A server that sends its letters through `smtp`.
pub fn server(smtp: &Smtp) -> Server {
    server_with(smtp, &[])
}

/// The same with more arguments.
pub fn server_with(smtp: &Smtp, more: &[&str]) -> Server {
    let (url, ca) = (smtp.url("anna:se%20cret"), smtp.certificate());
    let arguments = [&["--smtp-url", &url, "--smtp-ca", &ca], more].concat();
    Server::start_with(BINARY, &arguments)
}

/// An account, and a letter to its owner (about a link that the operator made).
pub fn write_letter(server: &Server, language: Option<&str>) {
    write_letter_to(server, None, language);
}

/// The same, to somebody of this name, whatever stands in it.
pub fn write_letter_to(server: &Server, name: Option<&str>, language: Option<&str>) {
    assert!(server.operate(&["account", "add", EMAIL]).status.success());
    database::change_one(server, "UPDATE account SET given_name=?1, language=?2", [name, language]);
    let made = server.operate(&["account", "link", EMAIL]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// State, tries, and whether its body is still there.
pub fn row(server: &Server) -> (String, u32, bool) {
    let query = "SELECT state, tries, sealed IS NOT NULL FROM mail";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    database::open(server).query_row(query, [], row).unwrap()
}

/// Waits until the letter's row is so.
#[track_caller]
pub fn becomes(server: &Server, state: &str, tries: u32) {
    let end = Instant::now() + PATIENCE;
    loop {
        let now = row(server);
        if (now.0.as_str(), now.1) == (state, tries) {
            return;
        }
        assert!(Instant::now() < end, "{now:?} and not {state} after {tries}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A folder's only file.
pub fn only_file(folder: &std::path::Path) -> PathBuf {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}
