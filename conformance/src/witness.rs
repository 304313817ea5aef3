//! Remembers every factor signature that a scripted phone made, to look for them where they must not be (section 4).

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

static MADE: Mutex<Option<HashSet<String>>> = Mutex::new(None);

/// Remembers a signature, base64url.
pub fn remember(signature: &str) {
    made().get_or_insert_default().insert(signature.to_owned());
}

/// The first remembered signature in `text`.
pub fn found_in(text: &str) -> Option<String> {
    let made = made();
    let known = made.as_ref()?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.split(|c| !is_word(c)).find(|word| known.contains(*word)).map(str::to_owned)
}

fn made() -> MutexGuard<'static, Option<HashSet<String>>> {
    MADE.lock().unwrap_or_else(PoisonError::into_inner)
}
