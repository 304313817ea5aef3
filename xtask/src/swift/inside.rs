//! Commands inside a root. Every mount is in a namespace of the command's own: nothing stays, whatever kills it.

use std::path::Path;
use std::process::Command;

/// What a command inside may see of the machine.
pub struct Shown<'a> {
    /// The checkout, for reading.
    pub checkout: &'a Path,
    /// Where cargo builds, for reading: library and server.
    pub target: &'a Path,
    /// The only folder that can be written, also the command's home.
    pub scratch: &'a Path,
}

/// Mounts what every command needs, then what this one may see, and goes in without the right to mount.
const ENTER: &str = r#"
root=$1 checkout=$2 target=$3 scratch=$4 folder=$5
shift 5
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
for place in "$checkout" "$target"; do
    mkdir -p "$root$place"
    mount --bind "$place" "$root$place"
    mount -o remount,bind,ro "$root$place"
done
mount --bind "$scratch" "$root$scratch"
exec chroot "$root" setpriv --bounding-set -sys_admin \
    env -C "$folder" -- HOME="$scratch" LANG=C.UTF-8 "$@"
"#;

const INSTALL: &str = r#"
root=$1
shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
exec chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
"#;

/// A compiler that tells its version proves little.
const CHECK: &str = r#"
root=$1
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
echo 'import Foundation; exit(Data([6, 7]).reduce(1, *) == 42 ? 0 : 1)' >"$root/tmp/check.swift"
exec chroot "$root" env -C /tmp -- HOME=/tmp sh -ec 'swiftc check.swift -o check && ./check'
"#;

/// A program in `folder` inside; its arguments follow.
pub fn running(root: &Path, shown: &Shown<'_>, folder: &Path, program: &str) -> Command {
    let mut command = script(ENTER, root);
    command.args([shown.checkout, shown.target, shown.scratch, folder]).arg(program);
    command
}

/// Installs the packages that follow.
pub fn installing(root: &Path) -> Command {
    script(INSTALL, root)
}

/// Compiles a program inside and runs it.
pub fn checking(root: &Path) -> Command {
    script(CHECK, root)
}

/// A program outside whose mounts end with it.
pub fn own_mounts(program: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--propagation", "private", program]);
    command
}

fn script(text: &str, root: &Path) -> Command {
    let mut command = own_mounts("sh");
    command.args(["-ec", text, "sh"]).arg(root);
    command
}
