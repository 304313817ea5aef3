//! The operator's files of roots and revoked serials. They are read again when they change: lists of revoked serials
//! change every week, and no server should have to stop for that.

pub use countersign_attestation::AppId;
use countersign_attestation::{BadTrust, Revoked, Roots, Trust};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

/// Where trust comes from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Roots: PEM, or a JSON list of PEM texts.
    pub roots: Option<PathBuf>,
    /// Revoked serials: the JSON status list that Google publishes.
    pub revoked: Option<PathBuf>,
    /// Android apps.
    pub apps: Vec<AppId>,
    /// Apple apps, `TEAM.BUNDLE`.
    pub apple_apps: Vec<String>,
}

impl Sources {
    /// Whether a chain can be found genuine at all, and what was revoked is known.
    pub fn can_enforce(&self) -> bool {
        let apps = !(self.apps.is_empty() && self.apple_apps.is_empty());
        self.roots.is_some() && self.revoked.is_some() && apps
    }
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum BadSource {
    /// It cannot be read.
    #[error("{0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// It has not its form.
    #[error("{0}: {1}")]
    Form(PathBuf, BadTrust),
}

/// Changed or not, without reading it.
type Stamp = (Option<SystemTime>, u64);

/// What is trusted at present.
#[derive(Default)]
pub struct Trusted {
    sources: Sources,
    present: RwLock<Arc<Trust>>,
    stamps: Mutex<Vec<Stamp>>,
}

impl Trusted {
    /// See [`Sources::can_enforce`].
    pub fn can_enforce(&self) -> bool {
        self.sources.can_enforce()
    }

    /// Reads the files.
    pub fn open(sources: Sources) -> Result<Self, BadSource> {
        let trusted = Self { sources, ..Self::default() };
        trusted.refresh()?;
        Ok(trusted)
    }

    /// What counts now.
    pub fn trust(&self) -> Arc<Trust> {
        self.present.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the files again if one of them changed. If one has not its form, what counted before goes on to count.
    pub fn refresh(&self) -> Result<(), BadSource> {
        let mut stamps = self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
        let files = [&self.sources.roots, &self.sources.revoked];
        let fresh: Vec<Stamp> =
            files.into_iter().flatten().map(|path| stamp(path)).collect::<Result<_, _>>()?;
        if fresh == *stamps && !fresh.is_empty() {
            return Ok(());
        }
        let trust = Trust {
            roots: read(self.sources.roots.as_deref(), Roots::parse)?,
            revoked: read(self.sources.revoked.as_deref(), Revoked::parse)?,
            apps: self.sources.apps.clone(),
            apple_apps: self.sources.apple_apps.clone(),
        };
        *self.present.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(trust);
        *stamps = fresh;
        Ok(())
    }
}

fn stamp(path: &Path) -> Result<Stamp, BadSource> {
    let about = std::fs::metadata(path).map_err(|fault| BadSource::Unreadable(path.to_owned(), fault))?;
    Ok((about.modified().ok(), about.len()))
}

fn read<T: Default>(path: Option<&Path>, parse: fn(&str) -> Result<T, BadTrust>) -> Result<T, BadSource> {
    let Some(path) = path else { return Ok(T::default()) };
    let text =
        std::fs::read_to_string(path).map_err(|fault| BadSource::Unreadable(path.to_owned(), fault))?;
    parse(&text).map_err(|fault| BadSource::Form(path.to_owned(), fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enforcing_needs_something_to_judge_by() {
        let app = AppId { package: "example.countersign".to_owned(), digest: [1; 32] };
        let (roots, revoked) = (Some(PathBuf::from("roots")), Some(PathBuf::from("revoked")));
        let whole = Sources { roots, revoked, apps: vec![app], apple_apps: Vec::new() };
        let apple = Sources { apps: Vec::new(), apple_apps: vec!["TEAM.app".to_owned()], ..whole.clone() };
        assert!(whole.can_enforce() && apple.can_enforce());
        for less in [
            Sources { roots: None, ..whole.clone() },
            Sources { revoked: None, ..whole.clone() },
            Sources { apps: Vec::new(), ..whole },
        ] {
            assert!(!less.can_enforce());
        }
    }

    #[test]
    fn a_file_that_is_missing_or_has_not_its_form_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roots.pem");
        let open = || Trusted::open(Sources { roots: Some(path.clone()), ..Sources::default() });
        assert!(matches!(open(), Err(BadSource::Unreadable(named, _)) if named == path));
        std::fs::write(&path, "no certificate").unwrap();
        assert!(matches!(open(), Err(BadSource::Form(named, _)) if named == path));
    }
}
