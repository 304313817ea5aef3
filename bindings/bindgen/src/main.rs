//! `countersign-bindgen LIBRARY CONFIG OUT`: writes Kotlin and Swift for the core, and `surface.txt`.

use countersign_bindgen::{generate, surface};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, config, out] = arguments.as_slice() else {
        eprintln!("countersign-bindgen LIBRARY CONFIG OUT");
        return ExitCode::from(2);
    };
    match write(Path::new(library), Path::new(config), Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("countersign-bindgen: {why}");
            ExitCode::FAILURE
        }
    }
}

fn write(library: &Path, config: &Path, out: &Path) -> Result<(), String> {
    generate(library, config, out)?;
    std::fs::write(out.join("surface.txt"), surface(library)?).map_err(|error| error.to_string())
}
