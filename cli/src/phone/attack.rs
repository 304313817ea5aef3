//! `countersign phone attack`: a hostile phone against any server of MAP/1, with a verdict for each case.

use crate::failure::Failure;
use crate::sink::Sink;
use clap::Args;
use countersign_conformance::run::{Outcome, Verdict, run, select};
use countersign_conformance::scene::Target;
use serde_json::json;

/// Arguments of `attack`.
#[derive(Args)]
pub(super) struct Attack {
    /// Ids such as N50, or `all`.
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<String>,
    /// The server's address. Not one that people use: every case makes an account or two.
    #[arg(long, value_name = "URL")]
    server: String,
    /// Id of a service that may make accounts, pairings and sign-ins; its secret is a line of stdin.
    #[arg(long, value_name = "ID")]
    service: String,
}

/// Tries the cases, one after the other.
pub(super) fn attack(arguments: &Attack, sink: &mut dyn Sink) -> Result<(), Failure> {
    let cases = select(&arguments.cases).map_err(|id| Failure::usage("no_case").with("what", id))?;
    let mut secret = String::new();
    std::io::stdin().read_line(&mut secret).map_err(|error| Failure::file("stdin", &error))?;
    let target = Target::new(arguments.server.trim_end_matches('/'), &arguments.service, secret.trim());
    // A failed step is a verdict and not this program's fault: it is told below, once.
    std::panic::set_hook(Box::new(|_| ()));
    let mut failed = 0;
    for case in cases {
        let outcome = run(&target, case);
        failed += usize::from(matches!(outcome.verdict, Verdict::Fail(_)));
        tell(&outcome, sink)?;
    }
    let _ = std::panic::take_hook();
    if failed == 0 { Ok(()) } else { Err(Failure::of("not_conformant").with("what", failed.to_string())) }
}

fn tell(outcome: &Outcome, sink: &mut dyn Sink) -> Result<(), Failure> {
    let Outcome { id, title, verdict } = outcome;
    let (word, why) = match verdict {
        Verdict::Pass => ("pass", None),
        Verdict::Fail(seen) => ("FAIL", Some(seen.as_str())),
        Verdict::NotFromHere(why) => ("n/a", Some(*why)),
    };
    let text = [Some(format!("{id:5} {word:4}")), Some((*title).to_owned()), why.map(str::to_owned)];
    let text: Vec<String> = text.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    sink.result(&text.join("  "), &json!({"case": id, "title": title, "verdict": word, "why": why}))
}
