//! What each target starts from: the inputs of the vectors as they lie in the tree.

use super::attestation::{SAMPLE, description, variants};
use countersign_attestation::pem_certificates;
use countersign_protocol::encoding::from_b64u;
use qrcode::{EcLevel, QrCode};
use serde_json::Value;
use std::path::Path;

/// Files whose compact JWS carry a payload of that target.
fn jws_files(target: &str) -> &'static [&'static str] {
    match target {
        "request" => &["request", "request_link"],
        "offer" => &["offer"],
        "binding" => &["binding"],
        "receipt" => &["receipt", "receipt_op"],
        "notice" => &["notice"],
        "offline" => &["offline_request"],
        "compact" => &["request", "offer", "notice", "offline_request"],
        _ => &[],
    }
}

fn body_files(target: &str) -> &'static [&'static str] {
    match target {
        "enrol" => &["enrol"],
        "response" => &["approve", "approve_scanned", "deny"],
        "op" => &["op"],
        "envelope" => &["enrol", "approve", "deny", "op"],
        _ => &[],
    }
}

/// The seeds of a target out of the vectors in `folder`, each once and in one order.
pub fn of(target: &str, folder: &Path) -> std::io::Result<Vec<Vec<u8>>> {
    let mut seeds = Vec::new();
    for file in jws_files(target) {
        let texts = tests(folder, file)?.into_iter().filter_map(|test| string(&test, "jws"));
        seeds.extend(
            texts.filter_map(|jws| if target == "compact" { Some(jws.into_bytes()) } else { payload(&jws) }),
        );
    }
    for file in body_files(target) {
        let bodies = tests(folder, file)?.into_iter().filter_map(|test| string(&test, "body"));
        seeds.extend(
            bodies.filter_map(
                |body| {
                    if target == "envelope" { Some(body.into_bytes()) } else { inner(&body) }
                },
            ),
        );
    }
    seeds.extend(others(target, folder)?);
    seeds.sort();
    seeds.dedup();
    Ok(seeds)
}

fn others(target: &str, folder: &Path) -> std::io::Result<Vec<Vec<u8>>> {
    let all = |file: &str, name: &str| -> std::io::Result<Vec<String>> {
        Ok(tests(folder, file)?.iter().filter_map(|test| string(test, name)).collect())
    };
    let bytes = |texts: Vec<String>| texts.into_iter().map(String::into_bytes);
    Ok(match target {
        "certificate" => certificates(folder)?,
        "key_description" => {
            let all = certificates(folder)?;
            all.iter().filter_map(|der| description(der)).map(<[u8]>::to_vec).collect()
        }
        "app_attest" => variants().into_iter().chain([SAMPLE.object.clone()]).collect(),
        "qr" => bytes(all("qr", "text")?).collect(),
        "problem" => bytes(all("problem", "body")?).collect(),
        "text" => bytes(all("text", "text")?).chain(bytes(all("typed", "text")?)).collect(),
        "signature" => {
            all("signature_der", "signature")?.iter().filter_map(|text| from_b64u(text).ok()).collect()
        }
        "json" => all("json", "hex")?.iter().filter_map(|text| crate::check::from_hex(text)).collect(),
        "scanner" => all("qr", "text")?.iter().step_by(7).filter_map(|text| picture(text)).collect(),
        "keyset" => {
            let lists = tests(folder, "keyset")?;
            let lists: Vec<Vec<String>> = lists
                .iter()
                .filter_map(|test| test["keysets"].as_array())
                .map(|list| list.iter().filter_map(|jws| jws.as_str().map(str::to_owned)).collect())
                .collect();
            let contents = lists.iter().filter_map(|list| payload(list.first()?));
            contents
                .chain(lists.iter().filter(|list| list.len() < 5).map(|list| list.join("\n").into_bytes()))
                .collect()
        }
        _ => Vec::new(),
    })
}

/// Those of real phones, which lie beside the vectors.
fn certificates(folder: &Path) -> std::io::Result<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder.join("../../attestation/chains"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "pem") {
            found.extend(pem_certificates(&std::fs::read_to_string(path)?).unwrap_or_default());
        }
    }
    Ok(found)
}

fn tests(folder: &Path, file: &str) -> std::io::Result<Vec<Value>> {
    let bytes = std::fs::read(folder.join(format!("{file}.json")))?;
    let file: Value = serde_json::from_slice(&bytes)?;
    let groups = file["testGroups"].as_array().cloned().unwrap_or_default();
    Ok(groups.iter().filter_map(|group| group["tests"].as_array().cloned()).flatten().collect())
}

fn string(test: &Value, name: &str) -> Option<String> {
    test[name].as_str().map(str::to_owned)
}

fn payload(jws: &str) -> Option<Vec<u8>> {
    from_b64u(jws.split('.').nth(1)?).ok()
}

fn inner(body: &str) -> Option<Vec<u8>> {
    let body: Value = serde_json::from_str(body).ok()?;
    from_b64u(body["payload"].as_str()?).ok()
}

/// A code of three pixels a module, in the form that the scanner's target reads.
fn picture(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let (modules, side) = (code.to_colors(), code.width());
    let pixels = (side + 8) * 3;
    let mut bytes = vec![u8::try_from(pixels).ok()?, 0];
    for y in 0..pixels {
        for x in 0..pixels {
            let (column, row) = ((x / 3).wrapping_sub(4), (y / 3).wrapping_sub(4));
            let dark = column < side && row < side && modules[row * side + column] == qrcode::Color::Dark;
            bytes.push(if dark { 0 } else { 255 });
        }
    }
    Some(bytes)
}
