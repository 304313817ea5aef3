//! The ways in which a command ends badly, each with the sentence a person needs.

use thiserror::Error;

/// Why a command did not succeed.
#[derive(Debug, Error)]
pub enum Failure {
    /// Something could not be read, written or started.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A file that a check reads is missing or unreadable.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The file, from the root of the repository.
        path: String,
        /// What went wrong, or what was expected.
        reason: String,
    },
    /// `cargo metadata` gave no answer.
    #[error("cargo metadata: {0}")]
    Metadata(#[from] Box<cargo_metadata::Error>),
    /// A program could not be started at all.
    #[error("cannot start {command}: {source}")]
    Start {
        /// The command line.
        command: String,
        /// Why.
        source: std::io::Error,
    },
    /// A program ended with another status than 0.
    #[error("{command} ended with {status}")]
    Ended {
        /// The command line.
        command: String,
        /// Its exit status or signal.
        status: std::process::ExitStatus,
    },
    /// Something is missing on this machine; the text says what to install.
    #[error("{0}")]
    Missing(String),
    /// Something that was built is not as it has to be.
    #[error("{0}")]
    Unfit(String),
    /// Checks found something; each finding was printed on its own line.
    #[error("{0} to mend")]
    Findings(usize),
    /// Steps of a run that failed, by name.
    #[error("failed: {0}")]
    Steps(String),
}
