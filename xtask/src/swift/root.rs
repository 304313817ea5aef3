//! A Swift toolchain where the machine has none: a small Debian of its own, whose release has packages of Swift.
//!
//! It is made once, below the folder that cargo builds in, and only appears under its name when a program compiled
//! in it has run: an interrupted package manager cannot go on, so whatever it left is thrown away.

use super::inside;
use crate::failure::Failure;
use crate::process::{self, succeeds};
use crate::tools::{self, Tool};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The release of Debian that has Swift; the one before it has none.
const RELEASE: &str = "trixie";
/// What is compiled with in there: the C library and the one of C++ besides, because Foundation is on them, and the
/// cryptography that the key store of the tests calls.
const PACKAGES: [&str; 4] = ["swiftlang", "libc6-dev", "libstdc++-14-dev", "libssl-dev"];

const TOOLS: [Tool; 2] = [
    Tool {
        needed_for: "a root for Swift",
        packages: &["debootstrap", "debian-archive-keyring"],
        works: || {
            succeeds(Command::new("debootstrap").arg("--version"))
                && Path::new("/usr/share/keyrings/debian-archive-keyring.gpg").exists()
        },
    },
    Tool {
        needed_for: "entering it",
        packages: &["util-linux"],
        works: || succeeds(Command::new("unshare").args(["--mount", "--propagation", "private", "true"])),
    },
];

/// The root below `folder`, made if it is not there. Two processes do not make it at once.
pub fn provide(folder: &Path) -> Result<PathBuf, Failure> {
    let root = folder.join("root");
    if root.is_dir() {
        return Ok(root);
    }
    tools::provide(&TOOLS)?;
    let mirror = mirror()?;
    fs::create_dir_all(folder)?;
    let lock = File::create(folder.join("root.lock"))?;
    lock.lock()?;
    if !root.is_dir() {
        println!("making a root for Swift, {} (2.6 GB, some minutes)", root.display());
        make(&root, &folder.join("root.new"), &mirror)?;
    }
    Ok(root)
}

fn make(root: &Path, new: &Path, mirror: &str) -> Result<(), Failure> {
    if new.exists() {
        fs::remove_dir_all(new)?;
    }
    let log = File::create(new.with_extension("log"))?;
    let quiet = |command: &mut Command| -> Result<(), Failure> {
        process::run(command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log.try_clone()?))
    };
    quiet(
        inside::own_mounts("debootstrap")
            .args(["--variant=minbase", "--include=ca-certificates", RELEASE])
            .arg(new)
            .arg(mirror),
    )?;
    quiet(inside::installing(new).args(PACKAGES))?;
    quiet(&mut inside::checking(new))?;
    Ok(fs::rename(new, root)?)
}

/// The archive that this machine's own packages come from, as its package manager understands its lists.
fn mirror() -> Result<String, Failure> {
    let own = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let format = "$(REPO_URI) $(RELEASE) $(COMPONENT)";
    let targets = Command::new("apt-get")
        .args(["indextargets", "--no-release-info", "--format", format, "Created-By: Packages"])
        .output();
    let listed =
        targets.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    archive(&own, &listed)
        .ok_or_else(|| Failure::Missing("this machine's packages come from no archive of Debian".to_owned()))
}

/// The first archive with the main part of the release that `os_release` names.
fn archive(os_release: &str, listed: &str) -> Option<String> {
    let value = |key: &str| {
        let found = os_release.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='))?;
        Some(found.trim_matches('"').to_owned())
    };
    let codename = (value("ID")? == "debian").then(|| value("VERSION_CODENAME"))??;
    listed.lines().find_map(|line| {
        let mut words = line.split(' ');
        let uri = words.next()?;
        let is_main = words.next()? == codename && words.next()? == "main";
        is_main.then(|| uri.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::archive;

    const OWN: &str = "PRETTY_NAME=\"Debian GNU/Linux 12\"\nVERSION_CODENAME=bookworm\nID=debian\n";
    const LISTED: &str = "https://other.example/apt bookworm extra\nhttp://security.example/debian \
                          bookworm-security main\nhttp://archive.example/debian bookworm main\n";

    #[test]
    fn the_archive_is_the_one_of_the_machines_own_release() {
        assert_eq!(archive(OWN, LISTED).as_deref(), Some("http://archive.example/debian"));
    }

    #[test]
    fn another_system_has_none() {
        assert_eq!(archive(&OWN.replace("ID=debian", "ID=ubuntu"), LISTED), None);
        assert_eq!(archive(OWN, "http://archive.example/debian trixie main\n"), None);
        assert_eq!(archive("", LISTED), None);
    }
}
