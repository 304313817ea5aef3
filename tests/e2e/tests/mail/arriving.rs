//! What arrives: over TLS, from whom, in which words.

use crate::scene::{EMAIL, Smtp, becomes, row, server, server_with, write_letter, write_letter_to};
use mailparse::{MailHeaderMap, ParsedMail, parse_mail};
use serde_json::json;

fn header(mail: &ParsedMail<'_>, name: &str) -> String {
    mail.headers.get_first_value(name).unwrap_or_default()
}

/// Both bodies, after a look at the form of the whole.
fn bodies(mail: &ParsedMail<'_>) -> [String; 2] {
    assert_eq!(mail.ctype.mimetype, "multipart/alternative");
    let types: Vec<&str> = mail.subparts.iter().map(|part| part.ctype.mimetype.as_str()).collect();
    assert_eq!(types, ["text/plain", "text/html"], "plain first, and nothing attached");
    [0, 1].map(|part| mail.subparts[part].get_body().unwrap())
}

#[test]
fn a_letter_arrives_over_tls_with_plain_text_and_html() {
    let smtp = Smtp::start("take");
    let server = server(&smtp);
    write_letter(&server, None);
    let letter = smtp.next();
    assert_eq!(letter.about["to"], json!([EMAIL]));
    assert_eq!((&letter.about["tls"], &letter.about["authenticated"]), (&json!(true), &json!(true)));
    assert_eq!(letter.about["from"], "no-reply@localhost");
    let mail = parse_mail(&letter.raw).unwrap();
    assert_eq!(header(&mail, "Subject"), "A link to pair a phone");
    assert_eq!(header(&mail, "From"), "\"Example ID\" <no-reply@localhost>");
    assert_eq!(header(&mail, "To"), EMAIL);
    assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
    assert!(header(&mail, "Message-ID").ends_with("@localhost>"));
    assert!(!header(&mail, "Date").is_empty());
    let [text, html] = bodies(&mail);
    assert!(text.starts_with("Hello,") && text.contains("made a link that pairs a phone"), "{text}");
    assert!(html.contains("<p>Hello,</p>") && !html.contains("<img"), "{html}");
    becomes(&server, "sent", 1);
    assert!(!row(&server).2, "what it said is erased");
    assert!(smtp.is_empty());
    assert_eq!(server.http().get("/health", &[]).ok()["mail"], "smtp");
}

#[test]
fn a_letter_speaks_the_language_of_its_reader_and_names_keep_their_signs() {
    let smtp = Smtp::start("take");
    let name = "Identité „Ä“ =?utf-8?Q?x?=";
    let server = server_with(&smtp, &["--name", name, "--mail-from", "id@example.eu"]);
    // A name that would be a header, an end of the letter, and a line that no server takes.
    let reader = format!("Anna\r\nBcc: evil@example.eu\r\n.\r\n{}", "ä".repeat(3000));
    write_letter_to(&server, Some(&reader), Some("fr"));
    let letter = smtp.next();
    assert_eq!(letter.about["to"], json!([EMAIL]));
    let mail = parse_mail(&letter.raw).unwrap();
    assert_eq!(header(&mail, "Bcc"), "");
    assert_eq!(header(&mail, "Subject"), "Un lien pour associer un téléphone");
    assert!(header(&mail, "From").contains("Identité „Ä“"), "{}", header(&mail, "From"));
    assert!(header(&mail, "From").contains("<id@example.eu>"));
    let [text, html] = bodies(&mail);
    assert!(text.starts_with("Bonjour Anna  Bcc: evil@example.eu  .  ää") && text.contains(name), "{text}");
    assert!(html.contains("<html lang=\"fr\""), "{html}");
    for line in letter.raw.split(|byte| *byte == b'\n') {
        assert!(line.len() <= 998, "a line that servers may cut");
    }
}
