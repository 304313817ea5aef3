//! What a phone shows, as lines and as JSON: accounts, requests, times.

use countersign_engine::account::{Account, AccountState};
use countersign_engine::sign_in::SignInFlow;
use countersign_protocol::message::request::{Kind, Request};
use serde_json::{Value, json};
use std::time::Duration;

/// "anna@example.eu at Example ID (id.example.eu)": the host always beside the name.
pub(super) fn name(account: &Account) -> String {
    account.label.as_ref().map_or_else(
        || "an account that cannot be read".to_owned(),
        |label| format!("{} at {} ({})", label.account, label.server, label.iss.authority()),
    )
}

/// The state of an account in a word.
pub(super) const fn state(account: &Account) -> &'static str {
    match account.state {
        AccountState::Pairing { .. } => "pairing",
        AccountState::Active => "active",
        AccountState::Removed { .. } => "removed",
        AccountState::Damaged => "damaged",
    }
}

/// An account as JSON.
pub(super) fn account(account: &Account) -> Value {
    let label = account.label.as_ref();
    json!({
        "id": account.id.to_string(),
        "iss": label.map(|label| label.iss.as_str()),
        "server": label.map(|label| label.server.as_str()),
        "account": label.map(|label| label.account.as_str()),
        "level": label.and_then(|label| label.level),
        "state": state(account),
        "code": match &account.state {
            AccountState::Pairing { code } => code.as_ref().map(|code| code.expose().to_owned()),
            _ => None,
        },
    })
}

/// A request, everything that the person decides by.
pub(super) fn request_lines(flow: &SignInFlow, account: &str) -> String {
    let request = flow.request();
    let question = match request.kind {
        Kind::Login => format!("Sign in to {}?", request.client.name),
        Kind::Sign => format!("Approve for {}?", request.client.name),
    };
    let mut lines = vec![question];
    lines.extend(request.txt.iter().map(|row| format!("  {:<9}{}", row.l, row.t)));
    let place =
        request.ctx.geo.as_deref().map_or("Unknown place".to_owned(), |geo| format!("{geo} (approximate)"));
    let browser = request.ctx.agent.as_deref().unwrap_or("Unknown browser");
    lines.push(format!("  Website  {}", request.client.origin));
    lines.push(format!("  Place    {place}, {}", request.ctx.ip));
    lines.push(format!("  Browser  {browser}"));
    lines.push(format!("  Time     {}", request.ctx.at));
    lines.push(format!("  Account  {account}"));
    lines.push(format!("  {} left; request {}", time(flow.left()), request.tid));
    lines.join("\n")
}

/// A request as JSON.
pub(super) fn request(flow: &SignInFlow, account: &Value) -> Value {
    let Request { tid, client, ctx, txt, kind, .. } = flow.request();
    json!({
        "tid": tid, "kind": kind, "client": client, "ctx": ctx, "txt": txt,
        "needs_number": flow.needs_number(), "left": flow.left().as_secs(), "account": account,
    })
}

/// `2:41`.
pub(super) fn time(left: Duration) -> String {
    let secs = left.as_secs();
    format!("{}:{:02}", secs / 60, secs % 60)
}

/// `483 920`, `8985 0940`: two groups with a narrow no-break space.
pub(super) fn grouped(digits: &str) -> String {
    let (one, two) = digits.split_at(digits.len() / 2);
    format!("{one}\u{202f}{two}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_shown_in_two_groups_and_times_in_minutes() {
        assert_eq!(grouped("483920"), "483\u{202f}920");
        assert_eq!(grouped("89850940"), "8985\u{202f}0940");
        assert_eq!(time(Duration::from_secs(161)), "2:41");
    }
}
