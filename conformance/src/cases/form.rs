//! Bodies that are refused by their form (step 1 of 3.0.7).

use super::Case;
use crate::edit::{edited, set, with_duplicate};
use crate::scene::Scene;
use crate::script::{Envelope, Script};

const MALFORMED: (u16, &str) = (400, "malformed");

pub(super) const CASES: &[Case] = &[
    Case::new("N01", "a body one byte too long", too_long),
    Case::new("N02", "a member twice", twice),
    Case::new("N07", "base64url that is not strict", loose_base64),
    Case::new("N24", "hostile JSON", hostile_json),
];

fn padded(script: &Script, size: usize) -> Vec<u8> {
    let mut body = script.seal().body();
    body.resize(size, b' ');
    body
}

fn text(envelope: &Envelope) -> String {
    String::from_utf8(envelope.body()).unwrap()
}

fn too_long(scene: &Scene) {
    let table = scene.table();
    table.refused(&table.registered(), MALFORMED, |script| padded(script, 16 * 1024 + 1));
    table.refused(&table.all(), MALFORMED, |script| padded(script, 64 * 1024 + 1));
    for script in table.registered() {
        script.post(scene.http(), padded(&script, 16 * 1024)).ok();
    }
}

fn twice(scene: &Scene) {
    let table = scene.table();
    table.refused(&table.all(), MALFORMED, |script| {
        with_duplicate(&text(&script.seal()), "payload").into_bytes()
    });
    table.refused(&table.all(), MALFORMED, |script| {
        let payload = String::from_utf8(script.payload.clone()).unwrap();
        script.with_payload(with_duplicate(&payload, "jti")).seal().body()
    });
    table.refused(&table.all(), MALFORMED, |script| {
        script.seal_header(|header| with_duplicate(&header, "typ")).body()
    });
    table.all_right();
}

fn loose_base64(scene: &Scene) {
    let table = scene.table();
    let places: [fn(&mut Envelope) -> &mut String; 3] = [
        |envelope| &mut envelope.payload,
        |envelope| &mut envelope.last().protected,
        |envelope| &mut envelope.last().signature,
    ];
    for place in places {
        for end in ["=", "+", "\n"] {
            table.refused(&table.all(), MALFORMED, |script| {
                let mut envelope = script.seal();
                place(&mut envelope).push_str(end);
                envelope.body()
            });
        }
    }
    table.all_right();
}

fn hostile_json(scene: &Scene) {
    let table = scene.table();
    let bodies: [Vec<u8>; 6] = [
        format!("{}{}", "[".repeat(1000), "]".repeat(1000)).into_bytes(),
        b"{\"payload\":\"\xff\",\"signatures\":[]}".to_vec(),
        br#"{"payload":"\ud800","signatures":[]}"#.to_vec(),
        br#"{"payload":1.0,"signatures":[]}"#.to_vec(),
        b"null".to_vec(),
        Vec::new(),
    ];
    for body in bodies {
        table.refused(&table.all(), MALFORMED, |_| body.clone());
    }
    let edits: [fn(&str) -> String; 4] = [
        |payload| format!("\u{feff}{payload}"),
        |payload| payload.replace(r#""v":1,"#, r#""v":1.0,"#),
        |payload| payload.replace(r#""v":1,"#, r#""v":9007199254740993,"#),
        |payload| edited(payload, set("unknown", 1)),
    ];
    for edit in edits {
        table.refused(&table.all(), MALFORMED, |script| {
            let payload = String::from_utf8(script.payload.clone()).unwrap();
            script.with_payload(edit(&payload)).seal().body()
        });
    }
    table.all_right();
}
