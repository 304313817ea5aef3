//! A folder that only its owner can read; files appear in it whole or not at all.

use crate::port::KeyStoreError;
use countersign_failpoint as failpoint;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What a file is called while it is written beside its place.
const BESIDE: &str = ".new";
/// Files younger than this may be another process's, which is about to use them.
pub(super) const YOUNG: Duration = Duration::from_secs(60);

/// The folder.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Opens the folder, or makes it. Files that a process did not live to put into their places go.
    pub(super) fn open(path: &Path) -> Result<Self, KeyStoreError> {
        fs::create_dir_all(path).map_err(|_| KeyStoreError::Transient)?;
        restrict(path)?;
        let folder = Self(path.to_owned());
        for name in folder.names(YOUNG)?.iter().filter(|name| name.ends_with(BESIDE)) {
            // What cannot be deleted now is found at the next start.
            let _ = folder.remove(name);
        }
        Ok(folder)
    }

    /// The content of a file, if there is one.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, KeyStoreError> {
        match fs::read(self.0.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(_) => Err(KeyStoreError::Transient),
        }
    }

    /// Writes a file: first beside its place, then, when it is on the disk, into it.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), KeyStoreError> {
        let beside = self.0.join(format!("{name}{BESIDE}"));
        let write = || -> std::io::Result<()> {
            let mut file = owners_file(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            failpoint::reached("phone/key/before-rename");
            fs::rename(&beside, self.0.join(name))?;
            File::open(&self.0)?.sync_all()?;
            failpoint::reached("phone/key/after-write");
            Ok(())
        };
        write().map_err(|_| KeyStoreError::Transient)
    }

    /// Deletes a file; one that is not there is no error.
    pub(super) fn remove(&self, name: &str) -> Result<(), KeyStoreError> {
        failpoint::reached("phone/key/before-delete");
        match fs::remove_file(self.0.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(KeyStoreError::Transient),
            _ => {}
        }
        failpoint::reached("phone/key/after-delete");
        Ok(())
    }

    /// The names of all files that are older than `age`.
    pub(super) fn names(&self, age: Duration) -> Result<Vec<String>, KeyStoreError> {
        let entries = fs::read_dir(&self.0).map_err(|_| KeyStoreError::Transient)?;
        let names = entries.filter_map(|entry| {
            let entry = entry.ok()?;
            let written = entry.metadata().ok()?.modified().ok()?;
            // A time to come is no proof of youth: somebody moved the clock.
            let young = SystemTime::now().duration_since(written).is_ok_and(|since| since < age);
            if young { None } else { entry.file_name().into_string().ok() }
        });
        Ok(names.collect())
    }
}

#[cfg(unix)]
fn restrict(path: &Path) -> Result<(), KeyStoreError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(|_| KeyStoreError::Transient)
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> Result<(), KeyStoreError> {
    Ok(())
}

#[cfg(unix)]
fn owners_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn owners_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).open(path)
}
