//! Lists the catalogues of `texts/`, English first: another language is another file there, and nothing else.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=texts");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("texts");
    let mut files =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort_by_key(|path| (!path.ends_with("en.json"), path.clone()));
    let mut list = String::from("&[");
    for path in files {
        let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        write!(list, "({tag:?}, include_str!({path:?})),")?;
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("catalogues.rs"), list)?;
    Ok(())
}
