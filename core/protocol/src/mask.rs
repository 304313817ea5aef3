//! Masked identifiers: enough to recognise one's own account, too little to learn another's.

/// `anna.keller@example.eu` becomes `a***@example.eu` (offers, web pages).
pub fn masked_email(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => format!("{}***@{domain}", local.chars().take(1).collect::<String>()),
        None => format!("{}***", email.chars().take(1).collect::<String>()),
    }
}

/// `anna.keller@example.eu` becomes `a***r`, at most 16 bytes (offline QR, 3.6).
pub fn masked_short(email: &str) -> String {
    let local = email.split('@').next().unwrap_or(email);
    let first = local.chars().next().unwrap_or('?');
    match local.chars().last() {
        Some(last) if local.chars().count() > 1 => format!("{first}***{last}"),
        _ => format!("{first}***"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_edges_remain() {
        assert_eq!(masked_email("anna.keller@example.eu"), "a***@example.eu");
        assert_eq!(masked_short("anna.keller@example.eu"), "a***r");
        assert_eq!(masked_short("a@example.eu"), "a***");
        assert!(masked_short("𝒶nn𝒷@example.eu").len() <= 16);
    }
}
