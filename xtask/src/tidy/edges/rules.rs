//! The table of architecture section 1.

/// What one of our packages may use.
pub struct Rule {
    /// Its name.
    pub package: &'static str,
    /// Our own packages that it may depend on, for tests too.
    pub ours: &'static [&'static str],
    /// Packages of others that it must not name itself; a dependency of it may (ring brings getrandom).
    pub not_directly: &'static [&'static str],
    /// Packages that must not be in its tree, however deep.
    pub not_at_all: &'static [&'static str],
    /// The reason, for who meets the finding.
    pub why: &'static str,
}

const FAILPOINT: &str = "countersign-failpoint";
const PROTOCOL: &str = "countersign-protocol";
const ATTESTATION: &str = "countersign-attestation";
const ATTESTATION_LAB: &str = "countersign-attestation-lab";
const VAULT: &str = "countersign-vault";
const SCANNER: &str = "countersign-scanner";
const ENGINE: &str = "countersign-engine";
const FFI: &str = "countersign-ffi";
const CONFORMANCE: &str = "countersign-conformance";
const SERVER: &str = "countersign-server";

/// Crates that ask the system for randomness: sans-I/O code gets it passed in.
const RANDOM_SOURCES: &[&str] = &["getrandom", "rand"];

/// A rule for each member of the workspace.
pub const RULES: [Rule; 17] = [
    Rule {
        package: FAILPOINT,
        ours: &[],
        not_directly: RANDOM_SOURCES,
        not_at_all: &["tokio", "reqwest", "hyper", "axum", "rusqlite", "uniffi", "tracing", "log"],
        why: "both sides of the wire pass its places: it must be nothing but names",
    },
    Rule {
        package: PROTOCOL,
        ours: &[],
        not_directly: RANDOM_SOURCES,
        not_at_all: &["tokio", "reqwest", "hyper", "axum", "rusqlite", "uniffi", "tracing", "log"],
        why: "phone and server share it: no I/O, clock or randomness of its own",
    },
    Rule {
        package: ATTESTATION_LAB,
        ours: &[],
        not_directly: &[],
        not_at_all: &["tokio", "reqwest", "hyper", "rusqlite"],
        why: "it plays a phone's maker for tests and must not learn from the judge",
    },
    Rule {
        package: ATTESTATION,
        ours: &[ATTESTATION_LAB],
        not_directly: RANDOM_SOURCES,
        not_at_all: &["tokio", "reqwest", "hyper", "axum", "rusqlite", "uniffi", "tracing", "log"],
        why: "it reads what strangers send: bytes in, a verdict out",
    },
    Rule {
        package: VAULT,
        ours: &[],
        not_directly: RANDOM_SOURCES,
        not_at_all: &["serde_json", "tracing", "log", "tokio", "reqwest", "hyper", "rusqlite", "uniffi"],
        why: "it is the part to audit: nothing that formats, logs or talks",
    },
    Rule {
        package: SCANNER,
        ours: &[],
        not_directly: RANDOM_SOURCES,
        not_at_all: &["tokio", "reqwest", "hyper", "rusqlite", "uniffi", "p256", "ring"],
        why: "a picture in, texts out",
    },
    Rule {
        package: ENGINE,
        ours: &[FAILPOINT, PROTOCOL, VAULT, SCANNER],
        not_directly: &[],
        not_at_all: &["uniffi", "axum", "clap"],
        why: "it knows neither the shells nor a server",
    },
    Rule {
        package: FFI,
        // Of the protocol the names of what the engine shows, of the scanner the camera; the rest is the engine's.
        ours: &[PROTOCOL, SCANNER, ENGINE],
        not_directly: &[
            "reqwest", "ureq", "hyper", "rustls", "rusqlite", "ring", "p256", "sha2", "argon2", "tokio",
            "serde",
        ],
        not_at_all: &["axum", "clap"],
        why: "it only delegates: whatever decides, talks, stores or computes is the engine's",
    },
    Rule {
        package: "countersign-bindgen",
        ours: &[FFI],
        not_directly: &[],
        not_at_all: &["reqwest", "hyper", "rusqlite", "ring"],
        why: "it reads a built library and writes text",
    },
    Rule {
        package: SERVER,
        ours: &[FAILPOINT, PROTOCOL, ATTESTATION],
        not_directly: &[],
        not_at_all: &["uniffi"],
        why: "a server must not be able to open a vault",
    },
    Rule {
        package: CONFORMANCE,
        ours: &[PROTOCOL],
        not_directly: &[],
        not_at_all: &["uniffi", "rusqlite", "axum"],
        why: "it sees a server as a stranger does, and must not share its mistakes",
    },
    Rule {
        package: "countersign",
        ours: &[PROTOCOL, SCANNER, ENGINE, SERVER, CONFORMANCE],
        not_directly: &[],
        not_at_all: &["uniffi"],
        why: "the command line uses what a shell and an operator use, no more",
    },
    Rule {
        package: "countersign-e2e",
        ours: &[
            FAILPOINT,
            PROTOCOL,
            ATTESTATION_LAB,
            VAULT,
            SCANNER,
            ENGINE,
            SERVER,
            CONFORMANCE,
            "countersign",
        ],
        not_directly: &[],
        not_at_all: &[],
        why: "tests may cross every border",
    },
    Rule {
        package: "countersign-bench",
        ours: &[PROTOCOL, ENGINE],
        // The engine's own client brings both; the load itself must not pay for them.
        not_directly: &["tokio", "hyper"],
        not_at_all: &[],
        why: "it measures server and phone from outside, and must not spend their time",
    },
    Rule {
        package: "countersign-proof",
        ours: &[PROTOCOL, ATTESTATION, VAULT, SCANNER],
        not_directly: RANDOM_SOURCES,
        not_at_all: &["tokio", "reqwest", "hyper", "rusqlite"],
        why: "fuzzers build all of it, and its files must come out the same each time",
    },
    Rule {
        package: "countersign-scanner-lab",
        ours: &[SCANNER],
        not_directly: RANDOM_SOURCES,
        not_at_all: &["tokio", "reqwest", "hyper", "rusqlite"],
        why: "it builds in a minute, and its pictures must come out the same each time",
    },
    Rule {
        package: "xtask",
        ours: &[],
        not_directly: &[],
        not_at_all: &["tokio", "reqwest", "hyper", "ring"],
        why: "it must compile in seconds, and while our own crates do not",
    },
];
