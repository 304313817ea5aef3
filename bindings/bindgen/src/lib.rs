//! Kotlin and Swift for the core, by the generator of exactly the version that the library was built with.

mod surface;

pub use surface::surface;

use std::path::Path;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage};

/// Reads `library` and writes `kotlin/` and `swift/` into `out`; `config` names packages and modules. The error is a
/// sentence for developers.
pub fn generate(library: &Path, config: &Path, out: &Path) -> Result<(), String> {
    for (folder, language) in [("kotlin", TargetLanguage::Kotlin), ("swift", TargetLanguage::Swift)] {
        let options = GenerateOptions {
            languages: vec![language],
            source: text(library)?.into(),
            out_dir: text(&out.join(folder))?.into(),
            config_override: Some(text(config)?.into()),
            crate_filter: None,
            metadata_no_deps: true,
            format: false,
        };
        uniffi_bindgen::bindings::generate(options).map_err(|error| format!("{error:#}"))?;
    }
    Ok(())
}

fn text(path: &Path) -> Result<&str, String> {
    path.to_str().ok_or_else(|| format!("not UTF-8: {}", path.display()))
}
