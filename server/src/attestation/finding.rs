//! One attestation against what it should be about, and the few facts of it that are kept.

use crate::app::App;
use countersign_attestation::android::{self, Usage};
use countersign_attestation::description::KeyDescription;
use countersign_attestation::{Flaw, apple};
use countersign_protocol::code::{app_attest_client_data, attestation_challenge};
use countersign_protocol::encoding::from_b64u;
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::Level;
use countersign_protocol::message::enrol::Attestation;
use serde_json::{Value, json};

/// Most certificates that are decoded; the judge wants fewer.
const MAX_CHAIN: usize = 16;

/// What an attestation has to be about.
pub struct Subject<'a> {
    /// Enrolment, or the phone for a later key.
    pub binding: &'a [u8; 16],
    /// Nonce of the offer, or of the operation in ASCII.
    pub nonce: &'a [u8],
    /// The key that is enrolled.
    pub key: &'a PublicKey,
}

/// What came out.
pub struct Finding {
    /// The format in which it came.
    pub format: &'static str,
    /// Nothing, or the first thing that is wrong.
    pub verdict: Result<(), Flaw>,
    /// The level that was proven.
    pub proven: Option<Level>,
    /// Whether the enrolled key itself was attested.
    pub attested: bool,
    /// Further facts.
    facts: Value,
}

/// Examines an attestation of a key for this use.
pub fn examine(app: &App, subject: &Subject<'_>, att: &Attestation, usage: Usage) -> Finding {
    match att {
        Attestation::None {} => Finding::flawed("none", Flaw::Missing),
        Attestation::AndroidKey { x5c } => android_key(app, subject, x5c, usage),
        Attestation::AppleAppAttest { obj, kid } => app_attest(app, subject, (obj, kid)),
    }
}

fn android_key(app: &App, subject: &Subject<'_>, x5c: &[String], usage: Usage) -> Finding {
    const FORMAT: &str = "android-key";
    if x5c.len() > MAX_CHAIN {
        return Finding::flawed(FORMAT, Flaw::Length);
    }
    let chain: Result<Vec<Vec<u8>>, _> = x5c.iter().map(|text| from_b64u(text)).collect();
    let Ok(chain) = chain else { return Finding::flawed(FORMAT, Flaw::Form) };
    let challenge = attestation_challenge(subject.binding, subject.nonce);
    let key = subject.key.as_sec1();
    let expected = android::Expected { challenge: &challenge, key: &key[..], usage, at: app.now().secs() };
    let judged = android::judge(&chain, &expected, &app.trusted.trust());
    Finding {
        format: FORMAT,
        verdict: judged.verdict.map(|_| ()),
        proven: judged.verdict.ok().map(level),
        attested: judged.verdict.is_ok(),
        facts: judged.description.as_ref().map_or(Value::Null, facts),
    }
}

/// Apple attests no key of the Secure Enclave that an app makes: a genuine app says where its key is, and that is
/// believed; but the key is not attested.
fn app_attest(app: &App, subject: &Subject<'_>, (obj, kid): (&str, &str)) -> Finding {
    const FORMAT: &str = "apple-appattest";
    let (Ok(object), Ok(kid)) = (from_b64u(obj), from_b64u(kid)) else {
        return Finding::flawed(FORMAT, Flaw::Form);
    };
    let jkt = subject.key.thumbprint();
    let client_data = app_attest_client_data(subject.binding, subject.nonce, &jkt);
    let expected = apple::Expected { client_data: &client_data, kid: &kid, at: app.now().secs() };
    let judged = apple::judge(&object, &expected, &app.trusted.trust());
    let facts = judged
        .statement
        .map_or(Value::Null, |statement| json!({"environment": statement.environment_name()}));
    Finding {
        format: FORMAT,
        verdict: judged.verdict,
        proven: judged.verdict.ok().map(|()| Level::SecureEnclave),
        attested: false,
        facts,
    }
}

impl Finding {
    fn flawed(format: &'static str, flaw: Flaw) -> Self {
        Self { format, verdict: Err(flaw), proven: None, attested: false, facts: Value::Null }
    }

    /// For the phone's row and the audit log: what was said, what was proven, what was wrong.
    pub fn record(&self, claimed: Option<Level>) -> Value {
        json!({
            "fmt": self.format,
            "claimed": claimed.map(Level::as_str),
            "level": self.proven.map_or("unknown", Level::as_str),
            "flaw": self.verdict.err().map(Flaw::as_str),
            "facts": self.facts,
        })
    }
}

fn level(level: countersign_attestation::Level) -> Level {
    match level {
        countersign_attestation::Level::Software => Level::Software,
        countersign_attestation::Level::Tee => Level::Tee,
        countersign_attestation::Level::StrongBox => Level::Strongbox,
    }
}

/// Nothing that names the phone: versions, patches, how it was started, where it says the key is.
fn facts(description: &KeyDescription) -> Value {
    let hardware = &description.hardware;
    json!({
        "version": description.version,
        "says": level(description.attested_by.min(description.kept_by)).as_str(),
        "os": hardware.os_version,
        "patch": hardware.os_patch,
        "vendor_patch": hardware.vendor_patch,
        "boot_patch": hardware.boot_patch,
        "locked": hardware.root_of_trust.map(|root| root.locked),
        "boot": hardware.root_of_trust.map(|root| root.boot_state),
    })
}
