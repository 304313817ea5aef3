//! Programs that a command starts.
//!
//! Children get an environment without what cargo set for xtask itself: build scripts (ring's, for one) watch
//! those variables, and each alternation between `cargo test` and `cargo xtask ci` would build them anew.

use crate::failure::Failure;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Prefixes of the variables that describe xtask to itself and must not reach another cargo.
const OWN_VARIABLES: [&str; 4] = ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_CRATE_"];

/// The cargo that runs us, in `root`.
pub fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root).args(arguments);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_xtask) {
            command.env_remove(name);
        }
    }
    command
}

fn describes_xtask(variable: &str) -> bool {
    OWN_VARIABLES.iter().any(|prefix| variable.starts_with(prefix))
}

/// Runs to the end, output straight to the terminal.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|source| cannot_start(command, source))?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { command: line(command), status }) }
}

/// Runs to the end and hands over each line of standard output as it comes; standard error goes to the terminal.
pub fn run_lines(command: &mut Command, mut each: impl FnMut(&str)) -> Result<(), Failure> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|source| cannot_start(command, source))?;
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut bytes = Vec::new();
        // Not `lines()`: a test may print bytes that are no UTF-8.
        while reader.read_until(b'\n', &mut bytes)? > 0 {
            each(String::from_utf8_lossy(&bytes).trim_end());
            bytes.clear();
        }
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { command: line(command), status }) }
}

/// Whether the program starts and says yes; its output is thrown away.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn cannot_start(command: &Command, source: std::io::Error) -> Failure {
    Failure::Start { command: line(command), source }
}

/// The command line for a person: the program's name without its folder, then the arguments.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_describes_xtask_stays_with_xtask() {
        assert!(describes_xtask("CARGO_PKG_NAME"));
        assert!(describes_xtask("CARGO_MANIFEST_DIR"));
        assert!(!describes_xtask("CARGO_HOME"));
        assert!(!describes_xtask("CARGO_TARGET_DIR"));
    }

    #[test]
    fn lines_arrive_in_order_and_the_status_decides() {
        let mut seen = Vec::new();
        let ended = run_lines(Command::new("sh").args(["-c", "echo one; echo two; exit 3"]), |line| {
            seen.push(line.to_owned());
        });
        assert_eq!(seen, ["one", "two"]);
        assert!(matches!(ended, Err(Failure::Ended { .. })));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let failure = run(&mut Command::new("no-such-program-here")).expect_err("cannot start");
        assert!(failure.to_string().contains("no-such-program-here"));
    }
}
