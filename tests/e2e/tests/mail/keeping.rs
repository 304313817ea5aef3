//! Letters that go nowhere: into a folder, or that stay.

use crate::scene::{BINARY, EMAIL, becomes, only_file, row, write_letter};
use countersign_e2e::server::Server;
use mailparse::parse_mail;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_folder_gets_one_file_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let letters = folder.path().join("letters");
    let server = Server::start_with(BINARY, &["--mail-dir", &letters.to_string_lossy()]);
    assert_eq!(server.http().get("/health", &[]).ok()["mail"], "folder");
    write_letter(&server, None);
    becomes(&server, "sent", 1);
    let file = only_file(&letters);
    assert!(file.to_string_lossy().ends_with("-setup_link.eml"), "{}", file.display());
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0);
    let raw = std::fs::read(file).unwrap();
    assert_eq!(parse_mail(&raw).unwrap().subparts.len(), 2);
}

#[test]
fn where_nobody_takes_letters_they_are_kept_sealed_for_a_month() {
    let server = Server::start(BINARY);
    assert_eq!(server.http().get("/health", &[]).ok()["mail"], "kept");
    write_letter(&server, None);
    assert_eq!(row(&server), ("waiting".to_owned(), 0, true));
    let shown: Value = serde_json::from_slice(&server.operate(&["account", "show", EMAIL]).stdout).unwrap();
    let mails = server.lab().mails(shown["account"].as_str().unwrap());
    assert_eq!(mails[0].subject, "A link to pair a phone");
    let files = countersign_e2e::database::files(&server);
    let clear = |bytes: &[u8]| bytes.windows(16).any(|part| part == b"made a link that");
    assert!(!files.iter().any(|(_, bytes)| clear(bytes)), "nowhere in clear");
    server.lab().advance(31 * 86_400);
    assert!(server.lab().mails(shown["account"].as_str().unwrap()).is_empty());
}

#[test]
fn what_cannot_be_mail_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, why) in [
        (["--smtp-url", "smtp://mail.example.eu?tls=none"], "TLS"),
        (["--smtp-url", "https://mail.example.eu"], "smtps://host"),
    ] {
        let output = std::process::Command::new(BINARY)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path())
            .args(arguments)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(why), "{said}");
    }
}
