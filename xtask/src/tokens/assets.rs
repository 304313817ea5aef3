//! Icons and mark as an asset catalogue of Xcode. Not compiled here: there is no Xcode; the form is that of version 1.

use super::svg::Drawing;
use crate::generated::Made;
use serde_json::{Value, json};

const FOLDER: &str = "ios/Look.xcassets";

/// Where Material Symbols lie: above their base line. A catalogue is given drawings that begin at nothing.
const SYMBOL: Frame = Frame { points: 24, units: 960, down: 960 };
const HALF: Frame = Frame { points: 48, units: 48, down: 0 };

/// How a drawing lies.
struct Frame {
    points: u32,
    units: u32,
    down: u32,
}

/// The catalogue, file by file: an image set for each icon, and one for each half of the mark.
pub fn catalogue(drawings: &[(String, Drawing)], mirrored: &[String], mark: &Drawing) -> Vec<Made> {
    let mut files = vec![Made::new(format!("{FOLDER}/Contents.json"), contents(&json!({})))];
    for (name, drawing) in drawings {
        files.extend(image(name, &SYMBOL, &drawing.paths, mirrored.contains(name)));
    }
    for (name, path) in ["mark_left", "mark_right"].iter().zip(&mark.paths) {
        files.extend(image(name, &HALF, std::slice::from_ref(path), false));
    }
    files
}

/// A drawing in one colour, which whoever shows it gives; in languages from right to left some turn round.
fn image(name: &str, frame: &Frame, paths: &[String], turns: bool) -> [Made; 2] {
    let folder = format!("{FOLDER}/{name}.imageset");
    let mut image = json!({"filename": format!("{name}.svg"), "idiom": "universal"});
    if turns && let Some(members) = image.as_object_mut() {
        members.insert("language-direction".to_owned(), json!("left-to-right"));
    }
    let more = json!({
        "images": [image],
        "properties": {"preserves-vector-representation": true, "template-rendering-intent": "template"},
    });
    [
        Made::new(format!("{folder}/Contents.json"), contents(&more)),
        Made::new(format!("{folder}/{name}.svg"), svg(frame, paths)),
    ]
}

fn contents(more: &Value) -> String {
    let mut all = json!({"info": {"author": "xcode", "version": 1}});
    if let (Some(members), Some(more)) = (all.as_object_mut(), more.as_object()) {
        members.extend(more.clone());
    }
    format!("{all:#}\n")
}

fn svg(frame: &Frame, paths: &[String]) -> String {
    let Frame { points, units, down } = frame;
    let paths: String = paths.iter().map(|path| format!("<path d=\"{path}\"/>")).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{points}\" height=\"{points}\" \
         viewBox=\"0 0 {units} {units}\"><g transform=\"translate(0 {down})\">{paths}</g></svg>\n"
    )
}
